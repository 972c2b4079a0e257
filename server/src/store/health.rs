//! Whether the database can be worked with: asked of it, never remembered.

use shared::Timestamp;

use super::{Engine, Store, StoreError};

impl Store {
    /// Whether the database answers.
    pub async fn is_well(&self) -> bool {
        ask!(self, engine => engine.is_well().await)
    }

    /// Writes about as much as a command does, and takes it away again: fails where a command would.
    pub async fn try_writing(&self) -> Result<(), StoreError> {
        ask!(self, engine => engine.try_writing().await)
    }

    /// Reads what every start reads. Notices a database that is not this program's, tables that are gone, and pages or
    /// rows of what everybody needs that cannot be read; nothing of boards, rooms, articles, files and the journal.
    pub async fn look(&self) -> Result<(), StoreError> {
        self.epoch().await?;
        self.load_light().await.map(drop)
    }

    /// Whether several servers may use it at once, and its clock is theirs.
    pub const fn is_shared(&self) -> bool {
        matches!(self.engine, Engine::Postgres(_))
    }

    /// When the last backup was made; `None` if none is known.
    pub async fn backed_up(&self) -> Result<Option<Timestamp>, StoreError> {
        let at = ask!(self, engine => engine.backed_up().await)?;
        Ok(at.map(Timestamp::from_micros))
    }

    /// Notes that a backup was made.
    pub async fn note_backup(&self, at: Timestamp) -> Result<(), StoreError> {
        ask!(self, engine => engine.note_backup(at.micros()).await)
    }

    /// What is wrong with the file of the database, if anything: SQLite's quick check, which reads all of it. Notices
    /// pages that are torn, lost or used twice and rows that cannot be read, but neither a text that was replaced by
    /// another of its length (`qibu check` does) nor an index that lacks a row. Other engines look after their files.
    pub async fn damage(&self) -> Result<Option<String>, StoreError> {
        match &self.engine {
            Engine::Sqlite(sqlite) => sqlite.damage().await,
            Engine::Postgres(_) => Ok(None),
        }
    }
}
