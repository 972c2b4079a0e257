//! The door of the WebSocket: who may open one, and how much it may hold.

use std::time::Duration;

use axum::extract::ws::{WebSocket, WebSocketUpgrade};
use axum::extract::{Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Response};
use serde::Deserialize;
use shared::sync::{ClientFrame, PROTOCOL, Resume, ServerFrame, decode};

use super::close;
use super::line::{End, LARGEST_FRAME, Line};
use super::mailbox::mailbox;
use super::session::Session;
use crate::sign_in::SignedIn;
use crate::web::Services;
use crate::{Fault, metrics};

/// What one socket may hold unsent, in bytes.
const MOST_UNSENT: usize = 4 << 20;
/// Small buffers, since each idle socket holds on to them: with the library's own sizes ten thousand take 1.4 GB. What
/// a browser sends is mostly smaller than the first.
const READ_BUFFER: usize = 1_024;
const WRITE_BUFFER: usize = 4_096;
/// How long a browser may take to greet.
const GREETING: Duration = Duration::from_secs(10);

/// `GET /sync/socket`: the upgrade. The layer against cross-site requests lets a GET pass, so it asks itself.
pub(super) async fn upgrade(
    State(services): State<Services>,
    signed_in: SignedIn,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Response {
    if !services.is_own_origin(&headers) {
        return StatusCode::FORBIDDEN.into_response();
    }
    if services.shutdown.is_cancelled() || services.engine.hub().sockets() >= services.settings.most_sockets() {
        return StatusCode::SERVICE_UNAVAILABLE.into_response();
    }
    upgrade
        .read_buffer_size(READ_BUFFER)
        .write_buffer_size(WRITE_BUFFER)
        .max_write_buffer_size(MOST_UNSENT)
        // Twice the size that is taken: what is only somewhat too large gets an answer that says so.
        .max_message_size(2 * LARGEST_FRAME)
        .max_frame_size(2 * LARGEST_FRAME)
        .on_upgrade(move |socket| serve(services, signed_in, socket))
}

/// A page's own address.
#[derive(Debug, Deserialize)]
pub(super) struct From {
    origin: String,
}

/// `GET /sync/address?origin=…`: whether pages of this address may open a socket. They ask when they could not, since a
/// browser does not tell them what a socket was refused for; so they can say what has to be set.
pub(super) async fn address(
    State(services): State<Services>,
    headers: HeaderMap,
    Query(from): Query<From>,
) -> Result<StatusCode, Fault> {
    let is_own = services.is_own_address(&from.origin, &headers);
    if is_own { Ok(StatusCode::NO_CONTENT) } else { Err(Fault::AnotherAddress) }
}

async fn serve(services: Services, signed_in: SignedIn, socket: WebSocket) {
    let (mailbox, letters) = mailbox();
    // Entered before anything is read: what happens from here on comes by the mailbox.
    let most = services.settings.sockets_per_person;
    let entry = services.engine.hub().enter(signed_in, mailbox.clone(), most);
    let mut line = Line::new(socket, letters.leave());
    let Some(entry) = entry else {
        metrics::closed(close::word(close::TOO_MUCH));
        return line.close(close::TOO_MUCH).await;
    };
    let greeted = tokio::select! {
        greeted = welcomed(&services, signed_in, &mut line) => greeted,
        () = services.shutdown.cancelled() => Err(End::Close(close::RESTART)),
    };
    match greeted {
        Ok(resume) => {
            let session = Session::new(services, signed_in.person, entry, (mailbox, letters), line);
            session.run(resume).await;
        }
        Err(End::Close(code)) => line.close(code).await,
        Err(End::Hangup | End::Leave) => {}
    }
}

/// The greeting, if the sign-in has not ended since the request.
async fn welcomed(services: &Services, signed_in: SignedIn, line: &mut Line) -> Result<Resume, End> {
    match signed_in.holds(services).await {
        Ok(true) => greeting(line).await,
        Ok(false) => Err(End::Close(close::SIGNED_OUT)),
        Err(_) => Err(End::Close(close::RESUME)),
    }
}

async fn greeting(line: &mut Line) -> Result<Resume, End> {
    let bytes = tokio::time::timeout(GREETING, line.bytes()).await.map_err(|_| End::Hangup)??;
    match decode(&bytes) {
        Ok(ClientFrame::Hello(resume)) if resume.protocol == PROTOCOL => Ok(resume),
        // Whatever else has changed: a greeting begins with its place among the frames and the protocol.
        _ if matches!(decode::<(u32, u32)>(&bytes), Ok((0, protocol)) if protocol != PROTOCOL) => {
            line.send(&ServerFrame::Reload).await?;
            line.flush().await?;
            Err(End::Close(close::MALFORMED))
        }
        _ => Err(End::Close(close::MALFORMED)),
    }
}
