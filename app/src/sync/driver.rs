//! What drives the client: a socket, fetches, the clock and the disk; and what tells the pages that something changed.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo_timers::callback::{Interval, Timeout};
use leptos::prelude::*;
use leptos::reactive::signal::ArcTrigger;
use leptos::task::spawn_local;
use shared::Scope;
use shared::id::ClientId;
use shared::sync::{Client, Effect, Link, ServerFrame, Status};
use web_sys::Event;
use web_sys::wasm_bindgen::JsCast;
use web_sys::wasm_bindgen::closure::Closure;

use super::clock::{self, now};
use super::disk::{Disk, Left};
use super::fetch::{fetch_snapshot, is_address_refused, is_signed_in};
use super::keeping::{Keeper, Keeping, begin_anew};
use super::socket::{Socket, SocketEvent};
use super::worker::load_anew;

/// The longest wait between two attempts to connect, in milliseconds.
const LONGEST_WAIT: u32 = 15_000;
/// After how many failures in a row the server is asked whether it refuses this page's address.
const FAILURES_TO_ASK: u32 = 2;
/// How often the client is told that time has passed, in milliseconds.
const TICK: u32 = 1_000;
/// After how many ticks the queues of tabs that are gone are looked for.
const TICKS_TO_ADOPT: u32 = 5;

/// Whether a frame shows that the server does its work: one that greets and cannot write is not asked again and again.
const fn is_work(frame: &ServerFrame) -> bool {
    matches!(frame, ServerFrame::Acked { .. } | ServerFrame::Refused { .. } | ServerFrame::Beat(_))
}

/// Carries out what the client wants.
pub(super) struct Driver {
    pub(super) client: Rc<RefCell<Client>>,
    pub(super) keeper: Rc<Keeper>,
    pub(super) status: ArcTrigger,
    triggers: RefCell<BTreeMap<Scope, ArcTrigger>>,
    /// Tells of every project, of one that has just come too.
    pub(super) projects: ArcTrigger,
    /// How many pages look at each scope: one may come before another has gone.
    watchers: RefCell<BTreeMap<Scope, usize>>,
    status_told: Cell<Status>,
    socket: RefCell<Option<Socket>>,
    failures: Cell<u32>,
    /// Whether the server has said that it refuses this page's address.
    is_refused: Cell<bool>,
    waiting: RefCell<Option<Timeout>>,
    ticking: RefCell<Option<Interval>>,
    ticks: Cell<u32>,
    closed: Cell<bool>,
    expired: Callback<()>,
}

impl Driver {
    /// Drives a client from now on, on a disk if one is open; `expired` hears that the sign-in is over.
    pub(super) fn start(client: Client, disk: Option<Disk>, expired: Callback<()>) -> Rc<Self> {
        let (client, status) = (Rc::new(RefCell::new(client)), ArcTrigger::new());
        let driver = Rc::new(Self {
            client: client.clone(),
            keeper: Keeper::new(client, status.clone(), disk),
            status,
            triggers: RefCell::default(),
            projects: ArcTrigger::new(),
            watchers: RefCell::default(),
            status_told: Cell::default(),
            socket: RefCell::default(),
            failures: Cell::new(0),
            is_refused: Cell::new(false),
            waiting: RefCell::default(),
            ticking: RefCell::default(),
            ticks: Cell::new(0),
            closed: Cell::new(false),
            expired,
        });
        driver.connect();
        driver.listen();
        driver
    }

    /// Falls silent for good.
    pub(super) fn close(&self) {
        self.closed.set(true);
        self.keeper.close();
        self.socket.replace(None);
        self.waiting.replace(None);
        self.ticking.replace(None);
    }

    pub(super) fn trigger(&self, scope: Scope) -> ArcTrigger {
        self.triggers.borrow_mut().entry(scope).or_default().clone()
    }

