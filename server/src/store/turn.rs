//! The turn to write, and what the nodes of one database tell each other.

use serde::{Deserialize, Serialize};
use shared::Scope;
use shared::id::Epoch;
use shared::sync::{Onlooker, Seq};
use uuid::Uuid;

use super::postgres::{PgEar, PgTurn};
use super::sqlite::Sqlite;
use super::{Batch, Engine, Store, StoreError};

/// Where the journal ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// The history that its numbers belong to.
    pub epoch: Epoch,
    /// Its last number.
    pub last: Seq,
    /// How many batches were ever written: also those that left nothing in the journal.
    pub turns: u64,
}

/// The turn to write. While it is held no other node decides or writes; dropped, it leaves nothing behind.
pub struct Turn {
    /// Where the journal ends; `None` if nobody but this process writes to the database.
    pub head: Option<Head>,
    pen: Pen,
}

enum Pen {
    Sqlite(Sqlite),
    Postgres(PgTurn),
}

/// What one node tells the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Word {
    /// The journal has grown.
    Journal,
    /// Sign-ins have ended.
    SignIns,
    /// Who looks at a board, a room or an article on a node.
    Onlookers {
        /// The node.
        node: Uuid,
        /// At what.
        scope: Scope,
        /// Everybody there, and what they drag.
        onlookers: Vec<Onlooker>,
    },
    /// A node asks the others who looks at something.
    WhoLooks(Scope),
}

/// Where a node hears the others, and itself.
pub struct Ear(PgEar);

impl Store {
    /// Waits for the turn to write.
    pub async fn turn(&self) -> Result<Turn, StoreError> {
        match &self.engine {
            Engine::Sqlite(sqlite) => Ok(Turn { head: None, pen: Pen::Sqlite(sqlite.clone()) }),
            Engine::Postgres(postgres) => {
                let (turn, head) = postgres.turn().await?;
                Ok(Turn { head: Some(head), pen: Pen::Postgres(turn) })
            }
        }
    }

    /// Where the journal ends, as of now; `None` if nobody but this process writes to the database.
    pub async fn head(&self) -> Result<Option<Head>, StoreError> {
        match &self.engine {
            Engine::Sqlite(_) => Ok(None),
            Engine::Postgres(postgres) => postgres.head().await.map(Some),
        }
    }

    /// Tells the other nodes, if there may be any.
    pub async fn tell(&self, word: &Word) -> Result<(), StoreError> {
        match &self.engine {
            Engine::Sqlite(_) => Ok(()),
            Engine::Postgres(postgres) => postgres.tell(word).await,
        }
    }

    /// Where the other nodes are heard; `None` if there cannot be any.
    pub async fn listen(&self) -> Result<Option<Ear>, StoreError> {
        match &self.engine {
            Engine::Sqlite(_) => Ok(None),
            Engine::Postgres(postgres) => Ok(Some(Ear(postgres.listen().await?))),
        }
    }
}

impl Turn {
    /// Writes a batch, all of it or nothing, and ends the turn; when this returns, it survives a loss of power.
    ///
    /// Fails if the journal has rows that the batch does not know of: another process wrote them.
    pub async fn commit(self, batch: &Batch) -> Result<(), StoreError> {
        match self.pen {
            Pen::Sqlite(sqlite) => sqlite.commit(batch).await,
            Pen::Postgres(turn) => turn.commit(batch).await,
        }
    }
}

impl Ear {
    /// The next word; `None` after the connection was lost and stands again, when words may be missing.
    pub async fn next(&mut self) -> Result<Option<Word>, StoreError> {
        self.0.next().await
    }
}
