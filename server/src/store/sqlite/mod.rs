//! SQLite: the embedded engine. One connection writes, a few read; each commit is on the disk before it returns.

mod commit;
#[cfg(test)]
mod full;
mod home;

/// A list of rows that comes as one JSON text, an array of arrays.
macro_rules! each {
    ($list:literal) => {
        concat!("json_each(", $list, ")")
    };
}

/// Whether a column is in a list of rows of one.
macro_rules! among {
    ($column:literal, $list:literal) => {
        concat!($column, " IN (SELECT value ->> 0 FROM json_each(", $list, "))")
    };
}

/// The number of a task, in its body.
macro_rules! number {
    ($body:literal) => {
        concat!("CAST(", $body, " ->> 'number' AS INTEGER)")
    };
}

/// The database's clock, in microseconds.
macro_rules! now {
    () => {
        "CAST(unixepoch('subsec') * 1000000 AS INTEGER)"
    };
}

/// Passes over rows that somebody else is about to change.
macro_rules! skip_locked {
    () => {
        ""
    };
}

/// The function that takes the greater of two.
macro_rules! greatest {
    () => {
        "max"
    };
}

/// Where a text is in another, from 1; 0: nowhere.
macro_rules! position {
    () => {
        "instr"
    };
}

/// The key of a table of one row.
macro_rules! one {
    () => {
        "1"
    };
}

/// What empties the index of documents.
macro_rules! empty_index {
    () => {
        ["DELETE FROM document", "INSERT INTO document_words (document_words) VALUES ('delete-all')"]
    };
}

/// Puts the words of a document, whose number is $1, into the index: of the title $2, of the tags $3, of the text $4.
macro_rules! put_words {
    () => {
        "INSERT OR REPLACE INTO document_words (rowid, title, tags, body) VALUES ($1, $2, $3, $4)"
    };
}

/// The documents with the words of $1, in the order of their numbers.
macro_rules! near {
    () => {
        "near AS MATERIALIZED (
           SELECT document_words.rowid AS number, bm25(document_words, 8.0, 4.0, 1.0) AS rank
           FROM document_words CROSS JOIN document ON document.number = document_words.rowid
           WHERE document_words MATCH $1"
    };
}

/// How well these fit; the less the better.
macro_rules! ranked {
    () => {
        "near.number AS number, near.rank AS rank FROM near"
    };
}

#[path = "../queries/accounts.rs"]
mod accounts;
#[path = "../queries/archive.rs"]
mod archive;
#[path = "../queries/devices.rs"]
mod devices;
#[path = "../queries/files.rs"]
mod files;
#[path = "../queries/holdings.rs"]
mod holdings;
#[path = "../queries/invitations.rs"]
mod invitations;
#[path = "../queries/read.rs"]
mod read;
#[path = "../queries/resets.rs"]
mod resets;
#[path = "../queries/search.rs"]
mod search;
#[path = "../queries/timers.rs"]
mod timers;
#[path = "../queries/webhooks.rs"]
mod webhooks;
mod words;

use std::path::Path;
use std::time::Duration;

use shared::id::Epoch;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{ConnectOptions as _, Connection as _, SqlitePool};
use uuid::Uuid;

use self::home::Home;
use super::StoreError;
use super::columns::parsed;

/// What the shared queries are of here.
use Sqlite as Engine;
use sqlx::{Sqlite as Database, SqliteConnection as Connection};

pub(super) use archive::Moment;

/// What brings the tables up to date.
static MIGRATIONS: Migrator = sqlx::migrate!("migrations/sqlite");

/// Begins a transaction whose reads see one moment.
const MOMENT: &str = "BEGIN";
/// Begins a transaction that writes.
const WRITE: &str = "BEGIN IMMEDIATE";

/// How many connections read at once.
const READERS: u32 = 4;
/// How many bytes are written to see whether there is room, each as two digits.
const PROBE: i64 = 8 << 10;
/// How long a connection waits for a lock that another process holds.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open database.
#[derive(Clone)]
pub(super) struct Sqlite {
    /// The one connection that writes.
    pub(super) writer: SqlitePool,
    /// Those that read; each sees what was committed when its transaction began.
    pub(super) readers: SqlitePool,
    home: Home,
}

