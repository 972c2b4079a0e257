//! The board (看板) of a project: columns that map to a status, and the tasks in them.
//!
//! # Rules
//!
//! The guide has task cards with a progress status (2.1, template two: 进度状态); the board that shows them is ours.
//!
//! - **Columns.** They are the lead's to add, rename, reorder and remove. Each gives its status to the tasks in it. A
//!   board keeps at least one column, and only an empty one is removed.
//! - **Status.** That of the column. Blocked is a mark on the card, which stays in its column: no column stands for it.
//! - **What a status entails.** Whether a card moves or its column gets another status: a task handed in or over waits
//!   for nobody, a task done is all done.
//! - **Limits.** A limit on work in progress refuses newcomers alone: what is in the column stays, and moves within it.
//! - **Who reads.** Who reads the project.
//! - **Record.** What the project has on record beside its tasks is here with them: what it delivers, its baselines, the
//!   dates that moved, its stages. Their rules are those of `deliverable`, `baseline` and `stage`.

mod column;
pub mod drag;
mod kept;
mod record;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use column::{BoardCommand, BoardIntent, NewColumn, first_columns};
pub use kept::BoardThing;
pub use record::{Deed, Record, RecordChange};

use super::task::{Comment, Task, TaskField};
use crate::arrange::Arrange as _;
use crate::id::{ColumnId, CommentId, TaskId};
use crate::order::Key;
use crate::{Reason, Rejection};

/// The columns, tasks and comments of one project: flat and by id, with the order of cards kept beside.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Rows", into = "Rows")]
pub struct Board {
    columns: Vec<Column>,
    tasks: BTreeMap<TaskId, Arc<Task>>,
    comments: BTreeMap<TaskId, Vec<Arc<Comment>>>,
    order: BTreeMap<ColumnId, Vec<TaskId>>,
    last_number: u32,
    record: Record,
}

/// A column of the board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its id.
    pub id: ColumnId,
    /// Its name.
    pub name: String,
    /// The status of the tasks in it.
    pub status: Status,
    /// The most tasks that it takes (work in progress limit).
    pub wip_limit: Option<u16>,
    /// Where it stands among the columns.
    pub key: Key,
}

/// The progress status of a task (进度状态). Blocked is a mark on a task, see [`Board::status`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Status {
    /// 待办.
    Todo,
    /// 进行中.
    InProgress,
    /// 阻塞: waits for somebody.
    Blocked,
    /// 已提交: handed in, not yet accepted.
    Submitted,
    /// 已完成.
    Done,
    /// 已取消.
    Cancelled,
}

impl Status {
    /// Whether work on the task is over.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::Cancelled)
    }
}

/// Why a board refused a command.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BoardRefusal {
    /// The column holds as many tasks as its limit allows.
    WipLimit {
        /// The column's name.
        column: String,
        /// Its limit.
        limit: u16,
    },
    /// Only an empty column can be removed.
    ColumnNotEmpty,
    /// A board keeps at least one column.
    LastColumn,
    /// A column cannot stand for blocked tasks: blocked is a mark on the card.
    BlockedColumn,
}

/// One change of a board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BoardChange {
    /// This column is now so.
    ColumnPut(Column),
    /// This column is gone.
    ColumnGone(ColumnId),
    /// A new task, or one that is back.
    TaskPut(Arc<Task>),
    /// One field of a task: what it was, for the activity log and undo, and what it is now.
    TaskField {
        /// Whose field.
        task: TaskId,
        /// Its value before.
        was: TaskField,
        /// Its value from now on.
        now: TaskField,
    },
    /// This task is gone, and its comments with it.
    TaskGone(TaskId),
    /// A new comment, or a changed one.
    CommentPut(Comment),
    /// This comment is gone.
    CommentGone {
        /// The task that it was on.
        task: TaskId,
        /// The comment.
        comment: CommentId,
    },
    /// What is on record beside the tasks changes.
    Record(RecordChange),
}

/// A board as it travels and rests: without what can be derived.
#[derive(Clone, Serialize, Deserialize)]
struct Rows {
    columns: Vec<Column>,
    tasks: Vec<Arc<Task>>,
    comments: Vec<Arc<Comment>>,
    last_number: u32,
    record: Record,
}

impl From<Rows> for Board {
    fn from(rows: Rows) -> Self {
        Self::from_rows(rows.columns, rows.tasks, rows.comments, rows.last_number).with_record(rows.record)
    }
}

impl From<Board> for Rows {
    fn from(board: Board) -> Self {
        Self {
            columns: board.columns,
            tasks: board.tasks.into_values().collect(),
            comments: board.comments.into_values().flatten().collect(),
            last_number: board.last_number,
            record: board.record,
        }
    }
}

impl Board {
    /// Puts a board together from its rows, in any order.
    pub fn from_rows(
        columns: Vec<Column>,
        tasks: Vec<Arc<Task>>,
        comments: Vec<Arc<Comment>>,
        last_number: u32,
    ) -> Self {
        let mut board = Self { columns, last_number, ..Self::default() };
        board.columns.arrange_by(|a, b| (&a.key, a.id).cmp(&(&b.key, b.id)));
        board.tasks = tasks.into_iter().map(|task| (task.id, task)).collect();
        let Self { tasks, order, last_number, .. } = &mut board;
        // After the map is made: a row that came twice is one card.
        for task in tasks.values() {
            *last_number = task.number.max(*last_number);
            order.entry(task.column).or_default().push(task.id);
        }
        for cards in order.values_mut() {
            cards.arrange_by(|a, b| standing(tasks, *a).cmp(&standing(tasks, *b)));
        }
        for comment in comments {
            board.comments.entry(comment.task).or_default().push(comment);
        }
        for thread in board.comments.values_mut() {
            thread.arrange_by_key(|comment| (comment.at, comment.id));
        }
        board
    }

