//! What every scope's contents can do, whatever their area: be changed, and be kept as things.
//!
//! A *thing* is what the store keeps of a scope: a task, a person, a line of a timeline. Each area says in its `kept.rs`
//! which kinds of things its scopes consist of, which of them a change touches, and how they are written and read back.

use std::fmt::Debug;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Error, Value};
use uuid::Uuid;

/// What a scope holds.
pub trait Contents: Clone {
    /// Names the scope among those of its sort; `()` where there is but one.
    type Key: Copy;
    /// One change of it, complete in itself.
    type Change;
    /// Names a thing in it.
    type Thing: Clone + Debug + Ord;

    /// The kinds of things that it consists of.
    const KINDS: &'static [Kind];
    /// Those of them whose things have a number that stays taken when they are gone.
    const NUMBERED: &'static [Kind] = &[];

    /// What a change begins with where nothing is; `None` if it then fits nothing.
    fn begun_by(change: &Self::Change) -> Option<Self>;

    /// Applies a decided change. Total: what no longer fits is passed over.
    fn apply(&mut self, change: &Self::Change);

    /// Notes each thing that a change is about to touch, and what becomes of it.
    fn touched(before: Option<&Self>, change: &Self::Change, note: &mut dyn FnMut(Self::Thing, Fate));

    /// The kind of a thing, and its name among those of its kind in one scope.
    fn name(thing: &Self::Thing) -> (Kind, String);

    /// A thing as it is kept, in JSON; `None` if it is not here.
    fn write(&self, thing: &Self::Thing) -> Option<Result<String, Error>>;

    /// Puts together what was kept; `None` if what it cannot do without is not there.
    fn read(things: &Things) -> Result<Option<Self>, Error>;

    /// The thing whose activity a change belongs to, if anybody would look it up.
    fn subject(key: Self::Key, change: &Self::Change) -> Option<Uuid>;
}

/// What becomes of a thing that a change touches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is there, as it stands after the change.
    Put,
    /// It is gone. What it last was is kept.
    Gone,
    /// It goes on in another scope. Nothing of it stays here.
    Left,
}

/// A kind of things: its name in the tables, which is for good.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// The name, as `task`.
    pub name: &'static str,
    again: fn(&str) -> Option<Value>,
}

impl Kind {
    /// A kind whose things are kept as a `T`.
    pub const fn of<T: DeserializeOwned + Serialize>(name: &'static str) -> Self {
        Self { name, again: again::<T> }
    }

    /// A body as this version writes it, since one of an older version may lack what has come since; `None` if it
    /// cannot be read.
    pub fn normal(self, body: &str) -> Option<Value> {
        (self.again)(body)
    }
}

fn again<T: DeserializeOwned + Serialize>(body: &str) -> Option<Value> {
    serde_json::to_value(serde_json::from_str::<T>(body).ok()?).ok()
}

impl PartialEq for Kind {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Kind {}

impl PartialOrd for Kind {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Kind {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.name.cmp(other.name)
    }
}

/// The things of one scope, as they were kept.
#[derive(Debug, Default)]
pub struct Things<'a> {
    here: Vec<Kept<'a>>,
    highest: u32,
}

/// One of them.
#[derive(Debug)]
struct Kept<'a> {
    kind: &'a str,
    id: &'a str,
    body: &'a str,
}

impl<'a> Things<'a> {
    /// Adds one that is there.
    pub fn add(&mut self, kind: &'a str, id: &'a str, body: &'a str) {
        self.here.push(Kept { kind, id, body });
    }

    /// Takes note of the number of one that is gone; see [`Contents::NUMBERED`].
    pub fn add_gone(&mut self, number: u32) {
        self.highest = self.highest.max(number);
    }

    /// The highest number of those that are gone; 0 if there are none.
    pub fn highest_gone(&self) -> u32 {
        self.highest
    }

    /// All of a kind.
    pub fn all<T: Deserialize<'a>, C: FromIterator<T>>(&self, kind: Kind) -> Result<C, Error> {
        self.of(kind).map(|kept| serde_json::from_str(kept.body)).collect()
    }

    /// All of a kind, by their names.
    pub fn named<T: Deserialize<'a>, C: FromIterator<(String, T)>>(&self, kind: Kind) -> Result<C, Error> {
        self.of(kind).map(|kept| Ok((kept.id.to_owned(), serde_json::from_str(kept.body)?))).collect()
    }

    /// The one of a kind of which there is at most one.
    pub fn one<T: Deserialize<'a>>(&self, kind: Kind) -> Result<Option<T>, Error> {
        self.of(kind).next().map(|kept| serde_json::from_str(kept.body)).transpose()
    }

    fn of(&self, kind: Kind) -> impl Iterator<Item = &Kept<'a>> {
        self.here.iter().filter(move |kept| kept.kind == kind.name)
    }
}
