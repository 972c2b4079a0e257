//! Dragging cards, as one state machine without I/O.
//!
//! A mouse, a finger and the keyboard are three drivers of the same [`Drag`]: each turns what happens into an
//! [`Input`], and carries out the [`Effect`]s that come back. While cards are in the hand the columns are held as they
//! were when they were lifted, so that nothing moves under the pointer; what others do meanwhile counts at the drop.

mod geometry;
mod hand;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use geometry::{LONG_PRESS, Point, SLOT, STRAY, THRESHOLD, edge_speed, gap_at, rows_in_view, scroll_to_row};

pub use hand::{Hand, Shelf, Standing, Step, Target, in_board_order, lifted_with};

use super::Board;
use crate::id::TaskId;
use crate::project::task::TaskIntent;

/// What a driver sees when something happens.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The board as it is now.
    pub board: &'a Board,
    /// Its columns as they are shown.
    pub shelves: &'a Arc<[Shelf]>,
}

/// What holds the cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Driver {
    /// A mouse or pen.
    Mouse,
    /// A finger.
    Touch,
    /// The keyboard.
    Keys,
}

/// Why cards were put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The person said so, or the browser did.
    Cancelled,
    /// They were let go where nothing takes them.
    Nowhere,
    /// All of them are gone: somebody removed them meanwhile.
    Gone,
}

/// Where a drag is.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Drag {
    /// Nothing is held.
    #[default]
    Idle,
    /// A pointer is down on a card, which is not lifted yet.
    Pressed {
        /// The card.
        card: TaskId,
        /// What would be lifted.
        tasks: Vec<TaskId>,
        /// A mouse or a finger.
        by: Driver,
        /// Where the pointer went down.
        at: Point,
    },
    /// Cards are in the hand, over nothing that takes them.
    Lifted(Hand),
    /// Cards are in the hand, over a place.
    Over(Hand, Target),
    /// They were dropped there.
    Dropped(Hand, Target),
    /// They were put back.
    Cancelled(Hand, Why),
}

/// What happens to a drag.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A pointer goes down on a card.
    Press {
        /// The card.
        card: TaskId,
        /// What it would lift: itself, or all that are selected, in board order.
        tasks: Vec<TaskId>,
        /// A mouse or a finger.
        by: Driver,
        /// Where.
        at: Point,
    },
    /// The pointer moves; what it is over is the driver's to find.
    Move {
        /// Where it is now.
        at: Point,
        /// The place under it.
        over: Option<Target>,
    },
    /// The finger has rested for [`LONG_PRESS`].
    Held,
    /// The pointer goes up, or a key says so.
    Release,
    /// Escape, or the browser takes the pointer away.
    Cancel,
    /// A key lifts cards.
    KeyLift {
        /// The card that has the focus.
        card: TaskId,
        /// What it lifts.
        tasks: Vec<TaskId>,
    },
    /// A key moves the target.
    KeyMove(Step),
    /// The board looks different.
    Changed,
}

/// What the driver is to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Cards are in the hand from now on: show so here, and tell the others.
    Lift(Vec<TaskId>),
    /// Show the slot here, or nowhere.
    Show(Option<Target>),
    /// Act, and show the result at once.
    Drop(TaskIntent),
    /// Nothing is in the hand any more: show so here, and tell the others.
    Let,
    /// Say so in the live region.
    Announce(Announcement),
}

/// What is said to those who do not see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Announcement {
    /// Cards were lifted, from here.
    Lifted {
        /// Which.
        tasks: Vec<TaskId>,
        /// Where they are.
        at: Option<Standing>,
    },
    /// They would land here now.
    Over(Standing),
    /// They were dropped here.
    Dropped {
        /// Which.
        tasks: Vec<TaskId>,
        /// Where they are now.
        at: Standing,
    },
    /// They were put back.
    Cancelled {
        /// Which.
        tasks: Vec<TaskId>,
        /// Why.
        why: Why,
    },
    /// Some in the hand are gone: this many are left.
    Fewer(usize),
}

impl Drag {
    /// The cards in the hand, if there are any.
    pub fn hand(&self) -> Option<&Hand> {
        match self {
            Self::Lifted(hand) | Self::Over(hand, _) => Some(hand),
            _ => None,
        }
    }

    /// Where they would land.
    pub fn target(&self) -> Option<Target> {
        match self {
            Self::Over(_, target) => Some(*target),
            _ => None,
        }
    }

