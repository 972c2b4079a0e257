//! The activity of a task: the journal's rows that touched it, cut down to what they did to it.

use shared::Scope;
use shared::command::Change;
use shared::id::{ProjectId, TaskId};
use shared::project::board::{BoardChange, RecordChange};
use shared::project::task::TaskField;
use shared::sync::{Delta, Seq};

use super::wire::Activity;
use crate::Fault;
use crate::organisation::Caller;

/// How many rows one page has.
const PAGE: u32 = 50;

pub(super) async fn of_task(
    caller: &Caller,
    project: ProjectId,
    task: TaskId,
    before: Option<Seq>,
) -> Result<Vec<Activity>, Fault> {
    let person = caller.signed_in()?.person;
    let scope = Scope::Board(project);
    let rows = caller.services.store.activity(scope, task, before, PAGE).await?;
    // Asked after reading: whoever may read now may read all that went before.
    if !caller.services.engine.may_read(person, scope).await? {
        return Err(Fault::NotAllowed);
    }
    Ok(rows.iter().map(|row| entry(row, task)).collect())
}

fn entry(row: &Delta, task: TaskId) -> Activity {
    let changes = row.part.changes.iter().filter_map(|change| match change {
        Change::Board(change) if concerns(change, task) => Some(change.clone()),
        _ => None,
    });
    Activity { seq: row.seq, at: row.at, actor: row.actor, changes: changes.collect() }
}

fn concerns(change: &BoardChange, task: TaskId) -> bool {
    match change {
        // Another place in the same column is no news; see the subjects of a journal's entry.
        BoardChange::TaskField {
            was: TaskField::Place { column: was, .. },
            now: TaskField::Place { column: now, .. },
            ..
        } if was == now => false,
        BoardChange::TaskPut(put) => put.id == task,
        BoardChange::TaskField { task: id, .. }
        | BoardChange::TaskGone(id)
        | BoardChange::CommentGone { task: id, .. } => *id == task,
        BoardChange::CommentPut(comment) => comment.task == task,
        BoardChange::Record(RecordChange::DeliverablePut(put, _)) => put.task == Some(task),
        BoardChange::ColumnPut(_) | BoardChange::ColumnGone(_) | BoardChange::Record(_) => false,
    }
}
