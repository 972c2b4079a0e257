//! The server's clock, as far as the browser knows it: what all countdowns follow, whatever the machine's own clock says.
//!
//! What the server said is carried on by the browser's monotonic timer, so that setting the machine's clock moves
//! nothing. Each word was some time under way: of the last few the fastest counts, and a clock of the server's that was
//! set back is followed once they are heard.

use std::cell::RefCell;
use std::collections::VecDeque;

use leptos::prelude::window;
use shared::Timestamp;
use shared::sync::{ServerFrame, Start};

/// So many of the server's words are compared.
const WORDS: usize = 8;
/// How long a word is under way at most, in microseconds.
const MOST_UNDER_WAY: i64 = 5_000_000;

thread_local! {
    /// How far the server's clock was ahead of the browser's timer as each word came, in microseconds.
    static AHEAD: RefCell<VecDeque<i64>> = const { RefCell::new(VecDeque::new()) };
}

/// The time now: the server's, or the browser's until a server has said what time it is.
pub fn now() -> Timestamp {
    let ahead = AHEAD.with_borrow(|words| words.iter().max().copied());
    Timestamp::from_micros(ahead.map_or_else(|| micros(js_sys::Date::now()), |ahead| ahead.saturating_add(timer())))
}

/// Takes the time from what the server sends first.
pub(super) fn begin(start: &Start) {
    set(start.now);
}

/// Takes the time from a frame. A change tells when it was decided: the server's clock is there at least, and so are pages
/// that ask who may do what by now. One that lies farther ahead is of a day on which the server's clock was wrong.
pub(super) fn hear(frame: &ServerFrame) {
    match frame {
        ServerFrame::Welcome { now, .. } | ServerFrame::Beat(now) => set(*now),
        ServerFrame::Delta(delta) if (1..MOST_UNDER_WAY).contains(&delta.at.micros_since(now())) => set(delta.at),
        _ => {}
    }
}

fn set(server: Timestamp) {
    AHEAD.with_borrow_mut(|words| {
        if words.len() == WORDS {
            words.pop_front();
        }
        words.push_back(server.micros().saturating_sub(timer()));
    });
}

/// The browser's timer, in microseconds; it runs while its clock is set.
fn timer() -> i64 {
    micros(window().performance().map_or_else(js_sys::Date::now, |performance| performance.now()))
}

#[allow(clippy::cast_possible_truncation)] // milliseconds since 1970 fit for 280,000 years
fn micros(millis: f64) -> i64 {
    (millis * 1_000.0) as i64
}
