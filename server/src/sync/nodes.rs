//! Several servers on one database: each tells the others that it has written, and hears them.
//!
//! A word is only a hint to look: what has happened is read from the journal, and whoever hears nothing looks by itself.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::engine::{Core, EngineError};
use super::hub::Others;
use super::presence::TOLD_EVERY;
use crate::store::{Ear, Word};

/// How often a node looks by itself: a word that was lost costs no more than this.
const LOOK: Duration = Duration::from_secs(1);
/// How often the sign-ins behind the sockets are looked at without a word.
const CHECK: Duration = Duration::from_secs(30);
/// How long a node waits before it tries again to hear the others.
const PAUSE: Duration = Duration::from_millis(500);

/// Follows the other nodes until `stop`; nothing to do where there cannot be any.
pub(super) async fn follow(core: &Arc<Core>, stop: &CancellationToken) -> Result<(), EngineError> {
    let Some(ear) = core.store.listen().await? else { return Ok(()) };
    let (words, said) = mpsc::unbounded_channel();
    // An engine starts once.
    let _ = core.hub.others.set(Others { node: Uuid::now_v7(), words });
    let (teller, listener) = (core.clone(), core.clone());
    tokio::spawn(stop.clone().run_until_cancelled_owned(async move { tell(&teller, said).await }));
    tokio::spawn(stop.clone().run_until_cancelled_owned(async move { listen(&listener, ear).await }));
    Ok(())
}

/// Passes on what this node has to say; that it has written is said once for many batches in a row.
async fn tell(core: &Core, mut said: mpsc::UnboundedReceiver<Word>) {
    let mut again = interval(TOLD_EVERY);
    again.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let word = tokio::select! {
            () = core.written.notified() => Word::Journal,
            Some(word) = said.recv() => word,
            _ = again.tick() => {
                core.hub.tell_all_who_look();
                continue;
            }
        };
        if let Err(error) = core.store.tell(&word).await {
            tracing::warn!(%error, "the other nodes could not be told; they will look by themselves");
            tokio::time::sleep(PAUSE).await;
        }
    }
}

async fn listen(core: &Core, mut ear: Ear) {
    let mut check = interval(CHECK);
    check.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        let word = tokio::select! {
            word = ear.next() => word,
            _ = check.tick() => Ok(Some(Word::SignIns)),
            () = tokio::time::sleep(LOOK) => Ok(Some(Word::Journal)),
        };
        match word {
            Ok(Some(Word::Journal)) => core.behind.notify_one(),
            Ok(Some(Word::SignIns)) => close_ended(core).await,
            Ok(Some(word)) => core.hub.heard(word),
            silence => {
                if let Err(error) = silence {
                    tracing::warn!(%error, "the other nodes are not heard");
                    tokio::time::sleep(PAUSE).await;
                    match core.store.listen().await {
                        Ok(Some(again)) => ear = again,
                        Ok(None) => return,
                        Err(error) => tracing::warn!(%error, "the database does not answer"),
                    }
                }
                // Nobody knows what was said meanwhile.
                core.behind.notify_one();
                close_ended(core).await;
            }
        }
    }
}

/// Closes the sockets whose sign-in has ended, on whichever node.
async fn close_ended(core: &Core) {
    let open = core.hub.sessions();
    match core.store.sessions_among(&open).await {
        Ok(held) => {
            let held: HashSet<_> = held.into_iter().collect();
            open.iter().filter(|session| !held.contains(*session)).for_each(|ended| core.hub.close_session(*ended));
        }
        Err(error) => tracing::warn!(%error, "the sign-ins behind the sockets could not be looked at"),
    }
}
