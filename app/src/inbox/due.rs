//! Until when something that asks is to be done.

use leptos::prelude::*;
use shared::inbox::Ask;
use shared::incident::{Clock, Deadline};

use crate::ui::{Countdown, due_mark};

/// A day where that is what is set, else a clock; nothing where no time is set.
pub fn ask_due(ask: &Ask) -> Option<AnyView> {
    let due = ask.due?;
    let view = if let Some(day) = ask.day {
        due_mark(day)
    } else {
        // Only its times are looked at: what runs out is said by the label.
        let deadline = Deadline { clock: Clock::Resolve, from: ask.since, due, met: None };
        view! { <Countdown deadline=Signal::stored(Some(deadline)) label=Signal::stored(t!("inbox.due").into_owned()) /> }.into_any()
    };
    Some(view)
}
