//! Keeps the index in step: reads what has changed, and puts it there.

use std::time::Duration;

use super::document::document;
use crate::store::{Document, Store, StoreError, Unindexed};
use crate::web::Services;

/// The way in which documents are made: another one makes the index anew.
const VERSION: u32 = 2;
/// How many changes are read at once. Each such step is a transaction, for which those who write wait.
const STEP: u32 = 100;
/// How long changes are gathered before they are looked at.
const REST: Duration = Duration::from_millis(300);
/// How long to wait after the database failed.
const PAUSE: Duration = Duration::from_secs(5);

/// What keeps the index of one database. Several nodes may do so at once: each document is put there once, in whatever
/// order they come.
#[derive(Clone, Debug)]
pub struct Indexer {
    store: Store,
}

impl Indexer {
    /// Takes the index up where it is; one that was made otherwise, or of another history, begins anew.
    pub async fn open(store: Store) -> Result<Self, StoreError> {
        let epoch = store.epoch().await?;
        store.begin_index(&format!("{VERSION}:{epoch}")).await?;
        Ok(Self { store })
    }

    /// Puts everything there that has changed; answers how many documents that were.
    pub async fn catch_up(&self) -> Result<usize, StoreError> {
        let mut count = 0;
        loop {
            let unread = self.store.unindexed(STEP).await?;
            if unread.upto == unread.after {
                return Ok(count);
            }
            count += unread.things.len();
            // Cutting takes its time, and nobody else's.
            let documents = tokio::task::spawn_blocking(move || documents(&unread.things)).await.unwrap_or_default();
            self.store.index(&documents, unread.upto).await?;
        }
    }
}

/// Keeps the index in step for as long as the server runs.
pub async fn run(services: Services) {
    let mut progress = services.engine.progress();
    let indexer = loop {
        match Indexer::open(services.store.clone()).await {
            Ok(indexer) => break indexer,
            Err(error) => failed(&error).await,
        }
    };
    loop {
        progress.borrow_and_update();
        if let Err(error) = indexer.catch_up().await {
            failed(&error).await;
            continue;
        }
        tokio::time::sleep(REST).await;
        if progress.changed().await.is_err() {
            return;
        }
    }
}

async fn failed(error: &StoreError) {
    tracing::warn!(%error, "what can be searched lags behind; it is tried again");
    tokio::time::sleep(PAUSE).await;
}

/// What cannot be read is left out, rather than keeping back all that comes after it.
fn documents(things: &[Unindexed]) -> Vec<Document> {
    let read = |thing: &Unindexed| {
        document(thing)
            .inspect_err(|why| tracing::error!(id = thing.id, %why, "something cannot be searched: it cannot be read"))
            .ok()
    };
    things.iter().filter_map(read).collect()
}
