//! The one task that decides: it takes the commands that wait, runs the rules on its own state, writes all of it in
//! one transaction, and only then tells anybody.
//!
//! Its own state runs ahead of the [`replica`](super::replica) that everybody reads by the batch in hand, and is
//! thrown away when that cannot be written.
//!
//! Where several nodes write to one database, each waits for its turn, reads what the others have written since its
//! last one, and only then decides: so all of them decide on the same state. It is also the one that tells its
//! sockets of what other nodes have written, so that they hear everything in its order.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use shared::command::{Actor, Changes, Command, decide};
use shared::id::CommandId;
use shared::sync::{Cursor, Delta, Seq};
use shared::{Context, Reason, Rejection, Scope, State, Timestamp};
use tokio::sync::{mpsc, oneshot};
use tokio_util::sync::CancellationToken;

use super::audience::{Audience, Group};
use super::engine::{Core, EngineError, loaded};
use super::hub::Row;
use super::mailbox::{Answer, Mailbox};
use crate::clock;
use crate::metrics::{self, Read};
use crate::store::{Batch, ClientKey, Entry, Head, StoreError, Touched, Turn, Verdict};

/// How many commands one transaction takes at most.
const MOST_TOGETHER: usize = 512;
/// How many rows of other nodes are read at once.
const PAGE: u32 = 500;
/// How many browsers' counters are kept at hand.
const MOST_CLIENTS: usize = 50_000;
/// How long time may stand for a clock that was put back, in microseconds.
const STANDS: i64 = 5_000_000;
/// How often it is looked at what nobody needs in memory any more.
const LETTING_GO: Duration = Duration::from_secs(5);
/// How often browsers' counters are read anew: those of browsers that the store has forgotten count from 1 again.
const CLEARING: Duration = Duration::from_hours(1);

/// A command that waits.
#[derive(Debug)]
pub(super) struct Request {
    /// Who acts, by the sign-in.
    pub(super) actor: Actor,
    /// Unique for good.
    pub(super) id: CommandId,
    /// The intent.
    pub(super) command: Arc<Command>,
    /// Its place in a browser's queue, if it comes from one.
    pub(super) numbered: Option<(ClientKey, u64)>,
    /// Where the answer goes.
    pub(super) reply: Reply,
    /// When it came.
    pub(super) taken: Instant,
}

/// Where the answer to a command goes.
#[derive(Debug)]
pub(super) enum Reply {
    /// To a caller who waits.
    Once(oneshot::Sender<Answer>),
    /// To a socket, with the command's number.
    Mail(u64, Mailbox),
}

/// The writer: owns the state that commands are decided on.
pub(super) struct Writer {
    core: Arc<Core>,
    requests: mpsc::Receiver<Request>,
    /// The replica's scopes that commands have touched, with the batch in hand applied.
    working: State,
    /// The last number of each scope in `working`.
    upto: HashMap<Scope, Seq>,
    last: Seq,
    /// How many batches had been written when this one wrote its last; `None` until then.
    turns: Option<u64>,
    /// The last number done of each browser at hand.
    done: HashMap<ClientKey, u64>,
    /// The last time given to a command.
    at: Timestamp,
    /// Whether the state is to be read anew before anything else.
    broken: bool,
}

/// What the store knows of a batch's commands before they are decided.
#[derive(Default)]
struct Before {
    /// The rows of those that ran already, with whose they were.
    rows: HashMap<CommandId, (Actor, Vec<Cursor>)>,
    /// What was told of those that left none.
    verdicts: HashMap<(ClientKey, u64), Verdict>,
}

/// A batch as it is decided.
#[derive(Default)]
struct Draft {
    rows: Vec<Row>,
    /// Those of the rows, for those that keep theirs.
    commands: Vec<Option<Arc<Command>>>,
    touched: Touched,
    done: BTreeMap<ClientKey, u64>,
    verdicts: Vec<(ClientKey, u64, Verdict)>,
}

impl Writer {
    pub(super) fn new(core: Arc<Core>, requests: mpsc::Receiver<Request>) -> Self {
        let last = core.replica().last();
        Self {
            core,
            requests,
            working: State::default(),
            upto: HashMap::new(),
            last,
            turns: None,
            done: HashMap::new(),
            at: Timestamp::default(),
            broken: false,
        }
    }

