//! The replica as pages use it: read what is shown, act, and be told when a scope looks different.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::{ClientId, CommandId, PersonId, TaskId};
use shared::sync::{Client, Link, Onlooker, Parked, Pending, Start, Undone};
use shared::{Command, Rejection, Scope, State};
use uuid::Uuid;

use super::clock::{self, now};
use super::driver::Driver;
use super::keeping::{Keeping, Leave, reopened};
use super::view::TrackedView;

/// So long the first page has the browser for itself before anything is written.
const FIRST_PAGE: Duration = Duration::from_millis(100);

/// A handle on the replica of the person who is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replica(StoredValue<Rc<Driver>, LocalStorage>);

impl Replica {
    /// The replica here; pages behind the gate have one.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Opens it with what the server sent first, and connects; `expired` hears that the sign-in is over. The disk comes
    /// into play as soon as it is open.
    pub fn open(start: Start, expired: Callback<()>) -> Self {
        clock::begin(&start);
        let id = fresh_client();
        let mut client = Client::new(id, start.person);
        client.start(start);
        let driver = Driver::start(client, None, expired);
        driver.pump();
        let opening = driver.clone();
        set_timeout(move || spawn_local(opening.open_disk(id)), FIRST_PAGE);
        Self::handle(driver)
    }

    /// Opens it with what is kept here, if the person who was here last left enough, and connects.
    pub async fn reopen(expired: Callback<()>) -> Option<Self> {
        let (client, disk, left) = reopened().await?;
        let driver = Driver::start(client, Some(disk), expired);
        driver.take_over(left);
        Some(Self::handle(driver))
    }

    fn handle(driver: Rc<Driver>) -> Self {
        // It ends with the session, not with the page that asked for it, and pages may hold it a moment longer: so its
        // place is never freed. What it held is, by `close`.
        let owner = Owner::new_root(None);
        let handle = owner.with(|| StoredValue::new_local(driver));
        std::mem::forget(owner);
        Self(handle)
    }

    /// Ends it here. The queue stays on disk for the person's next sign-in, and after `Leave::SignedOut` nothing does.
    pub fn close(self, leave: Leave) -> impl Future<Output = ()> {
        let driver = self.driver();
        driver.close();
        let person = driver.client.borrow().person();
        driver.client.replace(Client::new(fresh_client(), person));
        async move { driver.keeper.leave(leave).await }
    }

    /// Who is signed in.
    pub fn me(self) -> PersonId {
        self.driver().client.borrow().person()
    }

    /// Reads what is shown, and runs again when a part that was read looks different. Reading must not act.
    pub fn read<T>(self, read: impl FnOnce(&TrackedView) -> T) -> T {
        let driver = self.driver();
        let client = driver.client.borrow();
        read(&TrackedView::of(&driver, client.shown()))
    }

    /// Reads what is shown, once: not for what stays on the page.
    pub fn peek<T>(self, read: impl FnOnce(&State) -> T) -> T {
        read(self.driver().client.borrow().shown())
    }

    /// Whether a scope's contents are here; tracked.
    pub fn holds(self, scope: Scope) -> bool {
        let driver = self.driver();
        driver.trigger(scope).track();
        driver.client.borrow().holds(scope)
    }

    /// Whether something in a scope that is watched is there; `None` until that is known. What has left a scope that is
    /// at hand and is on its way in this one is what it was.
    pub fn there(
        self,
        scope: Scope,
        is_here: impl Fn(&TrackedView) -> bool + Send + Sync + 'static,
    ) -> Memo<Option<bool>> {
        Memo::new(move |before: Option<&Option<bool>>| {
            if self.read(&is_here) {
                return Some(true);
            }
            let driver = self.driver();
            driver.trigger(scope).track();
            let (client, before) = (driver.client.borrow(), before.copied().flatten());
            // What was here and is not on its way was taken away.
            let is_lost = client.lacks(scope) || (before == Some(true) && !client.awaits(scope));
            if is_lost { Some(false) } else { before }
        })
    }

