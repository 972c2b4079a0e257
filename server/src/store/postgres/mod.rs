//! PostgreSQL: the engine of many nodes. One row is the turn to write; each commit is on the disk before it returns.

/// A list of rows that comes as one JSON text, an array of arrays.
macro_rules! each {
    ($list:literal) => {
        concat!("json_array_elements(", $list, "::json)")
    };
}

/// Whether a column is in a list of rows of one: as an array, for which the column's index is always used.
macro_rules! among {
    ($column:literal, $list:literal) => {
        concat!($column, " = ANY (ARRAY(SELECT value ->> 0 FROM json_array_elements(", $list, "::json)))")
    };
}

/// The number of a task, in its body.
macro_rules! number {
    ($body:literal) => {
        concat!("CAST(", $body, "::json ->> 'number' AS BIGINT)")
    };
}

/// The database's clock, in microseconds.
macro_rules! now {
    () => {
        "CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"
    };
}

/// Passes over rows that somebody else is about to change.
macro_rules! skip_locked {
    () => {
        " FOR UPDATE SKIP LOCKED"
    };
}

/// The function that takes the greater of two.
macro_rules! greatest {
    () => {
        "greatest"
    };
}

/// Where a text is in another, from 1; 0: nowhere.
macro_rules! position {
    () => {
        "strpos"
    };
}

/// The key of a table of one row.
macro_rules! one {
    () => {
        "true"
    };
}

/// What empties the index of documents.
macro_rules! empty_index {
    () => {
        ["DELETE FROM document"]
    };
}

/// Puts the words of a document, whose number is $1, into the index: of the title $2, of the tags $3, of the text $4.
macro_rules! put_words {
    () => {
        "UPDATE document SET words = setweight($2::tsvector, 'A') || setweight($3::tsvector, 'B')
           || setweight($4::tsvector, 'D') WHERE number = $1"
    };
}

