//! Who looks at a board, and which cards they are dragging. Never stored: it is true only while a socket stands.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use shared::Scope;
use shared::id::{PersonId, ProjectId, TaskId};
use shared::sync::Onlooker;

use super::frame::Frame;
use super::hub::{Hub, SocketId};

/// How long changes are gathered before the onlookers are told: when a server restarts, all of them come at once.
const GATHERING: Duration = Duration::from_millis(50);
/// How many onlookers are named at most: no page shows more faces.
const MOST_NAMED: usize = 50;
/// How many cards one person is said to drag at most.
const MOST_DRAGGED: usize = 500;

/// The onlookers of one board.
#[derive(Debug, Default)]
pub(super) struct Onlookers {
    by_socket: BTreeMap<SocketId, (PersonId, Vec<TaskId>)>,
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

    /// Each person once, however many tabs they have open; those who drag first.
    fn list(&self) -> Vec<Onlooker> {
        let mut people: BTreeMap<PersonId, BTreeSet<TaskId>> = BTreeMap::new();
        for (person, dragging) in self.by_socket.values() {
            people.entry(*person).or_default().extend(dragging);
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
}

impl Hub {
    /// Changes who looks at a board; if `change` says that it made a difference, they are all told soon.
    pub(super) fn onlookers(&self, board: ProjectId, change: impl FnOnce(&mut Onlookers) -> bool) {
        let mut rooms = self.rooms();
        let Some(found) = rooms.boards.get_mut(&board) else { return };
        if !change(&mut found.onlookers) || found.onlookers.due {
            return;
        }
        found.onlookers.due = true;
        let hub = self.clone();
        tokio::spawn(async move {
            tokio::time::sleep(GATHERING).await;
            hub.announce(board);
        });
    }

    fn announce(&self, board: ProjectId) {
        let mut rooms = self.rooms();
        let Some(found) = rooms.boards.get_mut(&board) else { return };
        found.onlookers.due = false;
        let list = found.onlookers.list();
        let frames = found.frames.clone();
        drop(rooms);
        match Frame::presence(Scope::Board(board), list) {
            // All may have left meanwhile.
            Ok(frame) => drop(frames.send(Arc::new(frame))),
            Err(error) => tracing::error!(%error, "onlookers could not be written as a frame"),
        }
    }
}
