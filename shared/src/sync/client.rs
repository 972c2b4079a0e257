//! The browser's side of the sync: replica, queue and cursors, as a state machine without I/O.
//!
//! The driver feeds it what happens ([`Client::connected`], [`Client::receive`], [`Client::act`], [`Client::tick`])
//! and carries out the [`Effect`]s that it then finds in [`Client::take_effects`].

mod acting;
mod keeping;
mod looking;

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use self::acting::Gesture;
pub use self::acting::Undone;
use super::connection::{Effect, Link, Status};
use super::kept::Keep;
use super::protocol::{
    BEAT_SECONDS, ClientFrame, Cursor, Delta, Onlooker, PROTOCOL, Resume, Seq, ServerFrame, Snapshot, Start,
};
use super::queue::{Parked, Pending};
use crate::id::{ClientId, CommandId, Epoch, PersonId};
use crate::{Rejection, Scope, State, Timestamp};

/// A command without an answer for so long means that the connection is dead, in microseconds.
const PATIENCE: i64 = 10_000_000;
/// A connection without any frame for so long is dead, in microseconds.
const SILENCE: i64 = 2 * BEAT_SECONDS.cast_signed() * 1_000_000 + 5_000_000;

/// One browser tab's replica of what its person may read, with the commands that wait to be confirmed.
#[derive(Debug)]
pub struct Client {
    id: ClientId,
    person: PersonId,
    epoch: Option<Epoch>,
    link: Link,
    confirmed: State,
    shown: State,
    cursors: BTreeMap<Scope, Seq>,
    watched: BTreeSet<Scope>,
    loading: BTreeMap<Scope, Vec<Arc<Delta>>>,
    /// Where what is looked at may have been made, by this tab's own commands or another's: a snapshot from before that
    /// lacks it.
    made: BTreeMap<Scope, Seq>,
    queue: VecDeque<Pending>,
    next_number: u64,
    parked: Vec<Parked>,
    undo: Vec<Gesture>,
    presence: BTreeMap<Scope, Vec<Onlooker>>,
    changed: BTreeSet<Scope>,
    effects: Vec<Effect>,
    kept: Vec<Keep>,
    /// How many changes have been kept since a scope was kept as a whole.
    kept_deltas: BTreeMap<Scope, usize>,
    heard: Timestamp,
}

impl Client {
    /// A client that knows nothing yet, for `person` as the sign-in says.
    pub fn new(id: ClientId, person: PersonId) -> Self {
        Self {
            id,
            person,
            epoch: None,
            link: Link::Down,
            confirmed: State::default(),
            shown: State::default(),
            cursors: BTreeMap::new(),
            watched: BTreeSet::new(),
            loading: BTreeMap::new(),
            made: BTreeMap::new(),
            queue: VecDeque::new(),
            next_number: 1,
            parked: Vec::new(),
            undo: Vec::new(),
            presence: BTreeMap::new(),
            changed: BTreeSet::new(),
            effects: Vec::new(),
            kept: Vec::new(),
            kept_deltas: BTreeMap::new(),
            heard: Timestamp::default(),
        }
    }

    /// Whose replica this is.
    pub fn person(&self) -> PersonId {
        self.person
    }

    /// What the pages show: what is confirmed, with the queue on top.
    pub fn shown(&self) -> &State {
        &self.shown
    }

    /// What the server has confirmed.
    pub fn confirmed(&self) -> &State {
        &self.confirmed
    }

    /// The state of the connection.
    pub fn link(&self) -> Link {
        self.link
    }

    /// Whether a scope's contents are here.
    pub fn holds(&self, scope: Scope) -> bool {
        self.cursors.contains_key(&scope)
    }

    /// Whether a scope's contents have been asked for and have not come.
    pub fn awaits(&self, scope: Scope) -> bool {
        self.loading.contains_key(&scope)
    }

    /// Whether the server said of a scope that is looked at that it is not there, or not for this person.
    pub fn lacks(&self, scope: Scope) -> bool {
        self.watched.contains(&scope) && !self.holds(scope) && !self.awaits(scope)
    }

