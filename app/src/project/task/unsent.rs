//! Texts that were typed and not sent, kept while the app runs: a panel closed too soon loses nothing.

use std::cell::RefCell;
use std::collections::BTreeMap;

use shared::id::{PersonId, TaskId};

thread_local! {
    static KEPT: RefCell<BTreeMap<Key, Unsent>> = const { RefCell::new(BTreeMap::new()) };
}

type Key = (PersonId, TaskId, Kind);

/// Which text of a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Its description.
    Description,
    /// A new comment.
    Comment,
}

/// A text that was typed, and the one that it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsent {
    /// What the text was when the typing began.
    pub base: String,
    /// What was typed.
    pub text: String,
}

/// What was kept.
pub fn kept(person: PersonId, task: TaskId, kind: Kind) -> Option<Unsent> {
    KEPT.with_borrow(|kept| kept.get(&(person, task, kind)).cloned())
}

/// Keeps a text, or forgets it.
pub fn keep(person: PersonId, task: TaskId, kind: Kind, text: Option<Unsent>) {
    KEPT.with_borrow_mut(|kept| match text {
        Some(text) => kept.insert((person, task, kind), text),
        None => kept.remove(&(person, task, kind)),
    });
}
