//! Who is to be told of what: the sockets by person and by sign-in, and one broadcast per scope that is looked at.
//!
//! A board or a room changes often and has few readers at a time: its frames go over a broadcast to those that watch
//! it. The light scopes change rarely and a person reads many of them: their frames go to the mailboxes of the persons
//! concerned, and of nobody else. Both carry their [`Audience`], so that no socket ever sends a frame that is later
//! than its person's removal.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use shared::Scope;
use shared::command::Change;
use shared::id::PersonId;
use shared::organisation::OrganisationChange;
use shared::sync::{Delta, FrameError};
use tokio::sync::{broadcast, mpsc, watch};
use uuid::Uuid;

use super::audience::Audience;
use super::close;
use super::frame::Frame;
use super::mailbox::Mailbox;
use super::presence::Onlookers;
use crate::metrics;
use crate::sign_in::{SessionId, SignedIn};
use crate::store::Word;

/// How many frames of a scope a socket may lag behind before it reads them from the journal.
const MOST_WAITING: usize = 1_024;

/// Names a socket while it lives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct SocketId(u64);

/// The sockets of this server. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Hub {
    rooms: Arc<Mutex<Rooms>>,
    /// Where the other nodes are told, if there may be any.
    pub(super) others: Arc<OnceLock<Others>>,
    /// How many sockets there are.
    count: Arc<watch::Sender<usize>>,
}

#[derive(Debug, Default)]
pub(super) struct Rooms {
    next: u64,
    sockets: HashMap<SocketId, Member>,
    people: HashMap<PersonId, Vec<SocketId>>,
    pub(super) watched: HashMap<Scope, Watched>,
}

#[derive(Debug)]
struct Member {
    person: PersonId,
    session: SessionId,
    mailbox: Mailbox,
}

/// A socket's place in the hub, for as long as it is kept.
#[derive(Debug)]
pub(super) struct Entry {
    hub: Hub,
    socket: SocketId,
}

/// A heavy scope that somebody watches.
#[derive(Debug)]
pub(super) struct Watched {
    pub(super) frames: broadcast::Sender<Arc<Frame>>,
    pub(super) onlookers: Onlookers,
}

/// The other nodes of the database.
#[derive(Debug)]
pub(super) struct Others {
    /// This node's name among them.
    pub(super) node: Uuid,
    /// What is to be told.
    pub(super) words: mpsc::UnboundedSender<Word>,
}

/// A row of the journal, with who may have it.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// The row.
    pub(super) delta: Arc<Delta>,
    /// Who may have it.
    pub(super) audience: Audience,
}

impl Hub {
    pub(super) fn new() -> Self {
        Self { rooms: Arc::default(), others: Arc::default(), count: Arc::new(watch::Sender::new(0)) }
    }

    pub(super) fn rooms(&self) -> MutexGuard<'_, Rooms> {
        // What a panic left behind is still whole: each change here is a single insertion or removal.
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Closes the sockets of a sign-in that has ended.
    pub fn close_session(&self, session: SessionId) {
        let rooms = self.rooms();
        rooms.sockets.values().filter(|member| member.session == session).for_each(|member| {
            member.mailbox.leave(close::SIGNED_OUT);
        });
    }

    /// Closes the sockets of a person who may no longer do anything.
    pub fn close_person(&self, person: PersonId) {
        self.rooms().of(person).for_each(|member| member.mailbox.leave(close::SIGNED_OUT));
    }

    /// The sign-ins that sockets belong to.
    pub(super) fn sessions(&self) -> Vec<SessionId> {
        let mut sessions: Vec<_> = self.rooms().sockets.values().map(|member| member.session).collect();
        sessions.sort_unstable();
        sessions.dedup();
        sessions
    }

    /// How many sockets are open.
    pub fn sockets(&self) -> usize {
        *self.count.borrow()
    }

    /// Lets every browser connect again and catch up from the journal.
    pub(super) fn resume_all(&self) {
        self.rooms().sockets.values().for_each(|member| member.mailbox.leave(close::RESUME));
    }

    /// Returns when no socket is left.
    pub(super) async fn emptied(&self) {
        // The sender lives as long as this hub does: the wait ends only by its condition.
        let _ = self.count.subscribe().wait_for(|count| *count == 0).await;
    }

