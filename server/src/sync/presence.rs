//! Who looks at a board, a room or an article, and which cards they are dragging. Never stored: it is true only while
//! a socket stands.
//!
//! Where several nodes serve one database, each tells the others who looks there, and again now and then: a word may be
//! lost, and a node may die without one.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::{Duration, Instant};

use shared::Scope;
use shared::id::{PersonId, TaskId};
use shared::sync::Onlooker;
use uuid::Uuid;

use super::frame::Frame;
use super::hub::{Hub, SocketId};
use crate::store::Word;

/// How long changes are gathered before the onlookers are told: when a server restarts, all of them come at once.
const GATHERING: Duration = Duration::from_millis(50);
/// How often the other nodes are told again who looks here, and after how long without a word they forget it.
pub(super) const TOLD_EVERY: Duration = Duration::from_secs(20);
const FORGOTTEN_AFTER: Duration = Duration::from_secs(50);
/// How many cards of all onlookers the other nodes are told of: their words must be short.
const MOST_TOLD: usize = 60;
/// How many onlookers are named at most: no page shows more faces.
const MOST_NAMED: usize = 50;
/// How many cards one person is said to drag at most.
const MOST_DRAGGED: usize = 500;

/// The onlookers of one scope.
#[derive(Debug, Default)]
pub(super) struct Onlookers {
    by_socket: BTreeMap<SocketId, (PersonId, Vec<TaskId>)>,
    /// Those on other nodes, and when that was last heard.
    elsewhere: BTreeMap<Uuid, (Instant, Vec<Onlooker>)>,
    /// Whether they are about to be told.
    due: bool,
}

impl Onlookers {
    pub(super) fn add(&mut self, socket: SocketId, person: PersonId) -> bool {
        self.by_socket.insert(socket, (person, Vec::new())).is_none()
    }

    pub(super) fn remove(&mut self, socket: SocketId) -> bool {
        self.by_socket.remove(&socket).is_some()
    }

    pub(super) fn drag(&mut self, socket: SocketId, mut tasks: Vec<TaskId>) -> bool {
        tasks.truncate(MOST_DRAGGED);
        match self.by_socket.get_mut(&socket) {
            Some((_, dragging)) if *dragging != tasks => {
                *dragging = tasks;
                true
            }
            _ => false,
        }
    }

    /// Those on this node.
    fn here(&self) -> Vec<Onlooker> {
        listed(self.by_socket.values().map(|(person, dragging)| (*person, dragging.as_slice())))
    }

    /// Those on all nodes.
    fn everywhere(&mut self) -> Vec<Onlooker> {
        self.elsewhere.retain(|_, (heard, _)| heard.elapsed() < FORGOTTEN_AFTER);
        let here = self.by_socket.values().map(|(person, dragging)| (*person, dragging.as_slice()));
        let elsewhere = self.elsewhere.values().flat_map(|(_, onlookers)| onlookers);
        listed(here.chain(elsewhere.map(|onlooker| (onlooker.person, onlooker.dragging.as_slice()))))
    }
}

/// Each person once, however many tabs they have open; those who drag first.
fn listed<'a>(looking: impl Iterator<Item = (PersonId, &'a [TaskId])>) -> Vec<Onlooker> {
    let mut people: BTreeMap<PersonId, BTreeSet<TaskId>> = BTreeMap::new();
    for (person, dragging) in looking {
        people.entry(person).or_default().extend(dragging);
    }
    let onlooker = |(person, dragging): (PersonId, BTreeSet<TaskId>)| Onlooker {
        person,
        dragging: dragging.into_iter().collect(),
    };
    let mut list: Vec<Onlooker> = people.into_iter().map(onlooker).collect();
    list.sort_by_key(|onlooker| onlooker.dragging.is_empty());
    list.truncate(MOST_NAMED);
    list
}

impl Hub {
    /// Changes who looks at a scope; if `change` says that it made a difference, they are all told soon.
    pub(super) fn onlookers(&self, scope: Scope, change: impl FnOnce(&mut Onlookers) -> bool) {
        let mut rooms = self.rooms();
        let Some(found) = rooms.watched.get_mut(&scope) else { return };
        if !change(&mut found.onlookers) || found.onlookers.due {
            return;
        }
        found.onlookers.due = true;
        let hub = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(GATHERING).await;
            hub.tell_who_looks(scope);
            hub.announce(scope);
        });
    }

    /// Tells the other nodes something, if there may be any.
    pub(super) fn tell_others(&self, word: Word) {
        if let Some(others) = self.others.get() {
            // Nobody is left to tell it once the server stops.
            let _ = others.words.send(word);
        }
    }

    /// Another node has said who looks there, or asks who looks here.
    pub(super) fn heard(&self, word: Word) {
        match word {
            Word::Onlookers { node, scope, onlookers } if self.others.get().is_some_and(|me| me.node != node) => {
                let mut rooms = self.rooms();
                let Some(found) = rooms.watched.get_mut(&scope) else { return };
                found.onlookers.elsewhere.insert(node, (Instant::now(), onlookers));
                drop(rooms);
                self.announce(scope);
            }
            Word::WhoLooks(scope) => self.tell_who_looks(scope),
            Word::Onlookers { .. } | Word::Journal | Word::SignIns => {}
        }
    }

    /// Tells the other nodes again of everything that is looked at here.
    pub(super) fn tell_all_who_look(&self) {
        let scopes: Vec<Scope> = self.rooms().watched.keys().copied().collect();
        for scope in scopes {
            self.tell_who_looks(scope);
        }
    }

    fn tell_who_looks(&self, scope: Scope) {
        let Some(others) = self.others.get() else { return };
        let mut onlookers =
            self.rooms().watched.get(&scope).map(|watched| watched.onlookers.here()).unwrap_or_default();
        let mut room = MOST_TOLD;
        for onlooker in &mut onlookers {
            onlooker.dragging.truncate(room);
            room -= onlooker.dragging.len();
        }
        self.tell_others(Word::Onlookers { node: others.node, scope, onlookers });
    }

    fn announce(&self, scope: Scope) {
        let mut rooms = self.rooms();
        let Some(found) = rooms.watched.get_mut(&scope) else { return };
        found.onlookers.due = false;
        let list = found.onlookers.everywhere();
        let frames = found.frames.clone();
        drop(rooms);
        match Frame::presence(scope, list) {
            // All may have left meanwhile.
            Ok(frame) => drop(frames.send(Arc::new(frame))),
            Err(error) => tracing::error!(%error, "onlookers could not be written as a frame"),
        }
    }
}
