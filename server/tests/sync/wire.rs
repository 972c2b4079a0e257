//! A bare socket: frames as they are, for tests of the protocol itself.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use reqwest::Url;
use serde::de::DeserializeOwned;
use shared::Command;
use shared::Scope;
use shared::id::{ClientId, CommandId, Epoch, IncidentId};
use shared::sync::{ClientFrame, Cursor, Delta, PROTOCOL, Resume, Seq, ServerFrame, Snapshot, decode, encode};
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::{HeaderValue, header};
use tokio_tungstenite::tungstenite::{self, Message};
use tokio_tungstenite::{WebSocketStream, client_async};
use uuid::Uuid;

use crate::support::{Browser, http};

/// How long anything may take before the test fails.
const PATIENCE: Duration = Duration::from_secs(20);

/// Where a server is, and whose sign-in is used there.
#[derive(Clone)]
pub(crate) struct Door {
    http: reqwest::Client,
    pub(crate) url: Url,
    cookies: String,
    /// How much the network takes in for it, in bytes.
    room: Option<u32>,
}

impl Door {
    pub(crate) fn new(url: &Url, browser: &Browser) -> Self {
        Self::with(url, browser.cookies())
    }

    pub(crate) fn with(url: &Url, cookies: String) -> Self {
        Self { http: http(), url: url.clone(), cookies, room: None }
    }

    /// The same with little room in the network: the server soon feels that nobody reads.
    pub(crate) fn narrow(self) -> Self {
        Self { room: Some(4_096), ..self }
    }

    /// What a `GET` answers, read as postcard.
    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        self.try_get(path).await.expect("an answer")
    }

    /// The same where the server may be gone or without its database; any other answer fails the test.
    pub(crate) async fn try_get<T: DeserializeOwned>(&self, path: &str) -> Option<T> {
        let url = self.url.join(path).expect("a path");
        let response = self.http.get(url).header("cookie", &self.cookies).send().await.ok()?;
        if response.status() == 503 {
            return None;
        }
        assert_eq!(response.status(), 200, "{path}");
        assert_eq!(response.headers()["cache-control"], "no-store");
        Some(decode(&response.bytes().await.ok()?).expect("postcard"))
    }

    pub(crate) async fn snapshot(&self, scope: Scope) -> Snapshot {
        self.try_snapshot(scope).await.expect("an answer")
    }

    pub(crate) async fn try_snapshot(&self, scope: Scope) -> Option<Snapshot> {
        self.try_get(&format!("/sync/snapshot?scope={scope}")).await
    }

    pub(crate) async fn socket(&self) -> WebSocketStream<TcpStream> {
        self.try_socket(None).await.expect("a socket")
    }

    pub(crate) async fn try_socket(
        &self,
        origin: Option<&str>,
    ) -> Result<WebSocketStream<TcpStream>, tungstenite::Error> {
        let mut url = self.url.join("/sync/socket").expect("a path");
        url.set_scheme("ws").expect("a scheme");
        let mut request = url.as_str().into_client_request().expect("a request");
        request.headers_mut().insert(header::COOKIE, HeaderValue::from_str(&self.cookies).expect("a cookie"));
        if let Some(origin) = origin {
            request.headers_mut().insert(header::ORIGIN, HeaderValue::from_str(origin).expect("an origin"));
        }
        let address = self.url.socket_addrs(|| None).expect("an address")[0];
        let socket = TcpSocket::new_v4().expect("a socket");
        if let Some(room) = self.room {
            socket.set_recv_buffer_size(room).expect("a size");
        }
        let stream = socket.connect(address).await?;
        client_async(request, stream).await.map(|(socket, _)| socket)
    }
}

/// A socket without any state.
pub(crate) struct Wire(WebSocketStream<TcpStream>);

impl Wire {
    /// Opens one and greets; the server's `Welcome` is the next frame.
    pub(crate) async fn greet(door: &Door, client: ClientId, epoch: Option<Epoch>, cursors: Vec<Cursor>) -> Self {
        let mut wire = Self(door.socket().await);
        wire.send(&ClientFrame::Hello(Resume { protocol: PROTOCOL, client, epoch, cursors })).await;
        wire
    }

    /// Greets on a socket that is open, where the server may have hung up already.
    pub(crate) async fn greet_on(&mut self, client: ClientId) {
        let hello = ClientFrame::Hello(Resume { protocol: PROTOCOL, client, epoch: None, cursors: Vec::new() });
        let _ = self.0.send(Message::Binary(encode(&hello).expect("a frame").into())).await;
    }

