//! The rules of tasks: who may make, move, edit, remove and discuss them.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    Comment, Place, Priority, Progress, Task, TaskEdit, TaskField, TaskRefusal, edit, hand_over, place, telling,
};
use crate::command::{Changes, Command, Rules};
use crate::id::{ColumnId, CommentId, PersonId, ProjectId, TaskId};
use crate::incident::SYSTEM;
use crate::project::Project;
use crate::project::baseline::{self, Dated};
use crate::project::board::{Board, BoardChange, Deed, RecordChange};
use crate::project::deliverable::Deliverable;
use crate::project::undo;
use crate::text::{NAME, required_line, required_long};
use crate::time::meant;
use crate::{Context, Date, Field, Reason, Rejection, Scope, State};

const MOST_AT_ONCE: usize = 500;

/// An intent on the tasks of one project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskCommand {
    /// Whose board they are on.
    pub project: ProjectId,
    /// What.
    pub intent: TaskIntent,
}

/// What is to happen to tasks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaskIntent {
    /// A new task.
    Create(NewTask),
    /// Cards go to a place in a column. One drop is one command, however many cards.
    Move {
        /// Which, in the order in which they are to stand.
        tasks: Vec<TaskId>,
        /// The column.
        column: ColumnId,
        /// Where in it.
        place: Place,
    },
    /// One field of one task.
    Edit {
        /// Which.
        task: TaskId,
        /// What of it.
        edit: TaskEdit,
    },
    /// Tasks less.
    Remove(Vec<TaskId>),
    /// A comment is written.
    Comment {
        /// Its id, made by the caller.
        id: CommentId,
        /// On which task.
        task: TaskId,
        /// Markdown.
        text: String,
        /// Those named with an @.
        mentions: BTreeSet<PersonId>,
    },
    /// A comment is changed by who wrote it.
    EditComment {
        /// On which task.
        task: TaskId,
        /// Which.
        comment: CommentId,
        /// What it says now.
        text: String,
        /// Those named with an @.
        mentions: BTreeSet<PersonId>,
    },
    /// A comment less: by who wrote it, or the lead.
    RemoveComment {
        /// On which task.
        task: TaskId,
        /// Which.
        comment: CommentId,
    },
    /// All open tasks of a person go to another. The lead, and admins.
    HandOver {
        /// Whose they are.
        from: PersonId,
        /// Whose they become.
        to: PersonId,
    },
    /// Whoever the tasks belong to is told of them anew: the server's own, for tasks from before anybody was told.
    Tell(Vec<TaskId>),
}

/// A task to be made. What is not said here is edited afterwards.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewTask {
    /// Its id, made by the caller.
    pub id: TaskId,
    /// 任务名称.
    pub name: String,
    /// The column that it begins in.
    pub column: ColumnId,
    /// Where in it.
    pub place: Place,
    /// 负责人.
    pub owner: PersonId,
    /// 截止日期.
    pub due: Option<Date>,
    /// 优先级.
    pub priority: Priority,
}

impl TaskIntent {
    /// Whether it is talk, which observers may join, and not work.
    fn is_talk(&self) -> bool {
        matches!(self, Self::Comment { .. } | Self::EditComment { .. } | Self::RemoveComment { .. })
    }
}

impl Rules for TaskCommand {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Company, Scope::Project(self.project), Scope::Board(self.project)]
    }

    fn decide(&self, state: &State, context: &Context) -> Result<Changes, Rejection> {
        decide(state, self, context)
    }

    fn inverse(&self, before: &State, changes: &Changes) -> Vec<Command> {
        undo::of_tasks(self, before, changes)
    }

    fn stands(&self, state: &State, changes: &Changes) -> bool {
        undo::tasks_stand(self, state, changes)
    }
}

/// Decides a command on tasks.
fn decide(state: &State, command: &TaskCommand, context: &Context) -> Result<Changes, Rejection> {
    if let TaskIntent::Tell(tasks) = &command.intent {
        return tell(state, command.project, tasks, context);
    }
    state.active(context.actor)?;
    let project = state.project(command.project)?;
    let board = state.board(command.project)?;
    match &command.intent {
        talk if talk.is_talk() => project.commented_by(context.actor)?,
        TaskIntent::HandOver { .. } => project.handed_over_by(&state.company, context.actor)?,
        _ => project.worked_on_by(context.actor)?,
    }
    let changes = match &command.intent {
        TaskIntent::Create(new) => create(state, project, board, new, context)?,
        TaskIntent::Move { tasks, column, place } => {
            at_once(tasks)?;
            place::move_tasks(board, tasks, *column, *place, context.now)?
        }
        TaskIntent::Edit { task, edit } => {
            let task = board.task(*task)?;
            let now = edit::field(state, project, board, task, edit, context)?;
            let was = edit::current(task, &now);
            if was == now { Vec::new() } else { edited(project, board, task.id, (was, now), context) }
        }
        TaskIntent::Remove(tasks) => {
            at_once(tasks)?;
            remove(board, tasks)?
        }
        TaskIntent::Comment { id, task, text, mentions } => {
            board.task(*task)?;
            if board.comment(*task, *id).is_ok() {
                return Err(Reason::Exists.into());
            }
            vec![BoardChange::CommentPut(Comment {
                id: *id,
                task: *task,
                author: context.actor,
                text: required_long(Field::Comment, text)?,
                mentions: named(project, mentions),
                at: context.now,
                edited: None,
            })]
        }
        TaskIntent::EditComment { task, comment, text, mentions } => {
            let before = board.comment(*task, *comment)?;
            if before.author != context.actor {
                return Err(Reason::Task(TaskRefusal::NotTheAuthor).into());
            }
            let text = required_long(Field::Comment, text)?;
            let mentions = named(project, mentions);
            if text == before.text && mentions == before.mentions {
                return Ok(Vec::new());
            }
            let after = Comment { text, mentions, edited: Some(context.now), ..before.as_ref().clone() };
            vec![BoardChange::CommentPut(after)]
        }
        TaskIntent::HandOver { from, to } => {
            return hand_over::hand_over(state, project, board, (*from, *to), context);
        }
        TaskIntent::RemoveComment { task, comment } => {
            let before = board.comment(*task, *comment)?;
            if before.author != context.actor && project.lead != context.actor {
                return Err(Reason::Task(TaskRefusal::NotTheAuthor).into());
            }
            vec![BoardChange::CommentGone { task: *task, comment: *comment }]
        }
        TaskIntent::Tell(_) => Vec::new(),
    };
    Ok(telling::told(state, project, board, changes, context))
}

