//! The marks on a card: what they can be, and their elements. A mark that is there before and after stays, and only what
//! differs of it is written.

use std::borrow::Cow;

use icondata_lu::{LuMessageSquare, LuSquareCheck};
use web_sys::{HtmlElement, Node};

use super::write::{blanks, clone_of, give_icon, put, texts};

/// What is written.
pub type Words = Cow<'static, str>;

/// What a mark tells, in the order in which marks stand on a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // as their blanks show them
pub enum Kind {
    Selected,
    Number,
    Blocked,
    Priority,
    /// A priority that goes without its word.
    Usual,
    Due,
    Progress,
    Checklist,
    Comments,
    Label,
    Owner,
    OwnedBy,
    /// Not among the others, but on top of the card.
    Holder,
}

/// A mark. Equal ones look the same.
#[derive(Debug, PartialEq, Eq)]
pub struct Mark {
    kind: Kind,
    /// Its texts, in the order in which its blank has places for them.
    texts: Vec<Words>,
    /// Its attributes and styles: of one kind, always the same ones.
    attributes: Vec<(&'static str, Option<Words>)>,
}

impl Mark {
    /// With a text.
    pub fn new(kind: Kind, text: impl Into<Words>) -> Self {
        Self { kind, texts: vec![text.into()], attributes: Vec::with_capacity(3) }
    }

    /// And with a second text.
    #[must_use]
    pub fn and(mut self, text: impl Into<Words>) -> Self {
        self.texts.push(text.into());
        self
    }

    /// And with an attribute, or a style if its name begins with two dashes.
    #[must_use]
    pub fn with(self, name: &'static str, value: impl Into<Words>) -> Self {
        self.put(name, Some(value.into()))
    }

    /// And with an attribute that is there or not.
    #[must_use]
    pub fn flagged(self, name: &'static str, is_there: bool) -> Self {
        self.put(name, is_there.then_some(Words::Borrowed("")))
    }

    fn put(mut self, name: &'static str, value: Option<Words>) -> Self {
        self.attributes.push((name, value));
        self
    }
}

/// A mark of each kind, in their order. The texts in them are places.
const BLANKS: &str = concat!(
    r#"<span class="visually-hidden"> </span>"#,
    r#"<span class="card-number"> </span>"#,
    r#"<span class="blocked"> <span class="visually-hidden"> </span></span>"#,
    r#"<span class="priority"> </span>"#,
    r#"<span class="priority"><span class="visually-hidden"> </span></span>"#,
    r#"<time class="due"> </time>"#,
    r#"<span class="progress"><span class="visually-hidden"> </span><span class="progress-figure"> </span></span>"#,
    r#"<span class="count-mark"><span class="visually-hidden"> </span> </span>"#,
    r#"<span class="count-mark"><span class="visually-hidden"> </span> </span>"#,
    r#"<span class="chip"> </span>"#,
    r#"<span class="avatar small card-owner" aria-hidden="true"> </span>"#,
    r#"<span class="visually-hidden"> </span>"#,
    r#"<span class="card-holder"><span class="visually-hidden"> </span><span aria-hidden="true"> </span></span>"#,
);

thread_local! {
    static MARKS: Vec<HtmlElement> = marks();
}

fn marks() -> Vec<HtmlElement> {
    let marks = blanks(BLANKS);
    for (kind, icon) in [(Kind::Checklist, LuSquareCheck), (Kind::Comments, LuMessageSquare)] {
        if let Some(mark) = marks.get(kind as usize) {
            give_icon(mark, icon);
        }
    }
    marks
}

/// A mark on a card.
struct Placed {
    element: HtmlElement,
    texts: Vec<Node>,
    shows: Mark,
}

impl Placed {
    /// Right before another one, or as the last.
    fn before(other: Option<&Self>, on: &HtmlElement, mark: Mark) -> Option<Self> {
        let element = MARKS.with(|marks| marks.get(mark.kind as usize).and_then(clone_of))?;
        let nothing = Mark { kind: mark.kind, texts: Vec::new(), attributes: Vec::new() };
        let mut placed = Self { texts: texts(&element), element, shows: nothing };
        placed.write(mark);
        let _ = on.insert_before(&placed.element, other.map(|other| other.element.as_ref()));
        Some(placed)
    }

    fn write(&mut self, mark: Mark) {
        let before = std::mem::replace(&mut self.shows, mark);
        for (at, (node, text)) in self.texts.iter().zip(&self.shows.texts).enumerate() {
            if before.texts.get(at) != Some(text) {
                node.set_node_value(Some(text));
            }
        }
        for (at, attribute) in self.shows.attributes.iter().enumerate() {
            if before.attributes.get(at) != Some(attribute) {
                put(&self.element, attribute.0, attribute.1.as_deref());
            }
        }
    }
}

/// The marks on something.
#[derive(Default)]
pub struct Marks(Vec<Placed>);

impl Marks {
    /// Shows these, which are in the order of their kinds, in the place of those that are shown.
    pub fn show(&mut self, on: &HtmlElement, marks: Vec<Mark>) {
        let mut before = std::mem::take(&mut self.0).into_iter().peekable();
        for mark in marks {
            while let Some(gone) = before.next_if(|placed| placed.shows.kind < mark.kind) {
                gone.element.remove();
            }
            let placed = match before.next_if(|placed| placed.shows.kind == mark.kind) {
                Some(mut same) => {
                    same.write(mark);
                    Some(same)
                }
                None => Placed::before(before.peek(), on, mark),
            };
            self.0.extend(placed);
        }
        for gone in before {
            gone.element.remove();
        }
    }
}