    /// The same for a browser that has nothing yet, up to the last frame of its greeting: the company's `UpTo` comes
    /// first, then the projects'. Answers the last command done.
    pub(crate) async fn fresh(door: &Door, client: ClientId) -> (Self, u64) {
        let mut wire = Self::greet(door, client, None, Vec::new()).await;
        let ServerFrame::Welcome { done, .. } = wire.next().await else { panic!("no welcome") };
        (wire, done)
    }

    pub(crate) async fn bare(door: &Door) -> Self {
        Self(door.socket().await)
    }

    pub(crate) async fn send(&mut self, frame: &ClientFrame) {
        self.send_bytes(encode(frame).expect("a frame")).await;
    }

    pub(crate) async fn send_bytes(&mut self, bytes: Vec<u8>) {
        self.0.send(Message::Binary(bytes.into())).await.expect("sent");
    }

    pub(crate) async fn act(&mut self, number: u64, id: CommandId, command: &Command) {
        self.send(&ClientFrame::Act { number, id, command: command.clone() }).await;
    }

    /// The next frame, or the code with which the server closed.
    pub(crate) async fn next_or_code(&mut self) -> Result<ServerFrame, u16> {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.0.next()).await.expect("something in time");
            match message {
                Some(Ok(Message::Binary(bytes))) => return Ok(decode(&bytes).expect("a frame")),
                Some(Ok(Message::Close(Some(frame)))) => return Err(frame.code.into()),
                Some(Ok(Message::Close(None)) | Err(_)) | None => return Err(0),
                Some(Ok(_)) => {}
            }
        }
    }

    pub(crate) async fn next(&mut self) -> ServerFrame {
        self.next_or_code().await.unwrap_or_else(|code| panic!("closed with {code}"))
    }

    /// The next frame for which `pick` has something, and what came before it.
    pub(crate) async fn until<T>(&mut self, pick: impl Fn(&ServerFrame) -> Option<T>) -> (T, Vec<ServerFrame>) {
        let mut before = Vec::new();
        loop {
            let frame = self.next().await;
            if let Some(found) = pick(&frame) {
                return (found, before);
            }
            before.push(frame);
        }
    }

    /// The rows of a command that is acknowledged.
    pub(crate) async fn acked(&mut self, number: u64) -> Vec<Cursor> {
        let acked = |frame: &ServerFrame| match frame {
            ServerFrame::Acked { number: other, rows } if *other == number => Some(rows.clone()),
            ServerFrame::Refused { number: other, rejection } if *other == number => panic!("refused: {rejection}"),
            _ => None,
        };
        self.until(acked).await.0
    }

    /// The code with which the server closes, whatever it sends before.
    pub(crate) async fn code(&mut self) -> (u16, Vec<ServerFrame>) {
        let mut before = Vec::new();
        loop {
            match self.next_or_code().await {
                Ok(frame) => before.push(frame),
                Err(code) => return (code, before),
            }
        }
    }

    /// Everything that was to come of what had happened before this was called: what lies before the second of two
    /// answers. Between taking two frames in, the server sends all that waits for this socket.
    pub(crate) async fn rest(&mut self) -> Vec<ServerFrame> {
        let mut frames = Vec::new();
        for _ in 0..2 {
            let nowhere = Scope::Room(IncidentId::new(Uuid::now_v7()));
            self.send(&ClientFrame::Watch(Cursor { scope: nowhere, upto: Seq(0) })).await;
            let answer = |frame: &ServerFrame| (*frame == ServerFrame::Revoked(nowhere)).then_some(());
            frames.extend(self.until(answer).await.1);
        }
        frames
    }
}

/// The numbers of the deltas of a scope, in the order in which they came.
pub(crate) fn rows_of(frames: &[ServerFrame], scope: Scope) -> Vec<Seq> {
    let row = |frame: &ServerFrame| match frame {
        ServerFrame::Delta(delta) => Some(delta.clone()).filter(|delta| delta.part.scope == scope),
        _ => None,
    };
    frames.iter().filter_map(row).map(|delta: std::sync::Arc<Delta>| delta.seq).collect()
}

pub(crate) fn client() -> ClientId {
    ClientId::new(Uuid::now_v7())
}

pub(crate) fn command() -> CommandId {
    CommandId::new(Uuid::now_v7())
}
