//! The face of the sync within the server: acting, reading, stopping.

use std::collections::HashMap;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};
use std::time::{Duration, Instant};

use shared::command::{Actor, Command};
use shared::id::{CommandId, Epoch, PersonId, ProjectId};
use shared::sync::{Cursor, PROTOCOL, Seq, Snapshot, Start};
use shared::{Rejection, Scope, State, Timestamp};
use thiserror::Error;
use tokio::sync::{Notify, Semaphore, mpsc, oneshot, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use super::hub::Hub;
use super::mailbox::{Answer, Mailbox};
use super::nodes;
use super::replica::{Light, Replica};
use super::writer::{Reply, Request, Writer};
use crate::clock::now;
use crate::metrics::{self, Read};
use crate::store::{ClientKey, Store, StoreError, Word};

/// How many commands may wait for the writer before those who act have to.
const MOST_WAITING: usize = 1_024;
/// How many snapshots are written out at once for those who ask for them.
const MOST_SNAPSHOTS: usize = 4;
/// How long sockets may take to close when the server stops.
const FAREWELL: Duration = Duration::from_secs(2);
/// How long a reader waits for what other nodes have written.
const PATIENCE: Duration = Duration::from_secs(5);
/// For how long a heavy scope is kept here after it was last asked for, and how many are kept so long.
const KEPT: (Duration, usize) = (Duration::from_mins(10), 1_000);
/// For how long at the least: whoever has asked for it reads it by then.
const HELD: Duration = Duration::from_secs(15);

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
    pub(super) hub: Hub,
    replica: RwLock<Replica>,
    /// When each heavy scope was last asked for.
    asked: Mutex<HashMap<Scope, Instant>>,
    /// Says how far the replica has come.
    reached: watch::Sender<Seq>,
    /// When something was last written; `None` if it could not be since, or nobody knows yet.
    proof: Mutex<Option<Instant>>,
    /// Wakes the writer: another node has written.
    pub(super) behind: Notify,
    /// Wakes whoever tells the other nodes: this one has written.
    pub(super) written: Notify,
    /// What time the writer takes it to be, in microseconds since 1970; 0: the clock's.
    pretended: AtomicI64,
}

