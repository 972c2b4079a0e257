//! Keeps the index in step: reads what has changed, and puts it there.

use std::collections::BTreeSet;
use std::time::Duration;

use super::document::{article, incident, task};
use crate::store::{Changed, Document, Store, StoreError};
use crate::web::Services;

/// The way in which documents are made: another one makes the index anew.
const VERSION: u32 = 3;
/// How many changes are read at once. Each such step is a transaction, for which those who write wait.
const STEP: u32 = 100;
/// What an article is made of, as the tables name it: its card, and what was written last.
const CARD: &str = "article";
const REVISION: &str = "article_revision";
/// The same of an incident: one that goes on, and one that is over.
const INCIDENT: [&str; 2] = ["incident", "ended_incident"];
/// A task.
const TASK: &str = "task";
/// How long changes are gathered before they are looked at.
const REST: Duration = Duration::from_millis(300);
/// How long a list waits for what has just changed, at most and at a time.
const PATIENCE: Duration = Duration::from_secs(2);
const GLANCE: Duration = Duration::from_millis(50);
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
            let upto = unread.upto;
            // Of an article, all of it: only a part may have changed. What is newer by now comes again, and stays.
            let articles = self.store.newest(&[CARD, REVISION], &article_scopes(&unread.changed)).await?;
            // Cutting takes its time, and nobody else's.
            let cut = move || documents(&unread.changed, &articles);
            let documents = tokio::task::spawn_blocking(cut).await.unwrap_or_default();
            count += documents.len();
            self.store.index(&documents, upto).await?;
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

/// Waits a moment for what had changed when it was asked, so that a list shows its reader what they have just done.
pub(crate) async fn settled(store: &Store) -> Result<(), StoreError> {
    let settles = async {
        let (mut upto, last) = store.index_reach().await?;
        while upto < last {
            tokio::time::sleep(GLANCE).await;
            (upto, _) = store.index_reach().await?;
        }
        Ok(())
    };
    tokio::time::timeout(PATIENCE, settles).await.unwrap_or(Ok(()))
}

async fn failed(error: &StoreError) {
    tracing::warn!(%error, "what can be searched lags behind; it is tried again");
    tokio::time::sleep(PAUSE).await;
}

/// Where the articles are of which something has changed.
fn article_scopes(changed: &[Changed]) -> Vec<&str> {
    let of_articles = changed.iter().filter(|thing| [CARD, REVISION].contains(&thing.kind.as_str()) && !thing.gone);
    let scopes: BTreeSet<&str> = of_articles.map(|thing| thing.scope.as_str()).collect();
    scopes.into_iter().collect()
}

/// The documents of the incidents and tasks that have changed and of these articles. What cannot be read is left out, rather than
/// keeping back all that comes after it.
fn documents(changed: &[Changed], articles: &[Changed]) -> Vec<Document> {
    let revision_of =
        |card: &Changed| articles.iter().find(|thing| thing.kind == REVISION && thing.scope == card.scope);
    let cards = articles.iter().filter(|thing| thing.kind == CARD);
    let articles = cards.filter_map(|card| Some((card, article(card, revision_of(card)?))));
    // One that has gone from one table is in the other.
    let incidents = changed.iter().filter(|thing| INCIDENT.contains(&thing.kind.as_str()) && !thing.gone);
    let tasks = changed.iter().filter(|thing| thing.kind == TASK);
    let read = articles.chain(incidents.map(|thing| (thing, incident(thing))));
    let read = read.chain(tasks.map(|thing| (thing, task(thing))));
    read.filter_map(|(thing, document)| {
        let Changed { scope, id, .. } = thing;
        document.inspect_err(|why| tracing::error!(scope, id, %why, "it cannot be read, and so not be searched")).ok()
    })
    .collect()
}
