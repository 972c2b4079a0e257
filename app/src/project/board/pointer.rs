//! The drivers of a drag for mouse and finger: pointer events become inputs, frames scroll at the edges.

use gloo_timers::callback::Timeout;
use leptos::html;
use leptos::prelude::*;
use shared::id::TaskId;
use shared::project::board::drag::{Driver, Input, LONG_PRESS, Point, Target, edge_speed, gap_at};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, PointerEvent};

use super::desk::Desk;
use super::focus::{card_at, card_element};

/// A frame that took longer counts as this long, in seconds: a board must not leap after a pause.
const LONGEST_FRAME: f64 = 0.05;

/// How a pointer has hold of a card.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Grip {
    /// Which pointer.
    pointer: i32,
    /// Where it is.
    pub at: Point,
    /// Where on the card it went down, from the card's corner.
    pub grab: Point,
    /// The card's width and height.
    pub size: Point,
}

impl Grip {
    /// Where the corner of the carried card is.
    pub fn corner(self) -> Point {
        Point { x: self.at.x - self.grab.x, y: self.at.y - self.grab.y }
    }
}

/// The pointer that drags, or is about to.
#[derive(Clone, Copy)]
pub struct Pointer {
    desk: Desk,
    board: NodeRef<html::Div>,
    /// Has the pointer, and gives its cursor, while a card is carried.
    catch: NodeRef<html::Div>,
    /// How it has hold of a card.
    pub grip: RwSignal<Grip>,
    /// Lifts the card under a resting finger.
    resting: StoredValue<Option<Timeout>, LocalStorage>,
}

impl Pointer {
    /// A pointer over a board.
    pub fn new(desk: Desk, board: NodeRef<html::Div>, catch: NodeRef<html::Div>) -> Self {
        Self { desk, board, catch, grip: RwSignal::new(Grip::default()), resting: StoredValue::new_local(None) }
    }

    /// A pointer goes down.
    pub fn down(self, event: &PointerEvent) {
        let desk = self.desk;
        let with_key = event.shift_key() || event.ctrl_key() || event.meta_key();
        let is_ours = event.button() == 0 && event.is_primary() && !with_key && desk.rights.get_untracked().works;
        let Some(card) = grabbed(event).filter(|_| is_ours && !self.drags() && desk.dragging.driver().is_none()) else {
            return;
        };
        let Some(element) = card_element(card) else { return };
        let rect = element.get_bounding_client_rect();
        let at = point(event);
        self.grip.set(Grip {
            pointer: event.pointer_id(),
            at,
            grab: Point { x: at.x - rect.left(), y: at.y - rect.top() },
            size: Point { x: rect.width(), y: rect.height() },
        });
        let by = if event.pointer_type() == "touch" { Driver::Touch } else { Driver::Mouse };
        desk.feed(Input::Press { card, tasks: desk.lifted_with(card), by, at });
        if by == Driver::Touch {
            let held = move || {
                desk.feed(Input::Held);
                self.begin();
            };
            self.resting.set_value(Some(Timeout::new(LONG_PRESS, held)));
        }
    }

    /// It moves.
    pub fn moves(self, event: &PointerEvent) {
        if !self.is_held_by(event) {
            return;
        }
        let at = point(event);
        if self.drags() {
            // The next frame shows it: a browser tells of more moves than it draws.
            self.grip.update_untracked(|grip| grip.at = at);
            return;
        }
        if self.desk.dragging.is_pressed() {
            if event.buttons() == 0 {
                self.desk.feed(Input::Cancel);
                return;
            }
            self.grip.update_untracked(|grip| grip.at = at);
            self.desk.feed(Input::Move { at, over: None });
            self.begin();
        }
    }

    /// It goes up.
    pub fn up(self, event: &PointerEvent) {
        if !self.is_held_by(event) {
            return;
        }
        self.resting.set_value(None);
        if self.drags() {
            self.grip.update(|grip| grip.at = point(event));
            self.aim();
        }
        self.desk.feed(Input::Release);
    }

