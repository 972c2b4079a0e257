//! The server functions of project spaces: what happened to a task, read from the journal, and what is late.

#![allow(missing_docs, reason = "the fields of the structs that #[server] makes are the functions' arguments")]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::id::{ProjectId, TaskId};
use shared::sync::Seq;

#[cfg(feature = "ssr")]
use super::activity as page;
#[cfg(feature = "ssr")]
use super::late;
use super::wire::{Activity, LateTask};
use crate::Fault;
#[cfg(feature = "ssr")]
use crate::organisation::Caller;

/// What happened to a task, the latest first, 50 at a time. [`Fault::NotAllowed`] to those who may not read the
/// project, and just so where there is none.
#[server(name = ReadActivity, prefix = "/api", endpoint = "activity", input = Json, output = Json)]
pub async fn activity(project: ProjectId, task: TaskId, before: Option<Seq>) -> Result<Vec<Activity>, Fault> {
    let caller = Caller::current()?;
    caller.answer(page::of_task(&caller, project, task, before)).await
}

/// The late tasks of others in the projects that the caller leads, the latest first.
#[server(name = ReadLateTasks, prefix = "/api", endpoint = "late_tasks", input = Json, output = Json)]
pub async fn late_tasks() -> Result<Vec<LateTask>, Fault> {
    let caller = Caller::current()?;
    caller.answer(late::of_caller(&caller)).await
}
