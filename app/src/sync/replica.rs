//! The replica as pages use it: read what is shown, act, and be told when a scope looks different.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use gloo_timers::callback::{Interval, Timeout};
use leptos::prelude::*;
use leptos::reactive::signal::ArcTrigger;
use leptos::task::spawn_local;
use shared::id::{ClientId, CommandId, PersonId, TaskId};
use shared::sync::{Client, Effect, Link, Onlooker, Parked, Start, Status};
use shared::{Command, Rejection, Scope, State, Timestamp};
use uuid::Uuid;
use web_sys::wasm_bindgen::JsCast;
use web_sys::wasm_bindgen::closure::Closure;

use super::fetch::fetch_snapshot;
use super::socket::{Socket, SocketEvent};
use crate::session::CurrentSession;

/// The longest wait between two attempts to connect, in milliseconds.
const LONGEST_WAIT: u32 = 15_000;
/// How often the client is told that time has passed, in milliseconds.
const TICK: u32 = 1_000;

/// The browser's clock.
pub fn now() -> Timestamp {
    #[allow(clippy::cast_possible_truncation)] // milliseconds since 1970 fit for 280,000 years
    Timestamp::from_micros((js_sys::Date::now() * 1_000.0) as i64)
}

/// A handle on the replica of the person who is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Replica(StoredValue<Rc<Driver>, LocalStorage>);

struct Driver {
    client: RefCell<Client>,
    triggers: RefCell<BTreeMap<Scope, ArcTrigger>>,
    status: ArcTrigger,
    status_told: Cell<Status>,
    socket: RefCell<Option<Socket>>,
    failures: Cell<u32>,
    waiting: RefCell<Option<Timeout>>,
    ticking: RefCell<Option<Interval>>,
    closed: Cell<bool>,
    session: CurrentSession,
}

impl Replica {
    /// The replica here; pages behind the gate have one.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Opens it with what the server sent first, and connects.
    pub fn open(start: Start, session: CurrentSession) -> Self {
        let mut client = Client::new(ClientId::new(Uuid::now_v7()), start.person);
        client.start(start);
        let driver = Rc::new(Driver {
            client: RefCell::new(client),
            triggers: RefCell::default(),
            status: ArcTrigger::new(),
            status_told: Cell::default(),
            socket: RefCell::default(),
            failures: Cell::new(0),
            waiting: RefCell::default(),
            ticking: RefCell::default(),
            closed: Cell::new(false),
            session,
        });
        driver.connect();
        driver.listen();
        // It ends with the session, not with the page that asked for it, and pages may hold it a moment longer: so its
        // place is never freed. What it held is, by `close`.
        let owner = Owner::new_root(None);
        let handle = owner.with(|| StoredValue::new_local(driver));
        std::mem::forget(owner);
        Self(handle)
    }

    /// Ends it: nothing is sent, received or kept any more.
    pub fn close(self) {
        let driver = self.driver();
        driver.closed.set(true);
        let person = driver.client.borrow().person();
        driver.client.replace(Client::new(ClientId::new(Uuid::now_v7()), person));
        driver.socket.replace(None);
        driver.waiting.replace(None);
        driver.ticking.replace(None);
    }

    /// Who is signed in.
    pub fn me(self) -> PersonId {
        self.driver().client.borrow().person()
    }

    /// Reads what is shown, and runs again when `scope` looks different. Reading must not act.
    pub fn read<T>(self, scope: Scope, read: impl FnOnce(&State) -> T) -> T {
        let driver = self.driver();
        driver.trigger(scope).track();
        read(driver.client.borrow().shown())
    }

    /// Reads what is shown, once.
    pub fn peek<T>(self, read: impl FnOnce(&State) -> T) -> T {
        read(self.driver().client.borrow().shown())
    }

    /// Whether a scope's contents are here; tracked.
    pub fn holds(self, scope: Scope) -> bool {
        let driver = self.driver();
        driver.trigger(scope).track();
        driver.client.borrow().holds(scope)
    }

    /// Acts: shows the effect at once and sends the command; refused, nothing happens.
    pub fn act(self, command: Command) -> Result<(), Rejection> {
        let driver = self.driver();
        let result = driver.client.borrow_mut().act(fresh_command(), command, now());
        driver.pump();
        result
    }

    /// Takes back one's own last action; `false` if there is none.
    pub fn undo(self) -> Result<bool, Rejection> {
        let driver = self.driver();
        let result = driver.client.borrow_mut().undo(fresh_command, now());
        driver.pump();
        result
    }

    /// Wants a board while the current owner lives.
    pub fn watch(self, scope: Scope) {
        self.driver().with_client(|client| client.watch(scope));
        let handle = self;
        on_cleanup(move || handle.driver().with_client(|client| client.unwatch(scope)));
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

    /// The person has seen why a command was refused.
    pub fn dismiss(self, id: CommandId) {
        self.driver().with_client(|client| client.dismiss(id));
    }

    fn driver(self) -> Rc<Driver> {
        self.0.get_value()
    }
}

fn fresh_command() -> CommandId {
    CommandId::new(Uuid::now_v7())
}

impl Driver {
    fn trigger(&self, scope: Scope) -> ArcTrigger {
        self.triggers.borrow_mut().entry(scope).or_default().clone()
    }

    fn with_client(self: &Rc<Self>, feed: impl FnOnce(&mut Client)) {
        feed(&mut self.client.borrow_mut());
        self.pump();
    }

    /// Carries out what the client asks for, and tells the pages what looks different.
    fn pump(self: &Rc<Self>) {
        if self.closed.get() {
            return;
        }
        let (effects, changed) = {
            let mut client = self.client.borrow_mut();
            (client.take_effects(), client.take_changed())
        };
        for effect in effects {
            match effect {
                Effect::Send(frame) => {
                    if let Some(socket) = self.socket.borrow().as_ref() {
                        socket.send(&frame);
                    }
                }
                Effect::Fetch(scope) => self.fetch(scope),
                Effect::Reconnect => self.reconnect(),
                Effect::Reload => {
                    let _ = window().location().reload();
                }
            }
        }
        for scope in changed {
            let trigger = self.triggers.borrow().get(&scope).cloned();
            if let Some(trigger) = trigger {
                trigger.notify();
            }
        }
        let status = self.client.borrow().status();
        if self.status_told.replace(status) != status {
            self.status.notify();
        }
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
                SocketEvent::Open => driver.with_client(|client| client.connected(now())),
                SocketEvent::Frame(frame) => {
                    driver.failures.set(0);
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
            match super::fetch::is_signed_in().await {
                Some(false) => driver.session.leave(),
                Some(true) => driver.connect(),
                None => {
                    driver.waiting.replace(None);
                    driver.reconnect();
                }
            }
        });
    }

    /// Wakes up when the network or the person comes back, and tells the client that time passes.
    fn listen(self: &Rc<Self>) {
        for name in ["online", "focus", "pageshow"] {
            let driver = Rc::downgrade(self);
            let wake = Closure::<dyn FnMut()>::new(move || {
                let Some(driver) = driver.upgrade() else { return };
                driver.with_client(|client| client.tick(now()));
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
        self.ticking.replace(Some(Interval::new(TICK, move || {
            if let Some(driver) = driver.upgrade() {
                driver.with_client(|client| client.tick(now()));
            }
        })));
    }
}
