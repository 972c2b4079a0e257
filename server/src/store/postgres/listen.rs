//! What the nodes of one database tell each other, and how they hear it.
//!
//! Always on a connection of its own and after the commit: NOTIFY within a transaction makes the server's commits wait
//! for one another. A word may be lost with a connection; whoever listens looks by itself now and then as well.

use sqlx::postgres::PgListener;

use super::Postgres;
use crate::store::{StoreError, Word};

/// The channel of all nodes.
const CHANNEL: &str = "qibu";

/// A connection that hears the other nodes, and this one.
pub(in crate::store) struct PgEar(PgListener);

impl Postgres {
    pub(in crate::store) async fn tell(&self, word: &Word) -> Result<(), StoreError> {
        let said = serde_json::to_string(word)?;
        sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(said).execute(&self.readers).await?;
        Ok(())
    }

    pub(in crate::store) async fn listen(&self) -> Result<PgEar, StoreError> {
        let mut listener = PgListener::connect_with(&self.readers).await?;
        listener.listen(CHANNEL).await?;
        Ok(PgEar(listener))
    }
}

impl PgEar {
    /// The next word; `None` after the connection was lost and stands again, when words may be missing.
    pub(in crate::store) async fn next(&mut self) -> Result<Option<Word>, StoreError> {
        loop {
            let Some(heard) = self.0.try_recv().await? else { return Ok(None) };
            // Not a word of a newer version.
            if let Ok(word) = serde_json::from_str(heard.payload()) {
                return Ok(Some(word));
            }
        }
    }
}
