//! A server in memory that keeps the protocol: one journal, one store, sockets that are queues.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use shared::command::decide;
use shared::id::{ClientId, CommandId, Epoch, PersonId};
use shared::sync::{ClientFrame, Cursor, Delta, Resume, Seq, ServerFrame, Snapshot};
use shared::{Command, Context, Reason, Rejection, Scope, State, Timestamp};
use uuid::Uuid;

/// Rows of a scope after which a catch-up becomes a snapshot; small, so that both ways are walked.
const FAR_BEHIND: usize = 12;
/// Where the journal begins: what came before is only in the state.
const FLOOR: Seq = Seq(100);

/// What survives a kill.
#[derive(Clone)]
pub(crate) struct Store {
    pub(crate) epoch: Epoch,
    pub(crate) state: State,
    pub(crate) journal: Vec<Arc<Delta>>,
    pub(crate) done: BTreeMap<ClientId, u64>,
    pub(crate) refusals: BTreeMap<(ClientId, u64), Rejection>,
}

/// One socket, seen from the server.
pub(crate) struct Connection {
    pub(crate) person: PersonId,
    pub(crate) client: Option<ClientId>,
    pub(crate) sent: BTreeMap<Scope, Seq>,
    pub(crate) to_browser: VecDeque<ServerFrame>,
}

pub(crate) struct Server {
    pub(crate) store: Store,
    pub(crate) now: Timestamp,
    pub(crate) connections: BTreeMap<usize, Connection>,
}

impl Server {
    pub(crate) fn new(state: State) -> Self {
        let epoch = Epoch::new(Uuid::from_u128(1));
        let store = Store { epoch, state, journal: Vec::new(), done: BTreeMap::new(), refusals: BTreeMap::new() };
        Self { store, now: Timestamp::from_micros(1), connections: BTreeMap::new() }
    }

    pub(crate) fn connect(&mut self, who: usize, person: PersonId) {
        let connection = Connection { person, client: None, sent: BTreeMap::new(), to_browser: VecDeque::new() };
        self.connections.insert(who, connection);
    }

    /// Takes a frame from a browser; `false` if the socket is closed over it.
    pub(crate) fn receive(&mut self, who: usize, frame: ClientFrame) -> bool {
        match frame {
            ClientFrame::Hello(resume) => self.hello(who, resume),
            ClientFrame::Act { number, id, command } => return self.act(who, number, id, &command),
            ClientFrame::Watch(cursor) => self.watch(who, cursor),
            ClientFrame::Unwatch(scope) => {
                self.connection(who).sent.remove(&scope);
            }
            ClientFrame::Dragging { .. } => {}
        }
        true
    }

    /// What `GET /sync/snapshot` answers.
    pub(crate) fn snapshot(&self, person: PersonId, scope: Scope) -> Snapshot {
        let part = if self.store.state.may_read(person, scope) { self.store.state.part(scope) } else { None };
        Snapshot { epoch: self.store.epoch, cursor: Cursor { scope, upto: self.last() }, part }
    }

    /// Runs a command for the lead, as the server's own callers do.
    pub(crate) fn act_as(
        &mut self,
        person: PersonId,
        id: CommandId,
        command: &Command,
    ) -> Result<Vec<Cursor>, Rejection> {
        self.now = Timestamp::from_micros(self.now.micros() + 1);
        let context = Context { actor: person, now: self.now };
        let mut changes = decide(&self.store.state, command, &context)?;
        changes.retain(|part| part.scope.owner().is_none() || self.store.state.is_touched_by(part));
        self.store.state.apply_all(&changes);
        let mut rows = Vec::new();
        for part in changes {
            let scope = part.scope;
            let prev = self.last_in(scope);
            let seq = Seq(self.last().0 + 1);
            let delta = Arc::new(Delta { seq, prev, command: id, actor: person, at: self.now, part });
            self.store.journal.push(delta.clone());
            rows.push(Cursor { scope, upto: seq });
            self.publish(&delta);
        }
        Ok(rows)
    }

    fn connection(&mut self, who: usize) -> &mut Connection {
        self.connections.get_mut(&who).expect("the socket stands")
    }

    fn last(&self) -> Seq {
        self.store.journal.last().map_or(FLOOR, |delta| delta.seq)
    }

    fn last_in(&self, scope: Scope) -> Seq {
        self.store.journal.iter().rev().find(|delta| delta.part.scope == scope).map_or(FLOOR, |delta| delta.seq)
    }

