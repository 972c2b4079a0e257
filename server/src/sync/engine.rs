//! The face of the sync within the server: acting, reading, stopping.

use std::sync::{Arc, Mutex, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::Duration;

use shared::command::{Actor, Command};
use shared::id::{CommandId, Epoch, PersonId, ProjectId};
use shared::state::Part;
use shared::sync::{Cursor, PROTOCOL, Seq, Snapshot, Start};
use shared::{Rejection, Scope, State};
use thiserror::Error;
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::hub::Hub;
use super::mailbox::{Answer, Mailbox};
use super::replica::{Light, Replica};
use super::writer::{Reply, Request, Writer};
use crate::clock::now;
use crate::store::{ClientKey, Store, StoreError};

/// How many commands may wait for the writer before those who act have to.
const MOST_WAITING: usize = 1_024;
/// How many boards are written out at once for those who ask for them.
const MOST_SNAPSHOTS: usize = 4;
/// How long sockets may take to close when the server stops.
const FAREWELL: Duration = Duration::from_secs(5);

/// What runs commands and knows the state. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Engine(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    core: Arc<Core>,
    requests: mpsc::Sender<Request>,
    stop: CancellationToken,
    writer: Mutex<Option<JoinHandle<()>>>,
    snapshots: Semaphore,
}

/// What the engine's handles and its writer share.
#[derive(Debug)]
pub(super) struct Core {
    pub(super) store: Store,
    pub(super) epoch: Epoch,
    pub(super) hub: Hub,
    replica: RwLock<Replica>,
}

/// Why the state could not be read.
#[derive(Debug, Error)]
pub enum EngineError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a command had no effect.
#[derive(Debug, Error)]
pub enum ActError {
    /// The rules refused it, for good.
    #[error("refused: {0}")]
    Refused(#[from] Rejection),
    /// It could not be written; it may be tried again with the same id.
    #[error("unavailable")]
    Unavailable,
}

impl Engine {
    /// Reads the directory and the projects, and starts the writer. Needs to run within tokio.
    pub async fn start(store: Store) -> Result<Self, EngineError> {
        let epoch = store.epoch().await?;
        let (last, light) = store.load_light().await?;
        let replica = RwLock::new(Replica::new(last, light));
        let core = Arc::new(Core { store, epoch, hub: Hub::new(), replica });
        let (requests, receiver) = mpsc::channel(MOST_WAITING);
        let stop = CancellationToken::new();
        let writer = tokio::spawn(Writer::new(core.clone(), receiver).run(stop.clone()));
        Ok(Self(Arc::new(Inner {
            core,
            requests,
            stop,
            writer: Mutex::new(Some(writer)),
            snapshots: Semaphore::new(MOST_SNAPSHOTS),
        })))
    }

    /// Runs a command and returns once it is on the disk: where it is in the journal, nowhere if nothing changed.
    /// With an id that the journal has, it is not run again.
    pub async fn act(&self, actor: Actor, id: CommandId, command: Command) -> Result<Vec<Cursor>, ActError> {
        let (reply, answer) = oneshot::channel();
        let reply = Reply::Once(reply);
        self.request(Request { actor, id, command: Arc::new(command), numbered: None, reply }).await?;
        match answer.await {
            Ok(Answer::Done(rows)) => Ok(rows),
            Ok(Answer::Refused(rejection)) => Err(rejection.into()),
            Ok(Answer::Gap | Answer::Unavailable) | Err(_) => Err(ActError::Unavailable),
        }
    }

    /// Some scopes at one moment, with the number of the journal then. What is not there is left out.
    pub async fn read(&self, scopes: &[Scope]) -> Result<(Seq, State), EngineError> {
        self.0.core.ensure(scopes).await?;
        Ok(self.0.core.replica().extract(scopes))
    }

    /// Whether a person may read a scope, as of now.
    pub fn may_read(&self, person: PersonId, scope: Scope) -> bool {
        self.0.core.replica().state().may_read(person, scope)
    }

    /// The history that sequence numbers belong to.
    pub fn epoch(&self) -> Epoch {
        self.0.core.epoch
    }

    /// The sockets.
    pub fn hub(&self) -> &Hub {
        &self.0.core.hub
    }

    /// Waits for the sockets to close, runs what was accepted, and stops. Commands that come later are not accepted.
    pub async fn shutdown(&self) {
        if tokio::time::timeout(FAREWELL, self.hub().emptied()).await.is_err() {
            tracing::warn!(sockets = self.hub().sockets(), "sockets did not close in time");
        }
        self.0.stop.cancel();
        let writer = self.0.writer.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(writer) = writer
            && let Err(error) = writer.await
        {
            tracing::error!(%error, "the writer ended badly");
        }
    }