    /// The browser takes it away, to scroll or to zoom.
    pub fn cancelled(self, event: &PointerEvent) {
        if self.is_held_by(event) && (self.drags() || self.desk.dragging.is_pressed()) {
            self.resting.set_value(None);
            self.desk.feed(Input::Cancel);
        }
    }

    /// Whether it has cards in the hand.
    pub fn drags(self) -> bool {
        self.desk.dragging.driver().is_some_and(|by| by != Driver::Keys)
    }

    /// Keeps the browser from scrolling, or from opening its menu, under a finger that holds a card.
    pub fn keep_from(self, event: &Event) {
        if self.drags() || (event.type_() == "contextmenu" && self.resting.with_value(Option::is_some)) {
            event.prevent_default();
        }
    }

    fn is_held_by(self, event: &PointerEvent) -> bool {
        self.grip.with_untracked(|grip| grip.pointer == event.pointer_id())
    }

    /// If the card has just been lifted: follows the pointer wherever it goes, frame by frame.
    fn begin(self) {
        if !self.drags() {
            return;
        }
        self.resting.set_value(None);
        if let Some(catch) = self.catch.get_untracked() {
            let _ = catch.set_pointer_capture(self.grip.with_untracked(|grip| grip.pointer));
        }
        self.frame(js_sys::Date::now());
    }

    fn frame(self, before: f64) {
        if self.grip.is_disposed() || !self.drags() {
            return;
        }
        let now = js_sys::Date::now();
        self.scroll(((now - before) / 1_000.0).clamp(0.0, LONGEST_FRAME));
        self.aim();
        self.grip.notify();
        request_animation_frame(move || self.frame(now));
    }

    /// Finds the place under the card.
    fn aim(self) {
        let Grip { at, grab, size, .. } = self.grip.get_untracked();
        let middle = at.y - grab.y + size.y / 2.0;
        self.desk.feed(Input::Move { at, over: self.over(at, middle) });
    }

    fn over(self, at: Point, middle: f64) -> Option<Target> {
        let desk = self.desk;
        let board = self.board.get_untracked()?.get_bounding_client_rect();
        if at.x < board.left() || at.x > board.right() || at.y < board.top() || at.y > board.bottom() {
            return None;
        }
        desk.columns.with_untracked(|columns| {
            columns.iter().find_map(|column| {
                let body = desk.body(column.id)?;
                let rect = body.get_bounding_client_rect();
                if at.x < rect.left() || at.x >= rect.right() {
                    return None;
                }
                let y = middle.clamp(rect.top(), rect.bottom()) - rect.top() + f64::from(body.scroll_top());
                desk.dragging.hand.with_untracked(|hand| {
                    let hand = hand.as_ref()?;
                    Some(hand.target_at(column.id, gap_at(y, hand.rows(column.id).len())))
                })
            })
        })
    }

    /// Scrolls the column under the pointer and the board, near their edges.
    fn scroll(self, seconds: f64) {
        let at = self.grip.with_untracked(|grip| grip.at);
        let Some(board) = self.board.get_untracked() else { return };
        let rect = board.get_bounding_client_rect();
        let by = |speed: f64| (speed * seconds).round();
        let across = by(edge_speed(at.x, rect.left(), rect.right()));
        if across.abs() >= 1.0 {
            board.scroll_by_with_x_and_y(across, 0.0);
        }
        let target = self.desk.dragging.target.get_untracked();
        if let Some(body) = target.and_then(|target| self.desk.body(target.column)) {
            let rect = body.get_bounding_client_rect();
            let down = by(edge_speed(at.y, rect.top(), rect.bottom()));
            if down.abs() >= 1.0 {
                body.scroll_by_with_x_and_y(0.0, down);
            }
        }
    }
}

/// The card that a pointer goes down on, but not on a button in it.
fn grabbed(event: &PointerEvent) -> Option<TaskId> {
    let target = event.target()?.dyn_into::<Element>().ok()?;
    if target.closest("button").ok()?.is_some() {
        return None;
    }
    card_at(&target)
}

fn point(event: &PointerEvent) -> Point {
    Point { x: f64::from(event.client_x()), y: f64::from(event.client_y()) }
}
