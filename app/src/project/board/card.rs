//! One card in its column: where it is, whose it is, who holds it. Its elements are clones that are written by hand, and may
//! show one task after another.

use std::borrow::Cow;

use icondata_lu::LuEllipsis;
use shared::Date;
use shared::id::TaskId;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use super::desk::{Desk, Holder};
use super::face::{Seen, held_by, marks};
use super::focus::element_id;
use super::lane::top_of;
use super::mark::Marks;
use super::menu::CARD_MENU;
use super::write::{blanks, clone_of, give_icon, put, style, texts};
use crate::project::space::task_address;
use crate::ui::fresh_id;
use crate::words;

/// A card as it is to be shown.
pub struct Shown {
    /// The task on it.
    pub task: TaskId,
    /// Where it stands, and how.
    pub standing: Standing,
    /// What is on it; while it is in a hand here and somebody has removed the task, it looks as it did last.
    pub face: Option<Face>,
}

/// Where a card stands in its column, and how. Equal ones look the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(clippy::struct_excessive_bools)] // what can be with it has nothing to do with each other
pub struct Standing {
    /// Its row, from 0.
    pub row: usize,
    /// Whether it makes room for the drop slot above it.
    pub makes_room: bool,
    /// How many rows there are, drawn or not.
    pub count: usize,
    /// Whether it is the tab stop of its column.
    pub is_stop: bool,
    /// Whether it is selected.
    pub is_selected: bool,
    /// Whether it is in the hand here.
    pub is_lifted: bool,
    /// Whether it has changes that the server has not confirmed.
    pub is_pending: bool,
}

impl Standing {
    /// Its place in its column, in rows.
    fn place(&self) -> usize {
        self.row + usize::from(self.makes_room)
    }

    fn attributes(&self) -> [(&'static str, Option<Cow<'static, str>>); 6] {
        let mark = |is_marked: bool| is_marked.then_some(Cow::Borrowed(""));
        [
            ("aria-setsize", Some(self.count.to_string().into())),
            ("aria-posinset", Some((self.row + 1).to_string().into())),
            ("tabindex", Some(if self.is_stop { "0" } else { "-1" }.into())),
            ("data-selected", mark(self.is_selected)),
            ("data-lifted", mark(self.is_lifted)),
            ("data-pending", mark(self.is_pending)),
        ]
    }
}

/// What is on a card. Equal ones look the same.
#[derive(Debug, PartialEq, Eq)]
pub struct Face {
    /// The task.
    pub seen: Seen,
    /// Who is dragging it elsewhere.
    pub holder: Option<Holder>,
    /// Whether it says that it is selected.
    pub is_selected: bool,
    /// Today, by which it is due soon or late.
    pub today: Date,
}

/// The elements of a card, with what they show.
pub struct Card {
    /// Which of its column's elements they are, whatever they show.
    pub number: usize,
    /// The card itself.
    pub element: HtmlElement,
    title: HtmlElement,
    name: Vec<Node>,
    facts: HtmlElement,
    menu: HtmlElement,
    marks: Marks,
    holder: Marks,
    shown: Shown,
}

/// A card to be cloned.
const BLANK: &str = concat!(
    r#"<li class="card" role="listitem"><a class="card-title" tabindex="-1" draggable="false"> </a>"#,
    r#"<div class="card-meta"></div>"#,
    r#"<button type="button" class="button ghost icon small card-menu" tabindex="-1" aria-haspopup="menu"></button></li>"#,
);

/// Of a card under the pointer: nothing in it can be reached.
const CARRIED: &str = r#"<span class="card-title"></span><div class="card-meta"></div>"#;

thread_local! {
    static CARD: Option<HtmlElement> = card();
}

fn card() -> Option<HtmlElement> {
    let card = blanks(BLANK).pop()?;
    let menu = card.last_element_child()?.unchecked_into();
    put(&menu, "popovertarget", Some(CARD_MENU));
    give_icon(&menu, LuEllipsis);
    Some(card)
}

