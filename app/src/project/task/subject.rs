//! The task that a panel is about: read by field, acted on by edits.

use std::iter;
use std::sync::Arc;

use leptos::prelude::*;
use shared::id::{CommentId, PersonId, ProjectId, TaskId};
use shared::inbox::BoardTask;
use shared::project::board::{Board, Status};
use shared::project::task::{Task, TaskCommand, TaskEdit, TaskIntent};
use shared::project::{Project, Role};
use shared::{Command, Rejection};

use crate::reactive::memo;
use crate::sync::Replica;

/// The task of the panel around here.
#[derive(Clone, Copy)]
pub struct Subject {
    /// The replica that it is read from.
    pub replica: Replica,
    /// Its project.
    pub project: ProjectId,
    /// Which.
    pub id: TaskId,
    task: Memo<Arc<Task>>,
    /// Whether the person who looks may change it.
    pub works: Memo<bool>,
    /// Whether they may comment.
    pub comments: Memo<bool>,
}

impl Subject {
    /// A task that was found.
    pub fn new(replica: Replica, project: ProjectId, first: Arc<Task>) -> Self {
        let id = first.id;
        let me = replica.me();
        let task = Memo::new(move |before: Option<&Arc<Task>>| {
            let now = replica.read(|view| view.board(project)?.task(id).ok().cloned());
            // Between losing the task and closing the panel the last state stands in.
            now.unwrap_or_else(|| before.unwrap_or(&first).clone())
        });
        let may = move |rule: fn(&Project, PersonId) -> Result<(), Rejection>| {
            memo(move || replica.read(|view| view.project(project).is_some_and(|project| rule(project, me).is_ok())))
        };
        Self { replica, project, id, task, works: may(Project::worked_on_by), comments: may(Project::commented_by) }
    }

    /// The task of the panel around here.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Whether its panel still stands. An input that is removed while it has the focus loses it then, and says so.
    pub fn is_here(self) -> bool {
        self.works.try_get_untracked().is_some()
    }

    /// Something of the task; tracked, and told only when it differs.
    pub fn map<T: PartialEq + Send + Sync + 'static>(self, of: impl Fn(&Task) -> T + Send + Sync + 'static) -> Memo<T> {
        memo(move || self.task.with(|task| of(task)))
    }

    /// Something of the board that it is on; tracked.
    pub fn on_board<T: PartialEq + Send + Sync + 'static>(
        self,
        of: impl Fn(&Board) -> T + Send + Sync + 'static,
    ) -> Memo<Option<T>> {
        let project = self.project;
        memo(move || self.replica.read(|view| view.board(project).map(|board| of(board))))
    }

    /// Whether a comment on it is here; tracked.
    pub fn has_comment(self, comment: CommentId) -> bool {
        let (project, task) = (self.project, self.id);
        self.replica.read(|view| view.board(project).is_some_and(|board| board.comment(task, comment).is_ok()))
    }

    /// Something of the task as it is now.
    pub fn now<T>(self, of: impl FnOnce(&Task) -> T) -> T {
        self.task.with_untracked(|task| of(task))
    }

    /// Runs again with each change of the task.
    pub fn track(self) {
        self.task.track();
    }

    /// The status of the task.
    pub fn status(self) -> Memo<Status> {
        let status = self.on_board(move |board| board.task(self.id).map_or(Status::Todo, |task| board.status(task)));
        memo(move || status.get().unwrap_or(Status::Todo))
    }

    /// What a person may do in the project, as it is now.
    pub fn role(self, person: PersonId) -> Option<Role> {
        self.replica.peek(|state| state.project(self.project).ok()?.role(person))
    }

    /// Changes one field.
    pub fn edit(self, edit: TaskEdit) -> Result<(), Rejection> {
        self.act(TaskIntent::Edit { task: self.id, edit })
    }

    /// Does something on the board of the task.
    pub fn act(self, intent: TaskIntent) -> Result<(), Rejection> {
        self.act_with(intent, Vec::new())
    }

    /// Does something on the board of the task, and what goes along with it, in one gesture.
    pub fn act_with(self, intent: TaskIntent, along: Vec<Command>) -> Result<(), Rejection> {
        let act = Command::Task(TaskCommand { project: self.project, intent });
        self.replica.act_all(iter::once(act).chain(along))
    }

    /// The task by the board that it is on.
    pub const fn on_its_board(self) -> BoardTask {
        BoardTask { project: self.project, task: self.id }
    }
}
