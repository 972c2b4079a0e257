//! The focus on a board: one card per column is a tab stop, arrows go from card to card, and a card that moves or goes
//! takes the focus along or hands it to its neighbour.

use leptos::prelude::*;
use shared::id::{ColumnId, TaskId};
use shared::project::board::drag::{Shelf, Step, scroll_to_row};
use wasm_bindgen::JsCast;
use web_sys::{Element, FocusOptions, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::desk::Desk;
use crate::reactive::effect;
use crate::ui::{focus_later, once_drawn};

/// The id of the board's element.
pub const BOARD: &str = "board";

/// The id of a card's element.
pub fn element_id(task: TaskId) -> String {
    format!("card-{task}")
}

/// The element of a card, if it is drawn.
pub fn card_element(task: TaskId) -> Option<HtmlElement> {
    document().get_element_by_id(&element_id(task))?.dyn_into().ok()
}

/// The card that an element is in.
pub fn card_at(element: &Element) -> Option<TaskId> {
    element.closest("[data-task]").ok()??.get_attribute("data-task")?.parse().ok()
}

/// Where a card stands among those that are shown.
fn place_of(shelves: &[Shelf], card: TaskId) -> Option<(usize, usize)> {
    let row = |shelf: &Shelf| shelf.cards.iter().position(|other| *other == card);
    shelves.iter().enumerate().find_map(|(at, shelf)| Some((at, row(shelf)?)))
}

/// The column and row of a card among those that are shown.
pub fn row_of(desk: Desk, card: TaskId) -> Option<(ColumnId, usize)> {
    let shelves = desk.shelves.try_get_untracked()?;
    let (at, row) = place_of(&shelves, card)?;
    Some((shelves[at].column, row))
}

/// Puts the focus on a card, also on one that is out of view: the column draws it because it is to have the focus.
pub fn focus_card(desk: Desk, card: TaskId, reveal: bool) {
    desk.focus.set(Some(card));
    once_drawn(move || {
        if reveal && let Some((column, row)) = row_of(desk, card) {
            reveal_row(desk, column, row);
        }
        if let Some(element) = card_element(card) {
            let options = FocusOptions::new();
            options.set_prevent_scroll(true);
            let _ = element.focus_with_options(&options);
        }
    });
}

/// Scrolls a row of a column into view, and the column into the board.
pub fn reveal_row(desk: Desk, column: ColumnId, row: usize) {
    let Some(body) = desk.body(column) else { return };
    let (top, height) = (body.scroll_top(), body.client_height());
    let to = scroll_to_row(row, f64::from(top), f64::from(height));
    #[allow(clippy::cast_possible_truncation)] // pixels of a page
    body.set_scroll_top(to as i32);
    let options = ScrollIntoViewOptions::new();
    options.set_inline(ScrollLogicalPosition::Nearest);
    options.set_block(ScrollLogicalPosition::Nearest);
    body.scroll_into_view_with_scroll_into_view_options(&options);
}

/// Puts the focus on a card from anywhere else on the board: the last one that had it, or the first of a column.
pub fn enter(desk: Desk, column: Option<ColumnId>) -> bool {
    let shelves = desk.shelves.get_untracked();
    let of = |column: ColumnId| shelves.iter().find(|shelf| shelf.column == column)?.cards.first().copied();
    let last = || desk.focus.get_untracked().filter(|card| place_of(&shelves, *card).is_some());
    let first = || shelves.iter().find_map(|shelf| shelf.cards.first().copied());
    let Some(card) = column.and_then(of).or_else(last).or_else(first) else { return false };
    focus_card(desk, card, true);
    true
}

/// Moves the focus from a card to one beside it. Empty columns are passed over.
pub fn step(desk: Desk, card: TaskId, step: Step) {
    let shelves = desk.shelves.get_untracked();
    let Some((at, row)) = place_of(&shelves, card) else { return };
    let beside = |shelf: &Shelf| shelf.cards.get(row).or(shelf.cards.last()).copied();
    let cards = &shelves[at].cards;
    let next = match step {
        Step::Up => row.checked_sub(1).and_then(|row| cards.get(row)).copied(),
        Step::Down => cards.get(row + 1).copied(),
        Step::First => cards.first().copied(),
        Step::Last => cards.last().copied(),
        Step::Left => shelves[..at].iter().rev().find_map(beside),
        Step::Right => shelves[at + 1..].iter().find_map(beside),
    };
    if let Some(next) = next {
        focus_card(desk, next, true);
    }
}

/// Who has the focus when cards are gone: the next in the column, else the one before, else a card of a column beside it.
pub fn heir(desk: Desk, gone: &[TaskId]) -> Option<TaskId> {
    let shelves = desk.shelves.get_untracked();
    let (at, row) = place_of(&shelves, *gone.first()?)?;
    let stays = |card: &&TaskId| !gone.contains(card);
    let (before, after) = shelves[at].cards.split_at(row);
    let in_column = after.iter().find(stays).or_else(|| before.iter().rev().find(stays));
    let beside =
        || shelves[at + 1..].iter().chain(shelves[..at].iter().rev()).find_map(|shelf| shelf.cards.iter().find(stays));
    in_column.or_else(beside).copied()
}

/// The focus goes to whoever has it when cards are gone; to the board itself if it is empty.
pub fn bequeath(desk: Desk, heir: Option<TaskId>) {
    match heir {
        // The dialog that asked gives the focus back first.
        Some(heir) => once_drawn(move || focus_card(desk, heir, true)),
        None => focus_later(BOARD.to_owned()),
    }
}

/// Keeps the focus on the board when the card that has it is drawn anew, moved or removed: a browser would drop it.
pub fn keep(desk: Desk) {
    let last = StoredValue::new(None::<(usize, usize)>);
    effect(move || {
        let Some(card) = desk.focus.get() else { return };
        let shelves = desk.shelves.get();
        let place = place_of(&shelves, card);
        let before = last.get_value();
        last.set_value(place.or(before));
        if !desk.has_focus.get_value() {
            return;
        }
        let heir = place.map(|_| card).or_else(|| {
            let shelf = shelves.get(before?.0)?;
            shelf.cards.get(before?.1).or(shelf.cards.last()).copied()
        });
        request_animation_frame(move || {
            let is_nowhere = document().active_element().is_none_or(|active| active.tag_name() == "BODY");
            if let Some(heir) = heir.filter(|_| is_nowhere) {
                focus_card(desk, heir, false);
            }
        });
    });
}
