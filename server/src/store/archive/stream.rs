//! Reading a table from its first row to its last, a page at a time, counting and hashing what passes.

use std::collections::VecDeque;

use sha2::{Digest as _, Sha256};

use super::Moment;
use super::table::{Cell, Record, SESSION, TIMER, Table, all};
use crate::store::StoreError;

/// A table that is being read.
pub(super) struct Stream {
    table: &'static Table,
    waiting: VecDeque<Record>,
    /// The key of the last row read; none before the first.
    last: Option<Vec<Cell>>,
    ended: bool,
    digest: Sha256,
    rows: u64,
}

/// What a table holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// Its name.
    pub table: &'static str,
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
        let (waiting, digest) = (VecDeque::new(), Sha256::new());
        Self { table, waiting, last: None, ended: false, digest, rows: 0 }
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
            record.digest(&mut self.digest);
            self.rows += 1;
        }
        self.ended = page.len() < self.table.page;
        self.last = page.last().map(|record| record.key(self.table)).or(self.last.take());
        Ok(page)
    }

    /// What has been read.
    pub(super) fn content(self) -> Content {
        Content { table: self.table.name, rows: self.rows, digest: self.digest.finalize().into() }
    }
}

impl Contents {
    /// In the order of the tables.
    pub(super) fn new(mut tables: Vec<Content>) -> Self {
        tables.sort_by_key(|content| all().position(|table| table.name == content.table));
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
        let passing = [SESSION.name, TIMER.name];
        for content in self.0.iter().filter(|content| !passing.contains(&content.table)) {
            hash.update(content.table);
            hash.update(content.rows.to_be_bytes());
            hash.update(content.digest);
        }
        format!("{:x}", hash.finalize())
    }
}
