//! Where things are in a column of equally high cards: what is in view, which gap a card hovers over, how fast an edge
//! pulls.

use std::ops::Range;

/// From the top of one card to the top of the next, in pixels (`--card-slot` in the style sheets).
pub const SLOT: f64 = 84.0;
/// How far a mouse moves before a press becomes a drag, in pixels.
pub const THRESHOLD: f64 = 5.0;
/// How far a finger may stray while it waits to lift a card, in pixels; beyond that it scrolls.
pub const STRAY: f64 = 10.0;
/// How long a finger rests on a card before it lifts it, in milliseconds.
pub const LONG_PRESS: u32 = 350;

/// How near to an edge a dragged card makes it scroll, in pixels.
const EDGE: f64 = 56.0;
/// The fastest that an edge scrolls, in pixels a second.
const FASTEST: f64 = 1_000.0;

/// A point on the screen, in pixels.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
}

impl Point {
    /// How far another point is.
    pub fn distance(self, other: Self) -> f64 {
        (self.x - other.x).hypot(self.y - other.y)
    }
}

/// The rows of a column that are in view, with a few more on either side so that a scroll finds them drawn.
pub fn rows_in_view(scroll_top: f64, height: f64, count: usize, more: usize) -> Range<usize> {
    let first = whole(scroll_top / SLOT);
    let end = whole(((scroll_top + height.max(0.0)) / SLOT).ceil());
    let end = end.saturating_add(more).min(count);
    first.saturating_sub(more).min(end)..end
}

/// The gap between rows that a card with its middle at `y` hovers over: 0 is above the first row, `count` below the
/// last. `y` counts from the top of the first row.
pub fn gap_at(y: f64, count: usize) -> usize {
    whole((y / SLOT).round()).min(count)
}

/// Where to scroll so that a row is in full view, moving as little as possible.
pub fn scroll_to_row(row: usize, scroll_top: f64, height: f64) -> f64 {
    #[allow(clippy::cast_precision_loss)] // rows of a board
    let top = row as f64 * SLOT;
    if top < scroll_top || SLOT > height {
        top
    } else if top + SLOT > scroll_top + height {
        top + SLOT - height
    } else {
        scroll_top
    }
}

/// How fast a strip from `start` to `end` scrolls under a pointer at `at`, in pixels a second: backwards near its
/// start, forwards near its end, not at all between; faster the nearer the pointer comes, fastest beyond.
pub fn edge_speed(at: f64, start: f64, end: f64) -> f64 {
    // In a strip too short for both edges each has its half.
    let reach = EDGE.min((end - start) / 2.0);
    if reach <= 0.0 {
        return 0.0;
    }
    let pull = |inside: f64| {
        let depth = (1.0 - inside / reach).clamp(0.0, 1.0);
        FASTEST * depth * depth
    };
    pull(end - at) - pull(at - start)
}

/// A length in whole units; nothing below zero, and nothing for what is no number.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // saturates, which is what is meant
fn whole(length: f64) -> usize {
    length.max(0.0) as usize
}