    /// A page looks at a scope.
    pub(super) fn watch(self: &Rc<Self>, scope: Scope) {
        *self.watchers.borrow_mut().entry(scope).or_default() += 1;
        self.with_client(|client| client.watch(scope));
    }

    /// A page has gone that looked at a scope.
    pub(super) fn unwatch(self: &Rc<Self>, scope: Scope) {
        let is_last = match self.watchers.borrow_mut().get_mut(&scope) {
            Some(watchers) => {
                *watchers = watchers.saturating_sub(1);
                *watchers == 0
            }
            None => true,
        };
        if is_last {
            self.with_client(|client| client.unwatch(scope));
        }
    }

    pub(super) fn with_client(self: &Rc<Self>, feed: impl FnOnce(&mut Client)) {
        feed(&mut self.client.borrow_mut());
        self.pump();
    }

    /// Carries out what the client asks for, and tells the pages what looks different.
    pub(super) fn pump(self: &Rc<Self>) {
        if self.closed.get() {
            return;
        }
        let (kept, effects, changed) = {
            let mut client = self.client.borrow_mut();
            (client.take_kept(), client.take_effects(), client.take_changed())
        };
        self.keeper.keep(kept);
        for effect in effects {
            match effect {
                Effect::Send(frame) => {
                    if let Some(socket) = self.socket.borrow().as_ref() {
                        socket.send(&frame);
                    }
                }
                Effect::Recall(scope) => self.recall(scope),
                Effect::Fetch(scope) => self.fetch(scope),
                Effect::Reconnect => self.reconnect(),
                Effect::Reload => {
                    begin_anew();
                    load_anew();
                }
            }
        }
        if changed.iter().any(|scope| matches!(scope, Scope::Project(_))) {
            self.projects.notify();
        }
        for scope in changed {
            let trigger = self.triggers.borrow().get(&scope).cloned();
            if let Some(trigger) = trigger {
                trigger.notify();
            }
        }
        let status = self.client.borrow().status();
        if self.status_told.replace(status) != status {
            self.keeper.ask_to_persist(status);
            self.status.notify();
        }
    }

    /// Opens the disk for a client that began without it, and takes over what is on it.
    pub(super) async fn open_disk(self: Rc<Self>, id: ClientId) {
        if self.keeper.open(id).await {
            self.adopt();
        }
    }

    /// Goes on with what tabs that are gone have left.
    fn adopt(self: &Rc<Self>) {
        let driver = self.clone();
        spawn_local(async move {
            let left = driver.keeper.adopt().await;
            driver.take_over(left);
        });
    }

    /// Goes on with what they have left.
    pub(super) fn take_over(self: &Rc<Self>, left: Vec<Left>) {
        if left.is_empty() || self.closed.get() {
            return;
        }
        let commands = self.keeper.readable(left);
        self.with_client(|client| client.adopt(commands, now()));
        self.status.notify();
    }

    fn recall(self: &Rc<Self>, scope: Scope) {
        let driver = self.clone();
        let kept = self.keeper.recall(scope);
        spawn_local(async move {
            let kept = kept.await;
            driver.with_client(|client| client.recalled(scope, kept));
        });
    }

    /// Whether work is lost if the tab is closed now.
    fn would_lose(&self) -> bool {
        self.keeper.keeping() == Keeping::Nothing && self.client.borrow().unsent() > 0
    }

    fn fetch(self: &Rc<Self>, scope: Scope) {
        let driver = self.clone();
        spawn_local(async move {
            match fetch_snapshot(scope).await {
                Some(snapshot) => driver.with_client(|client| client.snapshot(snapshot)),
                // Without an answer the socket is as good as gone; the next greeting asks again.
                None => driver.reconnect(),
            }
        });
    }

