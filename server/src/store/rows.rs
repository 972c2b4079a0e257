//! The tables' rows, derived from changes and the state: no kind of thing has code of its own for being saved.

use std::collections::BTreeMap;

use shared::command::{Change, ScopedChanges};
use shared::id::{
    ArticleId, ColumnId, CommentId, DepartmentId, EntryId, IncidentId, PersonId, ProjectId, ShiftId, TaskId,
};
use shared::inbox::InboxChange;
use shared::incident::{IncidentChange, RoomChange};
use shared::knowledge::ArticleChange;
use shared::organisation::OrganisationChange;
use shared::project::ProjectChange;
use shared::project::board::BoardChange;
use shared::sync::Seq;
use shared::{Scope, State, Timestamp};

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
    Policy,
    Shift,
    Incident,
    Entry,
    Report,
    Article,
    Revision,
    Mark,
}

impl Kind {
    /// How many there are.
    pub(super) const COUNT: usize = 15;

    /// All of them, in the order of their tables.
    pub(super) const ALL: [Self; Self::COUNT] = [
        Self::Company,
        Self::Department,
        Self::Person,
        Self::Project,
        Self::Column,
        Self::Task,
        Self::Comment,
        Self::Policy,
        Self::Shift,
        Self::Incident,
        Self::Entry,
        Self::Report,
        Self::Article,
        Self::Revision,
        Self::Mark,
    ];

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
            Self::Policy => "incident_policy",
            Self::Shift => "shift",
            Self::Incident => "incident",
            Self::Entry => "room_entry",
            Self::Report => "room_report",
            Self::Article => "article",
            Self::Revision => "article_revision",
            Self::Mark => "inbox_mark",
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

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Company,
    Department(DepartmentId),
    Person(PersonId),
    Project(ProjectId),
    Column(ColumnId),
    Task(TaskId),
    Comment(TaskId, CommentId),
    Policy,
    Shift(ShiftId),
    Incident(IncidentId),
    Entry(Timestamp, EntryId),
    Report,
    Article(ArticleId),
    Revision(u32),
    Mark(String),
}

impl Touched {
    /// Takes note of a part that is about to be applied to `before`.
    pub(crate) fn note(&mut self, before: &State, part: &ScopedChanges, seq: Seq) -> Result<(), serde_json::Error> {
        let scope = part.scope;
        for change in &part.changes {
            match change {
                Change::Organisation(change) => self.note_organisation(before, scope, change, seq)?,
                Change::Project(ProjectChange::Put(project)) => self.put(scope, Thing::Project(project.id), seq),
                Change::Board(change) => self.note_board(before, scope, change, seq)?,
                Change::Incident(change) => self.note_incident(before, scope, change, seq)?,
                Change::Room(RoomChange::EntryPut(entry)) => self.put(scope, Thing::Entry(entry.at, entry.id), seq),
                Change::Room(RoomChange::ReportPut(_)) => self.put(scope, Thing::Report, seq),
                Change::Article(ArticleChange::CardPut(card)) => self.put(scope, Thing::Article(card.id), seq),
                Change::Article(ArticleChange::RevisionPut(revision)) => {
                    self.put(scope, Thing::Revision(revision.number), seq);
                }
                Change::Inbox(InboxChange::MarkPut(key, _)) => self.put(scope, Thing::Mark(key.clone()), seq),
                Change::Inbox(InboxChange::MarkGone(key)) => {
                    self.gone(before, scope, Thing::Mark(key.clone()), seq)?;
                }
            }
        }
        Ok(())
    }

    fn note_organisation(
        &mut self,
        before: &State,
        scope: Scope,
        change: &OrganisationChange,
        seq: Seq,
    ) -> Result<(), serde_json::Error> {
        match change {
            OrganisationChange::CompanyPut(_) => self.put(scope, Thing::Company, seq),
            OrganisationChange::DepartmentPut(department) => self.put(scope, Thing::Department(department.id), seq),
            OrganisationChange::DepartmentGone(id) => self.gone(before, scope, Thing::Department(*id), seq)?,
            OrganisationChange::PersonPut(person) => self.put(scope, Thing::Person(person.id), seq),
        }
        Ok(())
    }

