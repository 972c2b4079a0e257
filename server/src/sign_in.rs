//! A sign-in as store, sync and organisation know it: its name, whose it is, and what is kept of its secret.
//!
//! It lies beneath all three, so that none of them has to know another to say who asks.

use serde::{Deserialize, Serialize};
#[cfg(feature = "ssr")]
use shared::id::PersonId;
use uuid::Uuid;

/// Names one sign-in; not the secret in its cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SessionId(pub Uuid);

/// What the store keeps of a token: who steals the database cannot sign in with it.
#[cfg(feature = "ssr")]
pub type TokenDigest = [u8; 32];

/// The person behind a request, by the session cookie alone: never by anything that the request says (rejection: bad input).
#[cfg(feature = "ssr")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// Who it is; an active person.
    pub person: PersonId,
    /// The sign-in that the cookie belongs to: what is closed when it ends.
    pub session: SessionId,
}
