//! A browser tab: the app's own state machine, driven over a real socket.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use qibu::clock::now;
use shared::id::{CommandId, PersonId, ProjectId};
use shared::sync::{Client, Effect, ServerFrame, Start, decode, encode};
use shared::{Command, Rejection, Scope};
use tokio::net::TcpStream;
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::{self, Message};

use crate::wire::{Door, client, command};

/// How long anything may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) struct Tab {
    pub(crate) client: Client,
    pub(crate) door: Door,
    socket: Option<WebSocketStream<TcpStream>>,
    /// The code with which the server closed last.
    pub(crate) closed: Option<u16>,
    /// How many snapshots were taken since the start.
    pub(crate) fetched: usize,
    /// How often the server has brought a board up to date from the journal.
    pub(crate) caught_up: usize,
}

impl Tab {
    /// Loads the page and connects.
    pub(crate) async fn open(door: Door, person: PersonId, board: ProjectId) -> Self {
        let start: Start = door.get(&format!("/sync/start?scope=board:{board}")).await;
        let mut tab = Self::begin(door, person, start);
        tab.connect().await;
        tab
    }

    /// Has loaded the page.
    pub(crate) fn begin(door: Door, person: PersonId, start: Start) -> Self {
        let mut client = Client::new(client(), person);
        client.start(start);
        Self { client, door, socket: None, closed: None, fetched: 0, caught_up: 0 }
    }

    pub(crate) async fn connect(&mut self) {
        assert!(self.try_connect().await, "a socket");
    }

    /// Whether the server was there.
    pub(crate) async fn try_connect(&mut self) -> bool {
        self.socket = self.door.try_socket(None).await.ok();
        if self.is_connected() {
            self.client.connected(now());
            self.carry_out().await;
        }
        self.is_connected()
    }

    /// The network is cut.
    pub(crate) fn cut(&mut self) {
        self.socket = None;
        self.client.disconnected();
    }

    /// The person acts; the rules on the tab's own state must allow it.
    pub(crate) async fn act(&mut self, intent: &Command) -> CommandId {
        self.try_act(intent).await.expect("the rules allow it")
    }

    pub(crate) async fn try_act(&mut self, intent: &Command) -> Result<CommandId, Rejection> {
        let id = command();
        self.client.act(id, intent.clone(), now())?;
        self.carry_out().await;
        Ok(id)
    }

    /// Serves the socket until something is so.
    pub(crate) async fn until(&mut self, what: &str, so: impl Fn(&Client) -> bool) {
        let served = tokio::time::timeout(PATIENCE, async {
            while !so(&self.client) {
                self.step().await;
            }
        });
        let served = served.await.is_ok();
        assert!(served, "never: {what}; {:?}", self.client.status());
    }

    /// Serves the socket until all that it has sent is confirmed.
    pub(crate) async fn settled(&mut self) {
        self.until("all is confirmed", |client| client.queue().next().is_none()).await;
    }

    /// Takes one message in, or is back on the network.
    pub(crate) async fn step(&mut self) {
        match &mut self.socket {
            Some(socket) => {
                let message = socket.next().await;
                self.take(message).await;
            }
            None => self.connect().await,
        }
    }

    /// The same if a message comes within a few milliseconds.
    pub(crate) async fn step_if_any(&mut self) {
        match &mut self.socket {
            Some(socket) => {
                if let Ok(message) = tokio::time::timeout(Duration::from_millis(2), socket.next()).await {
                    self.take(message).await;
                }
            }
            None => self.connect().await,
        }
    }

    async fn take(&mut self, message: Option<Result<Message, tungstenite::Error>>) {
        match message {
            Some(Ok(Message::Binary(bytes))) => {
                let frame = decode(&bytes).expect("a frame");
                if matches!(&frame, ServerFrame::UpTo { cursor, .. } if !cursor.scope.is_light()) {
                    self.caught_up += 1;
                }
                self.client.receive(frame, now());
            }
            Some(Ok(Message::Close(frame))) => {
                self.closed = frame.map(|frame| frame.code.into());
                self.cut();
            }
            Some(Err(_)) | None => self.cut(),
            Some(Ok(_)) => {}
        }
        self.carry_out().await;
    }

    /// Whether there is a socket.
    pub(crate) fn is_connected(&self) -> bool {
        self.socket.is_some()
    }

    /// The ports of the connection: the server's and its own.
    pub(crate) fn ports(&self) -> (u16, u16) {
        let stream = self.socket.as_ref().expect("a socket").get_ref();
        (stream.peer_addr().expect("an address").port(), stream.local_addr().expect("an address").port())
    }

    pub(crate) async fn carry_out(&mut self) {
        loop {
            let effects = self.client.take_effects();
            if effects.is_empty() {
                return;
            }
            for effect in effects {
                match effect {
                    Effect::Send(frame) => {
                        let Some(socket) = &mut self.socket else { continue };
                        let bytes = encode(&frame).expect("a frame");
                        if socket.send(Message::Binary(bytes.into())).await.is_err() {
                            self.cut();
                        }
                    }
                    Effect::Fetch(scope) => self.fetch(scope).await,
                    // A tab keeps nothing.
                    Effect::Recall(scope) => self.client.recalled(scope, None),
                    Effect::Reconnect => self.cut(),
                    Effect::Reload => panic!("told to reload"),
                }
            }
        }
    }

    async fn fetch(&mut self, scope: Scope) {
        self.fetched += 1;
        match self.door.try_snapshot(scope).await {
            Some(snapshot) => self.client.snapshot(snapshot),
            // As the app does: the next greeting asks again.
            None => self.cut(),
        }
    }
}