    fn note_board(
        &mut self,
        before: &State,
        scope: Scope,
        change: &BoardChange,
        seq: Seq,
    ) -> Result<(), serde_json::Error> {
        match change {
            BoardChange::ColumnPut(column) => self.put(scope, Thing::Column(column.id), seq),
            BoardChange::ColumnGone(id) => self.gone(before, scope, Thing::Column(*id), seq)?,
            BoardChange::TaskPut(task) => self.put(scope, Thing::Task(task.id), seq),
            BoardChange::TaskField { task, .. } => self.put(scope, Thing::Task(*task), seq),
            BoardChange::TaskGone(task) => {
                self.gone(before, scope, Thing::Task(*task), seq)?;
                self.comments_gone(before, scope, *task, seq)?;
            }
            BoardChange::CommentPut(comment) => self.put(scope, Thing::Comment(comment.task, comment.id), seq),
            BoardChange::CommentGone { task, comment } => {
                self.gone(before, scope, Thing::Comment(*task, *comment), seq)?;
            }
        }
        Ok(())
    }

    fn note_incident(
        &mut self,
        before: &State,
        scope: Scope,
        change: &IncidentChange,
        seq: Seq,
    ) -> Result<(), serde_json::Error> {
        match change {
            IncidentChange::PolicyPut(_) => self.put(scope, Thing::Policy, seq),
            IncidentChange::ShiftPut(shift) => self.put(scope, Thing::Shift(shift.id), seq),
            IncidentChange::ShiftGone(id) => self.gone(before, scope, Thing::Shift(*id), seq)?,
            IncidentChange::Put(incident) => self.put(scope, Thing::Incident(incident.id), seq),
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
    fn kind(&self) -> Kind {
        match self {
            Self::Company => Kind::Company,
            Self::Department(_) => Kind::Department,
            Self::Person(_) => Kind::Person,
            Self::Project(_) => Kind::Project,
            Self::Column(_) => Kind::Column,
            Self::Task(_) => Kind::Task,
            Self::Comment(..) => Kind::Comment,
            Self::Policy => Kind::Policy,
            Self::Shift(_) => Kind::Shift,
            Self::Incident(_) => Kind::Incident,
            Self::Entry(..) => Kind::Entry,
            Self::Report => Kind::Report,
            Self::Article(_) => Kind::Article,
            Self::Revision(_) => Kind::Revision,
            Self::Mark(_) => Kind::Mark,
        }
    }

    fn id(&self) -> String {
        match self {
            Self::Company => "company".to_owned(),
            Self::Department(id) => id.to_string(),
            Self::Person(id) => id.to_string(),
            Self::Project(id) => id.to_string(),
            Self::Column(id) => id.to_string(),
            Self::Task(id) => id.to_string(),
            // The rules ask only that a comment's id be new on its task.
            Self::Comment(task, id) => format!("{task}/{id}"),
            Self::Policy => "policy".to_owned(),
            Self::Shift(id) => id.to_string(),
            Self::Incident(id) => id.to_string(),
            // The rules ask only that a line's id be new at its time.
            Self::Entry(at, id) => format!("{}/{id}", at.micros()),
            Self::Report => "report".to_owned(),
            Self::Article(id) => id.to_string(),
            Self::Revision(number) => number.to_string(),
            Self::Mark(key) => key.clone(),
        }
    }

    /// The thing as JSON, if it is there.
    fn body(&self, state: &State, scope: Scope) -> Option<Result<String, serde_json::Error>> {
        let board = || if let Scope::Board(id) = scope { state.boards.get(&id) } else { None };
        let room = || if let Scope::Room(id) = scope { state.rooms.get(&id) } else { None };
        let article = || if let Scope::Article(id) = scope { state.articles.get(&id) } else { None };
        let inbox = || if let Scope::Inbox(id) = scope { state.inboxes.get(&id) } else { None };
        Some(match self {
            Self::Company => serde_json::to_string(&state.company.info),
            Self::Department(id) => serde_json::to_string(state.company.departments.get(id)?),
            Self::Person(id) => serde_json::to_string(state.company.people.get(id)?),
            Self::Project(id) => serde_json::to_string(state.projects.get(id)?),
            Self::Column(id) => serde_json::to_string(board()?.column(*id).ok()?),
            Self::Task(id) => serde_json::to_string(board()?.task(*id).ok()?),
            Self::Comment(task, id) => serde_json::to_string(board()?.comment(*task, *id).ok()?),
            Self::Policy => serde_json::to_string(&state.incidents.policy),
            Self::Shift(id) => serde_json::to_string(state.incidents.roster.shifts.get(id)?),
            Self::Incident(id) => serde_json::to_string(state.incidents.all.get(id)?),
            Self::Entry(at, id) => serde_json::to_string(room()?.entries.get(&(*at, *id))?),
            Self::Report => serde_json::to_string(&room()?.report),
            Self::Article(_) => serde_json::to_string(&article()?.card),
            Self::Revision(number) => serde_json::to_string(article()?.revisions.get(number)?),
            Self::Mark(key) => serde_json::to_string(inbox()?.marks.get(key)?),
        })
    }
}
