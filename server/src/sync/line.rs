//! The WebSocket of one session, with the patience that the server has for it.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, WebSocket};
use futures_util::{SinkExt as _, StreamExt as _};
use shared::sync::{ClientFrame, ServerFrame, decode, encode};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::close;
use crate::metrics;

/// The largest frame that a browser may send, in bytes.
pub(super) const LARGEST_FRAME: usize = 1 << 20;
/// How long a browser may take to accept what was sent before it is given up.
const PATIENCE: Duration = Duration::from_secs(20);

/// Why a session ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    /// The browser is gone.
    Hangup,
    /// It is told to leave, with a code; see [`close`].
    Close(u16),
    /// It was told to leave while something was being sent: its code waits in the mailbox.
    Leave,
}

/// The socket.
pub(super) struct Line {
    socket: WebSocket,
    leave: CancellationToken,
    unflushed: bool,
    heard: Instant,
}

impl Line {
    pub(super) fn new(socket: WebSocket, leave: CancellationToken) -> Self {
        Self { socket, leave, unflushed: false, heard: Instant::now() }
    }

    /// How long nothing has come from the browser.
    pub(super) fn silence(&self) -> Duration {
        self.heard.elapsed()
    }

    /// The browser's next frame, with its size in bytes; pings and pongs only say that it lives. May be dropped while
    /// it waits.
    pub(super) async fn receive(&mut self) -> Result<(ClientFrame, usize), End> {
        let bytes = self.bytes().await?;
        let frame = decode(&bytes).map_err(|_| End::Close(close::MALFORMED))?;
        Ok((frame, bytes.len()))
    }

    /// The same, not yet understood.
    pub(super) async fn bytes(&mut self) -> Result<Bytes, End> {
        loop {
            let message = self.socket.next().await;
            self.heard = Instant::now();
            match message {
                Some(Ok(Message::Binary(bytes))) if bytes.len() > LARGEST_FRAME => {
                    return Err(End::Close(close::TOO_LARGE));
                }
                Some(Ok(Message::Binary(bytes))) => return Ok(bytes),
                Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                Some(Ok(Message::Text(_))) => return Err(End::Close(close::MALFORMED)),
                Some(Ok(Message::Close(_)) | Err(_)) | None => return Err(End::Hangup),
            }
        }
    }

    /// Puts a frame into the socket's buffer; [`Line::flush`] sees it off.
    pub(super) async fn send(&mut self, frame: &ServerFrame) -> Result<(), End> {
        match encode(frame) {
            Ok(bytes) => self.pass(bytes.into()).await,
            Err(error) => {
                tracing::error!(%error, "a frame could not be written");
                Err(End::Close(close::RESUME))
            }
        }
    }

    /// The same for a frame that is written already.
    pub(super) async fn pass(&mut self, bytes: Bytes) -> Result<(), End> {
        self.unflushed = true;
        patient(&self.leave, self.socket.feed(Message::Binary(bytes))).await
    }

    /// Asks for a sign of life.
    pub(super) async fn ping(&mut self) -> Result<(), End> {
        self.unflushed = true;
        patient(&self.leave, self.socket.feed(Message::Ping(Bytes::new()))).await
    }

    /// Sees off what was put in.
    pub(super) async fn flush(&mut self) -> Result<(), End> {
        if std::mem::take(&mut self.unflushed) {
            patient(&self.leave, self.socket.flush()).await?;
        }
        Ok(())
    }

    /// Says why, and hangs up.
    pub(super) async fn close(mut self, code: u16) {
        let frame = CloseFrame { code, reason: "".into() };
        let farewell = async {
            self.socket.send(Message::Close(Some(frame))).await?;
            // The browser's own farewell: without waiting for it, the code may be lost with the connection.
            while self.socket.next().await.transpose()?.is_some() {}
            Ok::<_, axum::Error>(())
        };
        let _ = tokio::time::timeout(Duration::from_secs(1), farewell).await;
    }
}

/// Waits for the socket to accept something, but not for ever, and not when the session is over.
async fn patient(leave: &CancellationToken, work: impl Future<Output = Result<(), axum::Error>>) -> Result<(), End> {
    tokio::select! {
        // Nearly always ready at once: the others are then never looked at.
        biased;
        result = work => result.map_err(|_| End::Hangup),
        () = leave.cancelled() => Err(End::Leave),
        () = tokio::time::sleep(PATIENCE) => {
            metrics::closed("slow");
            Err(End::Hangup)
        }
    }
}
