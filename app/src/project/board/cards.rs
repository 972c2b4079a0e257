//! The cards of a column that are drawn, by one effect for all of them: a key in the filter may change every card in view, and
//! an effect for each, or a new element, would cost more than what is written. A card that stays keeps its element. One
//! that goes leaves it to the card that comes in its place.

use leptos::prelude::*;
use shared::id::TaskId;
use web_sys::Element;

use super::card::{Card, Face, Shown, Standing};
use super::desk::Desk;
use super::face::Seen;
use super::lane::Lane;
use super::write::keep;

/// So many elements wait for cards that come elsewhere: those out of view are drawn and taken away with each key.
const SPARE: usize = 6;

/// Draws the cards of a column into its space, before whatever else is in it, and whatever becomes of them.
pub fn draw_cards(space: Element, lane: Lane) {
    let desk = Desk::expect();
    keep(RenderEffect::new(move |cards: Option<Cards>| {
        let mut cards = cards.unwrap_or_default();
        cards.show(desk, &space, shown(desk, lane));
        cards
    }));
}

/// What is to be drawn, as it looks now.
fn shown(desk: Desk, lane: Lane) -> Vec<Shown> {
    let (drawn, count, stop, slot) = (lane.drawn.read(), lane.count.get(), lane.stop.get(), lane.slot.get());
    let (selected, pending, held, hand) =
        (desk.selected.read(), desk.pending.read(), desk.held.read(), desk.dragging.hand.read());
    let today = desk.today.get();
    let standing = |task: TaskId, row: usize| Standing {
        row,
        makes_room: slot.is_some_and(|(slot, makes_room)| makes_room && slot <= row),
        count,
        is_stop: stop == Some(task),
        is_selected: selected.contains(&task),
        is_lifted: hand.as_ref().is_some_and(|hand| hand.has_lifted(task)),
        is_pending: pending.contains(&task),
    };
    desk.replica.read(|view| {
        let (board, company) = (view.board(desk.project), view.company());
        let face = |task: TaskId| {
            let seen = Seen::of(board?, company, task)?;
            Some(Face { seen, holder: held.get(&task).cloned(), is_selected: selected.contains(&task), today })
        };
        drawn.iter().map(|&(task, row)| Shown { task, standing: standing(task, row), face: face(task) }).collect()
    })
}

/// The cards that are drawn, by their rows.
#[derive(Default)]
struct Cards {
    drawn: Vec<Card>,
    spare: Vec<Card>,
    /// How many elements were ever made.
    made: usize,
}

impl Cards {
    fn show(&mut self, desk: Desk, space: &Element, now: Vec<Shown>) {
        let mut before = std::mem::take(&mut self.drawn);
        let mut order: Vec<usize> = before.iter().map(|card| card.number).collect();
        let stays = now.iter().map(|shown| take(&mut before, |card| card.task() == shown.task));
        let mut cards: Vec<Option<Card>> = stays.collect();
        // What has the focus is not to have it on another card.
        let focus = desk.focus.get_untracked();
        for (card, shown) in cards.iter_mut().zip(&now).filter(|(card, shown)| card.is_none() && shown.face.is_some()) {
            *card = take(&mut before, |card| card.stands_as(shown) && Some(card.task()) != focus);
        }
        order.retain(|number| before.iter().all(|card| card.number != *number));
        self.put_away(before);
        self.drawn = cards.into_iter().zip(now).filter_map(|(card, shown)| self.drawn_as(desk, card, shown)).collect();
        self.put_in_order(space, order);
    }

    fn drawn_as(&mut self, desk: Desk, card: Option<Card>, shown: Shown) -> Option<Card> {
        if let Some(mut card) = card.or_else(|| self.spare.pop_if(|_| shown.face.is_some())) {
            card.show(desk, shown);
            return Some(card);
        }
        self.made += 1;
        Card::new(self.made, desk, shown)
    }

    fn put_away(&mut self, cards: Vec<Card>) {
        for card in &cards {
            card.element.remove();
        }
        self.spare.extend(cards);
        self.spare.truncate(SPARE);
    }

    /// Puts the elements where they are read in the order of the rows. Of those that are there, in this order, as few as can
    /// be are moved: what is moved neither keeps the focus nor glides to its place.
    fn put_in_order(&self, space: &Element, mut order: Vec<usize>) {
        for (at, card) in self.drawn.iter().enumerate() {
            if order.get(at + 1) == Some(&card.number) {
                // The one that stood here has gone down: its turn comes.
                order.remove(at);
            }
            if order.get(at) == Some(&card.number) {
                continue;
            }
            order.retain(|number| *number != card.number);
            order.insert(at.min(order.len()), card.number);
            let _ = match at.checked_sub(1) {
                Some(above) => self.drawn[above].element.after_with_node_1(&card.element),
                None => space.prepend_with_node_1(&card.element),
            };
        }
    }
}

/// Takes the first of some cards out of them.
fn take(from: &mut Vec<Card>, which: impl Fn(&Card) -> bool) -> Option<Card> {
    let at = from.iter().position(which)?;
    Some(from.remove(at))
}
