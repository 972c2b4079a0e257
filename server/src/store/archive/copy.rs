//! Copying a whole database: from one moment of it into an empty one, in one transaction.

use std::path::PathBuf;
use std::time::{Duration, Instant};

use thiserror::Error;

use super::check::check;
use super::finding::Finding;
use super::stream::{Contents, Stream};
use super::table::{TIMER, Table, all};
use super::{Moment, Store};
use crate::store::StoreError;

/// Why a backup, a restore or a move did not take place. Nothing is left of one that did not.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// A database failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file could not be read or written.
    #[error("{}: {error}", path.display())]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// What would be filled holds something.
    #[error("the database to be filled is not empty: the table {0} has rows")]
    NotEmpty(&'static str),
    /// The backup's contents are not those that were written into it.
    #[error("the backup has been altered since it was made: its contents are not those of the hash in it")]
    Altered,
    /// What was read back is not what was written.
    #[error("what was written is not what was read")]
    Differs,
    /// The contents do not hang together.
    #[error("the contents do not hang together: {first} ({count} findings in all; `qibu check` lists them)")]
    Damaged {
        /// The first finding.
        first: Finding,
        /// How many there are.
        count: u64,
    },
}

/// Whether contents are taken that do not hang together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Damage {
    /// They are refused.
    Refused,
    /// They are taken as they are: better than nothing.
    Taken,
}

/// What was moved.
#[derive(Clone, Debug)]
pub struct Moved {
    /// All that there was.
    pub contents: Contents,
    /// How long the copying took, without the checks.
    pub copying: Duration,
}

impl Store {
    /// Takes another database's contents over: also its sign-ins and its epoch, since the journal is the same one. This
    /// one must be empty, and nobody may write to the other. Both are checked before anything stays.
    pub async fn take_over(&self, from: &Self, damage: Damage) -> Result<Moved, ArchiveError> {
        let mut from = from.moment().await?;
        // Before the other's turn is taken: a turn in which nothing happens for a while is lost.
        let there = checked(&mut from, damage).await?;
        let mut to = self.whole().await?;
        let begun = Instant::now();
        let contents = fill(&mut from, &mut to, all()).await?;
        to.settle(from.epoch().await?).await?;
        let copying = begun.elapsed();
        drop(from);
        if checked(&mut to, damage).await? != contents || there != contents {
            return Err(ArchiveError::Differs);
        }
        to.commit().await?;
        Ok(Moved { contents, copying })
    }

    /// The turn to write, for one who writes everything.
    pub(super) async fn whole(&self) -> Result<Moment, StoreError> {
        Ok(match &self.engine {
            super::Engine::Sqlite(sqlite) => Moment::Sqlite(sqlite.whole().await?),
            super::Engine::Postgres(postgres) => Moment::Postgres(postgres.whole().await?),
        })
    }
}

/// Fills an empty database.
pub(super) async fn fill(
    from: &mut Moment,
    to: &mut Moment,
    tables: impl Iterator<Item = &'static Table>,
) -> Result<Contents, ArchiveError> {
    // A server that was started on it has planned its chores there.
    to.clear(&TIMER).await?;
    for table in all() {
        if to.any(table).await? {
            return Err(ArchiveError::NotEmpty(table.name));
        }
    }
    let mut contents = Vec::new();
    for table in tables {
        let mut stream = Stream::new(table);
        let mut page = stream.page(from).await?;
        while !page.is_empty() {
            let (next, written) = tokio::join!(stream.page(from), to.write(table, &page));
            written?;
            page = next?;
        }
        contents.extend(stream.contents());
    }
    Ok(Contents::new(contents))
}

/// Checks what can be seen at a moment.
pub(super) async fn checked(moment: &mut Moment, damage: Damage) -> Result<Contents, ArchiveError> {
    let (mut first, mut count) = (None, 0);
    let contents = check(moment, &mut |finding: Finding| {
        if !finding.is_harmless() {
            count += 1;
            first.get_or_insert(finding);
        }
    })
    .await?;
    match first.filter(|_| damage == Damage::Refused) {
        Some(first) => Err(ArchiveError::Damaged { first, count }),
        None => Ok(contents),
    }
}
