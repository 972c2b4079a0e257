//! What one transaction writes.

use std::collections::BTreeSet;
use std::sync::Arc;

use shared::command::{Actor, Command};
use shared::id::ClientId;
use shared::sync::Delta;
use shared::{Rejection, Timestamp};
use uuid::Uuid;

use super::Row;

/// A browser's queue of commands: its own word for itself, and who the sign-in says it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ClientKey {
    /// What the browser calls itself.
    pub client: ClientId,
    /// Whose sign-in it has.
    pub person: Actor,
}

/// One row of the journal.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its number, scope, actor, time and changes.
    pub delta: Arc<Delta>,
    /// The command that it came from; `None` where the row before it has it: a comment is not kept once more for each of
    /// those who are told of it.
    pub command: Option<Arc<Command>>,
}

/// All that some commands have done, to be written in one transaction.
#[derive(Clone, Debug, Default)]
pub struct Batch {
    /// When it was decided.
    pub at: Timestamp,
    /// The journal's new rows, in order.
    pub entries: Vec<Entry>,
    /// The things that they touched, as they stand afterwards.
    pub rows: Vec<Row>,
    /// The last numbers done.
    pub done: Vec<(ClientKey, u64)>,
    /// What was told of commands that left nothing in the journal.
    pub verdicts: Vec<(ClientKey, u64, Verdict)>,
}

/// What became of a command that left nothing in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// There was nothing to change.
    Unchanged,
    /// It was refused.
    Refused(Rejection),
}

impl Batch {
    /// Whether there is nothing to write.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty() && self.done.is_empty()
    }
}

impl Entry {
    /// The things whose activity this row belongs to.
    pub fn subjects(&self) -> BTreeSet<Uuid> {
        subjects(&self.delta)
    }
}

/// The things whose activity a row of the journal belongs to.
pub(super) fn subjects(delta: &Delta) -> BTreeSet<Uuid> {
    delta.part.changes.iter().filter_map(|change| change.subject(delta.part.scope)).collect()
}
