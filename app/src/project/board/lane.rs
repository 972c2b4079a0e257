//! What a column shows of its cards, for the cards in it.

use leptos::prelude::*;
use shared::id::TaskId;
use shared::project::board::drag::SLOT;

/// The cards of one column as they are drawn.
#[derive(Clone, Copy)]
pub struct Lane {
    /// How many there are, drawn or not.
    pub count: Memo<usize>,
    /// Those that are drawn, with their rows.
    pub drawn: Memo<Vec<(TaskId, usize)>>,
    /// The row of the drop slot, and whether the rows from there on make room.
    pub slot: Memo<Option<(usize, bool)>>,
    /// The card that is the column's tab stop.
    pub stop: Memo<Option<TaskId>>,
}

/// The top of a row, in pixels from the first one.
pub fn top_of(row: usize) -> f64 {
    #[allow(clippy::cast_precision_loss)] // rows of a board
    let row = row as f64;
    row * SLOT
}
