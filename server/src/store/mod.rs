//! Where everything is kept: one face, whatever the engine behind it.
//!
//! All SQL is in the engines' own modules ([`sqlite`], [`postgres`]) and in `queries`, the texts that they share; what
//! is said here is true of every engine, and the store tests hold each of them to it. The journal is the truth: the
//! tables of things follow from it in the same transaction.
//!
//! # Why so
//!
//! - **Two engines.** SQLite needs no service: one program, one folder. PostgreSQL is for several nodes on one database.
//! - **Numbers become visible in order.** Whoever has read up to N never later meets a row below N: catching up rests on
//!   it. A sequence of the database's own is drawn before the commit and breaks this. So the journal's head is one row
//!   that a batch locks; measured on PostgreSQL, 70,000 rows a second with one batching writer, 1,771 where each request
//!   takes the lock for itself.
//! - **Acknowledged is on the disk.** SQLite with `synchronous=FULL`, since less can lose at a loss of power what was
//!   answered; the batch pays for it.
//! - **Timers are rows.** What is to be done at a time survives a restart, and is done by one node; the database's clock
//!   decides what is due.

/// Asks the engine behind a store, whichever it is.
macro_rules! ask {
    ($store:expr, $engine:ident => $answer:expr) => {
        match &$store.engine {
            $crate::store::Engine::Sqlite($engine) => $answer,
            $crate::store::Engine::Postgres($engine) => $answer,
        }
    };
}

mod accounts;
mod archive;
mod batch;
mod columns;
mod devices;
mod files;
mod health;
mod holdings;
mod invitations;
#[allow(clippy::duplicate_mod, reason = "its queries are those of SQLite, of another engine's types")]
mod postgres;
mod resets;
mod search;
mod sqlite;
mod things;
mod timers;
mod turn;
mod webhooks;

use std::fmt;
use std::sync::Arc;

use shared::command::Actor;
use shared::id::{CommandId, Epoch, TaskId};
use shared::state::Part;
use shared::sync::{Cursor, Delta, Seq};
use shared::{Scope, Timestamp};
use thiserror::Error;

pub use accounts::Session;
pub use archive::{ArchiveError, Compacted, Content, Contents, Damage, Finding, Moved, Named, WrongTime};
pub use batch::{Batch, ClientKey, Entry, Verdict};
pub use invitations::{Places, StoredInvitation};
pub use resets::StoredReset;
pub use search::{Asked, Changed, Document, Found, Narrowed, Reader, Unread};
pub use things::Row;
pub(crate) use things::Touched;
pub use timers::{Lane, Lease, Timer};
pub use turn::{Ear, Head, Turn, Word};
pub use webhooks::{PlannedDelivery, StoredDelivery, StoredTarget};

use postgres::Postgres;
use sqlite::Sqlite;

/// The store. Cheap to clone: clones share their connections.
#[derive(Clone)]
pub struct Store {
    engine: Engine,
}

#[derive(Clone)]
enum Engine {
    Sqlite(Sqlite),
    Postgres(Postgres),
}

/// Why the store could not do what was asked.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The address is none.
    #[error("expected sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE")]
    Address,
    /// The engine failed or refused.
    #[error("the database failed: {0}")]
    Database(#[from] sqlx::Error),
    /// The tables could not be brought up to date.
    #[error("the database could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// What is stored cannot be read back.
    #[error("{what} in the database cannot be read: {why}")]
    Damaged {
        /// What it should be.
        what: &'static str,
        /// What is wrong with it.
        why: String,
    },
    /// A row of the journal has lost its changes: they are in a snapshot.
    #[error("the journal does not reach back so far")]
    Compacted,
    /// There is a database, but none of this program.
    #[error("this is no database of qibu")]
    Foreign,
    /// The tables are those of another version.
    #[error("the database is of another version of qibu: `qibu serve` brings an older one up to date")]
    Version,
    /// What is to be stored cannot be written as JSON.
    #[error("cannot be written: {0}")]
    Unwritable(#[from] serde_json::Error),
}

/// One scope, as the tables have it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Its contents; `None` if it never was.
    pub part: Option<Part>,
    /// The last row of the journal that changed it; 0 for none.
    pub upto: Seq,
}

/// How much of a scope's journal lies after a cursor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Backlog {
    /// How many rows, counted no further than was asked.
    pub rows: u32,
    /// What their changes take as JSON, in bytes.
    pub bytes: u64,
}

/// A row of the journal that a command wrote before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Known {
    /// The command.
    pub command: CommandId,
    /// Whose it was.
    pub actor: Actor,
    /// Where it is.
    pub row: Cursor,
}

impl Store {
    /// Opens the database at `address`, makes it if it is not there, and brings its tables up to date.
    ///
    /// `sqlite:PATH`, for one process at a time, or `postgres://…`, for as many as one likes.
    pub async fn open(address: &str) -> Result<Self, StoreError> {
        let engine = match address.split_once(':') {
            Some(("sqlite", path)) if !path.is_empty() => {
                Engine::Sqlite(Sqlite::open(path.trim_start_matches("//")).await?)
            }
            Some(("postgres" | "postgresql", _)) => Engine::Postgres(Postgres::open(address).await?),
            _ => return Err(StoreError::Address),
        };
        Ok(Self { engine })
    }