/// Tells of tasks whoever they belong to.
fn tell(state: &State, project: ProjectId, tasks: &[TaskId], context: &Context) -> Result<Changes, Rejection> {
    if context.actor != SYSTEM {
        return Err(Reason::NotAllowed.into());
    }
    at_once(tasks)?;
    Ok(telling::anew(state.project(project)?, state.board(project)?, tasks))
}

fn at_once(tasks: &[TaskId]) -> Result<(), Rejection> {
    if tasks.len() > MOST_AT_ONCE { Err(Reason::TooMany { max: MOST_AT_ONCE }.into()) } else { Ok(()) }
}

fn create(
    state: &State,
    project: &Project,
    board: &Board,
    new: &NewTask,
    context: &Context,
) -> Result<Vec<BoardChange>, Rejection> {
    if board.task(new.id).is_ok() {
        return Err(Reason::Exists.into());
    }
    let name = required_line(Field::Name, &new.name, NAME)?;
    let owner = edit::takes_part(state, project, Field::Owner, new.owner)?;
    let column = board.column(new.column)?;
    let (key, mut changes) = place::enter(board, column, new.place)?;
    let mut task = Task {
        id: new.id,
        number: board.next_number(),
        name,
        description: String::new(),
        owner,
        collaborators: BTreeSet::new(),
        due: new.due.map(|due| meant(Field::Due, due)).transpose()?,
        priority: new.priority,
        dependencies: Vec::new(),
        progress: Progress::default(),
        labels: BTreeSet::new(),
        checklist: Vec::new(),
        estimate: None,
        blocked: None,
        column: new.column,
        key,
        created_by: context.actor,
        created_at: context.now,
    };
    for entailed in place::consequences(&task, column.status, context.now) {
        if let BoardChange::TaskField { now, .. } = entailed {
            task.set(&now);
        }
    }
    changes.push(BoardChange::TaskPut(Arc::new(task)));
    Ok(changes)
}

/// One field of a task that is another, and that its date has moved, if that counts.
fn edited(
    project: &Project,
    board: &Board,
    task: TaskId,
    (was, now): (TaskField, TaskField),
    context: &Context,
) -> Vec<BoardChange> {
    let moved = match (&was, &now) {
        (TaskField::Due(from), TaskField::Due(to)) if baseline::counts(project.stage) => {
            baseline::moved(board, Dated::Task(task), (*from, *to), "", context)
        }
        _ => None,
    };
    let edited = BoardChange::TaskField { task, was, now };
    std::iter::once(edited).chain(moved.map(BoardChange::Record)).collect()
}

/// Removes tasks; those that waited for them wait no more, and what they deliver is the project's own.
fn remove(board: &Board, tasks: &[TaskId]) -> Result<Vec<BoardChange>, Rejection> {
    for task in tasks {
        board.task(*task)?;
    }
    let waiting = board.tasks().values().filter(|task| {
        !tasks.contains(&task.id) && task.dependencies.iter().any(|dependency| tasks.contains(&dependency.on))
    });
    let freed = waiting.map(|task| {
        let left = task.dependencies.iter().filter(|dependency| !tasks.contains(&dependency.on));
        BoardChange::TaskField {
            task: task.id,
            was: TaskField::Dependencies(task.dependencies.clone()),
            now: TaskField::Dependencies(left.copied().collect()),
        }
    });
    let delivered = tasks.iter().flat_map(|task| board.deliverables_of(*task)).map(|deliverable| {
        let own = Deliverable { task: None, ..deliverable.as_ref().clone() };
        BoardChange::Record(RecordChange::DeliverablePut(Arc::new(own), Deed::Edited))
    });
    Ok(freed.chain(delivered).chain(tasks.iter().copied().map(BoardChange::TaskGone)).collect())
}

fn named(project: &Project, mentions: &BTreeSet<PersonId>) -> BTreeSet<PersonId> {
    mentions.iter().copied().filter(|person| project.members.contains_key(person)).collect()
}
