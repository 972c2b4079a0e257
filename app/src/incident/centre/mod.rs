//! The command centre: all incidents, those that run first, filtered by what the address says.

mod bar;
mod filters;
mod head;

use std::cmp::Reverse;
use std::collections::BTreeSet;
use std::sync::Arc;

use leptos::prelude::*;
use rust_i18n::t;
use shared::id::IncidentId;
use shared::incident::Incident;

pub use self::head::{IncidentHead, Section};

use self::bar::FilterBar;
use self::filters::{Filter, centre_filters};
use super::mark::{NamedClock, SeverityMark, StageMark, incident, next_clock, room_address};
use super::words;
use crate::format;
use crate::sync::{Replica, TrackedView};
use crate::ui::{PersonTag, page_title};

/// How many rows are drawn before one asks for more.
const ROWS: usize = 100;

/// The page behind `/incidents`.
#[component]
pub fn Centre() -> impl IntoView {
    page_title(|| t!("centre.title"));
    let replica = Replica::expect();
    let is_empty = Memo::new(move |_| replica.read(|view| view.incidents().all.is_empty()));
    view! {
        <IncidentHead section=Section::Centre />
        {move || {
            if is_empty.get() {
                view! { <NoIncident /> }.into_any()
            } else {
                view! { <Listed /> }.into_any()
            }
        }}
    }
}

/// What an incident is, what happens when one is reported, and the first steps.
#[component]
fn NoIncident() -> impl IntoView {
    view! {
        <div class="page-body" tabindex="0">
            <div class="empty">
                <h2>{t!("centre.none_title")}</h2>
                <p>{t!("centre.none_text")}</p>
                <p>{t!("centre.none_before")}</p>
                <a class="button primary" href="/incidents/new">
                    {t!("centre.report_the_first")}
                </a>
                <a class="link" href="/incidents/roster">
                    {t!("centre.make_a_roster")}
                </a>
            </div>
        </div>
    }
}

#[component]
fn Listed() -> impl IntoView {
    let replica = Replica::expect();
    let (filters, filter) = centre_filters();
    let fitting = Memo::new(move |_| {
        let filter = filter.get();
        replica.read(|view| listed(view, replica, &filter))
    });
    // What is under the pointer or the focus must not move: what comes meanwhile waits behind a button.
    let held = RwSignal::new(None::<BTreeSet<IncidentId>>);
    let shown = Memo::new(move |_| {
        let held = held.read();
        let is_shown = |id: &IncidentId| held.as_ref().is_none_or(|held| held.contains(id));
        fitting.get().into_iter().filter(is_shown).collect::<Vec<_>>()
    });
    let waiting = Memo::new(move |_| fitting.with(Vec::len) - shown.with(Vec::len));
    let hold = move || {
        if held.with_untracked(Option::is_none) {
            held.set(Some(replica.peek(|state| state.incidents.all.keys().copied().collect())));
        }
    };
    let limit = RwSignal::new(ROWS);
    let rows = move || shown.with(|shown| shown.iter().take(limit.get()).copied().collect::<Vec<_>>());
    let count = Memo::new(move |_| shown.with(Vec::len));
    view! {
        <FilterBar filters filter count />
        <div class="page-body" tabindex="0">
            <Show when=move || { waiting.get() > 0 }>
                <button type="button" class="new-rows" on:click=move |_| held.set(None)>
                    {move || t!("centre.new_rows", count = waiting.get())}
                </button>
            </Show>
            <div
                class="table-wrap"
                on:pointerenter=move |_| hold()
                on:pointerleave=move |_| held.set(None)
                on:focusin=move |_| hold()
                on:focusout=move |_| held.set(None)
            >
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
                        <For each=rows key=|id| *id let(id)>
                            <Row id />
                        </For>
                    </tbody>
                </table>
            </div>
            <Show when=move || { count.get() == 0 && waiting.get() == 0 }>
                <div class="empty">
                    <p>{t!("centre.no_match")}</p>
                </div>
            </Show>
            <Show when=move || { count.get() > limit.get() }>
                <button
                    type="button"
                    class="button centre-more"
                    on:click=move |_| limit.update(|limit| *limit += ROWS)
                >
                    {t!("centre.show_more")}
                </button>
            </Show>
        </div>
    }
}

/// Those that are asked for: what runs, the gravest first; then the rest, the last reported first.
fn listed(view: &TrackedView, replica: Replica, filter: &Filter) -> Vec<IncidentId> {
    let me = replica.me();
    let (company, incidents) = (view.company(), view.incidents());
    let running = incidents.running();
    let mut rest: Vec<&Arc<Incident>> = incidents.all.values().filter(|it| !it.stage.is_running()).collect();
    rest.sort_by_key(|incident| (incident.stage.is_over(), Reverse(incident.reported_at)));
    let all = running.iter().chain(rest);
    all.filter(|incident| filter.fits(company, me, incident)).map(|incident| incident.id).collect()
}

#[component]
fn Row(id: IncidentId) -> impl IntoView {
    let incident = incident(Replica::expect(), id);
    view! { <tr>{move || incident.get().map(|incident| cells(&incident))}</tr> }
}

fn cells(incident: &Incident) -> impl IntoView + use<> {
    let clock = next_clock(incident);
    view! {
        <th scope="row">
            <a class="row-link" href=room_address(incident.id)>
                {incident.title.clone()}
            </a>
        </th>
        <td>
            <span class="number">{incident.number()}</span>
        </td>
        <td>
            <SeverityMark severity=incident.severity runs=incident.stage.is_running() />
        </td>
        <td>
            <StageMark stage=incident.stage />
        </td>
        <td class="centre-clock">{clock.map(|clock| view! { <NamedClock deadline=Signal::stored(Some(clock)) /> })}</td>
        <td data-label=t!("centre.leader")>{incident.leader().map(|leader| view! { <PersonTag person=leader /> })}</td>
        <td data-minor data-label=t!("centre.kind")>
            {words::kind(incident.kind)}
        </td>
        <td data-minor data-label=t!("centre.reporter")>
            <PersonTag person=incident.reporter />
        </td>
        <td>{reported(incident)}</td>
    }
}

/// When it was reported: how long ago within a day, and exactly on hover.
fn reported(incident: &Incident) -> impl IntoView + use<> {
    view! { <time title=format::instant(incident.reported_at)>{format::ago(incident.reported_at)}</time> }
}
