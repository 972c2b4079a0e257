//! How a board is kept: its columns, its tasks, the comments on them.

use std::sync::Arc;

use serde_json::Error;
use uuid::Uuid;

use super::{Board, BoardChange, Column};
use crate::id::{ColumnId, CommentId, ProjectId, TaskId};
use crate::project::task::{Comment, Task, TaskField};
use crate::state::{Contents, Fate, Kind, Things};

const COLUMN: Kind = Kind::of::<Column>("board_column");
const TASK: Kind = Kind::of::<Task>("task");
const COMMENT: Kind = Kind::of::<Comment>("comment");

/// A thing on a board.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // named as in the domain
pub enum BoardThing {
    Column(ColumnId),
    Task(TaskId),
    Comment(TaskId, CommentId),
}

use BoardThing as Thing;

impl Contents for Board {
    type Key = ProjectId;
    type Change = BoardChange;
    type Thing = Thing;

    const KINDS: &'static [Kind] = &[COLUMN, TASK, COMMENT];
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
            }
            BoardChange::CommentPut(comment) => note(Thing::Comment(comment.task, comment.id), Fate::Put),
            BoardChange::CommentGone { task, comment } => note(Thing::Comment(*task, *comment), Fate::Gone),
        }
    }

    fn name(thing: &Thing) -> (Kind, String) {
        match thing {
            Thing::Column(id) => (COLUMN, id.to_string()),
            Thing::Task(id) => (TASK, id.to_string()),
            // The rules ask only that a comment's id be new on its task.
            Thing::Comment(task, id) => (COMMENT, format!("{task}/{id}")),
        }
    }

    fn write(&self, thing: &Thing) -> Option<Result<String, Error>> {
        Some(match thing {
            Thing::Column(id) => serde_json::to_string(self.column(*id).ok()?),
            Thing::Task(id) => serde_json::to_string(self.task(*id).ok()?),
            Thing::Comment(task, id) => serde_json::to_string(self.comment(*task, *id).ok()?),
        })
    }

    fn read(things: &Things) -> Result<Option<Self>, Error> {
        let (tasks, comments): (Vec<Arc<Task>>, Vec<Arc<Comment>>) = (things.all(TASK)?, things.all(COMMENT)?);
        Ok(Some(Self::from_rows(things.all(COLUMN)?, tasks, comments, things.highest_gone())))
    }

    fn subject(_: ProjectId, change: &BoardChange) -> Option<Uuid> {
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
        }
    }
}
