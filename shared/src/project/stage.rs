//! The stages of a project: which follow each other, what stands in the way of the end, and what is on record of each.
//!
//! # Rules
//!
//! - **Order** (guide 2.1: 组织验收; project, section 2). Draft → active → accepting → closed; from accepting back to
//!   active; cancelled, with a reason, from any of them but closed.
//! - **Closing** (project, section 2). Each deliverable is accepted, each task done or cancelled. The lead may close it all
//!   the same, with a reason; that, and what was open, is on record.
//! - **Over** (ours). What is closed or cancelled is read and not changed, not even by a comment. Its lead opens it again,
//!   with a reason: what was closed is being accepted again, what was cancelled is where it was.

use serde::{Deserialize, Serialize};

use super::board::{Board, Status};
use super::deliverable::Deliverable;
use super::task::Task;
use super::{Project, ProjectIntent, ProjectRefusal, Stage};
use crate::id::PersonId;
use crate::text::{long, required_long};
use crate::{Field, Reason, Rejection, Timestamp};

/// A step of a project from one stage to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// Where it stood.
    pub from: Stage,
    /// Where it stands.
    pub to: Stage,
    /// By whom.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// Why, where a reason was due.
    pub reason: String,
    /// What stood in the way, and was passed over.
    pub despite: Vec<Obstacle>,
}

/// What stands in the way of closing a project. A further condition is a variant and a line in [`obstacles`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Obstacle {
    /// So many deliverables are not accepted.
    Deliverables(usize),
    /// So many tasks are neither done nor cancelled.
    Tasks(usize),
}

/// All that stands in the way of closing a project; nothing if it may be closed.
pub fn obstacles(board: &Board) -> Vec<Obstacle> {
    let all = [Obstacle::Deliverables(not_accepted(board).count()), Obstacle::Tasks(not_over(board).count())];
    all.into_iter().filter(|obstacle| !matches!(obstacle, Obstacle::Deliverables(0) | Obstacle::Tasks(0))).collect()
}

/// The deliverables that are not accepted.
pub fn not_accepted(board: &Board) -> impl Iterator<Item = &Deliverable> {
    board.record().deliverables.values().map(AsRef::as_ref).filter(|deliverable| !deliverable.is_accepted())
}

/// The tasks that are neither done nor cancelled.
pub fn not_over(board: &Board) -> impl Iterator<Item = &Task> {
    let status = |task: &Task| board.column(task.column).map_or(Status::Todo, |column| column.status);
    board.tasks().values().map(AsRef::as_ref).filter(move |task| !status(task).is_over())
}

/// Puts a project at the stage that an intent names, if it is about one; says what was passed over. On a browser the
/// board may not be here: the server then says what stands in the way.
pub(super) fn go(
    project: &mut Project,
    board: Option<&Board>,
    intent: &ProjectIntent,
) -> Result<Vec<Obstacle>, Rejection> {
    let open = || board.map(obstacles).unwrap_or_default();
    match intent {
        ProjectIntent::SetStage { stage: Stage::Closed, reason } => {
            follows(project, Stage::Closed)?;
            let obstacles = open();
            if !obstacles.is_empty() {
                return Err(Reason::Project(ProjectRefusal::NotFinished { obstacles }).into());
            }
            put(project, Stage::Closed, long(Field::Reason, reason)?);
        }
        ProjectIntent::SetStage { stage, reason } => {
            follows(project, *stage)?;
            // What ends says why, on record.
            let reason = if stage.is_over() { required(reason)? } else { long(Field::Reason, reason)? };
            put(project, *stage, reason);
        }
        ProjectIntent::CloseDespite { reason } => {
            follows(project, Stage::Closed)?;
            put(project, Stage::Closed, required(reason)?);
            return Ok(open());
        }
        ProjectIntent::Reopen { reason } => {
            let reason = required(reason)?;
            let last = board.and_then(|board| board.record().steps.last());
            let before = last.filter(|step| step.to == Stage::Cancelled).map_or(Stage::Active, |step| step.from);
            let stage = if project.stage == Stage::Closed { Stage::Accepting } else { before };
            put(project, stage, reason);
        }
        _ => {}
    }
    Ok(Vec::new())
}

fn required(reason: &str) -> Result<String, Rejection> {
    required_long(Field::Reason, reason)
}

fn put(project: &mut Project, stage: Stage, reason: String) {
    project.stage = stage;
    project.reason = reason;
}

fn follows(project: &Project, stage: Stage) -> Result<(), Rejection> {
    use Stage::{Accepting, Active, Cancelled, Closed, Draft};
    let allowed = matches!(
        (project.stage, stage),
        (Draft, Active) | (Active, Accepting) | (Accepting, Active | Closed) | (Draft | Active | Accepting, Cancelled)
    );
    if allowed { Ok(()) } else { Err(Reason::WrongStage.into()) }
}