    /// Something that a page is about, as it is, and once it is gone as it last was.
    pub fn follow<T: PartialEq + Send + Sync + 'static>(
        self,
        first: Arc<T>,
        find: impl Fn(&TrackedView) -> Option<Arc<T>> + Send + Sync + 'static,
    ) -> Memo<Arc<T>> {
        Memo::new(move |before: Option<&Arc<T>>| self.read(&find).unwrap_or_else(|| before.unwrap_or(&first).clone()))
    }

    /// Acts: shows the effect at once and sends the command; refused, nothing happens.
    pub fn act(self, command: Command) -> Result<(), Rejection> {
        self.act_all([command])
    }

    /// Does several things in one gesture, which is taken back as one; the first that is refused ends it.
    pub fn act_all(self, commands: impl IntoIterator<Item = Command>) -> Result<(), Rejection> {
        let driver = self.driver();
        let commands = commands.into_iter().map(|command| (fresh_command(), command));
        let result = driver.client.borrow_mut().act_all(commands, now());
        driver.pump();
        result
    }

    /// Takes back one's own last gesture.
    pub fn undo(self) -> Result<Undone, Rejection> {
        let driver = self.driver();
        let result = driver.client.borrow_mut().undo(fresh_command, now());
        driver.pump();
        result
    }

    /// Wants a scope that does not come by itself while the current owner lives.
    pub fn watch(self, scope: Scope) {
        self.driver().watch(scope);
        let handle = self;
        on_cleanup(move || handle.driver().unwatch(scope));
    }

    /// Tells the others which cards are being dragged here.
    pub fn dragging(self, scope: Scope, tasks: Vec<TaskId>) {
        self.driver().with_client(|client| client.dragging(scope, tasks));
    }

    /// Who looks at a board, without oneself; tracked.
    pub fn onlookers(self, scope: Scope) -> Vec<Onlooker> {
        let driver = self.driver();
        driver.trigger(scope).track();
        let client = driver.client.borrow();
        let me = client.person();
        client.onlookers(scope).iter().filter(|onlooker| onlooker.person != me).cloned().collect()
    }

    /// The state of the connection; tracked.
    pub fn link(self) -> Link {
        let driver = self.driver();
        driver.status.track();
        driver.client.borrow().link()
    }

    /// Whether the server lets no socket of this page in, since it does not know its address; tracked.
    pub fn is_refused(self) -> bool {
        let driver = self.driver();
        driver.status.track();
        driver.is_refused()
    }

    /// How many commands the server has not answered; tracked.
    pub fn unsent(self) -> usize {
        let driver = self.driver();
        driver.status.track();
        driver.client.borrow().unsent()
    }

    /// What the server refused and the person has not dismissed; tracked.
    pub fn parked(self) -> Vec<Parked> {
        let driver = self.driver();
        driver.status.track();
        driver.client.borrow().parked().to_vec()
    }

    /// The tasks with changes that the server has not confirmed; tracked by `scope`.
    pub fn is_pending(self, scope: Scope, touches: impl Fn(&Command) -> bool) -> bool {
        let driver = self.driver();
        driver.trigger(scope).track();
        driver.client.borrow().queue().any(|pending| touches(&pending.command))
    }

    /// What waits to be confirmed, oldest first; tracked.
    pub fn queue(self) -> Vec<Pending> {
        let driver = self.driver();
        driver.status.track();
        driver.client.borrow().queue().cloned().collect()
    }

    /// The texts of commands that another version of the app has left and this one cannot read; tracked.
    pub fn unread(self) -> Vec<String> {
        let driver = self.driver();
        driver.status.track();
        driver.keeper.unread()
    }

    /// What is kept in this browser; tracked.
    pub fn keeping(self) -> Keeping {
        let driver = self.driver();
        driver.status.track();
        driver.keeper.keeping()
    }

    /// How many commands of this person wait in this browser, in other tabs too.
    pub async fn waiting_anywhere(self) -> usize {
        self.driver().keeper.waiting_anywhere().await
    }

    /// The person has seen why a command was refused.
    pub fn dismiss(self, id: CommandId) {
        self.driver().with_client(|client| client.dismiss(id));
    }

    fn driver(self) -> Rc<Driver> {
        self.0.get_value()
    }
}

fn fresh_client() -> ClientId {
    ClientId::new(Uuid::now_v7())
}

fn fresh_command() -> CommandId {
    CommandId::new(Uuid::now_v7())
}
