//! The server functions of project spaces: what happened to a task, read from the journal.

#![allow(missing_docs, reason = "the fields of the structs that #[server] makes are the functions' arguments")]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use serde::{Deserialize, Serialize};
use shared::Timestamp;
use shared::id::{PersonId, ProjectId, TaskId};
use shared::project::board::BoardChange;
use shared::sync::Seq;

use crate::Fault;
#[cfg(feature = "ssr")]
use crate::organisation::Caller;
#[cfg(feature = "ssr")]
use crate::project::activity as page;

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

/// What happened to a task, the latest first, 50 at a time. [`Fault::NotAllowed`] to those who may not read the
/// project, and just so where there is none.
#[server(name = ReadActivity, prefix = "/api", endpoint = "activity", input = Json, output = Json)]
pub async fn activity(project: ProjectId, task: TaskId, before: Option<Seq>) -> Result<Vec<Activity>, Fault> {
    let caller = Caller::current()?;
    caller.answer(page::of_task(&caller, project, task, before)).await
}
