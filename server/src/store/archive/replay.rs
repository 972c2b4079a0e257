//! What a scope's tables should hold, by its journal.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::Deserialize;
use shared::inbox::Inbox;
use shared::incident::{Entry, Incident, Incidents, Room, Roster, Shift};
use shared::knowledge::{Article, ArticleCard, Revision};
use shared::organisation::{Company, Department, Person};
use shared::project::board::Board;
use shared::project::task::{Comment, Task};
use shared::state::Part;
use shared::sync::Delta;
use shared::{Scope, State};

use crate::store::columns::{integer, json, seq};
use crate::store::{Kind, Row, StoreError, Touched};

/// The rows of the tables of things, by kind and id.
pub(super) type Things = BTreeMap<(Kind, String), Row>;

/// A scope that is made once more from its journal.
pub(super) struct Replay {
    state: State,
    things: Things,
    touched: Touched,
}

/// A row of a snapshot: table, id, seq, gone, body.
type Kept = (String, String, i64, bool, String);

impl Replay {
    /// From a snapshot, or from nothing.
    pub(super) fn new(scope: Scope, snapshot: Option<&str>) -> Result<Self, StoreError> {
        let kept: Vec<Kept> = snapshot.map(|body| json("a snapshot", body)).transpose()?.unwrap_or_default();
        let row = |(table, id, number, gone, body): Kept| {
            let kind = Kind::of(&table).ok_or(StoreError::Damaged { what: "a kind", why: table })?;
            Ok(((kind, id.clone()), Row { kind, scope, id, seq: seq(number), gone, body }))
        };
        let things = kept.into_iter().map(row).collect::<Result<Things, StoreError>>()?;
        let mut state = State::default();
        if let Some(part) = part(scope, &things)? {
            state.put(scope, part);
        }
        Ok(Self { state, things, touched: Touched::default() })
    }

    /// Takes the next row of the journal in.
    pub(super) fn step(&mut self, delta: &Delta) -> Result<(), StoreError> {
        self.touched.note(&self.state, &delta.part, delta.seq)?;
        self.state.apply(&delta.part);
        Ok(())
    }

    /// What the tables should hold after the last row.
    pub(super) fn finish(self) -> Result<Things, StoreError> {
        let mut things = self.things;
        let touched = self.touched.into_rows(&self.state)?;
        things.extend(touched.into_iter().map(|row| ((row.kind, row.id.clone()), row)));
        Ok(things)
    }
}

/// The text of a snapshot.
pub(super) fn snapshot(things: Things) -> Result<String, StoreError> {
    let kept = things.into_values().map(|row| (row.kind.table(), row.id, integer(row.seq), row.gone, row.body));
    Ok(serde_json::to_string(&kept.collect::<Vec<_>>())?)
}

/// A scope as its rows have it; `None` if there are none.
fn part(scope: Scope, things: &Things) -> Result<Option<Part>, StoreError> {
    if things.is_empty() {
        return Ok(None);
    }
    Ok(match scope {
        Scope::Company => {
            let info = bodies(Kind::Company, things)?.pop().unwrap_or_default();
            let (departments, people) = (bodies(Kind::Department, things)?, bodies(Kind::Person, things)?);
            Some(Part::Company(Arc::new(Company {
                info,
                departments: departments.into_iter().map(|one: Department| (one.id, one)).collect(),
                people: people.into_iter().map(|one: Person| (one.id, one)).collect(),
            })))
        }
        Scope::Project(_) => bodies(Kind::Project, things)?.pop().map(Part::Project),
        Scope::Board(_) => {
            let tasks: Vec<Arc<Task>> = bodies(Kind::Task, things)?;
            let comments: Vec<Arc<Comment>> = bodies(Kind::Comment, things)?;
            let board = Board::from_rows(bodies(Kind::Column, things)?, tasks, comments, highest(things)?);
            Some(Part::Board(Arc::new(board)))
        }
        Scope::Incidents => {
            let shifts: Vec<Shift> = bodies(Kind::Shift, things)?;
            let all: Vec<Arc<Incident>> = bodies(Kind::Incident, things)?;
            Some(Part::Incidents(Arc::new(Incidents {
                policy: bodies(Kind::Policy, things)?.pop().unwrap_or_default(),
                roster: Roster { shifts: shifts.into_iter().map(|shift| (shift.id, shift)).collect() },
                all: all.into_iter().map(|incident| (incident.id, incident)).collect(),
            })))
        }
        Scope::Room(_) => {
            let entries: Vec<Arc<Entry>> = bodies(Kind::Entry, things)?;
            Some(Part::Room(Arc::new(Room {
                entries: entries.into_iter().map(|entry| ((entry.at, entry.id), entry)).collect(),
                report: bodies(Kind::Report, things)?.pop().unwrap_or_default(),
            })))
        }
        Scope::Article(_) => bodies(Kind::Article, things)?
            .pop()
            .map(|card: ArticleCard| {
                let revisions: Vec<Arc<Revision>> = bodies(Kind::Revision, things)?;
                let revisions = revisions.into_iter().map(|revision| (revision.number, revision)).collect();
                Ok::<_, StoreError>(Part::Article(Arc::new(Article { card, revisions })))
            })
            .transpose()?,
        Scope::Inbox(_) => {
            let here = things.values().filter(|row| row.kind == Kind::Mark && !row.gone);
            let marks = here.map(|row| Ok((row.id.clone(), json("a thing", &row.body)?)));
            Some(Part::Inbox(Arc::new(Inbox { marks: marks.collect::<Result<_, StoreError>>()? })))
        }
    })
}

fn bodies<T: for<'a> Deserialize<'a>>(kind: Kind, things: &Things) -> Result<Vec<T>, StoreError> {
    let here = things.values().filter(|row| row.kind == kind && !row.gone);
    here.map(|row| json("a thing", &row.body)).collect()
}

/// The highest number of a task that is gone: it stays taken.
fn highest(things: &Things) -> Result<u32, StoreError> {
    let gone = things.values().filter(|row| row.kind == Kind::Task && row.gone);
    let numbers = gone.map(|row| json("a thing", &row.body).map(|task: Task| task.number));
    numbers.reduce(|a, b| Ok(a?.max(b?))).unwrap_or(Ok(0))
}