    /// Runs until it is told to stop, then what was accepted before.
    pub(super) async fn run(mut self, stop: CancellationToken) {
        let mut clearing = tokio::time::interval(CLEARING);
        let mut letting_go = tokio::time::interval(LETTING_GO);
        loop {
            let first = tokio::select! {
                biased;
                _ = letting_go.tick() => {
                    // Here, where no command is between being prepared and being decided.
                    for scope in self.core.let_go() {
                        self.upto.remove(&scope);
                        self.working.forget(scope);
                    }
                    continue;
                }
                first = self.requests.recv() => first,
                () = stop.cancelled(), if !self.requests.is_closed() => {
                    self.requests.close();
                    continue;
                }
                () = self.core.behind.notified() => {
                    self.follow().await;
                    continue;
                }
                _ = clearing.tick() => {
                    self.done.clear();
                    continue;
                }
            };
            let Some(first) = first else { return };
            let waiting = self.gather(first).await;
            self.take(waiting).await;
        }
    }

    /// The commands that wait, and those of the callers who were just answered and are about to act again: each
    /// transaction costs the disk the same, so the more share it, the better. Nobody waits for a clock here: as soon
    /// as a turn of the runtime brings nothing new, the batch is closed.
    async fn gather(&mut self, first: Request) -> Vec<Request> {
        let mut waiting = vec![first];
        loop {
            tokio::task::yield_now().await;
            let before = waiting.len();
            while waiting.len() < MOST_TOGETHER {
                let Ok(next) = self.requests.try_recv() else { break };
                waiting.push(next);
            }
            if waiting.len() == before || waiting.len() == MOST_TOGETHER {
                return waiting;
            }
        }
    }

    /// Decides, writes, publishes, answers.
    async fn take(&mut self, requests: Vec<Request>) {
        let answers = match self.decide_all(&requests).await {
            Ok(answers) => answers,
            Err(error) => {
                tracing::error!(%error, commands = requests.len(), "a batch could not be written");
                self.broken = true;
                self.core.prove(false);
                // At once, not with the next command: browsers read meanwhile.
                self.follow().await;
                vec![Answer::Unavailable; requests.len()]
            }
        };
        measure(&requests, &answers, self.requests.len());
        for (request, answer) in requests.into_iter().zip(answers) {
            match request.reply {
                // Who no longer waits has lost nothing: the effect is there, and the id tells it again.
                Reply::Once(reply) => drop(reply.send(answer)),
                Reply::Mail(number, mailbox) => mailbox.answer(number, answer),
            }
        }
        if self.done.len() > MOST_CLIENTS {
            self.done.clear();
        }
    }

    async fn decide_all(&mut self, requests: &[Request]) -> Result<Vec<Answer>, EngineError> {
        self.mend().await?;
        let mut before = self.prepare(requests).await?;
        let begin = Instant::now();
        let turn = self.core.store.turn().await?;
        metrics::turn(begin.elapsed());
        if clock::is_off() {
            return Ok(vec![Answer::Unavailable; requests.len()]);
        }
        if let Some(head) = turn.head
            && self.turns != Some(head.turns)
        {
            self.overtake(head).await?;
            before = self.prepare(requests).await?;
        }
        self.tick();
        let mut draft = Draft::default();
        let mut answers = Vec::with_capacity(requests.len());
        for request in requests {
            answers.push(self.judge(request, &mut before, &mut draft)?);
        }
        self.write(turn, draft).await?;
        Ok(answers)
    }

    /// What time it is for the commands in hand. A clock that was put back a little stands until it is true again; where
    /// that would take longer, what was said before was wrong, and nothing but its rows keeps it: order is by number.
    fn tick(&mut self) {
        let now = self.core.now();
        let stands = self.at.micros().saturating_sub(now.micros()) <= STANDS;
        self.at = if stands { self.at.max(now) } else { now };
    }

    /// Other nodes have written: what is known of browsers' queues may be old, and the state is.
    async fn overtake(&mut self, head: Head) -> Result<(), EngineError> {
        self.done.clear();
        if self.is_another(head) {
            return Err(EngineError::Behind);
        }
        self.catch_up().await?;
        self.turns = Some(head.turns);
        Ok(())
    }

    /// Applies and publishes what the journal has after the last row known here.
    async fn catch_up(&mut self) -> Result<(), StoreError> {
        loop {
            let page = metrics::read(Read::Journal, self.core.store.journal_since(self.last, PAGE)).await?;
            metrics::foreign(page.len());
            let more = page.len() == PAGE as usize;
            let Some(last) = page.last().map(|delta| delta.seq) else { return Ok(()) };
            let mut rows = Vec::with_capacity(page.len());
            let mut replica = self.core.replica_mut();
            for delta in page {
                let scope = delta.part.scope;
                let before = Group::before(replica.state(), scope);
                replica.apply(&delta);
                rows.push(Row { audience: Audience::of(scope, before, replica.state()), delta });
            }
            drop(replica);
            for Row { delta, .. } in &rows {
                self.at = self.at.max(delta.at);
                if let Some(upto) = self.upto.get_mut(&delta.part.scope).filter(|upto| **upto < delta.seq) {
                    *upto = delta.seq;
                    self.working.apply(&delta.part);
                }
            }
            self.last = last;
            self.core.hub.publish(&rows);
            self.core.reached(last);
            if !more {
                return Ok(());
            }
        }
    }

