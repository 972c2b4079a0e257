//! The tables' rows, derived from changes and the state: no kind of thing has code of its own for being saved.

use std::collections::BTreeMap;

use shared::command::{Change, ScopedChanges};
use shared::id::{ColumnId, CommentId, DepartmentId, PersonId, ProjectId, TaskId};
use shared::organisation::OrganisationChange;
use shared::project::ProjectChange;
use shared::project::board::BoardChange;
use shared::sync::Seq;
use shared::{Scope, State};

/// A kind of thing: each has its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // named as in the domain
pub enum Kind {
    Company,
    Department,
    Person,
    Project,
    Column,
    Task,
    Comment,
}

impl Kind {
    /// All of them, in the order of their tables.
    pub(super) const ALL: [Self; 7] =
        [Self::Company, Self::Department, Self::Person, Self::Project, Self::Column, Self::Task, Self::Comment];

    /// The table that has the things of this kind.
    pub fn table(self) -> &'static str {
        match self {
            Self::Company => "company",
            Self::Department => "department",
            Self::Person => "person",
            Self::Project => "project",
            Self::Column => "board_column",
            Self::Task => "task",
            Self::Comment => "comment",
        }
    }

    /// The kind whose things are in this table.
    pub(super) fn of(table: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.table() == table)
    }
}

/// A thing as it is to be stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// What it is.
    pub kind: Kind,
    /// Where it is.
    pub scope: Scope,
    /// Which it is, within its kind and scope.
    pub id: String,
    /// The last row of the journal that touched it.
    pub seq: Seq,
    /// Whether it is no longer there.
    pub gone: bool,
    /// All of it, as JSON; of a thing that is gone, what it last was.
    pub body: String,
}

/// The things that a batch touches: each is written once, as it stands at the end.
#[derive(Debug, Default)]
pub(crate) struct Touched(BTreeMap<(Scope, Thing), Touch>);

#[derive(Debug)]
struct Touch {
    seq: Seq,
    /// What it was when it went.
    last: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Company,
    Department(DepartmentId),
    Person(PersonId),
    Project(ProjectId),
    Column(ColumnId),
    Task(TaskId),
    Comment(TaskId, CommentId),
}

impl Touched {
    /// Takes note of a part that is about to be applied to `before`.
    pub(crate) fn note(&mut self, before: &State, part: &ScopedChanges, seq: Seq) -> Result<(), serde_json::Error> {
        let scope = part.scope;
        for change in &part.changes {
            match change {
                Change::Organisation(OrganisationChange::CompanyPut(_)) => self.put(scope, Thing::Company, seq),
                Change::Organisation(OrganisationChange::DepartmentPut(department)) => {
                    self.put(scope, Thing::Department(department.id), seq);
                }
                Change::Organisation(OrganisationChange::DepartmentGone(id)) => {
                    self.gone(before, scope, Thing::Department(*id), seq)?;
                }
                Change::Organisation(OrganisationChange::PersonPut(person)) => {
                    self.put(scope, Thing::Person(person.id), seq);
                }
                Change::Project(ProjectChange::Put(project)) => self.put(scope, Thing::Project(project.id), seq),
                Change::Board(BoardChange::ColumnPut(column)) => self.put(scope, Thing::Column(column.id), seq),
                Change::Board(BoardChange::ColumnGone(id)) => {
                    self.gone(before, scope, Thing::Column(*id), seq)?;
                }
                Change::Board(BoardChange::TaskPut(task)) => self.put(scope, Thing::Task(task.id), seq),
                Change::Board(BoardChange::TaskField { task, .. }) => self.put(scope, Thing::Task(*task), seq),
                Change::Board(BoardChange::TaskGone(task)) => {
                    self.gone(before, scope, Thing::Task(*task), seq)?;
                    self.comments_gone(before, scope, *task, seq)?;
                }
                Change::Board(BoardChange::CommentPut(comment)) => {
                    self.put(scope, Thing::Comment(comment.task, comment.id), seq);
                }
                Change::Board(BoardChange::CommentGone { task, comment }) => {
                    self.gone(before, scope, Thing::Comment(*task, *comment), seq)?;
                }
            }
        }
        Ok(())
    }

    /// The rows, with the bodies that things have in `after`, where all noted parts are applied.
    pub(crate) fn into_rows(self, after: &State) -> Result<Vec<Row>, serde_json::Error> {
        let row = |((scope, thing), touch): ((Scope, Thing), Touch)| {
            let here = thing.body(after, scope).transpose();
            let gone = matches!(here, Ok(None));
            // Neither here nor there before: the change fitted nothing.
            let body = here.map(|here| here.or(touch.last)).transpose()?;
            Some(body.map(|body| Row { kind: thing.kind(), scope, id: thing.id(), seq: touch.seq, gone, body }))
        };
        self.0.into_iter().filter_map(row).collect()
    }

    fn put(&mut self, scope: Scope, thing: Thing, seq: Seq) {
        self.0.insert((scope, thing), Touch { seq, last: None });
    }

    fn gone(&mut self, before: &State, scope: Scope, thing: Thing, seq: Seq) -> Result<(), serde_json::Error> {
        let last = thing.body(before, scope).transpose()?;
        self.0.insert((scope, thing), Touch { seq, last });
        Ok(())
    }

    /// A task takes its comments along: they must not come back with a task of the same id.
    fn comments_gone(&mut self, before: &State, scope: Scope, task: TaskId, seq: Seq) -> Result<(), serde_json::Error> {
        let Scope::Board(board) = scope else { return Ok(()) };
        let comments = before.boards.get(&board).map_or(&[][..], |board| board.comments(task));
        comments.iter().try_for_each(|comment| self.gone(before, scope, Thing::Comment(task, comment.id), seq))
    }
}

impl Thing {
    fn kind(self) -> Kind {
        match self {
            Self::Company => Kind::Company,
            Self::Department(_) => Kind::Department,
            Self::Person(_) => Kind::Person,
            Self::Project(_) => Kind::Project,
            Self::Column(_) => Kind::Column,
            Self::Task(_) => Kind::Task,
            Self::Comment(..) => Kind::Comment,
        }
    }

    fn id(self) -> String {
        match self {
            Self::Company => "company".to_owned(),
            Self::Department(id) => id.to_string(),
            Self::Person(id) => id.to_string(),
            Self::Project(id) => id.to_string(),
            Self::Column(id) => id.to_string(),
            Self::Task(id) => id.to_string(),
            // The rules ask only that a comment's id be new on its task.
            Self::Comment(task, id) => format!("{task}/{id}"),
        }
    }

    /// The thing as JSON, if it is there.
    fn body(self, state: &State, scope: Scope) -> Option<Result<String, serde_json::Error>> {
        let board = || match scope {
            Scope::Board(id) => state.boards.get(&id),
            _ => None,
        };
        Some(match self {
            Self::Company => serde_json::to_string(&state.company.info),
            Self::Department(id) => serde_json::to_string(state.company.departments.get(&id)?),
            Self::Person(id) => serde_json::to_string(state.company.people.get(&id)?),
            Self::Project(id) => serde_json::to_string(state.projects.get(&id)?),
            Self::Column(id) => serde_json::to_string(board()?.column(id).ok()?),
            Self::Task(id) => serde_json::to_string(board()?.task(id).ok()?),
            Self::Comment(task, id) => serde_json::to_string(board()?.comment(task, id).ok()?),
        })
    }
}