    /// Opens a database as it is: makes none, changes nothing, and may do so while others use it.
    pub async fn attach(address: &str) -> Result<Self, StoreError> {
        let engine = match address.split_once(':') {
            Some(("sqlite", path)) if !path.is_empty() => {
                Engine::Sqlite(Sqlite::attach(path.trim_start_matches("//")).await?)
            }
            Some(("postgres" | "postgresql", _)) => Engine::Postgres(Postgres::attach(address).await?),
            _ => return Err(StoreError::Address),
        };
        let store = Self { engine };
        if ask!(store, engine => engine.is_current().await)? { Ok(store) } else { Err(StoreError::Version) }
    }

    /// Closes its connections once they are idle.
    pub async fn close(&self) {
        ask!(self, engine => engine.close().await);
    }

    /// The history that sequence numbers belong to; another one after a restore.
    pub async fn epoch(&self) -> Result<Epoch, StoreError> {
        ask!(self, engine => engine.epoch().await)
    }

    /// Begins a new history: what a restored backup needs, whose journal may lack rows that browsers have seen.
    pub async fn begin_epoch(&self) -> Result<Epoch, StoreError> {
        ask!(self, engine => engine.begin_epoch().await)
    }

    /// The last number of the journal, over all scopes.
    pub async fn last(&self) -> Result<Seq, StoreError> {
        ask!(self, engine => engine.last().await)
    }

    /// One scope at one moment.
    pub async fn load(&self, scope: Scope) -> Result<Loaded, StoreError> {
        ask!(self, engine => engine.load(scope).await)
    }

    /// All light scopes that were ever written to, at one moment, with the last number of the journal then.
    pub async fn load_light(&self) -> Result<(Seq, Vec<(Scope, Loaded)>), StoreError> {
        ask!(self, engine => engine.load_light().await)
    }

    /// Writes a batch, all of it or nothing; when this returns, it survives a loss of power.
    ///
    /// Fails if the journal has rows that the batch does not know of: another process wrote them.
    pub async fn commit(&self, batch: &Batch) -> Result<(), StoreError> {
        self.turn().await?.commit(batch).await
    }

    /// A scope's rows after a number and up to another, oldest first, at most `limit`.
    pub async fn journal_after(
        &self,
        scope: Scope,
        (after, upto): (Seq, Seq),
        limit: u32,
    ) -> Result<Vec<Arc<Delta>>, StoreError> {
        ask!(self, engine => engine.journal_after(scope, (after, upto), limit).await)
    }

    /// The rows of all scopes after a number, oldest first, at most `limit`.
    pub async fn journal_since(&self, after: Seq, limit: u32) -> Result<Vec<Arc<Delta>>, StoreError> {
        ask!(self, engine => engine.journal_since(after, limit).await)
    }

    /// How much of a scope lies after a number; counts no further than `limit` rows. `None` if some of it has lost its
    /// changes, see [`Store::compact`].
    pub async fn backlog(&self, scope: Scope, after: Seq, limit: u32) -> Result<Option<Backlog>, StoreError> {
        ask!(self, engine => engine.backlog(scope, after, limit).await)
    }

    /// What the journal has of these commands already.
    pub async fn find(&self, commands: &[CommandId]) -> Result<Vec<Known>, StoreError> {
        if commands.is_empty() { Ok(Vec::new()) } else { ask!(self, engine => engine.find(commands).await) }
    }

    /// The last number done of each of these browsers; those unknown are left out.
    pub async fn done(&self, clients: &[ClientKey]) -> Result<Vec<(ClientKey, u64)>, StoreError> {
        if clients.is_empty() { Ok(Vec::new()) } else { ask!(self, engine => engine.done(clients).await) }
    }

    /// What a browser was told of a command that left nothing in the journal, if that is still known.
    pub async fn verdict(&self, client: ClientKey, number: u64) -> Result<Option<Verdict>, StoreError> {
        ask!(self, engine => engine.verdict(client, number).await)
    }

    /// Forgets browsers that did nothing since `before`, and all but the last verdicts of each.
    pub async fn forget_clients(&self, before: Timestamp) -> Result<(), StoreError> {
        ask!(self, engine => engine.forget_clients(before).await)
    }

    /// The rows of a scope that touched one task, newest first, before a number, at most `limit`.
    pub async fn activity(
        &self,
        scope: Scope,
        task: TaskId,
        before: Option<Seq>,
        limit: u32,
    ) -> Result<Vec<Arc<Delta>>, StoreError> {
        ask!(self, engine => engine.activity(scope, task.uuid(), before, limit).await)
    }
}

impl fmt::Debug for Store {
    /// Says nothing of the address: one of another engine holds a password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.engine {
            Engine::Sqlite(_) => "Store(sqlite)",
            Engine::Postgres(_) => "Store(postgres)",
        })
    }
}
