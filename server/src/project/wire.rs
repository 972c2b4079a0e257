//! What the server functions of project spaces answer.

use serde::{Deserialize, Serialize};
use shared::Timestamp;
use shared::id::PersonId;
use shared::inbox::{BoardTask, Card};
use shared::project::board::BoardChange;
use shared::sync::Seq;

/// A task that is late.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LateTask {
    /// Which.
    pub task: BoardTask,
    /// Whose it is.
    pub owner: PersonId,
    /// What is to be known of it.
    pub card: Card,
}

/// What one command did to a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Its place in the journal: the next page is what lies before the last one's.
    pub seq: Seq,
    /// When.
    pub at: Timestamp,
    /// Who did it.
    pub actor: PersonId,
    /// What it did to this task and its comments, in order; each says what was and what is.
    pub changes: Vec<BoardChange>,
}