impl Card {
    /// A new one.
    pub fn new(number: usize, desk: Desk, shown: Shown) -> Option<Self> {
        let element = CARD.with(|card| card.as_ref().and_then(clone_of))?;
        let title = element.first_element_child()?;
        let facts = title.next_element_sibling()?;
        let menu = facts.next_element_sibling()?.unchecked_into();
        let (title, facts) = (title.unchecked_into::<HtmlElement>(), facts.unchecked_into::<HtmlElement>());
        let id = fresh_id("card");
        title.set_id(&format!("{id}-name"));
        facts.set_id(&format!("{id}-facts"));
        put(&element, "aria-roledescription", Some(&t!("board.card")));
        put(&element, "aria-labelledby", Some(&format!("{id}-name")));
        put(&element, "aria-describedby", Some(&format!("{id}-facts board-keys")));
        let (name, marks, holder) = (texts(&title), Marks::default(), Marks::default());
        let mut card = Self { number, element, title, name, facts, menu, marks, holder, shown };
        card.write_task(desk);
        card.write_standing(None);
        card.write_face(desk, None);
        Some(card)
    }

    /// The task that it shows.
    pub fn task(&self) -> TaskId {
        self.shown.task
    }

    /// Whether a card that is to be shown stands where this one does.
    pub fn stands_as(&self, shown: &Shown) -> bool {
        self.shown.standing.place() == shown.standing.place()
    }

    /// Shows this from now on: only what differs is written.
    pub fn show(&mut self, desk: Desk, shown: Shown) {
        let mut before = std::mem::replace(&mut self.shown, shown);
        if before.task != self.shown.task {
            self.write_task(desk);
        }
        if before.standing != self.shown.standing {
            self.write_standing(Some(before.standing));
        }
        if self.shown.face.is_none() {
            self.shown.face = before.face.take();
        } else if self.shown.face != before.face {
            self.write_face(desk, before.face.as_ref());
        }
    }

    fn write_task(&self, desk: Desk) {
        let task = self.shown.task;
        self.element.set_id(&element_id(task));
        put(&self.element, "data-task", Some(&task.to_string()));
        put(&self.title, "href", Some(&task_address(desk.project, task)));
    }

    fn write_standing(&self, before: Option<Standing>) {
        let now = self.shown.standing;
        if before.is_none_or(|before| before.place() != now.place()) {
            style(&self.element, "transform", Some(&format!("translateY({}px)", top_of(now.place()))));
        }
        let before = before.map(|before| before.attributes());
        for (at, attribute) in now.attributes().iter().enumerate() {
            if before.as_ref().is_none_or(|before| before[at] != *attribute) {
                put(&self.element, attribute.0, attribute.1.as_deref());
            }
        }
    }

    fn write_face(&mut self, desk: Desk, before: Option<&Face>) {
        let Self { element, name, facts, menu, marks: facts_shown, holder: holder_shown, shown, .. } = self;
        let Some(Face { seen, holder, is_selected, .. }) = &shown.face else { return };
        let task = &seen.task;
        if before.is_none_or(|before| before.seen.task.name != task.name) {
            for text in name.iter() {
                text.set_node_value(Some(&task.name));
            }
            put(menu, "aria-label", Some(&t!("board.card_menu", name = task.name)));
        }
        let has_status = |before: &Face| before.seen.status == seen.status;
        if !before.is_some_and(has_status) {
            put(element, "data-status", Some(words::status_key(seen.status)));
            put(element, "data-blocked", task.blocked.as_ref().map(|_| ""));
        }
        if before.is_none_or(|before| before.holder != *holder) {
            put(element, "--hue", holder.as_ref().map(|holder| holder.hue.to_string()).as_deref());
            put(element, "data-held", holder.as_ref().map(|_| ""));
            holder_shown.show(element, holder.iter().map(held_by).collect());
        }
        facts_shown.show(facts, marks(desk, seen, *is_selected));
    }
}

/// Writes a task onto a card that is carried by a pointer.
pub fn draw_carried(card: &Element, desk: Desk, seen: &Seen) {
    let [title, facts] = &blanks(CARRIED)[..] else { return };
    title.set_text_content(Some(&seen.task.name));
    Marks::default().show(facts, marks(desk, seen, false));
    card.set_text_content(None);
    let _ = card.append_with_node_2(title, facts);
}