impl Sqlite {
    pub(super) async fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let options = options(&path)
            .journal_mode(SqliteJournalMode::Wal)
            // NORMAL may lose what was acknowledged at a loss of power.
            .synchronous(SqliteSynchronous::Full);
        // By this one connection alone: one that is missing later was removed.
        options.clone().create_if_missing(true).connect().await?.close().await?;
        let sqlite = Self::connect(path, options).await?;
        MIGRATIONS.run(&sqlite.writer).await?;
        Ok(sqlite)
    }

    /// Opens a file that is there, and changes nothing of it.
    pub(super) async fn attach(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let options = options(&path).synchronous(SqliteSynchronous::Full);
        Self::connect(path, options).await
    }

    /// Opens a file that is to be filled once, and is worth nothing before it is whole.
    pub(super) async fn fill(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let options = options(&path).journal_mode(SqliteJournalMode::Memory).synchronous(SqliteSynchronous::Off);
        let sqlite = Self::connect(path, options).await?;
        MIGRATIONS.run(&sqlite.writer).await?;
        Ok(sqlite)
    }

    async fn connect(path: impl AsRef<Path>, options: SqliteConnectOptions) -> Result<Self, StoreError> {
        let home = Home::at(path.as_ref()).map_err(sqlx::Error::Io)?;
        let writer = home.writer().connect_with(options.clone()).await?;
        let options = options.pragma("query_only", "on").pragma("cache_size", "-2000");
        let readers = Home::readers(READERS).connect_with(options).await?;
        Ok(Self { writer, readers, home })
    }

    /// The turn to write, for one who writes everything.
    pub(super) async fn whole(&self) -> Result<Moment, StoreError> {
        Ok(Moment(self.writer.begin_with(WRITE).await?))
    }

    pub(super) async fn is_well(&self) -> bool {
        self.home.is_there() && sqlx::query("SELECT 1").execute(&self.readers).await.is_ok()
    }

    pub(super) async fn try_writing(&self) -> Result<(), StoreError> {
        // Some pages of its own: what fits into those that are there says nothing of a disk that is full.
        sqlx::query("INSERT OR REPLACE INTO meta (key, value) VALUES ('probe', hex(zeroblob($1)))")
            .bind(PROBE)
            .execute(&self.writer)
            .await?;
        sqlx::query("DELETE FROM meta WHERE key = 'probe'").execute(&self.writer).await?;
        Ok(())
    }

    pub(super) async fn backed_up(&self) -> Result<Option<i64>, StoreError> {
        let at = sqlx::query_scalar("SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'backed_up'");
        Ok(at.fetch_optional(&self.readers).await?)
    }

    pub(super) async fn note_backup(&self, at: i64) -> Result<(), StoreError> {
        sqlx::query(
            "INSERT INTO meta (key, value) VALUES ('backed_up', $1) ON CONFLICT (key) DO UPDATE SET value = $1",
        )
        .bind(at.to_string())
        .execute(&self.writer)
        .await?;
        Ok(())
    }

    /// What SQLite finds first in a quick check.
    pub(super) async fn damage(&self) -> Result<Option<String>, StoreError> {
        // On a connection that ends with it: it has seen every page, and keeps some.
        let mut connection = self.readers.acquire().await?.detach();
        let found: String = sqlx::query_scalar("PRAGMA quick_check(1)").fetch_one(&mut connection).await?;
        connection.close().await?;
        Ok((found != "ok").then_some(found))
    }

    pub(super) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    pub(super) async fn epoch(&self) -> Result<Epoch, StoreError> {
        let read = || sqlx::query_scalar::<_, String>("SELECT value FROM meta WHERE key = 'epoch'");
        // Written where there is none: who asks on a disk that is full is answered as well.
        if let Some(epoch) = read().fetch_optional(&self.readers).await? {
            return parsed("epoch", &epoch);
        }
        sqlx::query("INSERT INTO meta (key, value) VALUES ('epoch', $1) ON CONFLICT DO NOTHING")
            .bind(Uuid::now_v7().to_string())
            .execute(&self.writer)
            .await?;
        parsed("epoch", &read().fetch_one(&self.readers).await?)
    }

    pub(super) async fn begin_epoch(&self) -> Result<Epoch, StoreError> {
        let fresh = Epoch::new(Uuid::now_v7());
        sqlx::query("INSERT INTO meta (key, value) VALUES ('epoch', $1) ON CONFLICT (key) DO UPDATE SET value = $1")
            .bind(fresh.to_string())
            .execute(&self.writer)
            .await?;
        Ok(fresh)
    }
}

impl Moment {
    pub(super) async fn epoch(&mut self) -> Result<Epoch, StoreError> {
        let epoch: Option<String> =
            sqlx::query_scalar("SELECT value FROM meta WHERE key = 'epoch'").fetch_optional(&mut *self.0).await?;
        // One that was never served has none yet.
        epoch.map_or_else(|| Ok(Epoch::new(Uuid::now_v7())), |epoch| parsed("epoch", &epoch))
    }

    pub(super) async fn settle(&mut self, epoch: Epoch) -> Result<(), StoreError> {
        self.note("epoch", &epoch.to_string()).await
    }

    /// Notes the hash of a backup's content.
    pub(super) async fn note_content(&mut self, hash: &str) -> Result<(), StoreError> {
        self.note("content", hash).await
    }

    /// The hash that was noted of a backup's content.
    pub(super) async fn content(&mut self) -> Result<Option<String>, StoreError> {
        let content = sqlx::query_scalar("SELECT value FROM meta WHERE key = 'content'");
        Ok(content.fetch_optional(&mut *self.0).await?)
    }

    async fn note(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO meta (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2")
            .bind(key)
            .bind(value)
            .execute(&mut *self.0)
            .await?;
        Ok(())
    }
}

/// How every connection is.
fn options(path: impl AsRef<Path>) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        // A statement of many rows keeps what it would undo in a file otherwise.
        .pragma("temp_store", "memory")
        // Checkpoints are rarer than by default: a burst of writes is not held up by one every 1,000 pages.
        .pragma("wal_autocheckpoint", "4000")
        // What was written last is in the system's cache as well; more of it here is memory that an idle server keeps.
        .pragma("cache_size", "-6000")
}
