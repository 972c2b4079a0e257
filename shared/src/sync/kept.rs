//! What a browser keeps on its own disk, so that a tab that opens later goes on where another one ended.
//!
//! The client says what to keep ([`Client::take_kept`](super::Client::take_kept)); the driver writes it down without
//! thinking. What is read back may lag behind what was shown, as a crash leaves it: the server closes the gap.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::protocol::{Delta, Snapshot};
use crate::command::Command;
use crate::id::{CommandId, Epoch};
use crate::{Rejection, Scope, Timestamp};

/// One thing to write down or to strike out. What is taken together is written together or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Keep {
    /// A scope as the server has it, instead of all that was kept of it up to there.
    Scope(Snapshot),
    /// One change more of a scope, in the journal of this epoch.
    Delta(Epoch, Arc<Delta>),
    /// The scope may no longer be read: nothing of it stays.
    Forget(Scope),
    /// A command that waits or was refused, instead of what was kept under its id.
    Command(Box<KeptCommand>),
    /// The command is done with: confirmed, or its refusal was seen.
    Settled(CommandId),
}

/// A command as it is kept, in the encoding of the wire and as text. Other versions of the app read the text: a change here
/// must still read what is there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeptCommand {
    /// Its id.
    pub id: CommandId,
    /// The intent.
    pub command: Command,
    /// When the person acted.
    pub at: Timestamp,
    /// Why the server refused it, if it did.
    #[serde(default)]
    pub refused: Option<Rejection>,
}

/// One scope as it was kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptScope {
    /// The last [`Keep::Scope`].
    pub snapshot: Snapshot,
    /// The changes after it, in the order of their numbers, in the same epoch. Where one is missing, the rest is idle.
    pub deltas: Vec<Arc<Delta>>,
}
