//! The tables as a whole: what backups, moves and checks go through, the same on every engine.

use sha2::{Digest as _, Sha256};

use crate::store::StoreError;

/// A table, with its columns in the order in which they are compared and copied.
#[derive(Debug)]
pub(in crate::store) struct Table {
    pub(in crate::store) name: &'static str,
    /// Its columns, those of the key first.
    pub(in crate::store) columns: &'static [(&'static str, Type)],
    /// How many of them make the key.
    key: usize,
    /// How many rows are in memory at once.
    pub(in crate::store) page: usize,
    /// The column by whose values its rows are counted and hashed apart, if there is one.
    pub(super) apart: Option<usize>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Type {
    Number,
    Text,
    Bytes,
}

/// One value.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::store) enum Cell {
    Null,
    Number(i64),
    Text(String),
    Bytes(Vec<u8>),
}

/// One row of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::store) struct Record(pub(in crate::store) Vec<Cell>);

use Type::{Bytes, Number, Text};

/// How many rows are read at once where one may hold a long text.
const LONG: usize = 200;
/// The same where none does.
const SHORT: usize = 500;

pub(super) static JOURNAL: Table = Table {
    name: "journal",
    columns: &[
        ("scope", Text),
        ("seq", Number),
        ("prev", Number),
        ("command_id", Text),
        ("actor", Text),
        ("at", Number),
        ("command", Text),
        ("changes", Text),
    ],
    key: 2,
    page: LONG,
    apart: None,
};
pub(super) static SUBJECT: Table =
    Table { name: "journal_subject", columns: &[("subject", Text), ("seq", Number)], key: 2, page: SHORT, apart: None };
pub(super) static SNAPSHOT: Table = Table {
    name: "snapshot",
    columns: &[("scope", Text), ("seq", Number), ("body", Text)],
    key: 1,
    page: 4,
    apart: None,
};
pub(super) static CLIENT: Table = Table {
    name: "client",
    columns: &[("id", Text), ("person", Text), ("done", Number), ("at", Number)],
    key: 2,
    page: SHORT,
    apart: None,
};
pub(super) static VERDICT: Table = Table {
    name: "verdict",
    columns: &[("client", Text), ("person", Text), ("number", Number), ("rejection", Text)],
    key: 3,
    page: SHORT,
    apart: None,
};
pub(super) static SESSION: Table = Table {
    name: "session",
    columns: &[
        ("id", Text),
        ("token", Bytes),
        ("person", Text),
        ("created", Number),
        ("seen", Number),
        ("agent", Text),
    ],
    key: 1,
    page: SHORT,
    apart: None,
};
/// The things, by scope and kind: each kind counts as a table of its own.
pub(super) static THING: Table = Table {
    name: "thing",
    columns: &[("scope", Text), ("kind", Text), ("id", Text), ("seq", Number), ("gone", Number), ("body", Text)],
    key: 3,
    page: LONG,
    apart: Some(1),
};
static PASSWORD: Table = Table {
    name: "password",
    columns: &[("person", Text), ("hash", Text), ("at", Number)],
    key: 1,
    page: SHORT,
    apart: None,
};
static INVITATION: Table = Table {
    name: "invitation",
    columns: &[
        ("person", Text),
        ("token", Bytes),
        ("department", Text),
        ("role", Text),
        ("made_by", Text),
        ("created", Number),
        ("expires", Number),
        ("name", Text),
        ("email", Text),
        ("most", Number),
        ("used", Number),
    ],
    key: 1,
    page: SHORT,
    apart: None,
};
pub(super) static DEVICE: Table = Table {
    name: "device",
    columns: &[("token", Bytes), ("person", Text), ("seen", Number)],
    key: 2,
    page: SHORT,
    apart: None,
};
pub(super) static PASSWORD_RESET: Table = Table {
    name: "password_reset",
    columns: &[
        ("id", Text),
        ("token", Bytes),
        ("person", Text),
        ("made_by", Text),
        ("created", Number),
        ("expires", Number),
        ("used", Number),
    ],
    key: 1,
    page: SHORT,
    apart: None,
};
pub(super) static TIMER: Table = Table {
    name: "timer",
    columns: &[("id", Text), ("due", Number), ("duty", Text), ("holder", Text), ("lease", Number), ("fired", Number)],
    key: 1,
    page: SHORT,
    apart: None,
};

