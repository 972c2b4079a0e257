//! The database as a whole: checks, backups, moves, and the journal's older part.
//!
//! All of it goes through the tables in the same way on every engine: rows in the order of their keys, a page at a time,
//! at one moment. So a backup of one engine can be restored into the other, and a hash says whether two databases hold
//! the same.

/// Asks the engine behind a moment.
macro_rules! at {
    ($moment:expr, $engine:ident => $answer:expr) => {
        match $moment {
            $crate::store::archive::Moment::Sqlite($engine) => $answer,
            $crate::store::archive::Moment::Postgres($engine) => $answer,
        }
    };
}

mod backup;
mod check;
mod compact;
mod copy;
mod finding;
mod heal;
mod replay;
mod stream;
mod table;

use shared::Timestamp;
use shared::id::Epoch;

use super::{Engine, Store, StoreError, postgres, sqlite};

pub use compact::Compacted;
pub(super) use compact::{Condensed, Old};
pub use copy::{ArchiveError, Damage, Moved};
pub use finding::{Finding, Named};
pub use heal::WrongTime;
pub use stream::{Content, Contents};
pub(super) use table::{Cell, Record, Table, Type};

/// A transaction that reads one moment, or that alone writes, on whichever engine.
enum Moment {
    Sqlite(sqlite::Moment),
    Postgres(postgres::Moment),
}

impl Store {
    /// One moment, to be read.
    async fn moment(&self) -> Result<Moment, StoreError> {
        Ok(match &self.engine {
            Engine::Sqlite(sqlite) => Moment::Sqlite(sqlite.moment().await?),
            Engine::Postgres(postgres) => Moment::Postgres(postgres.moment().await?),
        })
    }
}

impl Moment {
    async fn page(&mut self, table: &Table, after: Option<&[Cell]>) -> Result<Vec<Record>, StoreError> {
        at!(self, engine => engine.page(table, after).await)
    }

    async fn write(&mut self, table: &Table, records: &[Record]) -> Result<(), StoreError> {
        at!(self, engine => engine.write(table, records).await)
    }

    async fn any(&mut self, table: &Table) -> Result<bool, StoreError> {
        at!(self, engine => engine.any(table).await)
    }

    async fn clear(&mut self, table: &Table) -> Result<(), StoreError> {
        at!(self, engine => engine.clear(table).await)
    }

    async fn absent(&mut self, pairs: &[(String, i64)]) -> Result<Vec<(String, i64)>, StoreError> {
        at!(self, engine => engine.absent(pairs).await)
    }

    async fn gaps(&mut self, last: i64) -> Result<Vec<i64>, StoreError> {
        at!(self, engine => engine.gaps(last).await)
    }

    /// The number and the time of each row of the journal, by number.
    async fn times(&mut self) -> Result<Vec<(i64, i64)>, StoreError> {
        at!(self, engine => engine.times().await)
    }

    async fn rewrite_row(&mut self, row: (&str, i64), at: i64, changes: &str) -> Result<(), StoreError> {
        at!(self, engine => engine.rewrite_row(row, at, changes).await)
    }

    async fn rewrite_snapshot(&mut self, scope: &str, body: &str) -> Result<(), StoreError> {
        at!(self, engine => engine.rewrite_snapshot(scope, body).await)
    }

    async fn rewrite_thing(&mut self, thing: [&str; 3], (name, body): (&str, &str)) -> Result<(), StoreError> {
        at!(self, engine => engine.rewrite_thing(thing, (name, body)).await)
    }

    /// Has all that is due later than now be due now.
    async fn hasten(&mut self, now: Timestamp) -> Result<(), StoreError> {
        at!(self, engine => engine.hasten(now).await)
    }

    async fn epoch(&mut self) -> Result<Epoch, StoreError> {
        at!(self, engine => engine.epoch().await)
    }

    /// Begins an epoch, with the journal that was written.
    async fn settle(&mut self, epoch: Epoch) -> Result<(), StoreError> {
        at!(self, engine => engine.settle(epoch).await)
    }

    async fn commit(self) -> Result<(), StoreError> {
        at!(self, engine => engine.commit().await)
    }

    /// What the journal's head says is its last number; `None` where there is no head.
    async fn head(&mut self) -> Result<Option<i64>, StoreError> {
        match self {
            Self::Sqlite(_) => Ok(None),
            Self::Postgres(postgres) => postgres.head().await.map(Some),
        }
    }
}
