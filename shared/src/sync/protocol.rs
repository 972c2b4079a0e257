//! The frames of the WebSocket and the snapshots of HTTP, in postcard. A change here raises [`PROTOCOL`].

use std::sync::Arc;

use serde::{Deserialize, Serialize, de::DeserializeOwned};
use thiserror::Error;

use crate::command::{Command, ScopedChanges};
use crate::id::{ClientId, CommandId, Epoch, PersonId, TaskId};
use crate::state::Part;
use crate::{Rejection, Scope, Timestamp};

/// The version of frames and snapshots. A page of another version is told to reload.
pub const PROTOCOL: u32 = 5;
// The types that travel under it, as a hash: the tidy test refuses others under the same number, and prints the new line.
// wire 5: feac78ebbf442651

/// How often the server says that a connection lives, in seconds.
pub const BEAT_SECONDS: u64 = 20;

/// A number of the journal: one counter over all scopes, so that a scope's own numbers have gaps.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Seq(pub u64);

/// How far a browser has followed one scope.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    /// The scope.
    pub scope: Scope,
    /// Everything of it up to here is applied.
    pub upto: Seq,
}

/// What a browser sends over its socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ClientFrame {
    /// The first frame of a connection.
    Hello(Resume),
    /// A command. Sent again after a cut, it has its effect once.
    Act {
        /// Counts from 1 within the client; the server runs them in this order.
        number: u64,
        /// Its id, unique for good.
        id: CommandId,
        /// The intent.
        command: Command,
    },
    /// Wants a scope that does not come by itself, from here on.
    Watch(Cursor),
    /// Does not want it any more.
    Unwatch(Scope),
    /// Which cards this person is dragging on a board that they watch; empty when they let go.
    Dragging {
        /// The board.
        scope: Scope,
        /// The cards.
        tasks: Vec<TaskId>,
    },
}

/// Where a browser takes up after a cut, or begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Resume {
    /// See [`PROTOCOL`].
    pub protocol: u32,
    /// Who owns the queue of commands.
    pub client: ClientId,
    /// The journal that the cursors belong to; `None` at the first start.
    pub epoch: Option<Epoch>,
    /// How far each scope has been followed.
    pub cursors: Vec<Cursor>,
}

/// What the server sends over a socket.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ServerFrame {
    /// The answer to [`ClientFrame::Hello`]; what was missed follows.
    Welcome {
        /// The journal's epoch.
        epoch: Epoch,
        /// Who the sign-in says this is.
        person: PersonId,
        /// The server's clock, for clocks that do not trust the browser's.
        now: Timestamp,
        /// The number of the last command of this client that was run or refused; 0 for none.
        done: u64,
    },
    /// The changes of one command in one scope.
    Delta(Arc<Delta>),
    /// Everything of a scope up to here has been sent: the end of a catch-up.
    UpTo {
        /// The scope, and how far.
        cursor: Cursor,
        /// The place of its last change, so that a gap before this frame can be told.
        prev: Seq,
    },
    /// The journal no longer reaches back so far, or the cursor is of another epoch: take a snapshot.
    Resync(Scope),
    /// The command is in the journal, at these places; none if there was nothing to change.
    Acked {
        /// Which command.
        number: u64,
        /// Its rows in the journal.
        rows: Vec<Cursor>,
    },
    /// The command was refused, for good.
    Refused {
        /// Which command.
        number: u64,
        /// Why.
        rejection: Rejection,
    },
    /// A scope may be read from now on; its contents follow from the beginning, or by [`ServerFrame::Resync`].
    Granted(Scope),
    /// A scope may no longer be read: it is to be forgotten at once.
    Revoked(Scope),
    /// Who else looks at a board, and which cards they are dragging.
    Presence {
        /// The board.
        scope: Scope,
        /// Everybody who looks, also the receiver.
        onlookers: Vec<Onlooker>,
    },
    /// Nothing is new; the connection lives. Sent every [`BEAT_SECONDS`], with the server's clock.
    Beat(Timestamp),
    /// This page is of another [`PROTOCOL`]: reload, keeping the queue.
    Reload,
}

/// The changes of one command in one scope, as the journal has them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delta {
    /// Its place in the journal.
    pub seq: Seq,
    /// The place of the change before it in the same scope, so that a gap can be told.
    pub prev: Seq,
    /// The command, by its id.
    pub command: CommandId,
    /// Whose command it was.
    pub actor: PersonId,
    /// When the server decided it.
    pub at: Timestamp,
    /// The changes, with their scope.
    pub part: ScopedChanges,
}

/// Somebody who looks at a board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Onlooker {
    /// Who.
    pub person: PersonId,
    /// The cards that they are dragging.
    pub dragging: Vec<TaskId>,
}

/// One scope as it stands, from `GET /sync/snapshot`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The journal's epoch.
    pub epoch: Epoch,
    /// The scope, with everything up to here applied.
    pub cursor: Cursor,
    /// Its contents; `None` if it may not be read or is not there.
    pub part: Option<Part>,
}

/// All that the first page needs, from `GET /sync/start`: the light scopes, and the board that is looked at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// See [`PROTOCOL`].
    pub protocol: u32,
    /// Who the sign-in says this is.
    pub person: PersonId,
    /// The server's clock.
    pub now: Timestamp,
    /// The scopes.
    pub snapshots: Vec<Snapshot>,
}

/// A frame that could not be read or written.
#[derive(Debug, Error)]
#[error("malformed frame: {0}")]
pub struct FrameError(#[from] postcard::Error);

/// Writes a frame or a snapshot.
pub fn encode<T: Serialize>(value: &T) -> Result<Vec<u8>, FrameError> {
    Ok(postcard::to_allocvec(value)?)
}

/// Reads a frame or a snapshot. Any bytes may be given.
pub fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, FrameError> {
    Ok(postcard::from_bytes(bytes)?)
}