    /// The commands that wait to be confirmed, oldest first.
    pub fn queue(&self) -> impl Iterator<Item = &Pending> {
        self.queue.iter()
    }

    /// How many commands the server has not answered yet.
    pub fn unsent(&self) -> usize {
        self.queue.iter().filter(|pending| pending.rows.is_none()).count()
    }

    /// The connection at a glance.
    pub fn status(&self) -> Status {
        Status { link: self.link, unsent: self.unsent(), queued: self.queue.len(), parked: self.parked.len() }
    }

    /// The commands that were refused and not yet dismissed.
    pub fn parked(&self) -> &[Parked] {
        &self.parked
    }

    /// The person has seen why a command was refused.
    pub fn dismiss(&mut self, id: CommandId) {
        self.parked.retain(|parked| parked.id != id);
        self.settle(vec![id]);
    }

    /// Who looks at a board now, as the server last said.
    pub fn onlookers(&self, scope: Scope) -> &[Onlooker] {
        self.presence.get(&scope).map_or(&[], Vec::as_slice)
    }

    /// What the driver is to do since it last asked.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// The scopes that look different since the driver last asked.
    pub fn take_changed(&mut self) -> BTreeSet<Scope> {
        std::mem::take(&mut self.changed)
    }

    /// Takes in what `GET /sync/start` brought.
    pub fn start(&mut self, start: Start) {
        self.heard = start.now;
        for snapshot in start.snapshots {
            if !snapshot.cursor.scope.is_light() {
                self.watched.insert(snapshot.cursor.scope);
            }
            self.loading.entry(snapshot.cursor.scope).or_default();
            self.snapshot(snapshot);
        }
    }

    /// Says which cards are being dragged.
    pub fn dragging(&mut self, scope: Scope, tasks: Vec<crate::id::TaskId>) {
        self.send(ClientFrame::Dragging { scope, tasks });
    }

    /// A socket is open: greets the server.
    pub fn connected(&mut self, now: Timestamp) {
        self.link = Link::Greeting;
        self.heard = now;
        let cursors = self.cursors.iter().filter(|(scope, _)| !self.loading.contains_key(scope));
        let cursors = cursors.map(|(scope, upto)| Cursor { scope: *scope, upto: *upto }).collect();
        let resume = Resume { protocol: PROTOCOL, client: self.id, epoch: self.epoch, cursors };
        self.effects.push(Effect::Send(ClientFrame::Hello(resume)));
        self.effects.extend(self.loading.keys().map(|scope| Effect::Fetch(*scope)));
    }

    /// The socket is gone.
    pub fn disconnected(&mut self) {
        self.link = Link::Down;
        self.presence.clear();
        for pending in &mut self.queue {
            pending.sent = None;
        }
    }

    /// Time has passed: notices a connection that only seems to stand.
    pub fn tick(&mut self, now: Timestamp) {
        let since = |then: Timestamp| now.micros_since(then);
        let unanswered = self.queue.iter().filter(|pending| pending.rows.is_none());
        let late = unanswered.filter_map(|pending| pending.sent).any(|sent| since(sent) > PATIENCE);
        let silent = since(self.heard) > if self.link == Link::Greeting { PATIENCE } else { SILENCE };
        if self.link != Link::Down && (late || silent) {
            self.effects.push(Effect::Reconnect);
        }
    }