    /// A socket is there: from now on it misses nothing of the light scopes. `None` if its person has
    /// `most` already.
    pub(super) fn enter(&self, signed_in: SignedIn, mailbox: Mailbox, most: usize) -> Option<Entry> {
        let SignedIn { person, session } = signed_in;
        let mut rooms = self.rooms();
        if rooms.of(person).count() >= most {
            return None;
        }
        rooms.next += 1;
        let socket = SocketId(rooms.next);
        rooms.sockets.insert(socket, Member { person, session, mailbox });
        rooms.people.entry(person).or_default().push(socket);
        self.tell(rooms.sockets.len());
        Some(Entry { hub: self.clone(), socket })
    }

    fn exit(&self, socket: SocketId) {
        let mut rooms = self.rooms();
        if let Some(member) = rooms.sockets.remove(&socket)
            && let Some(sockets) = rooms.people.get_mut(&member.person)
        {
            sockets.retain(|other| *other != socket);
            if sockets.is_empty() {
                rooms.people.remove(&member.person);
            }
        }
        self.tell(rooms.sockets.len());
    }

    fn tell(&self, count: usize) {
        self.count.send_replace(count);
        metrics::sockets(count);
    }

    /// The frames of a scope that is looked at, from now on.
    pub(super) fn watch(&self, scope: Scope) -> broadcast::Receiver<Arc<Frame>> {
        let mut rooms = self.rooms();
        let new = || {
            self.tell_others(Word::WhoLooks(scope));
            Watched { frames: broadcast::Sender::new(MOST_WAITING), onlookers: Onlookers::default() }
        };
        rooms.watched.entry(scope).or_insert_with(new).frames.subscribe()
    }

    /// A socket no longer watches a scope; its receiver is dropped already.
    pub(super) fn unwatch(&self, socket: SocketId, scope: Scope) {
        self.onlookers(scope, |onlookers| onlookers.remove(socket));
        let mut rooms = self.rooms();
        if rooms.watched.get(&scope).is_some_and(|watched| watched.frames.receiver_count() == 0) {
            rooms.watched.remove(&scope);
        }
    }

    /// The scopes that somebody watches here.
    pub(super) fn watched(&self) -> HashSet<Scope> {
        self.rooms().watched.keys().copied().collect()
    }

    /// Tells everybody concerned of rows, in their order. The writer alone calls this.
    pub(super) fn publish(&self, rows: &[Row]) {
        for row in rows {
            if let Err(error) = self.publish_one(row) {
                // Nobody gets it; the next row's `prev` lets each browser see the gap and ask.
                tracing::error!(%error, seq = row.delta.seq.0, "a row could not be written as a frame");
            }
        }
    }

    fn publish_one(&self, row: &Row) -> Result<(), FrameError> {
        let rooms = self.rooms();
        let scope = row.delta.part.scope;
        if !scope.is_light() {
            let Some(watched) = rooms.watched.get(&scope) else { return Ok(()) };
            let frames = watched.frames.clone();
            drop(rooms);
            // All may have left meanwhile.
            let _ = frames.send(Arc::new(Frame::delta(row)?));
            return Ok(());
        }
        for person in left(&row.delta) {
            rooms.of(person).for_each(|member| member.mailbox.leave(close::SIGNED_OUT));
        }
        let frame = Arc::new(Frame::delta(row)?);
        let tell = |member: &Member| member.mailbox.light(frame.clone());
        match row.audience.people() {
            None => rooms.sockets.values().for_each(tell),
            Some(people) => people.into_iter().flat_map(|person| rooms.of(person)).for_each(tell),
        }
        Ok(())
    }
}

impl Entry {
    pub(super) fn id(&self) -> SocketId {
        self.socket
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        self.hub.exit(self.socket);
    }
}

impl Rooms {
    fn of(&self, person: PersonId) -> impl Iterator<Item = &Member> {
        self.people.get(&person).into_iter().flatten().filter_map(|socket| self.sockets.get(socket))
    }
}

/// The people whom a change of the directory deactivates.
fn left(delta: &Delta) -> impl Iterator<Item = PersonId> {
    delta.part.changes.iter().filter_map(|change| match change {
        Change::Organisation(OrganisationChange::PersonPut(person)) if !person.active => Some(person.id),
        _ => None,
    })
}
