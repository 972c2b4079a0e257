//! What is said aloud: what others did, and when a clock is about to run out or has. Never the ticks between.

use std::collections::BTreeSet;

use leptos::prelude::*;
use shared::State;
use shared::id::EntryId;
use shared::incident::{AlarmKind, Clock, Deadline, Entry, EntryKind, Incident};

use super::entry::sentence;
use super::here::Here;
use crate::incident::words;
use crate::reactive::{For, memo};
use crate::ui::{Nearness, Seconds};

/// So many lines are said one by one; of more at once, as after a time without a network, how many.
const MOST: usize = 4;
/// So much of what was said stays where a screen reader finds it again.
const KEPT: usize = 3;

/// What was said, each with a number of its own: the same words twice are said twice.
type Spoken = RwSignal<Vec<(usize, String)>>;

/// The live region of the room.
#[component]
pub fn Voice() -> impl IntoView {
    let spoken: Spoken = RwSignal::new(Vec::new());
    say_lines(spoken);
    say_clocks(spoken);
    view! {
        <div class="visually-hidden" role="log" aria-live="polite" aria-label=t!("room.voice")>
            <For each=move || spoken.get() key=|(nth, _)| *nth let((_, words))>
                <p>{words}</p>
            </For>
        </div>
    }
}

fn say(spoken: Spoken, words: String) {
    spoken.update(|spoken| {
        let nth = spoken.last().map_or(0, |(nth, _)| nth + 1);
        spoken.push((nth, words));
        let surplus = spoken.len().saturating_sub(KEPT);
        spoken.drain(..surplus);
    });
}

/// Says the lines that come; what was there when one came is read from the list.
fn say_lines(spoken: Spoken) {
    let here = Here::expect();
    let lines = memo(move || {
        here.replica.read(|view| {
            let room = view.room(here.id)?;
            Some(room.entries.values().map(|entry| entry.id).collect::<BTreeSet<EntryId>>())
        })
    });
    Effect::new(move |before: Option<Option<BTreeSet<EntryId>>>| {
        let lines = lines.get();
        if let (Some(Some(before)), Some(lines)) = (&before, &lines) {
            let new = here.replica.peek(|state| heard(here, state, &(lines - before)));
            if new.len() > MOST {
                say(spoken, t!("room.new_entries", count = new.len()).into_owned());
            } else {
                for words in new {
                    say(spoken, words);
                }
            }
        }
        lines.or_else(|| before.flatten())
    });
}

/// What of some lines is said, in their order.
fn heard(here: Here, state: &State, new: &BTreeSet<EntryId>) -> Vec<String> {
    let entries = state.rooms.get(&here.id).into_iter().flat_map(|room| room.entries.values());
    let heard = entries.filter(|entry| new.contains(&entry.id) && is_news(here, entry));
    heard.map(|entry| format!("{} {}", words::actor_name(here.replica, entry.by), sentence(state, entry))).collect()
}

/// Whether a line is news: what one did oneself is none, nor what the clocks beside the timeline say themselves.
fn is_news(here: Here, entry: &Entry) -> bool {
    let told_by_a_clock = match entry.kind {
        EntryKind::Breached { .. } => true,
        EntryKind::Rang { alarm } => !matches!(alarm, AlarmKind::UpdateStillMissing | AlarmKind::ConfirmSoon),
        _ => false,
    };
    entry.by != here.replica.me() && !told_by_a_clock
}

/// Says which clocks are about to run out, and which have.
fn say_clocks(spoken: Spoken) {
    let here = Here::expect();
    let seconds = Seconds::expect();
    let clocks = here.map(Incident::clocks);
    let near = memo(move || {
        let now = seconds.get();
        let near = |deadline: &Deadline| {
            let nearness = Nearness::of(*deadline, now);
            matches!(nearness, Nearness::Last | Nearness::Late).then_some((deadline.clock, nearness == Nearness::Late))
        };
        clocks.with(|clocks| clocks.iter().filter_map(near).collect::<Vec<_>>())
    });
    Effect::new(move |before: Option<Vec<(Clock, bool)>>| {
        let near = near.get();
        if let Some(before) = before {
            for (clock, is_late) in near.iter().filter(|near| !before.contains(near)) {
                say(spoken, runs_out(*clock, *is_late));
            }
        }
        near
    });
}

fn runs_out(clock: Clock, is_late: bool) -> String {
    let clock = words::clock(clock);
    if is_late { t!("room.clock_late", clock = clock) } else { t!("room.clock_last", clock = clock) }.into_owned()
}
