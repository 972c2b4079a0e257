//! Replica and queue on disk: when they are written, what happens when there is no room, and how a tab begins with them.

use crate::kept::{forget_unsent, keep, kept};
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use js_sys::{Array, Reflect};
use leptos::prelude::{Notify, window};
use leptos::reactive::signal::ArcTrigger;
use leptos::task::{spawn_local, tick};
use shared::Scope;
use shared::id::{ClientId, PersonId};
use shared::sync::{Client, Keep, KeptCommand, KeptScope, Link, Status};
use uuid::Uuid;
use wasm_bindgen::{JsCast, JsValue};

use super::disk::{Disk, Left, persist};

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
pub struct Keeper {
    client: Rc<RefCell<Client>>,
    disk: RefCell<Option<Rc<Disk>>>,
    keeping: Cell<Keeping>,
    /// Tells when what is kept differs.
    status: ArcTrigger,
    /// What is not handed to the disk yet.
    unwritten: RefCell<Vec<Keep>>,
    /// How many batches are under way.
    writing: Cell<usize>,
    unread: RefCell<Vec<String>>,
    has_asked: Cell<bool>,
    closed: Cell<bool>,
}

impl Keeper {
    /// Keeps what a client wants kept: on a disk, or in memory until one is open.
    pub(super) fn new(client: Rc<RefCell<Client>>, status: ArcTrigger, disk: Option<Disk>) -> Rc<Self> {
        let keeping = if disk.is_some() { Keeping::All } else { Keeping::Opening };
        Rc::new(Self {
            client,
            disk: RefCell::new(disk.map(Rc::new)),
            keeping: Cell::new(keeping),
            status,
            unwritten: RefCell::default(),
            writing: Cell::new(0),
            unread: RefCell::default(),
            has_asked: Cell::new(false),
            closed: Cell::new(false),
        })
    }

    /// Whether anything is kept, and what.
    pub(super) fn keeping(&self) -> Keeping {
        self.keeping.get()
    }

    /// The texts of commands that another version of the app has left.
    pub(super) fn unread(&self) -> Vec<String> {
        self.unread.borrow().clone()
    }

    /// Falls silent for good.
    pub(super) fn close(&self) {
        self.closed.set(true);
    }

    fn disk(&self) -> Option<Rc<Disk>> {
        self.disk.borrow().clone()
    }

    /// Opens the disk for a client that began without it, and catches up on what was to be kept.
    pub(super) async fn open(self: &Rc<Self>, id: ClientId) -> bool {
        let person = self.client.borrow().person();
        match Disk::open(person, id).await {
            Ok(disk) if !self.closed.get() => {
                self.disk.replace(Some(Rc::new(disk)));
                self.now_keeps(Keeping::All);
                self.write();
                return true;
            }
            Ok(disk) => disk.close(),
            Err(_) => self.now_keeps(Keeping::Nothing),
        }
        false
    }

    fn now_keeps(&self, keeping: Keeping) {
        let person = self.client.borrow().person().to_string();
        keep(WHOSE, (keeping == Keeping::All).then_some(person.as_str()));
        self.keeping.set(keeping);
        self.status.notify();
    }

    /// Keeps what the client wants kept, right after the pages have drawn what it changes.
    pub(super) fn keep(self: &Rc<Self>, batch: Vec<Keep>) {
        if batch.is_empty() {
            return;
        }
        let of_queue = |keep: &Keep| matches!(keep, Keep::Command(_) | Keep::Settled(_));
        let replica_too = matches!(self.keeping(), Keeping::Opening | Keeping::All);
        self.unwritten.borrow_mut().extend(batch.into_iter().filter(|keep| replica_too || of_queue(keep)));
        let keeper = self.clone();
        spawn_local(async move {
            tick().await;
            keeper.write();
        });
    }

    /// Hands to the disk what is to be written: a command at once, a change of others as soon as the last is written.
    fn write(self: &Rc<Self>) {
        let is_urgent = self.unwritten.borrow().iter().any(|keep| matches!(keep, Keep::Command(_)));
        if is_urgent || self.writing.get() == 0 {
            self.write_now();
        }
    }