/// Why the state could not be read.
#[derive(Debug, Error)]
pub enum EngineError {
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// What other nodes have written did not arrive in time.
    #[error("this node is behind the database")]
    Behind,
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
    /// Reads the light scopes, and starts the writer. Needs to run within tokio.
    pub async fn start(store: Store) -> Result<Self, EngineError> {
        let replica = loaded(&store).await?;
        let core = Arc::new(Core {
            store,
            hub: Hub::new(),
            reached: watch::Sender::new(replica.last()),
            replica: RwLock::new(replica),
            asked: Mutex::default(),
            proof: Mutex::default(),
            behind: Notify::new(),
            written: Notify::new(),
            pretended: AtomicI64::new(0),
        });
        let (requests, receiver) = mpsc::channel(MOST_WAITING);
        let stop = CancellationToken::new();
        let writer = tokio::spawn(Writer::new(core.clone(), receiver).run(stop.clone()));
        nodes::follow(&core, &stop).await?;
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
        self.request(Request { actor, id, command: Arc::new(command), numbered: None, reply, taken: Instant::now() })
            .await?;
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

    /// Looks at what is at hand: all light scopes, of everybody, and what else is loaded. Briefly: the writer waits.
    pub(crate) fn look<T>(&self, look: impl FnOnce(&State) -> T) -> T {
        look(self.0.core.replica().state())
    }

    /// Whether a person may read a scope, as of now.
    pub async fn may_read(&self, person: PersonId, scope: Scope) -> Result<bool, EngineError> {
        if let Some(judge) = scope.judge() {
            self.0.core.ensure(&[judge]).await?;
        }
        Ok(self.reads(person, scope))
    }

    /// The projects that a person may read, as of now.
    pub fn projects_read_by(&self, person: PersonId) -> Vec<ProjectId> {
        let replica = self.0.core.replica();
        let state = replica.state();
        let all = state.projects.keys().copied();
        all.filter(|project| state.may_read(person, Scope::Project(*project))).collect()
    }

    /// The history that sequence numbers belong to.
    pub fn epoch(&self) -> Epoch {
        self.0.core.replica().epoch()
    }

    /// Returns once everything that any node has acknowledged so far can be read here.
    pub async fn current(&self) -> Result<(), EngineError> {
        let Some(head) = self.0.core.store.head().await? else { return Ok(()) };
        self.0.core.reach(head.last).await
    }

    /// How long ago something was written; `None` if what was last to be written could not be, as on a disk that is
    /// full, or nothing was to be yet.
    pub fn proof(&self) -> Option<Duration> {
        self.0.core.proof().map(|proof| proof.elapsed())
    }

    /// Notes that something could be written, or could not.
    pub fn prove(&self, written: bool) {
        self.0.core.prove(written);
    }

    /// Takes it to be that time from now on, or the clock's again: so that a demo has a past. For what is loaded into an
    /// empty database.
    pub(crate) fn pretend(&self, at: Option<Timestamp>) {
        self.0.core.pretended.store(at.map_or(0, Timestamp::micros), Ordering::Relaxed);
    }

    /// Says how far the journal has come here, each time that it has come further.
    pub fn progress(&self) -> watch::Receiver<Seq> {
        self.0.core.reached.subscribe()
    }

    /// Tells the other nodes that sign-ins have ended.
    pub async fn tell_of_sign_ins(&self) {
        if let Err(error) = self.0.core.store.tell(&Word::SignIns).await {
            tracing::warn!(%error, "the other nodes could not be told that a sign-in has ended; they will see it soon");
        }
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
        self.request(Request {
            actor: key.person,
            id,
            command: Arc::new(command),
            numbered,
            reply,
            taken: Instant::now(),
        })
        .await
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
        Ok(snapshot_of(&replica, person, scope))
    }

    /// All that the first page of one person needs, at one moment.
    pub(super) async fn first(&self, person: PersonId, looked_at: Option<Scope>) -> Result<Start, EngineError> {
        if let Some(scope) = looked_at {
            self.ensure_for(person, scope).await?;
        }
        let replica = self.0.core.replica();
        let light = replica.light(person);
        let scopes = light.into_iter().flat_map(|light| light.scopes.into_keys()).chain(looked_at);
        let snapshots = scopes.map(|scope| snapshot_of(&replica, person, scope));
        Ok(Start { protocol: PROTOCOL, person, now: now(), snapshots: snapshots.collect() })
    }

    /// The same of a scope that is loaded, or says nothing of its readers.
    pub(super) fn reads(&self, person: PersonId, scope: Scope) -> bool {
        self.0.core.replica().state().may_read(person, scope)
    }

    /// How many may write out a snapshot at once.
    pub(super) fn snapshots(&self) -> &Semaphore {
        &self.0.snapshots
    }

    /// Loads a scope, up to the moment, but not for those who may not read it.
    async fn ensure_for(&self, person: PersonId, scope: Scope) -> Result<(), EngineError> {
        if !self.may_read(person, scope).await? {
            return Ok(());
        }
        let core = &self.0.core;
        core.ensure(&[scope]).await?;
        // The store's answer may be ahead of the replica: what is given out is of one moment.
        let upto = core.replica().upto(scope);
        core.reach(upto.unwrap_or_default()).await
    }
}

fn snapshot_of(replica: &Replica, person: PersonId, scope: Scope) -> Snapshot {
    let cursor = Cursor { scope, upto: replica.last() };
    Snapshot { epoch: replica.epoch(), cursor, part: replica.part_for(person, scope) }
}

impl Core {
    pub(super) fn replica(&self) -> RwLockReadGuard<'_, Replica> {
        // A panic while it was written would have ended the writer, and with it all changes.
        self.replica.read().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn replica_mut(&self) -> RwLockWriteGuard<'_, Replica> {
        self.replica.write().unwrap_or_else(PoisonError::into_inner)
    }