    pub(super) fn store(&self) -> &Store {
        &self.0.core.store
    }

    /// Hands a browser's command to the writer, in the order of the calls; the answer comes to its mailbox.
    pub(super) async fn submit(
        &self,
        (key, number): (ClientKey, u64),
        id: CommandId,
        command: Command,
        mailbox: Mailbox,
    ) -> Result<(), ActError> {
        let reply = Reply::Mail(number, mailbox);
        let numbered = Some((key, number));
        self.request(Request { actor: key.person, id, command: Arc::new(command), numbered, reply }).await
    }

    async fn request(&self, request: Request) -> Result<(), ActError> {
        // Loaded here, so that the writer and with it everybody else does not wait for it.
        if let Err(error) = self.0.core.ensure(&request.command.scopes()).await {
            tracing::error!(%error, "what a command is about could not be read");
            return Err(ActError::Unavailable);
        }
        self.0.requests.send(request).await.map_err(|_| ActError::Unavailable)
    }

    /// The last command of a browser that was run or refused.
    pub(super) async fn done(&self, key: ClientKey) -> Result<u64, EngineError> {
        let done = self.store().done(&[key]).await?;
        Ok(done.first().map_or(0, |(_, number)| *number))
    }

    /// What a person may read without asking for it; `None` if they may do nothing.
    pub(super) fn light(&self, person: PersonId) -> Option<Light> {
        self.0.core.replica().light(person)
    }

    /// The last number of the journal, and the last one that changed a scope; `None` if there is no such scope.
    pub(super) async fn upto(&self, scope: Scope) -> Result<Option<(Seq, Seq)>, EngineError> {
        self.0.core.ensure(&[scope]).await?;
        let replica = self.0.core.replica();
        Ok(replica.upto(scope).map(|upto| (replica.last(), upto)))
    }

    /// One scope for one person.
    pub(super) async fn snapshot(&self, person: PersonId, scope: Scope) -> Result<Snapshot, EngineError> {
        self.ensure_for(person, scope).await?;
        let replica = self.0.core.replica();
        Ok(self.snapshot_of(scope, replica.last(), replica.part_for(person, scope)))
    }

    /// All that the first page of one person needs, at one moment.
    pub(super) async fn first(&self, person: PersonId, board: Option<ProjectId>) -> Result<Start, EngineError> {
        let board = board.map(Scope::Board);
        if let Some(board) = board {
            self.ensure_for(person, board).await?;
        }
        let replica = self.0.core.replica();
        let light = replica.light(person);
        let scopes = light.into_iter().flat_map(|light| light.scopes.into_keys()).chain(board);
        let snapshots = scopes.map(|scope| self.snapshot_of(scope, replica.last(), replica.part_for(person, scope)));
        Ok(Start { protocol: PROTOCOL, person, now: now(), snapshots: snapshots.collect() })
    }

    /// How many may write out a board at once.
    pub(super) fn snapshots(&self) -> &Semaphore {
        &self.0.snapshots
    }

    /// Loads a scope, but not for those who may not read it.
    async fn ensure_for(&self, person: PersonId, scope: Scope) -> Result<(), EngineError> {
        if self.may_read(person, scope) { self.0.core.ensure(&[scope]).await } else { Ok(()) }
    }

    fn snapshot_of(&self, scope: Scope, upto: Seq, part: Option<Part>) -> Snapshot {
        Snapshot { epoch: self.epoch(), cursor: Cursor { scope, upto }, part }
    }
}

impl Core {
    pub(super) fn replica(&self) -> RwLockReadGuard<'_, Replica> {
        // A panic while it was written would have ended the writer, and with it all changes.
        self.replica.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn replica_mut(&self) -> RwLockWriteGuard<'_, Replica> {
        self.replica.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// Loads those scopes that exist and are not here.
    pub(super) async fn ensure(&self, scopes: &[Scope]) -> Result<(), EngineError> {
        let missing: Vec<Scope> = {
            let replica = self.replica();
            // All light scopes are here since the start.
            scopes.iter().copied().filter(|scope| !scope.is_light() && replica.upto(*scope).is_none()).collect()
        };
        for scope in missing {
            let loaded = self.store.load(scope).await?;
            self.replica_mut().install(scope, loaded);
        }
        Ok(())
    }
}