    fn hello(&mut self, who: usize, resume: Resume) {
        let done = self.store.done.get(&resume.client).copied().unwrap_or_default();
        let (epoch, now) = (self.store.epoch, self.now);
        let connection = self.connection(who);
        connection.client = Some(resume.client);
        let person = connection.person;
        connection.to_browser.push_back(ServerFrame::Welcome { epoch, person, now, done });
        let known = resume.epoch == Some(epoch);
        let held: BTreeSet<Scope> = resume.cursors.iter().map(|cursor| cursor.scope).collect();
        for cursor in resume.cursors {
            if !self.store.state.may_read(person, cursor.scope) {
                self.connection(who).to_browser.push_back(ServerFrame::Revoked(cursor.scope));
            } else if known {
                self.watch(who, cursor);
            } else {
                self.connection(who).to_browser.push_back(ServerFrame::Resync(cursor.scope));
            }
        }
        let light = self.store.state.light_scopes(person).into_iter().filter(|scope| *scope != Scope::Incidents);
        for scope in light.collect::<Vec<_>>() {
            if !held.contains(&scope) && self.store.state.may_read(person, scope) {
                self.grant(who, scope);
            }
        }
    }

    fn grant(&mut self, who: usize, scope: Scope) {
        self.connection(who).to_browser.push_back(ServerFrame::Granted(scope));
        self.watch(who, Cursor { scope, upto: Seq(0) });
    }

    fn watch(&mut self, who: usize, cursor: Cursor) {
        let Cursor { scope, upto } = cursor;
        let person = self.connection(who).person;
        if !self.store.state.may_read(person, scope) {
            self.connection(who).to_browser.push_back(ServerFrame::Revoked(scope));
            return;
        }
        let last = self.last();
        let prev = self.last_in(scope);
        let missed: Vec<_> =
            self.store.journal.iter().filter(|delta| delta.part.scope == scope && delta.seq > upto).cloned().collect();
        let connection = self.connection(who);
        if missed.len() > FAR_BEHIND || upto > last || upto < FLOOR {
            connection.sent.remove(&scope);
            connection.to_browser.push_back(ServerFrame::Resync(scope));
            return;
        }
        connection.to_browser.extend(missed.into_iter().map(ServerFrame::Delta));
        connection.to_browser.push_back(ServerFrame::UpTo { cursor: Cursor { scope, upto: last }, prev });
        connection.sent.insert(scope, last);
    }

    fn act(&mut self, who: usize, number: u64, id: CommandId, command: &Command) -> bool {
        let connection = self.connection(who);
        let (person, Some(client)) = (connection.person, connection.client) else { return false };
        let done = self.store.done.get(&client).copied().unwrap_or_default();
        if number > done + 1 {
            return false;
        }
        let known: Vec<Cursor> = self
            .store
            .journal
            .iter()
            .filter(|delta| delta.command == id)
            .map(|delta| Cursor { scope: delta.part.scope, upto: delta.seq })
            .collect();
        let result = if !known.is_empty() {
            Ok(known)
        } else if number <= done {
            Err(self.store.refusals.get(&(client, number)).cloned().unwrap_or(Reason::RefusedBefore.into()))
        } else {
            self.act_as(person, id, command)
        };
        if number > done {
            self.store.done.insert(client, number);
        }
        let frame = match result {
            Ok(rows) => ServerFrame::Acked { number, rows },
            Err(rejection) => {
                self.store.refusals.insert((client, number), rejection.clone());
                ServerFrame::Refused { number, rejection }
            }
        };
        self.connection(who).to_browser.push_back(frame);
        true
    }

    fn publish(&mut self, delta: &Arc<Delta>) {
        let scope = delta.part.scope;
        let everyone: Vec<usize> = self.connections.keys().copied().collect();
        for who in everyone {
            let person = self.connections[&who].person;
            let reads = self.store.state.may_read(person, scope);
            let connection = self.connection(who);
            if connection.client.is_none() {
                continue;
            }
            if let Some(sent) = connection.sent.get_mut(&scope) {
                if reads {
                    *sent = delta.seq;
                    connection.to_browser.push_back(ServerFrame::Delta(delta.clone()));
                } else {
                    connection.sent.remove(&scope);
                    connection.to_browser.push_back(ServerFrame::Revoked(scope));
                }
            } else if reads && scope.is_light() {
                self.grant(who, scope);
            }
            if let Scope::Project(project) = scope
                && !reads
            {
                let board = Scope::Board(project);
                if self.connection(who).sent.remove(&board).is_some() {
                    self.connection(who).to_browser.push_back(ServerFrame::Revoked(board));
                }
            }
        }
    }
}
