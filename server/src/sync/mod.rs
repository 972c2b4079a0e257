//! Keeping browsers in step: one writer that decides, one hub that tells, a session per socket, snapshots over HTTP.
//!
//! The way of a command: [`session`] takes it from the socket → [`Engine::submit`] → [`writer`] decides it with the
//! rules in `shared`, writes a batch to the store and, once that is on the disk, applies it to the [`replica`] that
//! everybody reads → [`hub`] hands each row to the sockets of those who may read it → their sessions send it on
//! ([`follow`]). What a socket missed comes from the journal, by its cursor.
//!
//! # Why so
//!
//! - **One writer.** Whoever decides must see all that was decided before. One task that takes what waits in one batch
//!   needs no lock per thing, and shares one write to the disk among many commands.
//! - **Once on the disk, then told.** Nobody hears of a change that a loss of power could take back.
//! - **The slow hold nothing up.** A socket that lags is refilled from the journal and closed if it stays behind, rather
//!   than keeping in memory what it does not take. A frame is written once and shared by all its receivers.
//! - **Snapshots by HTTP.** There they are compressed; the WebSocket knows no compression here.

mod audience;
mod engine;
mod follow;
mod frame;
mod hub;
mod line;
mod mailbox;
mod nodes;
mod pace;
mod presence;
mod replica;
mod session;
mod snapshot;
mod socket;
mod writer;

use axum::Router;
use axum::routing::get;

pub use engine::{ActError, Engine, EngineError};
pub use hub::Hub;
pub use pace::Pace;

use crate::web::Services;

/// Why the server closes a socket, for those who watch it. The browser, whatever it is told, asks whether it is still
/// signed in and comes again, each time later until something is answered.
pub mod close {
    /// The browser has fallen behind, or the server could not answer.
    pub const RESUME: u16 = 4001;
    /// The sign-in has ended, or the person has left.
    pub const SIGNED_OUT: u16 = 4003;
    /// The server stops (RFC 6455 registry: service restart).
    pub const RESTART: u16 = 1012;
    /// A frame that is none.
    pub const MALFORMED: u16 = 1003;
    /// More than one browser or person may ask for.
    pub const TOO_MUCH: u16 = 1008;
    /// A frame that is too large.
    pub const TOO_LARGE: u16 = 1009;

    /// A word for each, for those who watch the server.
    pub(super) fn word(code: u16) -> &'static str {
        match code {
            RESUME => "resume",
            SIGNED_OUT => "signed_out",
            RESTART => "restart",
            MALFORMED => "malformed",
            TOO_MUCH => "too_much",
            TOO_LARGE => "too_large",
            _ => "other",
        }
    }
}

/// The routes, to be nested under `/sync`.
pub fn router() -> Router<Services> {
    Router::new()
        .route("/socket", get(socket::upgrade))
        .route("/start", get(snapshot::start))
        .route("/snapshot", get(snapshot::snapshot))
        .route("/address", get(socket::address))
}