static WEBHOOK: Table = Table {
    name: "webhook",
    columns: &[("id", Text), ("settings", Text), ("secret", Text), ("seen", Number), ("created", Number)],
    key: 1,
    page: SHORT,
    apart: None,
};
static DELIVERY: Table = Table {
    name: "webhook_delivery",
    columns: &[
        ("id", Text),
        ("webhook", Text),
        ("at", Number),
        ("message", Text),
        ("state", Text),
        ("attempts", Number),
        ("status", Number),
        ("failure", Text),
        ("next", Number),
    ],
    key: 1,
    page: LONG,
    apart: None,
};

static FILE: Table = Table {
    name: "file",
    columns: &[("id", Text), ("name", Text), ("media_type", Text), ("size", Number), ("person", Text), ("at", Number)],
    key: 1,
    page: SHORT,
    apart: None,
};
static CHUNK: Table = Table {
    name: "file_chunk",
    columns: &[("file", Text), ("nth", Number), ("bytes", Bytes)],
    key: 2,
    page: 16,
    apart: None,
};

/// The tables that [`check`](super::check) has no rule for.
pub(super) static OTHERS: [&Table; 10] =
    [&PASSWORD, &PASSWORD_RESET, &INVITATION, &SESSION, &DEVICE, &TIMER, &WEBHOOK, &DELIVERY, &FILE, &CHUNK];

/// All tables that hold something, in an order in which they can be filled.
pub(super) fn all() -> impl Iterator<Item = &'static Table> {
    let journal = [&JOURNAL, &SUBJECT, &SNAPSHOT, &CLIENT, &VERDICT];
    journal.into_iter().chain([&THING]).chain(OTHERS)
}

impl Table {
    /// The names of its columns.
    pub(in crate::store) fn names(&self) -> Vec<&'static str> {
        self.columns.iter().map(|(name, _)| *name).collect()
    }

    /// The names of its key's columns.
    pub(in crate::store) fn keys(&self) -> Vec<&'static str> {
        self.columns[..self.key].iter().map(|(name, _)| *name).collect()
    }
}

impl Record {
    /// What names the row within its table.
    pub(super) fn key(&self, table: &Table) -> Vec<Cell> {
        self.0[..table.key].to_vec()
    }

    /// A column that holds a text.
    pub(super) fn text(&self, column: usize) -> Result<&str, StoreError> {
        match self.0.get(column) {
            Some(Cell::Text(text)) => Ok(text),
            other => Err(StoreError::Damaged { what: "a text", why: format!("{other:?}") }),
        }
    }

    /// A column that holds a number.
    pub(super) fn number(&self, column: usize) -> Result<i64, StoreError> {
        match self.0.get(column) {
            Some(Cell::Number(number)) => Ok(*number),
            other => Err(StoreError::Damaged { what: "a number", why: format!("{other:?}") }),
        }
    }

    /// Adds the row to a digest: each value with its kind and length, so that no two rows read the same. What all rows of
    /// a digest have in common is left out.
    pub(super) fn digest(&self, apart: Option<usize>, digest: &mut Sha256) {
        for (_, cell) in self.0.iter().enumerate().filter(|(column, _)| Some(*column) != apart) {
            let number;
            let (kind, bytes): (u8, &[u8]) = match cell {
                Cell::Null => (0, &[]),
                Cell::Number(value) => {
                    number = value.to_be_bytes();
                    (1, &number)
                }
                Cell::Text(text) => (2, text.as_bytes()),
                Cell::Bytes(bytes) => (3, bytes),
            };
            digest.update([kind]);
            digest.update((bytes.len() as u64).to_be_bytes());
            digest.update(bytes);
        }
    }
}