    /// Takes in what happened, and says what is to be done about it.
    pub fn feed(&mut self, input: Input, view: View<'_>) -> Vec<Effect> {
        let (next, effects) = match (std::mem::take(self), input) {
            (held @ (Self::Lifted(_) | Self::Over(..)), Input::Press { .. } | Input::KeyLift { .. } | Input::Held) => {
                (held, Vec::new())
            }
            (_, Input::Press { card, tasks, by, at }) => (Self::Pressed { card, tasks, by, at }, Vec::new()),
            (_, Input::KeyLift { card, tasks }) => lift(card, tasks, Driver::Keys, view),

            (Self::Pressed { card, tasks, by, at: start }, Input::Move { at, over }) => {
                let far = start.distance(at);
                match by {
                    Driver::Touch if far > STRAY => (Self::Idle, Vec::new()),
                    Driver::Mouse if far >= THRESHOLD => {
                        let (lifted, mut effects) = lift(card, tasks, by, view);
                        let (next, more) = lifted.moved(over);
                        effects.extend(more);
                        (next, effects)
                    }
                    _ => (Self::Pressed { card, tasks, by, at: start }, Vec::new()),
                }
            }
            (Self::Pressed { card, tasks, by: Driver::Touch, .. }, Input::Held) => {
                lift(card, tasks, Driver::Touch, view)
            }
            (Self::Pressed { .. }, Input::Release | Input::Cancel) => (Self::Idle, Vec::new()),

            (Self::Lifted(hand), Input::Move { over, .. }) if hand.by != Driver::Keys => Self::Lifted(hand).moved(over),
            (Self::Over(hand, target), Input::Move { over, .. }) if hand.by != Driver::Keys => {
                Self::Over(hand, target).moved(over)
            }
            (Self::Over(hand, target), Input::KeyMove(step)) if hand.by == Driver::Keys => {
                let next = hand.stepped(target, step);
                Self::Over(hand, target).moved(Some(next))
            }
            (Self::Lifted(hand), Input::Release) => put_back(hand, Why::Nowhere),
            (Self::Over(hand, target), Input::Release) => dropped(hand, target, view.board),
            (Self::Lifted(hand) | Self::Over(hand, _), Input::Cancel) => put_back(hand, Why::Cancelled),
            (held @ (Self::Lifted(_) | Self::Over(..)), Input::Changed) => held.changed(view.board),
            (state, _) => (state, Vec::new()),
        };
        *self = next;
        effects
    }

    fn moved(self, over: Option<Target>) -> (Self, Vec<Effect>) {
        let before = self.target();
        let (Self::Lifted(hand) | Self::Over(hand, _)) = self else { return (self, Vec::new()) };
        let mut effects = Vec::new();
        if over != before {
            effects.push(Effect::Show(over));
            // Who drags with a mouse sees it, and a word for each pixel would drown the rest.
            let said = over.filter(|_| hand.by != Driver::Mouse);
            effects.extend(said.map(|target| Effect::Announce(Announcement::Over(hand.standing(target)))));
        }
        let next = match over {
            Some(target) => Self::Over(hand, target),
            None => Self::Lifted(hand),
        };
        (next, effects)
    }

    /// Others changed the board: what is gone leaves the hand, and a target whose column is gone is none.
    fn changed(self, board: &Board) -> (Self, Vec<Effect>) {
        let target = self.target();
        let (Self::Lifted(mut hand) | Self::Over(mut hand, _)) = self else { return (self, Vec::new()) };
        let before = hand.tasks.len();
        if hand.tasks.iter().all(|task| board.task(*task).is_err()) {
            return put_back(hand, Why::Gone);
        }
        hand.tasks.retain(|task| board.task(*task).is_ok());
        let mut effects = Vec::new();
        if hand.tasks.len() < before {
            effects.push(Effect::Lift(hand.tasks.clone()));
            effects.push(Effect::Announce(Announcement::Fewer(hand.tasks.len())));
        }
        let kept = target.filter(|target| board.column(target.column).is_ok());
        if kept != target {
            effects.push(Effect::Show(kept));
        }
        let next = match kept {
            Some(target) => Self::Over(hand, target),
            None => Self::Lifted(hand),
        };
        (next, effects)
    }
}

fn lift(card: TaskId, tasks: Vec<TaskId>, by: Driver, view: View<'_>) -> (Drag, Vec<Effect>) {
    let tasks: Vec<TaskId> = tasks.into_iter().filter(|task| view.board.task(*task).is_ok()).collect();
    if tasks.is_empty() {
        return (Drag::Idle, Vec::new());
    }
    let hand = Hand::new(card, tasks, by, view.shelves.clone());
    let home = view.shelves.iter().find_map(|shelf| {
        let row = shelf.cards.iter().position(|other| *other == card)?;
        Some(hand.target_at(shelf.column, row))
    });
    let at = home.map(|target| hand.standing(target));
    let mut effects = vec![
        Effect::Lift(hand.tasks.clone()),
        Effect::Announce(Announcement::Lifted { tasks: hand.tasks.clone(), at }),
    ];
    match home {
        Some(target) => {
            effects.push(Effect::Show(Some(target)));
            (Drag::Over(hand, target), effects)
        }
        None => (Drag::Lifted(hand), effects),
    }
}

fn dropped(hand: Hand, target: Target, board: &Board) -> (Drag, Vec<Effect>) {
    let place = hand.place_at(target, board);
    let intent = TaskIntent::Move { tasks: hand.tasks.clone(), column: target.column, place };
    let said = Announcement::Dropped { tasks: hand.tasks.clone(), at: hand.standing(target) };
    // The hand opens before the command is carried out, so that the board shows it in the same frame.
    let effects = vec![Effect::Let, Effect::Show(None), Effect::Announce(said), Effect::Drop(intent)];
    (Drag::Dropped(hand, target), effects)
}

fn put_back(hand: Hand, why: Why) -> (Drag, Vec<Effect>) {
    let said = Announcement::Cancelled { tasks: hand.tasks.clone(), why };
    (Drag::Cancelled(hand, why), vec![Effect::Let, Effect::Show(None), Effect::Announce(said)])
}