    /// A frame has come over the socket that stands now.
    pub fn receive(&mut self, frame: ServerFrame, now: Timestamp) {
        self.heard = now;
        match frame {
            ServerFrame::Welcome { epoch, person, done, .. } => self.welcome(epoch, person, done, now),
            ServerFrame::Delta(delta) => self.delta(delta),
            ServerFrame::UpTo { cursor, prev } => self.up_to(cursor, prev),
            ServerFrame::Resync(scope) => self.fetch(scope),
            ServerFrame::Acked { number, rows } => {
                let missing = rows.iter().filter(|row| self.watched.contains(&row.scope) && !self.holds(row.scope));
                self.made.extend(missing.map(|row| (row.scope, row.upto)).collect::<Vec<_>>());
                if let Some(pending) = self.queue.iter_mut().find(|pending| pending.number == number) {
                    pending.rows = Some(rows);
                }
                self.confirm();
            }
            ServerFrame::Refused { number, rejection } => self.refused(number, rejection),
            ServerFrame::Granted(scope) => {
                if !self.loading.contains_key(&scope) {
                    self.cursors.entry(scope).or_default();
                }
                // Its board may have been asked for before the server knew it.
                self.fetch_missing();
            }
            ServerFrame::Revoked(scope) => self.revoked(scope),
            ServerFrame::Presence { scope, onlookers } => {
                self.presence.insert(scope, onlookers);
                self.changed.insert(scope);
            }
            ServerFrame::Beat(_) => {}
            ServerFrame::Reload => self.effects.push(Effect::Reload),
        }
    }

    /// The snapshot that was asked for has come.
    pub fn snapshot(&mut self, snapshot: Snapshot) {
        let Cursor { scope, upto } = snapshot.cursor;
        // It came twice, or was revoked or let go of meanwhile.
        if !self.loading.contains_key(&scope) {
            return;
        }
        if *self.epoch.get_or_insert(snapshot.epoch) != snapshot.epoch {
            // The journal was replaced since the greeting: greet again, and be told to resync.
            self.effects.push(Effect::Reconnect);
            return;
        }
        let waiting = self.loading.remove(&scope).unwrap_or_default();
        let is_older = self.made.remove(&scope).is_some_and(|made| made > upto);
        let Some(part) = snapshot.part else {
            self.drop_scope(scope);
            self.forget_kept(scope);
            if is_older && self.watched.contains(&scope) {
                self.fetch(scope);
            }
            self.confirm();
            return;
        };
        self.shown = State::default();
        self.confirmed.put(scope, part);
        self.cursors.insert(scope, upto);
        self.rebase(scope);
        self.keep_scope(scope);
        self.follow(scope, waiting);
    }

    /// A scope is here: goes on with what came while it was on its way.
    fn follow(&mut self, scope: Scope, waiting: Vec<Arc<Delta>>) {
        let upto = self.cursors.get(&scope).copied().unwrap_or_default();
        self.watch_from(scope, upto);
        for delta in waiting {
            self.delta(delta);
        }
        self.confirm();
    }

    fn welcome(&mut self, epoch: Epoch, person: PersonId, done: u64, now: Timestamp) {
        // It answers one greeting: its count is of that moment, and renumbers nothing later.
        if self.link != Link::Greeting {
            return;
        }
        if person != self.person {
            // Somebody else signed in meanwhile: nothing of this replica is theirs.
            self.effects.push(Effect::Reload);
            return;
        }
        let before = self.epoch.replace(epoch);
        if before.is_some_and(|before| before != epoch) {
            self.forget_cursors();
        }
        self.link = Link::Live;
        // A restored server may remember fewer commands than were numbered: the rest follow without a gap.
        let mut next = done + 1;
        for pending in self.queue.iter_mut().filter(|pending| pending.number > done) {
            pending.number = next;
            next += 1;
        }
        self.next_number = next;
        self.changed.insert(Scope::Company);
        self.fetch_missing();
        self.send_queue(now);
    }

    /// The journal is another one: what was followed and acknowledged in the old one says nothing about it.
    fn forget_cursors(&mut self) {
        for pending in &mut self.queue {
            pending.rows = None;
        }
        for scope in self.cursors.keys().copied().collect::<Vec<_>>() {
            self.fetch(scope);
        }
    }

