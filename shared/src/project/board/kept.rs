//! How a board is kept: its columns, its tasks, the comments on them, and what is on record beside.

use std::sync::Arc;

use serde_json::Error;
use uuid::Uuid;

use super::{Board, BoardChange, Column, Record, RecordChange};
use crate::Timestamp;
use crate::id::{ColumnId, CommentId, DeliverableId, ProjectId, TaskId};
use crate::project::baseline::{Baseline, Dated, Moves};
use crate::project::deliverable::Deliverable;
use crate::project::stage::Step;
use crate::project::task::{Comment, Task, TaskField};
use crate::state::{Contents, Fate, Kind, Things};

const COLUMN: Kind = Kind::of::<Column>("board_column");
const TASK: Kind = Kind::of::<Task>("task");
const COMMENT: Kind = Kind::of::<Comment>("comment");
const DELIVERABLE: Kind = Kind::of::<Deliverable>("deliverable");
const BASELINE: Kind = Kind::of::<Baseline>("baseline");
const MOVES: Kind = Kind::of::<Moves>("date_moves");
const STEP: Kind = Kind::of::<Step>("project_step");

/// A thing on a board.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // named as in the domain
pub enum BoardThing {
    Column(ColumnId),
    Task(TaskId),
    Comment(TaskId, CommentId),
    Deliverable(DeliverableId),
    Baseline(u32),
    Moves(Dated),
    Step(Timestamp),
}

use BoardThing as Thing;

impl Contents for Board {
    type Key = ProjectId;
    type Change = BoardChange;
    type Thing = Thing;

    const KINDS: &'static [Kind] = &[COLUMN, TASK, COMMENT, DELIVERABLE, BASELINE, MOVES, STEP];
    const NUMBERED: &'static [Kind] = &[TASK];

    fn begun_by(_: &BoardChange) -> Option<Self> {
        Some(Self::default())
    }

    fn apply(&mut self, change: &BoardChange) {
        self.apply(change);
    }

    fn touched(before: Option<&Self>, change: &BoardChange, note: &mut dyn FnMut(Thing, Fate)) {
        match change {
            BoardChange::ColumnPut(column) => note(Thing::Column(column.id), Fate::Put),
            BoardChange::ColumnGone(id) => note(Thing::Column(*id), Fate::Gone),
            BoardChange::TaskPut(task) => note(Thing::Task(task.id), Fate::Put),
            BoardChange::TaskField { task, .. } => note(Thing::Task(*task), Fate::Put),
            BoardChange::TaskGone(task) => {
                note(Thing::Task(*task), Fate::Gone);
                // It takes its comments along: they must not come back with a task of the same id.
                for comment in before.map_or(&[][..], |board| board.comments(*task)) {
                    note(Thing::Comment(*task, comment.id), Fate::Gone);
                }
                let moves = Dated::Task(*task);
                if before.is_some_and(|board| board.record().moves.contains_key(&moves)) {
                    note(Thing::Moves(moves), Fate::Gone);
                }
            }
            BoardChange::CommentPut(comment) => note(Thing::Comment(comment.task, comment.id), Fate::Put),
            BoardChange::CommentGone { task, comment } => note(Thing::Comment(*task, *comment), Fate::Gone),
            BoardChange::Record(change) => match change {
                RecordChange::DeliverablePut(deliverable, _) => note(Thing::Deliverable(deliverable.id), Fate::Put),
                RecordChange::DeliverableGone(id) => note(Thing::Deliverable(*id), Fate::Gone),
                RecordChange::BaselinePut(baseline) => note(Thing::Baseline(baseline.number), Fate::Put),
                RecordChange::Moved(of, _) | RecordChange::MoveTakenBack(of) => note(Thing::Moves(*of), Fate::Put),
                RecordChange::Stepped(step) => note(Thing::Step(step.at), Fate::Put),
            },
        }
    }

    fn name(thing: &Thing) -> (Kind, String) {
        match thing {
            Thing::Column(id) => (COLUMN, id.to_string()),
            Thing::Task(id) => (TASK, id.to_string()),
            // The rules ask only that a comment's id be new on its task.
            Thing::Comment(task, id) => (COMMENT, format!("{task}/{id}")),
            Thing::Deliverable(id) => (DELIVERABLE, id.to_string()),
            Thing::Baseline(number) => (BASELINE, number.to_string()),
            Thing::Moves(Dated::Milestone(id)) => (MOVES, id.to_string()),
            Thing::Moves(Dated::Task(id)) => (MOVES, id.to_string()),
            Thing::Step(at) => (STEP, at.micros().to_string()),
        }
    }

    fn write(&self, thing: &Thing) -> Option<Result<String, Error>> {
        Some(match thing {
            Thing::Column(id) => serde_json::to_string(self.column(*id).ok()?),
            Thing::Task(id) => serde_json::to_string(self.task(*id).ok()?),
            Thing::Comment(task, id) => serde_json::to_string(self.comment(*task, *id).ok()?),
            Thing::Deliverable(id) => serde_json::to_string(self.deliverable(*id).ok()?),
            Thing::Baseline(number) => {
                serde_json::to_string(self.record().baselines.iter().find(|baseline| baseline.number == *number)?)
            }
            Thing::Moves(of) => serde_json::to_string(self.record().moves.get(of)?),
            Thing::Step(at) => serde_json::to_string(self.record().steps.iter().find(|step| step.at == *at)?),
        })
    }

    fn read(things: &Things) -> Result<Option<Self>, Error> {
        let (tasks, comments): (Vec<Arc<Task>>, Vec<Arc<Comment>>) = (things.all(TASK)?, things.all(COMMENT)?);
        let deliverables: Vec<Arc<Deliverable>> = things.all(DELIVERABLE)?;
        let moves: Vec<Arc<Moves>> = things.all(MOVES)?;
        let record = Record {
            deliverables: deliverables.into_iter().map(|deliverable| (deliverable.id, deliverable)).collect(),
            baselines: things.all(BASELINE)?,
            moves: moves.into_iter().map(|moves| (moves.of, moves)).collect(),
            steps: things.all(STEP)?,
        };
        let board = Self::from_rows(things.all(COLUMN)?, tasks, comments, things.highest_gone());
        Ok(Some(board.with_record(record)))
    }

    fn subject(project: ProjectId, change: &BoardChange) -> Option<Uuid> {
        match change {
            BoardChange::ColumnPut(column) => Some(column.id.uuid()),
            BoardChange::ColumnGone(id) => Some(id.uuid()),
            BoardChange::TaskPut(task) => Some(task.id.uuid()),
            // Another place in the same column is nothing that anybody would look up, and a column whose keys are
            // written anew has thousands of them.
            BoardChange::TaskField {
                was: TaskField::Place { column: was, .. },
                now: TaskField::Place { column: now, .. },
                ..
            } if was == now => None,
            BoardChange::TaskField { task, .. }
            | BoardChange::TaskGone(task)
            | BoardChange::CommentGone { task, .. } => Some(task.uuid()),
            BoardChange::CommentPut(comment) => Some(comment.task.uuid()),
            BoardChange::Record(change) => Some(match change {
                RecordChange::DeliverablePut(put, _) => put.task.map_or(put.id.uuid(), TaskId::uuid),
                RecordChange::DeliverableGone(id) => id.uuid(),
                RecordChange::Moved(of, _) | RecordChange::MoveTakenBack(of) => match of {
                    Dated::Milestone(id) => id.uuid(),
                    Dated::Task(id) => id.uuid(),
                },
                RecordChange::BaselinePut(_) | RecordChange::Stepped(_) => project.uuid(),
            }),
        }
    }
}