    /// Looks at what other nodes have written, and puts right what is broken.
    async fn follow(&mut self) {
        if let Err(error) = self.try_follow().await {
            tracing::error!(%error, "the journal could not be followed");
        }
    }

    async fn try_follow(&mut self) -> Result<(), EngineError> {
        if let Some(head) = self.core.store.head().await?
            && self.is_another(head)
        {
            self.broken = true;
        }
        self.mend().await?;
        Ok(self.catch_up().await?)
    }

    /// Whether the journal is not the one that was followed: restored, or short of rows that browsers have seen.
    fn is_another(&self, head: Head) -> bool {
        head.epoch != self.core.replica().epoch() || head.last < self.last
    }

    /// Brings in what the commands are about: scopes, counters, and what the store knows of them already.
    async fn prepare(&mut self, requests: &[Request]) -> Result<Before, EngineError> {
        let scopes: HashSet<Scope> = requests.iter().flat_map(|request| request.command.scopes()).collect();
        let scopes: Vec<Scope> = scopes.into_iter().filter(|scope| !self.upto.contains_key(scope)).collect();
        let numbered = || requests.iter().filter_map(|request| request.numbered);
        let unknown: HashSet<ClientKey> =
            numbered().map(|(key, _)| key).filter(|key| !self.done.contains_key(key)).collect();
        let unknown: Vec<ClientKey> = unknown.into_iter().collect();
        let ids: Vec<CommandId> = requests.iter().map(|request| request.id).collect();
        let store = &self.core.store;
        let queues = async { tokio::join!(self.core.ensure(&scopes), store.find(&ids), store.done(&unknown)) };
        let (loaded, known, done) = metrics::read(Read::Queues, queues).await;
        loaded?;

        let mut before = Before::default();
        for known in known? {
            before.rows.entry(known.command).or_insert_with(|| (known.actor, Vec::new())).1.push(known.row);
        }
        self.done.extend(unknown.iter().map(|key| (*key, 0)));
        self.done.extend(done?);
        for (key, number) in numbered().filter(|(key, number)| *number <= self.done_of(*key)) {
            if let Some(verdict) = store.verdict(key, number).await? {
                before.verdicts.insert((key, number), verdict);
            }
        }
        for scope in scopes {
            self.bring_in(scope);
        }
        Ok(before)
    }

    /// Brings in a scope that is at hand and not here yet.
    fn bring_in(&mut self, scope: Scope) {
        let replica = self.core.replica();
        if let (Some(part), Some(upto)) = (replica.state().part(scope), replica.upto(scope)) {
            self.working.put(scope, part);
            self.upto.insert(scope, upto);
        }
    }

    /// Each command runs once, and a browser's in its order ([`shared::sync`]: each once, in order).
    fn judge(&mut self, request: &Request, before: &mut Before, draft: &mut Draft) -> Result<Answer, EngineError> {
        let Some((key, number)) = request.numbered else { return self.once(request, before, draft) };
        let done = self.done_of(key);
        if number > done.saturating_add(1) {
            return Ok(Answer::Gap);
        }
        if number <= done {
            let ran = before.rows.get(&request.id).filter(|(actor, _)| *actor == request.actor);
            return Ok(match (ran, before.verdicts.get(&(key, number))) {
                (Some((_, rows)), _) => Answer::Done(rows.clone()),
                (None, Some(Verdict::Unchanged)) => Answer::Done(Vec::new()),
                (None, Some(Verdict::Refused(rejection))) => Answer::Refused(rejection.clone()),
                (None, None) => Answer::Refused(Reason::RefusedBefore.into()),
            });
        }
        let answer = self.once(request, before, draft)?;
        let verdict = match &answer {
            Answer::Done(rows) if rows.is_empty() => Some(Verdict::Unchanged),
            Answer::Refused(rejection) => Some(Verdict::Refused(rejection.clone())),
            _ => None,
        };
        if let Some(verdict) = verdict {
            before.verdicts.insert((key, number), verdict.clone());
            draft.verdicts.push((key, number, verdict));
        }
        self.done.insert(key, number);
        draft.done.insert(key, number);
        Ok(answer)
    }

