//! Replica and queue on disk: when they are written, what happens when there is no room, and how a tab begins with them.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use leptos::prelude::{Notify, window};
use leptos::task::spawn_local;
use shared::Scope;
use shared::id::{ClientId, PersonId, ProjectId};
use shared::sync::{Client, Keep, Link, Status};
use uuid::Uuid;

use super::clock::now;
use super::disk::{Disk, Left, persist};
use super::driver::Driver;
use crate::ui::{keep, kept};

/// Names whose replica is here: `first.js` then asks the server for none, and the app begins with it.
const WHOSE: &str = "qibu.person";

/// What of the person's work outlives the tab.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    /// Not known yet: the disk is being opened.
    #[default]
    Opening,
    /// Replica and queue.
    All,
    /// The queue alone, since there was no room for more.
    Queue,
    /// Nothing: the browser keeps nothing in this window, or its disk is full.
    Nothing,
}

/// How a session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leave {
    /// The person has signed out: nothing of theirs stays.
    SignedOut,
    /// The sign-in is over: the queue waits for the same person.
    Expired,
}

/// A tab's hold on the disk.
#[derive(Default)]
pub struct Keeper {
    disk: RefCell<Option<Rc<Disk>>>,
    keeping: Cell<Keeping>,
    /// What is not handed to the disk yet.
    unwritten: RefCell<Vec<Keep>>,
    /// How many batches are under way.
    writing: Cell<usize>,
    unread: RefCell<Vec<String>>,
    has_asked: Cell<bool>,
}

impl Keeper {
    fn opened(disk: Disk) -> Self {
        Self { disk: RefCell::new(Some(Rc::new(disk))), keeping: Cell::new(Keeping::All), ..Self::default() }
    }

    pub(super) fn keeping(&self) -> Keeping {
        self.keeping.get()
    }

    pub(super) fn unread(&self) -> Vec<String> {
        self.unread.borrow().clone()
    }

    fn disk(&self) -> Option<Rc<Disk>> {
        self.disk.borrow().clone()
    }
}

/// The client of the person whose replica is here, with the commands that their closed tabs have left.
pub async fn reopened() -> Option<(Client, Keeper, Vec<Left>)> {
    let person: PersonId = kept(WHOSE)?.parse().ok()?;
    let id = ClientId::new(Uuid::now_v7());
    let disk = Disk::open(person, id).await.ok()?;
    let replica = disk.replica(board_in_address()).await;
    let client = Client::reopen(id, person, replica.unwrap_or_default());
    if !client.holds(Scope::Company) {
        disk.close();
        return None;
    }
    let left = disk.adopt().await.unwrap_or_default();
    Some((client, Keeper::opened(disk), left))
}

/// The next start asks the server, whatever is kept.
pub fn begin_anew() {
    keep(WHOSE, None);
}

/// The board that the page begins with.
fn board_in_address() -> Option<ProjectId> {
    let path = window().location().pathname().ok()?;
    path.strip_prefix("/projects/")?.trim_end_matches('/').strip_suffix("/board")?.parse().ok()
}

impl Driver {
    /// Opens the disk for a client that began without it, and catches up on what was to be kept.
    pub(super) async fn open_disk(self: Rc<Self>, id: ClientId) {
        let person = self.client.borrow().person();
        match Disk::open(person, id).await {
            Ok(disk) if !self.closed.get() => {
                self.keeper.disk.replace(Some(Rc::new(disk)));
                self.now_keeps(Keeping::All);
                self.write();
                self.adopt();
            }
            Ok(disk) => disk.close(),
            Err(_) => self.now_keeps(Keeping::Nothing),
        }
    }

    fn now_keeps(&self, keeping: Keeping) {
        let person = self.client.borrow().person().to_string();
        keep(WHOSE, (keeping == Keeping::All).then_some(person.as_str()));
        self.keeper.keeping.set(keeping);
        self.status.notify();
    }

    /// Keeps what the client wants kept.
    pub(super) fn keep(self: &Rc<Self>, batch: Vec<Keep>) {
        let of_queue = |keep: &Keep| matches!(keep, Keep::Command(_) | Keep::Settled(_));
        let replica_too = matches!(self.keeper.keeping(), Keeping::Opening | Keeping::All);
        self.keeper.unwritten.borrow_mut().extend(batch.into_iter().filter(|keep| replica_too || of_queue(keep)));
        self.write();
    }

