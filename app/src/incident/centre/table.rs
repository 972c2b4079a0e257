//! The table of incidents, and its rows.

use leptos::prelude::*;
use qibu::incident::Over;
use shared::id::IncidentId;
use shared::incident::{Deadline, Incident, Stage};

use super::row_id;
use crate::format;
use crate::incident::mark::{NamedClock, SeverityMark, StageMark, incident, next_clock, room_address};
use crate::incident::words;
use crate::reactive::For;
use crate::sync::Replica;
use crate::ui::PersonTag;

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// An incident that goes on, which the line follows.
    Open(IncidentId),
    /// One that is over.
    Over(Over),
}

impl Line {
    /// Which incident it is.
    pub const fn id(&self) -> IncidentId {
        match self {
            Self::Open(id) => *id,
            Self::Over(over) => over.id,
        }
    }

    /// At which stage it was told, if it does not follow its incident.
    const fn told_at(&self) -> Option<Stage> {
        match self {
            Self::Open(_) => None,
            Self::Over(over) => Some(over.stage),
        }
    }
}

/// The table.
#[component]
pub fn Table(
    /// Its lines.
    lines: Signal<Vec<Line>>,
) -> impl IntoView {
    view! {
        <table class="table centre-table">
            <thead>
                <tr>
                    <th scope="col">{t!("centre.problem")}</th>
                    <th scope="col">{t!("centre.number")}</th>
                    <th scope="col">{t!("centre.severity")}</th>
                    <th scope="col">{t!("centre.state")}</th>
                    <th scope="col">{t!("centre.next_clock")}</th>
                    <th scope="col">{t!("centre.leader")}</th>
                    <th scope="col" data-minor>
                        {t!("centre.kind")}
                    </th>
                    <th scope="col" data-minor>
                        {t!("centre.reporter")}
                    </th>
                    <th scope="col">{t!("centre.reported")}</th>
                </tr>
            </thead>
            <tbody>
                <For each=move || lines.get() key=|line| (line.id(), line.told_at()) let(line)>
                    {row(line)}
                </For>
            </tbody>
        </table>
    }
}

fn row(line: Line) -> AnyView {
    match line {
        Line::Open(id) => {
            let incident = incident(Replica::expect(), id);
            let cells = move || incident.get().map(|incident| cells(of(&incident), next_clock(&incident)));
            view! { <tr>{cells}</tr> }.into_any()
        }
        Line::Over(over) => view! { <tr>{cells(over, None)}</tr> }.into_any(),
    }
}

/// What the table shows of an incident that goes on.
pub fn of(incident: &Incident) -> Over {
    Over {
        id: incident.id,
        number: incident.number(),
        title: incident.title.clone(),
        kind: incident.kind,
        severity: incident.severity,
        stage: incident.stage,
        reporter: incident.reporter,
        leader: incident.leader(),
        reported_at: incident.reported_at,
        article: incident.article,
    }
}

fn cells(incident: Over, clock: Option<Deadline>) -> impl IntoView {
    view! {
        <th scope="row">
            <a class="row-link" id=row_id(incident.id) href=room_address(incident.id)>
                {incident.title}
            </a>
        </th>
        <td>
            <span class="number">{incident.number}</span>
        </td>
        <td>
            <SeverityMark severity=incident.severity runs=incident.stage.is_running() />
        </td>
        <td>
            <StageMark stage=incident.stage />
        </td>
        <td class="centre-clock">{clock.map(|clock| view! { <NamedClock deadline=Signal::stored(Some(clock)) /> })}</td>
        <td data-label=t!("centre.leader")>{incident.leader.map(|leader| view! { <PersonTag person=leader /> })}</td>
        <td data-minor data-label=t!("centre.kind")>
            {words::kind(incident.kind)}
        </td>
        <td data-minor data-label=t!("centre.reporter")>
            <PersonTag person=incident.reporter />
        </td>
        // How long ago within a day, and exactly on hover.
        <td>
            <time title=format::instant(incident.reported_at)>{format::ago(incident.reported_at)}</time>
        </td>
    }
}
