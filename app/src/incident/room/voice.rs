//! What is said aloud: new lines, and when a clock is about to run out or has. Never the ticks between.

use leptos::prelude::*;
use rust_i18n::t;
use shared::Scope;
use shared::incident::{Clock, Deadline, EntryKind, Incident};

use super::entry::sentence;
use super::here::Here;
use crate::incident::{Nearness, Seconds, words};

/// The live region of the room.
#[component]
pub fn Voice() -> impl IntoView {
    let here = Here::expect();
    let said = RwSignal::new(String::new());
    let newest = Memo::new(move |_| {
        here.replica.read(Scope::Room(here.id), |state| {
            let entry = state.rooms.get(&here.id)?.entries.values().next_back()?.clone();
            let name = words::actor_name(here.replica, entry.by);
            // One's own words need no reading back.
            let own = entry.by == here.replica.me() && matches!(entry.kind, EntryKind::Said { .. });
            Some((entry.id, if own { String::new() } else { format!("{name} {}", sentence(state, &entry)) }))
        })
    });
    Effect::new(move |before: Option<bool>| {
        let newest = newest.get();
        // What was there when one came is read from the list.
        if let Some((_, words)) = newest.clone().filter(|_| before == Some(true)) {
            said.set(words);
        }
        before == Some(true) || newest.is_some()
    });
    let seconds = Seconds::expect();
    let clocks = here.map(Incident::clocks);
    let near = Memo::new(move |_| {
        let now = seconds.get();
        let near = |deadline: &Deadline| {
            let nearness = Nearness::of(*deadline, now);
            matches!(nearness, Nearness::Last | Nearness::Late).then_some((deadline.clock, nearness == Nearness::Late))
        };
        clocks.with(|clocks| clocks.iter().filter_map(near).collect::<Vec<_>>())
    });
    Effect::new(move |before: Option<Vec<(Clock, bool)>>| {
        let near = near.get();
        if let Some(before) = before
            && let Some((clock, is_late)) = near.iter().find(|near| !before.contains(near))
        {
            let clock = words::clock(*clock);
            said.set(
                if *is_late { t!("room.clock_late", clock = clock) } else { t!("room.clock_last", clock = clock) }
                    .into_owned(),
            );
        }
        near
    });
    view! {
        <p class="visually-hidden" role="status" aria-live="polite">
            {move || said.get()}
        </p>
    }
}
