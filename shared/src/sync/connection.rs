//! What the driver of a client is told: what to do, and how the connection stands.

use super::protocol::ClientFrame;
use crate::Scope;

/// What the driver is to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// Send this over the socket.
    Send(ClientFrame),
    /// Look whether this board was kept, once all is written that was to be kept before, and give what there is to
    /// [`Client::recalled`](super::Client::recalled).
    Recall(Scope),
    /// Get a snapshot of this scope and give it to [`Client::snapshot`](super::Client::snapshot).
    Fetch(Scope),
    /// Close the socket and connect again.
    Reconnect,
    /// The page is older than the server, or somebody else has signed in: load it anew, and not from what is kept.
    Reload,
}

/// The state of the connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// No socket.
    #[default]
    Down,
    /// The socket is open, the greeting is not answered yet.
    Greeting,
    /// Changes flow.
    Live,
}

/// What a person sees of the connection at a glance.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Status {
    /// The state of the connection.
    pub link: Link,
    /// How many commands the server has not answered yet.
    pub unsent: usize,
    /// How many it has not confirmed yet, those among them.
    pub queued: usize,
    /// How many were refused and not yet dismissed.
    pub parked: usize,
}