/// The documents with the words of $1. Found by the words first: the newest could be looked through instead.
macro_rules! near {
    () => {
        "matching AS MATERIALIZED (SELECT number FROM document WHERE words @@ $1::tsquery),
         near AS MATERIALIZED (
           SELECT document.number AS number FROM matching JOIN document ON document.number = matching.number
           WHERE true"
    };
}

/// How well these fit; the less the better.
macro_rules! ranked {
    () => {
        "near.number AS number, -ts_rank(document.words, $1::tsquery, 1) AS rank
         FROM near JOIN document ON document.number = near.number"
    };
}

#[path = "../queries/accounts.rs"]
mod accounts;
#[path = "../queries/archive.rs"]
mod archive;
mod commit;
#[path = "../queries/devices.rs"]
mod devices;
#[path = "../queries/files.rs"]
mod files;
#[path = "../queries/holdings.rs"]
mod holdings;
#[path = "../queries/invitations.rs"]
mod invitations;
mod listen;
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

use std::str::FromStr as _;
use std::time::Duration;

use shared::id::Epoch;
use sqlx::PgPool;
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use uuid::Uuid;

use super::StoreError;
use super::columns::parsed;

/// What the shared queries are of here.
use Postgres as Engine;
use sqlx::{PgConnection as Connection, Postgres as Database};

pub(super) use archive::Moment;
pub(super) use commit::PgTurn;
pub(super) use listen::PgEar;

/// What brings the tables up to date.
static MIGRATIONS: Migrator = sqlx::migrate!("migrations/postgres");

/// Begins a transaction whose reads see one moment.
const MOMENT: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";
/// Begins a transaction that writes.
const WRITE: &str = "BEGIN";

/// How many connections read at once.
const READERS: u32 = 6;
/// One is the writer's; the other serves sign-ins.
const WRITERS: u32 = 2;
/// How long a request waits for a connection.
const PATIENCE: Duration = Duration::from_secs(5);

/// An open database.
#[derive(Clone)]
pub(super) struct Postgres {
    pub(super) writer: PgPool,
    pub(super) readers: PgPool,
}

impl Postgres {
    pub(super) async fn open(url: &str) -> Result<Self, StoreError> {
        let postgres = Self::attach(url).await?;
        MIGRATIONS.run(&postgres.writer).await?;
        sqlx::query("INSERT INTO journal_head (epoch, last, turns) VALUES ($1, 0, 0) ON CONFLICT DO NOTHING")
            .bind(Uuid::now_v7().to_string())
            .execute(&postgres.writer)
            .await?;
        Ok(postgres)
    }

    /// Opens a database that is there, and changes nothing of it.
    pub(super) async fn attach(url: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)?.application_name("qibu").options([
            // What was acknowledged is on the disk, whatever the server's own default is.
            ("synchronous_commit", "on"),
            // A node that hangs in its turn loses it: the others must not wait for it for ever.
            ("idle_in_transaction_session_timeout", "10s"),
            // Plans are kept, and those made while a table was small must not read all of it once it is large.
            ("enable_seqscan", "off"),
            // A table that is read whole all the same costs ten thousand million by that, and would have code compiled.
            ("jit", "off"),
            ("lock_timeout", "20s"),
        ]);
        let pool = |most| PgPoolOptions::new().max_connections(most).min_connections(1).acquire_timeout(PATIENCE);
        let writer = pool(WRITERS).connect_with(options.clone()).await?;
        let readers = pool(READERS).connect_with(options).await?;
        Ok(Self { writer, readers })
    }

    /// The turn to write, for one who writes everything.
    pub(super) async fn whole(&self) -> Result<Moment, StoreError> {
        let (turn, _) = self.turn().await?;
        Ok(Moment(turn.0))
    }

    pub(super) async fn is_well(&self) -> bool {
        sqlx::query("SELECT 1").execute(&self.readers).await.is_ok()
    }

    pub(super) async fn try_writing(&self) -> Result<(), StoreError> {
        // The row that whoever writes needs.
        sqlx::query("UPDATE journal_head SET turns = turns").execute(&self.writer).await?;
        Ok(())
    }

    pub(super) async fn backed_up(&self) -> Result<Option<i64>, StoreError> {
        Ok(sqlx::query_scalar("SELECT backed_up FROM journal_head").fetch_one(&self.readers).await?)
    }

    pub(super) async fn note_backup(&self, at: i64) -> Result<(), StoreError> {
        sqlx::query("UPDATE journal_head SET backed_up = $1").bind(at).execute(&self.writer).await?;
        Ok(())
    }

    pub(super) async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
    }

    pub(super) async fn epoch(&self) -> Result<Epoch, StoreError> {
        Ok(self.head().await?.epoch)
    }

    pub(super) async fn begin_epoch(&self) -> Result<Epoch, StoreError> {
        let fresh = Epoch::new(Uuid::now_v7());
        sqlx::query("UPDATE journal_head SET epoch = $1, turns = turns + 1")
            .bind(fresh.to_string())
            .execute(&self.writer)
            .await?;
        Ok(fresh)
    }
}

impl Moment {
    /// What the journal's head says is its last number.
    pub(super) async fn head(&mut self) -> Result<i64, StoreError> {
        Ok(sqlx::query_scalar("SELECT last FROM journal_head").fetch_one(&mut *self.0).await?)
    }

    pub(super) async fn epoch(&mut self) -> Result<Epoch, StoreError> {
        let epoch: String = sqlx::query_scalar("SELECT epoch FROM journal_head").fetch_one(&mut *self.0).await?;
        parsed("epoch", &epoch)
    }

    pub(super) async fn settle(&mut self, epoch: Epoch) -> Result<(), StoreError> {
        sqlx::query(
            "UPDATE journal_head
             SET epoch = $1, last = (SELECT coalesce(max(seq), 0) FROM journal), turns = turns + 1",
        )
        .bind(epoch.to_string())
        .execute(&mut *self.0)
        .await?;
        Ok(())
    }
}
