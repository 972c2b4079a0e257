//! What is in the hand, and where it would land among the cards that are shown.

use std::sync::Arc;

use super::{Board, Driver};
use crate::id::{ColumnId, TaskId};
use crate::project::task::Place;

/// The cards of one column as they are shown: in order, without those that a filter hides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// Which column.
    pub column: ColumnId,
    /// Its visible cards.
    pub cards: Arc<[TaskId]>,
}

/// Where the cards would land.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Target {
    /// The column.
    pub column: ColumnId,
    /// How many visible cards would be above, not counting those in the hand.
    pub slot: usize,
}

/// Cards in the hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hand {
    /// Which, in the order in which they will stand.
    pub tasks: Vec<TaskId>,
    /// Which were lifted: `tasks`, and those that somebody has removed meanwhile.
    lifted: Vec<TaskId>,
    /// The one that was taken hold of.
    pub card: TaskId,
    /// What holds them.
    pub by: Driver,
    /// The columns as they were shown when the cards were lifted.
    pub shelves: Arc<[Shelf]>,
}

/// A way for the keyboard to move the target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // the keys
pub enum Step {
    Up,
    Down,
    Left,
    Right,
    First,
    Last,
}

/// A place in words: `position` of `count` in a column, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The column.
    pub column: ColumnId,
    /// Where in it.
    pub position: usize,
    /// Of how many.
    pub count: usize,
}

impl Hand {
    /// Takes cards into the hand.
    pub(super) fn new(card: TaskId, tasks: Vec<TaskId>, by: Driver, shelves: Arc<[Shelf]>) -> Self {
        Self { lifted: tasks.clone(), tasks, card, by, shelves }
    }

    /// Whether a card was lifted: its row in its column is free.
    pub fn has_lifted(&self, card: TaskId) -> bool {
        self.lifted.contains(&card)
    }

    /// The visible cards of a column that were not lifted.
    fn staying(&self, column: ColumnId) -> impl Iterator<Item = TaskId> + '_ {
        self.rows(column).iter().copied().filter(|card| !self.has_lifted(*card))
    }

    /// The visible cards of a column with those in the hand, as they are drawn while it is open.
    pub fn rows(&self, column: ColumnId) -> &[TaskId] {
        self.shelves.iter().find(|shelf| shelf.column == column).map_or(&[], |shelf| &shelf.cards)
    }

    /// The target at a gap between the rows of a column, see [`gap_at`](super::gap_at).
    pub fn target_at(&self, column: ColumnId, gap: usize) -> Target {
        let rows = self.rows(column);
        let above = &rows[..gap.min(rows.len())];
        Target { column, slot: above.iter().filter(|card| !self.has_lifted(**card)).count() }
    }

    /// The row at which the slot of a target is drawn, and whether the rows from there on make room for it. They need
    /// not where a card in the hand has left its own place.
    pub fn slot_row(&self, target: Target) -> (usize, bool) {
        let rows = self.rows(target.column);
        let mut above = 0;
        let row = match target.slot {
            0 => 0,
            slot => rows
                .iter()
                .position(|card| {
                    above += usize::from(!self.has_lifted(*card));
                    above == slot
                })
                .map_or(rows.len(), |anchor| anchor + 1),
        };
        let free = rows.get(row).is_some_and(|card| self.has_lifted(*card));
        (row, !free)
    }

    /// A target in words.
    pub(super) fn standing(&self, target: Target) -> Standing {
        let count = self.staying(target.column).count() + self.tasks.len();
        Standing { column: target.column, position: target.slot + 1, count }
    }

    /// The target one step further. Between columns the slot stays as far down as the other column reaches.
    pub(super) fn stepped(&self, target: Target, step: Step) -> Target {
        let at = self.shelves.iter().position(|shelf| shelf.column == target.column);
        let beside = |at: Option<usize>| {
            let Some(Shelf { column, .. }) = at.and_then(|at| self.shelves.get(at)) else { return target };
            Target { column: *column, slot: target.slot.min(self.staying(*column).count()) }
        };
        let most = || self.staying(target.column).count();
        match step {
            Step::Up => Target { slot: target.slot.saturating_sub(1), ..target },
            Step::Down => Target { slot: (target.slot + 1).min(most()), ..target },
            Step::First => Target { slot: 0, ..target },
            Step::Last => Target { slot: most(), ..target },
            Step::Left => beside(at.and_then(|at| at.checked_sub(1))),
            Step::Right => beside(at.map(|at| at + 1)),
        }
    }

    /// The place that a slot stands for, also among cards that a filter hides: right below the visible card above it that
    /// is still in the column, or above all if there is none.
    pub(super) fn place_at(&self, target: Target, board: &Board) -> Place {
        let above: Vec<TaskId> = self.staying(target.column).take(target.slot).collect();
        let still_there = |task: &&TaskId| board.task(**task).is_ok_and(|task| task.column == target.column);
        above.iter().rev().find(still_there).map_or(Place::First, |task| Place::After(*task))
    }
}

/// What is lifted with a card: itself, or all that are selected if it is one of them, in board order.
pub fn lifted_with(board: &Board, card: TaskId, is_selected: impl Fn(TaskId) -> bool) -> Vec<TaskId> {
    if is_selected(card) { in_board_order(board, is_selected) } else { vec![card] }
}

/// The chosen tasks column by column, from above.
pub fn in_board_order(board: &Board, is_chosen: impl Fn(TaskId) -> bool) -> Vec<TaskId> {
    let columns = board.columns().iter();
    columns.flat_map(|column| board.cards(column.id)).copied().filter(|task| is_chosen(*task)).collect()
}
