//! The running urgent incident, on top of every page.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_location;
use shared::incident::{Incident, Severity};

use super::mark::{next_clock, room_address};
use super::words;
use crate::reactive::{Show, memo};
use crate::sync::Replica;
use crate::ui::Countdown;
use crate::words::person_name;

/// The gravest urgent incident that runs, with the way to its room; nothing while none does.
#[component]
pub fn RunningBar() -> impl IntoView {
    let replica = Replica::expect();
    let urgent = memo(move || {
        replica.read(|view| {
            let mut running = view.incidents().running();
            running.retain(|incident| incident.severity == Severity::Urgent);
            running
        })
    });
    let first = memo(move || urgent.with(|urgent| urgent.first().cloned()));
    let others = memo(move || urgent.with(|urgent| urgent.len().saturating_sub(1)));
    let told = memo(move || {
        first.with(|first| {
            first.as_ref().map(|first| t!("bar.told", number = first.number(), title = first.title).into_owned())
        })
    });
    view! {
        <p class="visually-hidden" role="status">
            {move || told.get()}
        </p>
        {move || first.get().map(|incident| view! { <Bar incident others /> })}
    }
}

#[component]
fn Bar(incident: Arc<Incident>, others: Memo<usize>) -> impl IntoView {
    let replica = Replica::expect();
    let here = use_location().pathname;
    let address = room_address(incident.id);
    let is_here = {
        let address = address.clone();
        move || (here.get() == address).then_some("page")
    };
    let clock = next_clock(&incident);
    let clock_name = clock.map(|clock| words::clock(clock.clock)).unwrap_or_default();
    let leader = incident.leader();
    let leader = move || leader.map(|leader| person_name(replica, leader));
    let shown_name = clock_name.clone();
    view! {
        <aside class="alarm" aria-label=t!("bar.label")>
            <a class="alarm-link" href=address aria-current=is_here>
                <span class="alarm-mark">{words::severity(incident.severity)}</span>
                " "
                <span class="number">{incident.number()}</span>
                " "
                <strong class="alarm-title">{incident.title.clone()}</strong>
                " "
                <span class="alarm-fact">{words::stage(incident.stage)}</span>
                " "
                {move || {
                    let name = leader().unwrap_or_else(|| t!("bar.no_leader").into_owned());
                    view! { <span class="alarm-fact">{name}</span> }
                }}
            </a>
            <span class="alarm-clock">
                <span class="alarm-fact" aria-hidden="true">
                    {shown_name}
                </span>
                <Countdown deadline=Signal::stored(clock) label=Signal::stored(clock_name) />
            </span>
            <Show when=move || { others.get() > 0 }>
                <a class="alarm-more" href="/incidents">
                    {move || t!("bar.more", count = others.get())}
                </a>
            </Show>
        </aside>
    }
}
