//! What every list of incidents shows of one: how grave it is, where it stands, its next clock, and the way to its room.

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::IncidentId;
use shared::incident::{Deadline, Incident, Severity, Stage};

use super::words;
use crate::reactive::{derived, memo};
use crate::sync::Replica;
use crate::ui::Countdown;

/// The address of an incident's room.
pub fn room_address(incident: IncidentId) -> String {
    format!("/incidents/{incident}")
}

/// One incident; follows it.
pub fn incident(replica: Replica, id: IncidentId) -> Memo<Option<Arc<Incident>>> {
    memo(move || replica.read(|view| view.incidents().all.get(&id).cloned()))
}

/// The clock of an incident that runs out first.
pub fn next_clock(incident: &Incident) -> Option<Deadline> {
    incident.clocks().first().copied()
}

/// How grave an incident is: a shape and the word, in vermilion while an urgent one runs.
#[component]
pub fn SeverityMark(
    /// How grave.
    severity: Severity,
    /// Whether it still runs.
    #[prop(optional)]
    runs: bool,
) -> impl IntoView {
    view! {
        <span class="severity" data-severity=words::severity_key(severity) data-runs=runs.then_some("")>
            {words::severity(severity)}
        </span>
    }
}

/// Where an incident stands: a shape and the word.
#[component]
pub fn StageMark(
    /// Where.
    stage: Stage,
) -> impl IntoView {
    view! {
        <span class="status" data-status=words::stage_key(stage)>
            {words::stage(stage)}
        </span>
    }
}

/// A clock with the name of what runs out.
#[component]
pub fn NamedClock(
    /// Which; nothing is shown where there is none.
    #[prop(into)]
    deadline: Signal<Option<Deadline>>,
) -> impl IntoView {
    let name = derived(move || deadline.get().map(|deadline| words::clock(deadline.clock)).unwrap_or_default());
    move || {
        deadline.get().is_some().then(|| {
            view! {
                <span class="named-clock">
                    <span class="named-clock-name" aria-hidden="true">
                        {move || name.get()}
                    </span>
                    <Countdown deadline label=name />
                </span>
            }
        })
    }
}
