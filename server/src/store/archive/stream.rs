//! Reading a table from its first row to its last, a page at a time, counting and hashing what passes.

use std::collections::{BTreeMap, VecDeque};

use sha2::{Digest as _, Sha256};
use shared::Scope;

use super::Moment;
use super::table::{Cell, DEVICE, PASSWORD_RESET, Record, SESSION, THING, TIMER, Table, all};
use crate::store::StoreError;

/// A table that is being read.
pub(super) struct Stream {
    table: &'static Table,
    waiting: VecDeque<Record>,
    /// The key of the last row read; none before the first.
    last: Option<Vec<Cell>>,
    ended: bool,
    /// What has passed, by the name that it is counted under.
    passed: BTreeMap<String, Passed>,
}

#[derive(Clone, Default)]
struct Passed {
    rows: u64,
    digest: Sha256,
}

/// The kinds of things that there were when hashes were first noted down: they count also where there are none of them,
/// so that the hash of what was kept then stays what it was. So do the tables, but for those that came later.
const FIRST_KINDS: [&str; 15] = [
    "company",
    "department",
    "person",
    "project",
    "board_column",
    "task",
    "comment",
    "incident_policy",
    "shift",
    "incident",
    "room_entry",
    "room_report",
    "article",
    "article_revision",
    "inbox_mark",
];

/// What a table holds, or of the things one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Its name.
    pub table: String,
    /// How many rows.
    pub rows: u64,
    /// The SHA-256 of all of them, in the order of their keys.
    digest: [u8; 32],
}

/// What a database holds, table by table. The same on every engine for the same content; the epoch is no content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents(pub(super) Vec<Content>);

impl Stream {
    pub(super) fn new(table: &'static Table) -> Self {
        Self { table, waiting: VecDeque::new(), last: None, ended: false, passed: BTreeMap::new() }
    }

    /// The next row, which stays where it is.
    pub(super) async fn peek(&mut self, moment: &mut Moment) -> Result<Option<&Record>, StoreError> {
        if self.waiting.is_empty() && !self.ended {
            self.waiting = self.page(moment).await?.into();
        }
        Ok(self.waiting.front())
    }

    /// The next row.
    pub(super) async fn next(&mut self, moment: &mut Moment) -> Result<Option<Record>, StoreError> {
        self.peek(moment).await?;
        Ok(self.waiting.pop_front())
    }

    /// The next row, if its first column says this.
    pub(super) async fn next_of(&mut self, first: &str, moment: &mut Moment) -> Result<Option<Record>, StoreError> {
        match self.peek(moment).await? {
            Some(record) if record.text(0)? == first => self.next(moment).await,
            _ => Ok(None),
        }
    }

    /// The next rows; none at the end.
    pub(super) async fn page(&mut self, moment: &mut Moment) -> Result<Vec<Record>, StoreError> {
        if self.ended {
            return Ok(Vec::new());
        }
        let page = moment.page(self.table, self.last.as_deref()).await?;
        for record in &page {
            let name = self.table.apart.map_or(Ok(self.table.name), |column| record.text(column))?;
            if !self.passed.contains_key(name) {
                self.passed.insert(name.to_owned(), Passed::default());
            }
            if let Some(passed) = self.passed.get_mut(name) {
                record.digest(self.table.apart, &mut passed.digest);
                passed.rows += 1;
            }
        }
        self.ended = page.len() < self.table.page;
        self.last = page.last().map(|record| record.key(self.table)).or(self.last.take());
        Ok(page)
    }

    /// What has been read.
    pub(super) fn contents(mut self) -> Vec<Content> {
        for name in names(self.table) {
            self.passed.entry(name.to_owned()).or_default();
        }
        let content = |(table, Passed { rows, digest })| Content { table, rows, digest: digest.finalize().into() };
        self.passed.into_iter().map(content).collect()
    }
}

/// The names under which a table's rows are counted.
fn names(table: &'static Table) -> Vec<&'static str> {
    if table.name == THING.name { Scope::kinds().map(|kind| kind.name).collect() } else { vec![table.name] }
}

impl Contents {
    /// In the order of the tables.
    pub(super) fn new(mut tables: Vec<Content>) -> Self {
        let order: Vec<&str> = all().flat_map(names).collect();
        tables.sort_by_key(|content| order.iter().position(|name| *name == content.table));
        Self(tables)
    }

    /// The tables.
    pub fn tables(&self) -> &[Content] {
        &self.0
    }

    /// How many rows there are in all.
    pub fn rows(&self) -> u64 {
        self.0.iter().map(|content| content.rows).sum()
    }

    /// The SHA-256 of everything but sign-ins and timers, in hexadecimal: those come and go by themselves.
    pub fn hash(&self) -> String {
        let mut hash = Sha256::new();
        let passing = [SESSION.name, DEVICE.name, TIMER.name];
        let is_new = |name| names(&THING).contains(&name) && !FIRST_KINDS.contains(&name);
        for content in self.0.iter().filter(|content| !passing.contains(&content.table.as_str())) {
            if content.rows == 0 && (is_new(&content.table) || content.table == PASSWORD_RESET.name) {
                continue;
            }
            hash.update(&content.table);
            hash.update(content.rows.to_be_bytes());
            hash.update(content.digest);
        }
        format!("{:x}", hash.finalize())
    }
}
