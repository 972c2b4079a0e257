//! What a server function answers when it cannot do what was asked.

use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use serde::{Deserialize, Serialize};
use shared::Rejection;
use thiserror::Error;

/// Why a server function failed. Says what the person can do; never what broke inside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
pub enum Fault {
    /// The input was refused, with the field and the reason.
    #[error("refused: {0}")]
    Refused(#[from] Rejection),
    /// Nobody is signed in.
    #[error("not signed in")]
    SignedOut,
    /// Email and password do not belong together, or the person has left.
    #[error("wrong email or password")]
    WrongCredentials,
    /// Too many failures; again after this many seconds.
    #[error("too many attempts, again in {0} s")]
    TooManyAttempts(u64),
    /// The invitation is used, expired or unknown.
    #[error("invitation not valid")]
    InvitationNotValid,
    /// The person may not do or read this.
    #[error("not allowed")]
    NotAllowed,
    /// The server could not be reached, or failed; it has logged why.
    #[error("unavailable")]
    Unavailable,
    /// The link for a new password is used, expired or unknown.
    #[error("link for a new password not valid")]
    ResetNotValid,
    /// The page is from an address that the server does not know as its own.
    #[error("not an address of this server")]
    AnotherAddress,
    /// Too many passwords are looked at already; again in a moment.
    #[error("busy, again in a moment")]
    Busy,
}

impl FromServerFnError for Fault {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Unavailable
    }
}
