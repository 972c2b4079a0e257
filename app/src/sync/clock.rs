//! The server's clock, as far as the browser knows it: what all countdowns follow, whatever the machine's own clock says.
//!
//! What the server last said is carried on by the browser's monotonic timer, so that setting the machine's clock moves
//! nothing. A word that was long under way makes it late by as much, until the next one.

use std::cell::Cell;

use leptos::prelude::window;
use shared::Timestamp;
use shared::sync::{ServerFrame, Start};

thread_local! {
    /// A server's time in microseconds, and the browser's timer in milliseconds when it came.
    static ANCHOR: Cell<Option<(i64, f64)>> = const { Cell::new(None) };
}

/// The time now: the server's, or the browser's until a server has said what time it is.
pub fn now() -> Timestamp {
    #[allow(clippy::cast_possible_truncation)] // milliseconds since 1970 fit for 280,000 years
    let micros = match ANCHOR.get() {
        Some((server, then)) => server.saturating_add(((timer() - then) * 1_000.0) as i64),
        None => (js_sys::Date::now() * 1_000.0) as i64,
    };
    Timestamp::from_micros(micros)
}

/// Takes the time from what the server sends first.
pub(super) fn begin(start: &Start) {
    set(start.now);
}

/// Takes the time from a frame. A change tells when it was decided: the server's clock is there at least.
pub(super) fn hear(frame: &ServerFrame) {
    match frame {
        ServerFrame::Welcome { now, .. } | ServerFrame::Beat(now) => set(*now),
        ServerFrame::Delta(delta) if delta.at > now() => set(delta.at),
        _ => {}
    }
}

fn set(server: Timestamp) {
    ANCHOR.set(Some((server.micros(), timer())));
}

fn timer() -> f64 {
    window().performance().map_or_else(js_sys::Date::now, |performance| performance.now())
}
