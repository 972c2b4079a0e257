//! The door: taking connections in, and letting go of those that hold a place for nothing.
//!
//! Each connection has one of a bounded number of places for as long as its file is open, upgraded to a socket or not.
//! Whoever is slow to send a request's head, or takes in nothing of an answer, loses it in time; when there is none left,
//! whoever has waited longest with no request under way makes room for the next who knocks. So no number of connections
//! that say nothing keeps anybody out.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service as _, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio::time::{Sleep, sleep};
use tokio_util::sync::CancellationToken;

use super::body::{Held, Paced};

/// How long the head of a request may take to come, from the beginning of the connection or the end of the last answer.
const HEAD: Duration = Duration::from_secs(15);
/// How long a connection may take in nothing of what it is sent.
const STALL: Duration = Duration::from_secs(30);
/// How long to wait when the machine gives no connection out.
const PAUSE: Duration = Duration::from_secs(1);

/// Serves until `stop` is cancelled, with so many places; returns when all requests that were under way have ended.
pub(crate) async fn serve(listener: TcpListener, app: Router, places: usize, stop: CancellationToken) {
    let (places, idle) = (Arc::new(Semaphore::new(places)), Arc::new(Idle::default()));
    let mut open = JoinSet::new();
    loop {
        let (stream, peer) = tokio::select! {
            () = stop.cancelled() => break,
            accepted = accept(&listener) => accepted,
            Some(_) = open.join_next() => continue,
        };
        let place = tokio::select! {
            () = stop.cancelled() => break,
            place = idle.place(&places) => place,
        };
        // A change of a few bytes goes out at once rather than waiting for company.
        let _ = stream.set_nodelay(true);
        let stream = Taken { stream, stalled: None, _place: place };
        open.spawn(attend(stream, peer, app.clone(), idle.clone(), stop.clone()));
    }
    drop(listener);
    while open.join_next().await.is_some() {}
}

async fn accept(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    use ErrorKind::{ConnectionAborted, ConnectionRefused, ConnectionReset};
    loop {
        match listener.accept().await {
            Ok(accepted) => return accepted,
            // They have left already.
            Err(error) if matches!(error.kind(), ConnectionAborted | ConnectionRefused | ConnectionReset) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be taken in");
                sleep(PAUSE).await;
            }
        }
    }
}

/// Serves one connection.
async fn attend(stream: Taken, peer: SocketAddr, app: Router, idle: Arc<Idle>, stop: CancellationToken) {
    let leave = CancellationToken::new();
    let guest =
        Arc::new(Guest { idle, leave: leave.clone(), turn: Mutex::new(None), has_asked: AtomicBool::new(false) });
    guest.waits();
    let by = guest.clone();
    let app = TowerToHyperService::new(app);
    let service = service_fn(move |request: hyper::Request<Incoming>| {
        let busy = by.begins();
        let mut request: Request = request.map(|body| Body::new(Paced::new(body)));
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = app.call(request);
        async move { Ok::<_, Infallible>(answer.await?.map(|body| Held { body, _until: busy })) }
    });
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut connection = pin!(connection);
    tokio::select! {
        ended = connection.as_mut() => {
            if let Err(error) = ended {
                tracing::debug!(%error, "a connection broke off");
            }
        }
        () = leave.cancelled() => tracing::debug!("a connection made room for another"),
        // Who has asked for nothing yet, as browsers do in advance, is not waited for.
        () = stop.cancelled() => if guest.has_asked.load(Ordering::Relaxed) {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
}

/// The connections that have no request under way, whoever has waited longest first.
#[derive(Debug, Default)]
struct Idle {
    waiting: Mutex<(u64, BTreeMap<u64, CancellationToken>)>,
    /// Wakes whoever needs a place: there is one more.
    more: Notify,
}

impl Idle {
    /// A place for one who has come, at the cost of another if need be.
    async fn place(&self, places: &Arc<Semaphore>) -> Option<OwnedSemaphorePermit> {
        loop {
            if let Ok(place) = places.clone().try_acquire_owned() {
                return Some(place);
            }
            let more = self.more.notified();
            let next = places.clone().acquire_owned();
            let sent_away = self.held().1.pop_first().inspect(|(_, leave)| leave.cancel()).is_some();
            tokio::select! {
                place = next => return place.ok(),
                () = more, if !sent_away => {}
            }
        }
    }

    fn held(&self) -> MutexGuard<'_, (u64, BTreeMap<u64, CancellationToken>)> {
        // Whole after each insertion and removal.
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One connection, as far as it matters for whether it may be sent away.
#[derive(Debug)]
struct Guest {
    idle: Arc<Idle>,
    leave: CancellationToken,
    /// Its number among those who wait.
    turn: Mutex<Option<u64>>,
    has_asked: AtomicBool,
}

/// A request that is under way, until its answer has been sent.
struct Busy(Arc<Guest>);

impl Guest {
    fn begins(self: &Arc<Self>) -> Busy {
        self.has_asked.store(true, Ordering::Relaxed);
        self.forget();
        Busy(self.clone())
    }

    fn waits(&self) {
        let mut idle = self.idle.held();
        idle.0 += 1;
        let turn = idle.0;
        idle.1.insert(turn, self.leave.clone());
        drop(idle);
        *self.turn.lock().unwrap_or_else(PoisonError::into_inner) = Some(turn);
        self.idle.more.notify_waiters();
    }

    fn forget(&self) {
        if let Some(turn) = self.turn.lock().unwrap_or_else(PoisonError::into_inner).take() {
            self.idle.held().1.remove(&turn);
        }
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        self.forget();
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        self.0.waits();
    }
}

/// A connection with its place, which whoever takes in nothing does not keep.
struct Taken {
    stream: TcpStream,
    stalled: Option<Pin<Box<Sleep>>>,
    _place: Option<OwnedSemaphorePermit>,
}

impl Taken {
    fn patient<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep(STALL)));
        ready!(stalled.as_mut().poll(cx));
        Poll::Ready(Err(ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Taken {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl AsyncWrite for Taken {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.patient(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.patient(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
