//! Asking again by itself for what has not come.

use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;

/// How often it is asked for.
const AGAIN: Duration = Duration::from_secs(8);

/// Asks again while the current owner lives: every few seconds, and as soon as there is a network.
pub fn ask_again(ask: impl Fn() + Copy + 'static) {
    let online = window_event_listener(ev::online, move |_| ask());
    let timer = set_interval_with_handle(ask, AGAIN).ok();
    on_cleanup(move || {
        online.remove();
        if let Some(timer) = timer {
            timer.clear();
        }
    });
}