    /// Hands to the disk what is to be written: a command at once, a change of others as soon as the last is written.
    fn write(self: &Rc<Self>) {
        let is_urgent = self.keeper.unwritten.borrow().iter().any(|keep| matches!(keep, Keep::Command(_)));
        if is_urgent || self.keeper.writing.get() == 0 {
            self.write_now();
        }
    }

    fn write_now(self: &Rc<Self>) {
        let Some(disk) = self.keeper.disk().filter(|_| !self.keeper.unwritten.borrow().is_empty()) else { return };
        let batch = self.keeper.unwritten.take();
        if self.keeper.keeping() == Keeping::Nothing {
            // Once more from the beginning: what is on disk may be anything.
            self.lighten(&disk);
            return;
        }
        let written = disk.write(&batch);
        let driver = self.clone();
        driver.keeper.writing.update(|count| count + 1);
        spawn_local(async move {
            let result = written.await;
            driver.keeper.writing.update(|count| count - 1);
            match result {
                _ if driver.closed.get() => {}
                Ok(()) => driver.write(),
                Err(_) => driver.lighten(&disk),
            }
        });
    }

    /// What was given did not fit: the queue goes before the replica, which the server has as well.
    fn lighten(self: &Rc<Self>, disk: &Disk) {
        let written = disk.lighten(&self.client.borrow().queue_to_keep());
        let driver = self.clone();
        spawn_local(async move {
            let keeping = if written.await.is_ok() { Keeping::Queue } else { Keeping::Nothing };
            if !driver.closed.get() && driver.keeper.keeping() != keeping {
                driver.now_keeps(keeping);
            }
        });
    }

    /// Reads a board from disk, behind all that was to be written before.
    pub(super) fn recall(self: &Rc<Self>, scope: Scope) {
        self.write_now();
        let disk = self.keeper.disk().filter(|_| self.keeper.keeping() == Keeping::All);
        let driver = self.clone();
        spawn_local(async move {
            let kept = match disk {
                Some(disk) => disk.scope(scope).await.ok().flatten(),
                None => None,
            };
            driver.with_client(|client| client.recalled(scope, kept));
        });
    }

    /// Takes over the queues of tabs that are gone.
    pub(super) fn adopt(self: &Rc<Self>) {
        let Some(disk) = self.keeper.disk() else { return };
        let driver = self.clone();
        spawn_local(async move {
            if let Ok(left) = disk.adopt().await {
                driver.take_over(left);
            }
        });
    }

    /// Goes on with what they have left.
    pub(super) fn take_over(self: &Rc<Self>, left: Vec<Left>) {
        if left.is_empty() || self.closed.get() {
            return;
        }
        let mut commands = Vec::new();
        for left in left {
            match left {
                Left::Command(command) => commands.push(command),
                Left::Unread(text) => self.keeper.unread.borrow_mut().push(text),
            }
        }
        self.with_client(|client| client.adopt(commands, now()));
        self.status.notify();
    }

    /// Whether work is lost if the tab is closed now.
    pub(super) fn would_lose(&self) -> bool {
        self.keeper.keeping() == Keeping::Nothing && self.client.borrow().unsent() > 0
    }

    /// How many of the person's commands wait in this browser, in other tabs too.
    pub(super) async fn waiting_anywhere(self: Rc<Self>) -> usize {
        let here = self.client.borrow().unsent();
        // What is struck out by now is not counted.
        self.write_now();
        let on_disk = match self.keeper.disk() {
            Some(disk) => disk.waiting().await.unwrap_or_default(),
            None => 0,
        };
        on_disk.max(here)
    }

    /// Asks once that what waits here is not cleared away.
    pub(super) fn ask_to_persist(&self, status: Status) {
        if status.unsent > 0 && status.link != Link::Live && !self.keeper.has_asked.replace(true) {
            persist();
        }
    }

    /// Ends the tab's hold on the disk.
    pub(super) async fn leave_disk(&self, leave: Leave) {
        begin_anew();
        let Some(disk) = self.keeper.disk.take() else { return };
        match leave {
            Leave::SignedOut => disk.wipe().await,
            Leave::Expired => {
                let _ = disk.write(&self.keeper.unwritten.take()).await;
                // Whoever sits here next may not be this person; the server gives them the replica again.
                let _ = disk.lighten(&[]).await;
                disk.close();
            }
        }
    }
}
