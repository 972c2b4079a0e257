//! Whether the server lives, and whether it can do its work: two questions with different consequences. Who does not
//! live is started again; who is not ready gets no requests for a while.
//!
//! Whether it is ready is looked at when somebody asks, once for all who ask meanwhile, and never remembered from a
//! failure: nobody sends requests to a server that is not ready, so only the next question finds that it is again.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::extract::State;
use axum::http::StatusCode;
use tokio::sync::watch;

use super::Services;
use crate::clock;
use crate::operation::Readiness as Answer;

/// How long whoever asks waits: a database that hangs is none.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long it is proof enough that something could be written, or all be read that a start reads. A failure ends it.
const PROOF: Duration = Duration::from_secs(30);
/// How long whoever waits for the server to start comes first.
const SOON: Duration = Duration::from_secs(2);
/// How often a file that is damaged is looked through again.
const AGAIN: Duration = Duration::from_mins(10);

/// What is known of the server's health.
#[derive(Debug, Default)]
pub struct Health {
    /// The answer that is being looked for.
    probe: Mutex<Option<watch::Receiver<Option<Answer>>>>,
    /// When all could last be read that a start reads.
    read: Mutex<Option<Instant>>,
    /// Whether the file of the database is damaged, as far as it was looked through.
    damaged: Mutex<bool>,
}

/// `GET /livez`: it answers at all.
pub(super) async fn live() -> &'static str {
    "ok\n"
}

/// `GET /readyz`: its database answers, takes what is written, can be read, is not ahead of what is known here, and has the
/// time of this machine.
pub(super) async fn ready(State(services): State<Services>) -> (StatusCode, &'static str) {
    let answer = readiness(&services).await;
    let status = if answer == Answer::Ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    let word = match answer {
        Answer::Ready => "ok\n",
        Answer::Stopping => "stopping\n",
        Answer::Silent => "the database does not answer\n",
        Answer::Damaged => "the file of the database is damaged\n",
        Answer::Unwritable => "the database takes nothing that is written\n",
        Answer::Unreadable => "the database cannot be read\n",
        Answer::Behind => "behind the database\n",
        Answer::Untimely => "this machine's clock is not the database's\n",
        Answer::Late => "the database takes too long\n",
    };
    (status, word)
}

/// Looks through the file of the database soon after the server has started, and again for as long as it is damaged.
pub(super) async fn watch_file(services: Services) {
    tokio::time::sleep(SOON).await;
    loop {
        let found = match services.store.damage().await {
            Ok(found) => found,
            // It may be too damaged for that.
            Err(error) => Some(error.to_string()),
        };
        *held(&services.health.damaged) = found.is_some();
        let Some(found) = found else { return };
        tracing::error!(found, "the file of the database is damaged; `qibu check` says what is lost");
        tokio::time::sleep(AGAIN).await;
    }
}

/// Whether it is ready, and if not, why. Joins the probe that is under way, or begins one.
pub(crate) async fn readiness(services: &Services) -> Answer {
    if services.shutdown.is_cancelled() {
        return Answer::Stopping;
    }
    let mut answer = {
        let mut probe = held(&services.health.probe);
        let under_way = probe.take().filter(|answer| answer.borrow().is_none() && answer.has_changed().is_ok());
        probe.insert(under_way.unwrap_or_else(|| begun(services.clone()))).clone()
    };
    let found = answer.wait_for(Option::is_some).await;
    found.ok().and_then(|found| *found).unwrap_or(Answer::Late)
}

/// A probe of its own: it ends even if whoever asked first no longer waits.
fn begun(services: Services) -> watch::Receiver<Option<Answer>> {
    let (answer, receiver) = watch::channel(None);
    tokio::spawn(async move {
        let found = tokio::time::timeout(PATIENCE, probe(&services)).await.unwrap_or(Answer::Late);
        if found != Answer::Ready {
            services.engine.prove(false);
        }
        answer.send_replace(Some(found));
    });
    receiver
}

async fn probe(services: &Services) -> Answer {
    let Services { store, engine, health, .. } = services;
    if !store.is_well().await {
        return Answer::Silent;
    }
    if *held(&health.damaged) {
        return Answer::Damaged;
    }
    if engine.proof().is_none_or(|age| age > PROOF) {
        if let Err(error) = store.try_writing().await {
            tracing::warn!(%error, "nothing can be written");
            return Answer::Unwritable;
        }
        // After a failure what could be read before says nothing either.
        let failed = engine.proof().is_none();
        engine.prove(true);
        if failed {
            *held(&health.read) = None;
        }
    }
    if held(&health.read).is_none_or(|read| read.elapsed() > PROOF) {
        if let Err(error) = store.look().await {
            tracing::error!(%error, "what every start reads cannot be read");
            *held(&health.read) = None;
            return Answer::Unreadable;
        }
        *held(&health.read) = Some(Instant::now());
    }
    if engine.current().await.is_err() {
        Answer::Behind
    } else if clock::is_off() {
        Answer::Untimely
    } else {
        Answer::Ready
    }
}

/// Each holds one value, which is whole whatever panics meanwhile.
fn held<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