    fn delta(&mut self, delta: Arc<Delta>) {
        let scope = delta.part.scope;
        if let Some(waiting) = self.loading.get_mut(&scope) {
            waiting.push(delta);
            return;
        }
        let Some(upto) = self.cursors.get(&scope).copied() else { return };
        if delta.seq <= upto {
            return;
        }
        if delta.prev > upto {
            // Something between was lost: ask for it again.
            self.watch_from(scope, upto);
            return;
        }
        self.cursors.insert(scope, delta.seq);
        // While nothing is pending, what is shown is what is confirmed: let go of it, so that it is changed in place.
        self.shown = State::default();
        self.confirmed.apply(&delta.part);
        let waited = self.queue.len();
        let changed = &mut self.changed;
        self.queue.retain_mut(|pending| {
            let waits = pending.id != delta.command || pending.waits_after(scope);
            if !waits {
                // Also where its rows have come before: it is under way there no more.
                changed.extend(pending.command.scopes());
            }
            waits
        });
        if self.queue.len() < waited {
            self.settle(vec![delta.command]);
        }
        if scope.is_light() {
            self.may_be_there(delta.seq);
        }
        self.keep_delta(delta);
        self.rebase(scope);
        self.confirm();
    }

    fn up_to(&mut self, cursor: Cursor, prev: Seq) {
        match self.cursors.get_mut(&cursor.scope) {
            Some(upto) if *upto >= prev => *upto = cursor.upto.max(*upto),
            Some(upto) => {
                let upto = *upto;
                self.watch_from(cursor.scope, upto);
            }
            None => {}
        }
        self.confirm();
    }

    /// Drops the commands whose every row has been applied; those in scopes that are not held have no effect here.
    fn confirm(&mut self) {
        let cursors = &self.cursors;
        let applied = |row: &Cursor| cursors.get(&row.scope).is_none_or(|upto| *upto >= row.upto);
        let mut confirmed = Vec::new();
        let mut changed = BTreeSet::new();
        self.queue.retain(|pending| {
            let done = pending.rows.as_ref().is_some_and(|rows| rows.iter().all(applied));
            if done {
                confirmed.push(pending.id);
                changed.extend(pending.command.scopes());
            }
            !done
        });
        if !confirmed.is_empty() {
            self.settle(confirmed);
            self.changed.extend(changed);
            self.rebase(Scope::Company);
            // A command may have made what is looked at.
            self.fetch_missing();
        }
        self.let_go();
    }

    fn refused(&mut self, number: u64, rejection: Rejection) {
        let Some(at) = self.queue.iter().position(|pending| pending.number == number) else { return };
        let Some(pending) = self.queue.remove(at) else { return };
        self.forget_gesture_of(pending.id);
        self.changed.extend(pending.scopes());
        let parked = Parked { id: pending.id, command: pending.command, at: pending.at, rejection };
        self.kept.push(parked.to_keep());
        self.parked.push(parked);
        self.rebase(Scope::Company);
        self.let_go();
    }

    /// What may not be read disappears, and with it what is read by the same: a project with its board.
    fn revoked(&mut self, scope: Scope) {
        // Its board may be on the disk alone.
        for scope in scope.takes_along().into_iter().chain([scope]) {
            self.watched.remove(&scope);
            self.drop_scope(scope);
            self.forget_kept(scope);
        }
        self.confirm();
    }

    /// Shows what is confirmed with the queue on top.
    fn rebase(&mut self, changed: Scope) {
        self.changed.insert(changed);
        self.shown = self.confirmed.clone();
        for pending in &self.queue {
            pending.show(&mut self.shown, self.person);
            self.changed.extend(pending.scopes());
        }
    }

    fn drop_scope(&mut self, scope: Scope) {
        self.cursors.remove(&scope);
        self.loading.remove(&scope);
        self.presence.remove(&scope);
        self.confirmed.forget(scope);
        self.rebase(scope);
    }

    fn watch_from(&mut self, scope: Scope, upto: Seq) {
        self.send(ClientFrame::Watch(Cursor { scope, upto }));
    }

    fn send(&mut self, frame: ClientFrame) {
        // What follows the greeting is heard after it.
        if self.link != Link::Down {
            self.effects.push(Effect::Send(frame));
        }
    }

    fn send_queue(&mut self, now: Timestamp) {
        if self.link != Link::Live {
            return;
        }
        for pending in self.queue.iter_mut().filter(|pending| pending.sent.is_none() && pending.rows.is_none()) {
            pending.sent = Some(now);
            self.effects.push(Effect::Send(ClientFrame::Act {
                number: pending.number,
                id: pending.id,
                command: pending.command.clone(),
            }));
        }
    }
}