    fn write_now(self: &Rc<Self>) {
        let Some(disk) = self.disk().filter(|_| !self.unwritten.borrow().is_empty()) else { return };
        let batch = self.unwritten.take();
        if self.keeping() == Keeping::Nothing {
            // Once more from the beginning: what is on disk may be anything.
            self.lighten(&disk);
            return;
        }
        let written = disk.write(&batch);
        let commands: Vec<_> = batch.into_iter().filter_map(command_of).collect();
        let keeper = self.clone();
        keeper.writing.update(|count| count + 1);
        spawn_local(async move {
            let result = written.await;
            keeper.writing.update(|count| count - 1);
            match result {
                _ if keeper.closed.get() => return,
                Ok(()) => keeper.write(),
                Err(_) => return keeper.lighten(&disk),
            }
            for command in commands {
                disk.describe(&command).await;
            }
        });
    }

    /// What was given did not fit: the queue goes before the replica, which the server has as well.
    fn lighten(self: &Rc<Self>, disk: &Disk) {
        let written = disk.lighten(&self.client.borrow().queue_to_keep());
        let keeper = self.clone();
        spawn_local(async move {
            let keeping = if written.await.is_ok() { Keeping::Queue } else { Keeping::Nothing };
            if !keeper.closed.get() && keeper.keeping() != keeping {
                keeper.now_keeps(keeping);
            }
        });
    }

    /// What is kept of a scope, behind all that was to be written before.
    pub(super) fn recall(self: &Rc<Self>, scope: Scope) -> impl Future<Output = Option<KeptScope>> + use<> {
        self.write_now();
        let disk = self.disk().filter(|_| self.keeping() == Keeping::All);
        async move { disk?.scope(scope).await.ok().flatten() }
    }

    /// Takes over what tabs that are gone have left.
    pub(super) async fn adopt(&self) -> Vec<Left> {
        match self.disk() {
            Some(disk) => disk.adopt().await.unwrap_or_default(),
            None => Vec::new(),
        }
    }

    /// The commands among what they have left; the texts of others are kept for the person to read.
    pub(super) fn readable(&self, left: Vec<Left>) -> Vec<KeptCommand> {
        let mut commands = Vec::new();
        for left in left {
            match left {
                Left::Command(command) => commands.push(command),
                Left::Unread(text) => self.unread.borrow_mut().push(text),
            }
        }
        commands
    }

    /// How many of the person's commands wait in this browser, in other tabs too.
    pub(super) async fn waiting_anywhere(self: &Rc<Self>) -> usize {
        let here = self.client.borrow().unsent();
        // What is struck out by now is not counted.
        self.write_now();
        let on_disk = match self.disk() {
            Some(disk) => disk.waiting().await.unwrap_or_default(),
            None => 0,
        };
        on_disk.max(here)
    }

    /// Asks once that what waits here is not cleared away.
    pub(super) fn ask_to_persist(&self, status: Status) {
        if status.unsent > 0 && status.link != Link::Live && !self.has_asked.replace(true) {
            persist();
        }
    }

    /// Ends the tab's hold on the disk.
    pub(super) async fn leave(&self, leave: Leave) {
        begin_anew();
        if leave == Leave::SignedOut {
            forget_unsent(self.client.borrow().person());
        }
        let Some(disk) = self.disk.take() else { return };
        match leave {
            Leave::SignedOut => disk.wipe().await,
            Leave::Expired => {
                let _ = disk.write(&self.unwritten.take()).await;
                // Whoever sits here next may not be this person; the server gives them the replica again.
                let _ = disk.lighten(&[]).await;
                disk.close();
            }
        }
    }
}

/// The client of the person whose replica is here, with its disk and the commands that their closed tabs have left.
pub async fn reopened() -> Option<(Client, Disk, Vec<Left>)> {
    let person: PersonId = kept(WHOSE)?.parse().ok()?;
    let id = ClientId::new(Uuid::now_v7());
    let disk = Disk::open(person, id).await.ok()?;
    let replica = disk.replica(looked_at()).await;
    let client = Client::reopen(id, person, replica.unwrap_or_default());
    if !client.holds(Scope::Company) {
        disk.close();
        return None;
    }
    let left = disk.adopt().await.unwrap_or_default();
    Some((client, disk, left))
}

fn command_of(keep: Keep) -> Option<Box<KeptCommand>> {
    match keep {
        Keep::Command(command) => Some(command),
        _ => None,
    }
}

/// The next start asks the server, whatever is kept.
pub fn begin_anew() {
    keep(WHOSE, None);
}

/// What the page begins with, of what comes only while somebody looks at it: `first.js` has seen it in the address.
fn looked_at() -> Option<Scope> {
    let parts: Array = Reflect::get(&window(), &JsValue::from_str("qibuLooking")).ok()?.dyn_into().ok()?;
    parts.join(":").as_string()?.parse().ok()
}
