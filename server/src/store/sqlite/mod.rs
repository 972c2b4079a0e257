//! SQLite: the embedded engine. One connection writes, a few read; each commit is on the disk before it returns.

mod accounts;
mod commit;
mod read;

use std::path::Path;
use std::time::Duration;

use shared::Scope;
use shared::id::{Epoch, ProjectId};
use shared::sync::Seq;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};
use uuid::Uuid;

use super::StoreError;

/// How many connections read at once.
const READERS: u32 = 4;
/// How long a connection waits for a lock that another process holds.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open database.
#[derive(Clone)]
pub(super) struct Sqlite {
    /// The one connection that writes.
    pub(super) writer: SqlitePool,
    /// Those that read; each sees what was committed when its transaction began.
    pub(super) readers: SqlitePool,
}

impl Sqlite {
    pub(super) async fn open(path: impl AsRef<Path>) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new()
            .filename(path)
            .create_if_missing(true)
            .foreign_keys(true)
            .busy_timeout(PATIENCE)
            .journal_mode(SqliteJournalMode::Wal)
            // NORMAL may lose what was acknowledged at a loss of power.
            .synchronous(SqliteSynchronous::Full)
            // A statement of many rows keeps what it would undo in a file otherwise.
            .pragma("temp_store", "memory")
            // Checkpoints are rarer than by default: a burst of writes is not held up by one every 1,000 pages.
            .pragma("wal_autocheckpoint", "4000")
            .pragma("cache_size", "-16000");
        let writer = SqlitePoolOptions::new().max_connections(1).connect_with(options.clone()).await?;
        sqlx::migrate!("migrations/sqlite").run(&writer).await?;
        let readers = SqlitePoolOptions::new()
            .max_connections(READERS)
            .connect_with(options.pragma("query_only", "on").pragma("cache_size", "-2000"))
            .await?;
        Ok(Self { writer, readers })
    }

    pub(super) async fn is_well(&self) -> bool {
        sqlx::query("SELECT 1").execute(&self.readers).await.is_ok()
    }

    pub(super) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    pub(super) async fn epoch(&self) -> Result<Epoch, StoreError> {
        let fresh = Uuid::now_v7().to_string();
        let mut transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        sqlx::query("INSERT INTO meta (key, value) VALUES ('epoch', $1) ON CONFLICT DO NOTHING")
            .bind(fresh)
            .execute(&mut *transaction)
            .await?;
        let epoch: String =
            sqlx::query_scalar("SELECT value FROM meta WHERE key = 'epoch'").fetch_one(&mut *transaction).await?;
        transaction.commit().await?;
        parsed("epoch", &epoch)
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

/// A scope as the tables name it.
fn name(scope: Scope) -> String {
    match scope {
        Scope::Company => "company".to_owned(),
        Scope::Project(id) => format!("project:{id}"),
        Scope::Board(id) => format!("board:{id}"),
    }
}

fn scope(name: &str) -> Result<Scope, StoreError> {
    let id = |id: &str| parsed::<ProjectId>("scope", id);
    match name.split_once(':') {
        None if name == "company" => Ok(Scope::Company),
        Some(("project", project)) => Ok(Scope::Project(id(project)?)),
        Some(("board", project)) => Ok(Scope::Board(id(project)?)),
        _ => Err(StoreError::Damaged { what: "scope", why: name.to_owned() }),
    }
}

fn parsed<T: std::str::FromStr<Err = uuid::Error>>(what: &'static str, text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|why: uuid::Error| StoreError::Damaged { what, why: why.to_string() })
}

fn json<T: serde::de::DeserializeOwned>(what: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|why| StoreError::Damaged { what, why: why.to_string() })
}

/// A number of the journal as SQLite has it.
fn integer(seq: Seq) -> i64 {
    i64::try_from(seq.0).unwrap_or(i64::MAX)
}

fn seq(number: i64) -> Seq {
    Seq(u64::try_from(number).unwrap_or_default())
}
