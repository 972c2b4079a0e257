//! Feeds the state machine of the drag, which is in `shared`, and carries out what it asks for.

use std::sync::Arc;

use leptos::prelude::{GetUntracked, GetValue, Set, Update, UpdateValue, WithUntracked, WithValue};
use shared::id::TaskId;
use shared::project::board::Board;
use shared::project::board::drag::{Driver, Effect, Input, View, lifted_with};
use shared::project::task::TaskIntent;

use super::announce::announce;
use super::desk::Desk;
use super::dragging::Dragging;
use super::focus::{card_element, focus_card};
use crate::reactive::effect;

impl Desk {
    /// Tells the drag what happened.
    pub fn feed(self, input: Input) {
        let shelves = self.shelves.get_untracked();
        let by = self.dragging.driver();
        let effects = self.dragging.machine.try_update_value(|drag| {
            let view = |board: &Board| drag.feed(input, View { board, shelves: &shelves });
            self.replica.peek(|state| match state.boards.get(&self.project) {
                Some(board) => view(board),
                // A board that is taken away has no cards: whatever is held is gone.
                None => view(&Board::default()),
            })
        });
        for effect in effects.unwrap_or_default() {
            self.carry_out(effect, by);
        }
    }

    /// What is lifted with a card.
    pub fn lifted_with(self, card: TaskId) -> Vec<TaskId> {
        let lifted = |board: &Board| {
            self.selected.with_untracked(|selected| lifted_with(board, card, |task| selected.contains(&task)))
        };
        self.peek(lifted).unwrap_or_default()
    }

    fn carry_out(self, effect: Effect, by: Option<Driver>) {
        let Dragging { machine, hand, target } = self.dragging;
        match effect {
            Effect::Lift(tasks) => {
                hand.set(machine.with_value(|drag| drag.hand().cloned().map(Arc::new)));
                self.replica.dragging(self.scope(), tasks);
            }
            Effect::Show(to) => target.set(to),
            Effect::Let => {
                let card = hand.try_update(Option::take).flatten().map(|hand| hand.card);
                self.replica.dragging(self.scope(), Vec::new());
                if let Some(card) = card.filter(|card| self.peek(|board| board.task(*card).is_ok()).unwrap_or_default())
                {
                    self.focus.set(Some(card));
                    focus_card(self, card, by == Some(Driver::Keys));
                }
            }
            Effect::Announce(announcement) => announce(self, &announcement),
            Effect::Drop(intent) => {
                self.loosen(&intent);
                self.drop(intent);
            }
        }
    }

    /// Takes the focus off a card that is about to be drawn in another column, where it gets it back. Left to the browser,
    /// that would lay the page out when the element goes, in the midst of all that is drawn.
    fn loosen(self, intent: &TaskIntent) {
        let TaskIntent::Move { column, .. } = intent else { return };
        let focus = self.focus.get_untracked().filter(|_| self.has_focus.get_value());
        let leaves =
            |card: &TaskId| self.peek(|board| board.task(*card).is_ok_and(|task| task.column != *column)) == Some(true);
        if let Some(element) = focus.filter(leaves).and_then(card_element) {
            let _ = element.blur();
        }
    }

    /// Moves cards, and says at once if that is refused: then they are where they were.
    pub fn drop(self, intent: TaskIntent) {
        if let Err(rejection) = self.act(intent) {
            self.refuse(&rejection);
        }
    }
}

/// Tells the drag when the board looks different.
pub fn follow(desk: Desk) {
    effect(move || {
        desk.read(|_| ());
        if desk.dragging.driver().is_some() {
            desk.feed(Input::Changed);
        }
    });
}
