//! The keyboard on a board: the driver of a drag by keys, the way from card to card, and the keys for what is done often.

use crate::ui::{is_typing, letter};
use std::collections::BTreeSet;

use leptos::ev::{self, KeyboardEvent, MouseEvent};
use leptos::prelude::*;
use shared::id::TaskId;
use shared::project::board::drag::{Driver, Input, Step};
use wasm_bindgen::JsCast;
use web_sys::Element;

use super::desk::{Desk, Question};
use super::filter_bar::SEARCH;
use super::focus::{self, card_at, element_id};
use super::quick_add;

/// Listens to the keys that work wherever the focus is on the page.
pub fn listen(desk: Desk) {
    let handle = window_event_listener(ev::keydown, move |event| {
        if event.key() == "Escape" && desk.dragging.driver().is_some_and(|by| by != Driver::Keys) {
            event.prevent_default();
            desk.feed(Input::Cancel);
            return;
        }
        match letter(&event).as_deref() {
            Some("c") if desk.rights.get_untracked().works => quick_add::begin(desk, false),
            Some(key) if is_nowhere() && arrow(key) && focus::enter(desk, None) => {}
            Some("/") => {
                crate::ui::focus(SEARCH);
            }
            _ => return,
        }
        event.prevent_default();
    });
    on_cleanup(move || handle.remove());
}

/// A key goes down somewhere on the board.
pub fn on_key(desk: Desk, event: &KeyboardEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    if event.default_prevented() {
        return;
    }
    let Some(card) = card_at(&target) else { return come_in(desk, &target, event) };
    if desk.dragging.driver() == Some(Driver::Keys) {
        drag(desk, event);
        return;
    }
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
    let on_card = target.id() == element_id(card) && !modified && desk.dragging.driver().is_none();
    let done = if on_card { on_card_key(desk, card, &event.key()) || on_letter(desk, card, event) } else { false };
    if done {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// An arrow from anywhere else on the board reaches a card, except in what needs its arrows itself.
fn come_in(desk: Desk, target: &Element, event: &KeyboardEvent) {
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
    let is_taken = is_typing(event) || target.closest("[popover], dialog").is_ok_and(|within| within.is_some());
    if modified || is_taken || !arrow(&event.key().to_lowercase()) {
        return;
    }
    let column = target.closest("[data-column]").ok().flatten().and_then(|column| column.get_attribute("data-column"));
    if focus::enter(desk, column.and_then(|column| column.parse().ok())) {
        event.prevent_default();
        event.stop_propagation();
    }
}

/// Whether a key, in lower case, is an arrow.
fn arrow(key: &str) -> bool {
    matches!(key, "arrowup" | "arrowdown" | "arrowleft" | "arrowright")
}

/// Whether nothing on the page has the focus.
fn is_nowhere() -> bool {
    let active = document().active_element();
    active.is_none_or(|active| active.tag_name() == "BODY" || active.id() == "main")
}

fn on_card_key(desk: Desk, card: TaskId, key: &str) -> bool {
    let works = desk.rights.get_untracked().works;
    match key {
        "Enter" => desk.open(card),
        " " if works => desk.feed(Input::KeyLift { card, tasks: desk.lifted_with(card) }),
        // A space that lifts nothing must not scroll the page either.
        " " => {}
        "Delete" if works => desk.question.set(Some(Question::Delete(desk.lifted_with(card)))),
        "Escape" if desk.selected.with_untracked(|selected| !selected.is_empty()) => {
            desk.selected.set(BTreeSet::new());
        }
        key => match step(key) {
            Some(step) => focus::step(desk, card, step),
            None => return false,
        },
    }
    true
}

fn on_letter(desk: Desk, card: TaskId, event: &KeyboardEvent) -> bool {
    if !desk.rights.get_untracked().works {
        return false;
    }
    match letter(event).as_deref() {
        Some("x") => desk.toggle(card),
        Some("m") => desk.question.set(Some(Question::Move(desk.lifted_with(card)))),
        _ => return false,
    }
    true
}

/// While a key has cards in the hand all keys are about them.
fn drag(desk: Desk, event: &KeyboardEvent) {
    let key = event.key();
    let input = match key.as_str() {
        " " | "Enter" if event.repeat() => None,
        " " | "Enter" => Some(Input::Release),
        "Escape" | "Tab" => Some(Input::Cancel),
        key => step(key).map(Input::KeyMove),
    };
    if key != "Tab" {
        event.prevent_default();
    }
    event.stop_propagation();
    if let Some(input) = input {
        desk.feed(input);
        reveal_target(desk);
    }
}

/// Keeps the slot in view that the keys move.
fn reveal_target(desk: Desk) {
    let Some(target) = desk.dragging.target.get_untracked() else { return };
    let row = desk.dragging.hand.with_untracked(|hand| hand.as_ref().map(|hand| hand.slot_row(target).0));
    if let Some(row) = row {
        // The column makes room for it first.
        request_animation_frame(move || focus::reveal_row(desk, target.column, row));
    }
}

fn step(key: &str) -> Option<Step> {
    Some(match key {
        "ArrowUp" => Step::Up,
        "ArrowDown" => Step::Down,
        "ArrowLeft" => Step::Left,
        "ArrowRight" => Step::Right,
        "Home" => Step::First,
        "End" => Step::Last,
        _ => return None,
    })
}

/// A click somewhere on the board: opens a card, or selects it with Ctrl, ⌘ or Shift.
pub fn on_click(desk: Desk, card_menu: RwSignal<Option<TaskId>>, event: &MouseEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Some(card) = card_at(&target) else { return };
    if target.closest("button").is_ok_and(|button| button.is_some()) {
        card_menu.set(Some(card));
        return;
    }
    event.prevent_default();
    let selects = desk.rights.get_untracked().works;
    if event.shift_key() && selects {
        select_up_to(desk, card);
    } else if (event.ctrl_key() || event.meta_key()) && selects {
        desk.toggle(card);
    } else {
        desk.open(card);
    }
}

/// Selects from the last selected card to this one, if they are in one column; else this one too.
fn select_up_to(desk: Desk, card: TaskId) {
    let anchor = desk.anchor.get_value();
    let shelves = desk.shelves.get_untracked();
    let range = shelves.iter().find_map(|shelf| {
        let row = |card: TaskId| shelf.cards.iter().position(|other| *other == card);
        let (from, to) = (row(anchor?)?, row(card)?);
        Some(shelf.cards[from.min(to)..=from.max(to)].to_vec())
    });
    desk.selected.update(|selected| selected.extend(range.unwrap_or_else(|| vec![card])));
    desk.anchor.set_value(Some(card));
}