    fn connect(self: &Rc<Self>) {
        if self.closed.get() {
            return;
        }
        self.waiting.replace(None);
        let driver = Rc::downgrade(self);
        let socket = Socket::open(move |event| {
            let Some(driver) = driver.upgrade() else { return };
            match event {
                SocketEvent::Open => {
                    driver.refused(false);
                    driver.with_client(|client| client.connected(now()));
                }
                SocketEvent::Frame(frame) => {
                    if is_work(&frame) {
                        driver.failures.set(0);
                    }
                    clock::hear(&frame);
                    driver.with_client(|client| client.receive(frame, now()));
                }
                SocketEvent::Closed => driver.reconnect(),
            }
        });
        self.socket.replace(socket);
    }

    /// Lets go of the socket and connects again after a while: longer each time, and never all browsers at once.
    fn reconnect(self: &Rc<Self>) {
        if self.closed.get() || self.waiting.borrow().is_some() {
            return;
        }
        let old = self.socket.replace(None);
        // A socket must not be dropped inside one of its own callbacks.
        spawn_local(async move { drop(old) });
        let failures = self.failures.get();
        self.failures.set(failures.saturating_add(1));
        let wait = (250 << failures.min(6)).min(LONGEST_WAIT);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // less than twice LONGEST_WAIT
        let jittered = (f64::from(wait) * (0.5 + js_sys::Math::random())) as u32;
        let driver = self.clone();
        self.waiting.replace(Some(Timeout::new(jittered, move || driver.try_again())));
        self.with_client(Client::disconnected);
    }

    /// Connects if the session still stands; a server that says otherwise closes the gate.
    fn try_again(self: &Rc<Self>) {
        let driver = self.clone();
        spawn_local(async move {
            if driver.failures.get() >= FAILURES_TO_ASK {
                driver.refused(is_address_refused().await);
            }
            match is_signed_in().await {
                // Whoever has closed it meanwhile knows better who is signed in.
                Some(false) if driver.closed.get() => {}
                Some(false) => driver.expired.run(()),
                Some(true) => driver.connect(),
                None => {
                    driver.waiting.replace(None);
                    driver.reconnect();
                }
            }
        });
    }

    /// Whether the server refuses this page's address.
    pub(super) fn is_refused(&self) -> bool {
        self.is_refused.get()
    }

    fn refused(&self, refused: bool) {
        if self.is_refused.replace(refused) != refused {
            self.status.notify();
        }
    }

    /// Wakes up when the network or the person comes back, and tells the client that time passes.
    fn listen(self: &Rc<Self>) {
        for name in ["online", "focus", "pageshow"] {
            let driver = Rc::downgrade(self);
            let wake = Closure::<dyn FnMut()>::new(move || {
                let Some(driver) = driver.upgrade() else { return };
                driver.with_client(|client| client.tick(now()));
                driver.adopt();
                if driver.client.borrow().link() == Link::Down && driver.waiting.take().is_some() {
                    driver.failures.set(0);
                    driver.try_again();
                }
            });
            let _ = window().add_event_listener_with_callback(name, wake.as_ref().unchecked_ref());
            wake.forget();
        }
        let driver = Rc::downgrade(self);
        let gone = Closure::<dyn FnMut()>::new(move || {
            if let Some(driver) = driver.upgrade() {
                driver.reconnect();
            }
        });
        let _ = window().add_event_listener_with_callback("offline", gone.as_ref().unchecked_ref());
        gone.forget();
        let driver = Rc::downgrade(self);
        let leaving = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            if driver.upgrade().is_some_and(|driver| driver.would_lose()) {
                event.prevent_default();
            }
        });
        let _ = window().add_event_listener_with_callback("beforeunload", leaving.as_ref().unchecked_ref());
        leaving.forget();
        let driver = Rc::downgrade(self);
        self.ticking.replace(Some(Interval::new(TICK, move || {
            let Some(driver) = driver.upgrade() else { return };
            driver.with_client(|client| client.tick(now()));
            driver.ticks.set(driver.ticks.get().wrapping_add(1));
            if driver.ticks.get().is_multiple_of(TICKS_TO_ADOPT) {
                driver.adopt();
            }
        })));
    }
}