    /// The time that commands are given.
    pub(super) fn now(&self) -> Timestamp {
        match self.pretended.load(Ordering::Relaxed) {
            0 => now(),
            pretended => Timestamp::from_micros(pretended),
        }
    }

    /// The replica has come so far.
    pub(super) fn reached(&self, last: Seq) {
        self.reached.send_replace(last);
    }

    /// Waits until the replica has come so far.
    pub(super) async fn reach(&self, last: Seq) -> Result<(), EngineError> {
        if self.replica().last() >= last {
            return Ok(());
        }
        self.behind.notify_one();
        let mut reached = self.reached.subscribe();
        let reached = tokio::time::timeout(PATIENCE, reached.wait_for(|reached| *reached >= last));
        if matches!(reached.await, Ok(Ok(_))) { Ok(()) } else { Err(EngineError::Behind) }
    }

    /// Loads those scopes that exist and are not here.
    pub(super) async fn ensure(self: &Arc<Self>, scopes: &[Scope]) -> Result<(), EngineError> {
        // All light scopes are here since the start.
        let heavy: Vec<Scope> = scopes.iter().copied().filter(|scope| !scope.is_light()).collect();
        if heavy.is_empty() {
            return Ok(());
        }
        let now = Instant::now();
        self.asked().extend(heavy.iter().map(|scope| (*scope, now)));
        let missing: Vec<Scope> = {
            let replica = self.replica();
            heavy.into_iter().filter(|scope| replica.upto(*scope).is_none()).collect()
        };
        for scope in missing {
            // A task of its own: it ends what it has begun, even if nobody waits for it any more.
            let core = self.clone();
            let loading = tokio::spawn(async move {
                core.replica_mut().expect(scope);
                let answer = Box::pin(metrics::read(Read::Scope, core.store.load(scope))).await;
                core.replica_mut().loaded(scope, answer.as_ref().ok().cloned());
                answer.map(drop)
            });
            loading.await.map_err(|_| EngineError::Behind)??;
        }
        Ok(())
    }

    fn proof(&self) -> MutexGuard<'_, Option<Instant>> {
        self.proof.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Something could be written, or could not.
    pub(super) fn prove(&self, written: bool) {
        *self.proof() = written.then(Instant::now);
    }

    fn asked(&self) -> MutexGuard<'_, HashMap<Scope, Instant>> {
        // Whole after each insertion and removal.
        self.asked.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets go of heavy scopes that nobody looks at or has asked for lately: they are read again when somebody does.
    /// Answers which.
    pub(super) fn let_go(&self) -> Vec<Scope> {
        let (heavy, now) = (self.replica().heavy(), Instant::now());
        let mut asked = self.asked();
        // Whoever makes ids up asks for scopes that there are not.
        asked.retain(|scope, when| heavy.contains(scope) || now.duration_since(*when) <= HELD);
        // What other nodes have made came without being asked for.
        let since = |scope: Scope| (now.duration_since(*asked.entry(scope).or_insert(now)), scope);
        let mut idle: Vec<(Duration, Scope)> = heavy.iter().copied().map(since).collect();
        idle.sort_unstable_by(|a, b| b.cmp(a));
        let surplus = idle.len().saturating_sub(KEPT.1);
        let is_old = |(nth, idle): (usize, Duration)| idle > KEPT.0 || (nth < surplus && idle > HELD);
        let watched = self.hub.watched();
        let old = idle.into_iter().enumerate().filter(|(nth, (idle, _))| is_old((*nth, *idle)));
        let old: Vec<Scope> = old.map(|(_, (_, scope))| scope).filter(|scope| !watched.contains(scope)).collect();
        if !old.is_empty() {
            let mut replica = self.replica_mut();
            for scope in &old {
                asked.remove(scope);
                replica.forget(*scope);
            }
        }
        old
    }
}

/// The light scopes, as the store has them.
pub(super) async fn loaded(store: &Store) -> Result<Replica, StoreError> {
    let epoch = store.epoch().await?;
    let (last, light) = store.load_light().await?;
    Ok(Replica::new(epoch, last, light))
}