    /// With what is on record beside its tasks, in any order.
    #[must_use]
    pub fn with_record(self, mut record: Record) -> Self {
        record.in_order();
        Self { record, ..self }
    }

    /// The columns in order.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// A column that is here.
    pub fn column(&self, id: ColumnId) -> Result<&Column, Rejection> {
        self.columns.iter().find(|column| column.id == id).ok_or_else(|| Reason::Gone.into())
    }

    /// The tasks of a column, in order.
    pub fn cards(&self, column: ColumnId) -> &[TaskId] {
        self.order.get(&column).map_or(&[], Vec::as_slice)
    }

    /// A task that is here.
    pub fn task(&self, id: TaskId) -> Result<&Arc<Task>, Rejection> {
        self.tasks.get(&id).ok_or_else(|| Reason::Gone.into())
    }

    /// All tasks, by id.
    pub fn tasks(&self) -> &BTreeMap<TaskId, Arc<Task>> {
        &self.tasks
    }

    /// The comments on a task, oldest first.
    pub fn comments(&self, task: TaskId) -> &[Arc<Comment>] {
        self.comments.get(&task).map_or(&[], Vec::as_slice)
    }

    /// One comment.
    pub fn comment(&self, task: TaskId, id: CommentId) -> Result<&Arc<Comment>, Rejection> {
        self.comments(task).iter().find(|comment| comment.id == id).ok_or_else(|| Reason::Gone.into())
    }

    /// The number of the next task.
    pub fn next_number(&self) -> u32 {
        self.last_number.saturating_add(1)
    }

    /// The highest number ever given to a task here.
    pub fn last_number(&self) -> u32 {
        self.last_number
    }

    /// The status of a task: blocked if it is marked so, else that of its column.
    pub fn status(&self, task: &Task) -> Status {
        if task.blocked.is_some() {
            return Status::Blocked;
        }
        self.column(task.column).map_or(Status::Todo, |column| column.status)
    }

    /// Applies a decided change; passes over what no longer fits.
    pub fn apply(&mut self, change: &BoardChange) {
        match change {
            BoardChange::ColumnPut(column) => {
                self.columns.retain(|other| other.id != column.id);
                self.columns.push(column.clone());
                self.columns.arrange_by(|a, b| (&a.key, a.id).cmp(&(&b.key, b.id)));
            }
            BoardChange::ColumnGone(id) => self.columns.retain(|column| column.id != *id),
            BoardChange::TaskPut(task) => {
                self.take_out(task.id);
                self.last_number = self.last_number.max(task.number);
                self.tasks.insert(task.id, task.clone());
                self.put_in(task.id);
            }
            BoardChange::TaskField { task, now: TaskField::Place { column, key }, .. } => {
                self.take_out(*task);
                if let Some(task) = self.tasks.get_mut(task) {
                    let task = Arc::make_mut(task);
                    task.column = *column;
                    task.key = key.clone();
                }
                self.put_in(*task);
            }
            BoardChange::TaskField { task, now, .. } => {
                if let Some(task) = self.tasks.get_mut(task) {
                    Arc::make_mut(task).set(now);
                }
            }
            BoardChange::TaskGone(id) => {
                self.take_out(*id);
                self.tasks.remove(id);
                self.comments.remove(id);
                self.record.forget(*id);
            }
            BoardChange::Record(change) => self.record.apply(change),
            BoardChange::CommentPut(comment) => {
                let thread = self.comments.entry(comment.task).or_default();
                thread.retain(|other| other.id != comment.id);
                thread.push(Arc::new(comment.clone()));
                thread.arrange_by_key(|comment| (comment.at, comment.id));
            }
            BoardChange::CommentGone { task, comment } => {
                if let Some(thread) = self.comments.get_mut(task) {
                    thread.retain(|other| other.id != *comment);
                    if thread.is_empty() {
                        self.comments.remove(task);
                    }
                }
            }
        }
    }

    fn take_out(&mut self, id: TaskId) {
        let Some(task) = self.tasks.get(&id) else { return };
        let column = task.column;
        let Some(cards) = self.order.get_mut(&column) else { return };
        let tasks = &self.tasks;
        if let Ok(at) = cards.binary_search_by(|other| standing(tasks, *other).cmp(&standing(tasks, id))) {
            cards.remove(at);
        }
        if cards.is_empty() {
            self.order.remove(&column);
        }
    }

    fn put_in(&mut self, id: TaskId) {
        let Some(task) = self.tasks.get(&id) else { return };
        let cards = self.order.entry(task.column).or_default();
        let tasks = &self.tasks;
        if let Err(at) = cards.binary_search_by(|other| standing(tasks, *other).cmp(&standing(tasks, id))) {
            cards.insert(at, id);
        }
    }
}

fn standing(tasks: &BTreeMap<TaskId, Arc<Task>>, id: TaskId) -> (Option<&Key>, TaskId) {
    (tasks.get(&id).map(|task| &task.key), id)
}