    /// Runs a command, unless its id is in the journal.
    fn once(&mut self, request: &Request, before: &mut Before, draft: &mut Draft) -> Result<Answer, EngineError> {
        if let Some((actor, rows)) = before.rows.get(&request.id) {
            // An id that somebody else's command has says nothing of theirs.
            let own = *actor == request.actor;
            return Ok(if own { Answer::Done(rows.clone()) } else { Answer::Refused(Reason::Exists.into()) });
        }
        let context = Context { actor: request.actor, now: self.at };
        let changes = match judged(&self.working, &request.command, &context) {
            Ok(changes) => changes,
            Err(rejection) => return Ok(Answer::Refused(rejection)),
        };
        let mut rows = Vec::with_capacity(changes.len());
        for part in changes.into_iter().filter(|part| !part.changes.is_empty()) {
            let scope = part.scope;
            // Whom a command tells something is known only now; all inboxes are at hand.
            if scope.owner().is_some() && !self.upto.contains_key(&scope) {
                self.bring_in(scope);
            }
            if scope.owner().is_some() && !self.working.is_touched_by(&part) {
                continue;
            }
            self.last = Seq(self.last.0 + 1);
            let seq = self.last;
            let prev = self.upto.insert(scope, seq).unwrap_or_default();
            draft.touched.note(&self.working, &part, seq).map_err(StoreError::from)?;
            let readers = Group::before(&self.working, scope);
            self.working.apply(&part);
            let audience = Audience::of(scope, readers, &self.working);
            let delta = Delta { seq, prev, command: request.id, actor: request.actor, at: self.at, part };
            draft.rows.push(Row { delta: Arc::new(delta), audience });
            let keeps = scope.owner().is_none() || rows.is_empty();
            draft.commands.push(keeps.then(|| request.command.clone()));
            rows.push(Cursor { scope, upto: seq });
        }
        if !rows.is_empty() {
            before.rows.insert(request.id, (request.actor, rows.clone()));
        }
        Ok(Answer::Done(rows))
    }

    /// Puts the batch on the disk, then where everybody sees it.
    async fn write(&mut self, turn: Turn, draft: Draft) -> Result<(), EngineError> {
        let entries = draft.rows.iter().zip(draft.commands);
        let batch = Batch {
            at: self.at,
            entries: entries.map(|(row, command)| Entry { delta: row.delta.clone(), command }).collect(),
            rows: draft.touched.into_rows(&self.working).map_err(StoreError::from)?,
            done: draft.done.into_iter().collect(),
            verdicts: draft.verdicts,
        };
        if batch.is_empty() {
            return Ok(());
        }
        let turns = turn.head.map(|head| head.turns + 1);
        let begin = Instant::now();
        turn.commit(&batch).await?;
        metrics::commit(begin.elapsed());
        self.core.prove(true);
        self.turns = turns;
        let mut replica = self.core.replica_mut();
        for row in &draft.rows {
            replica.apply(&row.delta);
        }
        drop(replica);
        self.core.hub.publish(&draft.rows);
        self.core.reached(self.last);
        self.core.written.notify_one();
        Ok(())
    }

    /// After a batch that could not be written: forgets what it had changed here. It may be in the journal all the
    /// same, and so may be what another process wrote: that is read from there. Only a journal that is another one, or
    /// has lost rows that browsers have seen, makes everything begin anew.
    async fn mend(&mut self) -> Result<(), EngineError> {
        if !self.broken {
            return Ok(());
        }
        let store = &self.core.store;
        let known = {
            let replica = self.core.replica();
            (replica.epoch(), replica.last())
        };
        let (epoch, last) = (store.epoch().await?, store.last().await?);
        if epoch == known.0 && last < known.1 {
            tracing::error!(last = last.0, known = known.1.0, "the database has lost what was acknowledged");
            store.begin_epoch().await?;
        }
        if epoch != known.0 || last < known.1 {
            *self.core.replica_mut() = loaded(store).await?;
            self.core.hub.resume_all();
        }
        self.last = self.core.replica().last();
        self.core.reached(self.last);
        self.turns = None;
        self.working = State::default();
        self.upto.clear();
        self.done.clear();
        self.broken = false;
        Ok(())
    }

    fn done_of(&self, key: ClientKey) -> u64 {
        self.done.get(&key).copied().unwrap_or_default()
    }
}

/// Tells the operator what became of a batch.
fn measure(requests: &[Request], answers: &[Answer], waiting: usize) {
    let mut outcomes: BTreeMap<&'static str, u64> = BTreeMap::new();
    for answer in answers {
        *outcomes.entry(answer.outcome()).or_default() += 1;
    }
    for (outcome, count) in outcomes {
        metrics::commands(outcome, count);
    }
    metrics::answered(requests.iter().map(|request| request.taken), waiting);
}

/// The rules' decision. A mistake in them that panics costs the one command, not the server.
fn judged(state: &State, command: &Command, context: &Context) -> Result<Changes, Rejection> {
    catch_unwind(AssertUnwindSafe(|| decide(state, command, context))).unwrap_or_else(|_| {
        tracing::error!(?command, "the rules panicked");
        Err(Reason::NotAllowed.into())
    })
}
