//! What the journal says of a task, in words: who changed what, from what to what.

use std::collections::BTreeSet;

use shared::Date;
use shared::id::{ColumnId, PersonId, TaskId};
use shared::project::board::{BoardChange, Deed, RecordChange};
use shared::project::deliverable::Deliverable;
use shared::project::task::{AwaitedFrom, Blocked, Dependency, Item, TaskField};

use super::subject::Subject;
use crate::format;
use crate::words;
use crate::words::department_name;

/// One thing that somebody did.
pub struct Line {
    /// Such as "changed the due date".
    pub did: String,
    /// What it was.
    pub was: Option<String>,
    /// What it is.
    pub now: Option<String>,
}

impl Line {
    fn did(did: impl Into<String>) -> Self {
        Self { did: did.into(), was: None, now: None }
    }

    fn from_to(did: impl Into<String>, was: impl Into<String>, now: impl Into<String>) -> Self {
        Self { did: did.into(), was: Some(was.into()), now: Some(now.into()) }
    }

    fn more(did: impl Into<String>, now: String) -> Self {
        Self { did: did.into(), was: None, now: Some(now) }
    }

    fn less(did: impl Into<String>, was: String) -> Self {
        Self { did: did.into(), was: Some(was), now: None }
    }
}

/// A change in words; nothing if it is no news.
pub fn lines(subject: Subject, change: &BoardChange) -> Vec<Line> {
    match change {
        BoardChange::TaskPut(task) => vec![Line::more(t!("activity.created"), task.name.clone())],
        BoardChange::TaskField { was, now, .. } => field(subject, was, now),
        BoardChange::TaskGone(_) => vec![Line::did(t!("activity.removed"))],
        BoardChange::CommentPut(comment) if comment.edited.is_some() => {
            vec![Line::did(t!("activity.edited_comment"))]
        }
        BoardChange::CommentPut(_) => vec![Line::did(t!("activity.commented"))],
        BoardChange::CommentGone { .. } => vec![Line::did(t!("activity.removed_comment"))],
        BoardChange::Record(RecordChange::DeliverablePut(deliverable, deed)) => vec![delivered(deliverable, *deed)],
        BoardChange::ColumnPut(_) | BoardChange::ColumnGone(_) | BoardChange::Record(_) => Vec::new(),
    }
}

fn delivered(deliverable: &Deliverable, deed: Deed) -> Line {
    let did = match deed {
        Deed::Added => t!("activity.deliverable_added"),
        Deed::Edited => t!("activity.deliverable_edited"),
        Deed::HandedIn => t!("activity.handed_in"),
        Deed::Withdrawn => t!("activity.withdrawn"),
        Deed::Accepted => t!("activity.accepted"),
        Deed::Returned => t!("activity.returned"),
    };
    let name = &deliverable.name;
    let last = deliverable.versions.last().filter(|_| !matches!(deed, Deed::Added | Deed::Edited | Deed::Withdrawn));
    let now = match last.map(|last| (last.number, last.verdict.as_ref().and_then(|verdict| verdict.returned.clone()))) {
        None => name.clone(),
        Some((number, None)) => t!("activity.version_of", name = name, number = number).into_owned(),
        Some((number, Some(reason))) => {
            t!("activity.returned_with", name = name, number = number, reason = reason).into_owned()
        }
    };
    Line::more(did, now)
}

fn field(subject: Subject, was: &TaskField, now: &TaskField) -> Vec<Line> {
    let person = |id: &PersonId| words::person_name(subject.replica, *id);
    match (was, now) {
        (TaskField::Name(was), TaskField::Name(now)) => {
            vec![Line::from_to(t!("activity.name"), was.as_str(), now.as_str())]
        }
        (TaskField::Description(was), TaskField::Description(now)) => {
            vec![Line::from_to(t!("activity.description"), was.as_str(), now.as_str())]
        }
        (TaskField::Owner(was), TaskField::Owner(now)) => {
            vec![Line::from_to(t!("activity.owner"), person(was), person(now))]
        }
        (TaskField::Collaborators(was), TaskField::Collaborators(now)) => entries(
            was,
            now,
            person,
            |names| Line::more(t!("activity.added_collaborators"), names),
            |names| Line::less(t!("activity.removed_collaborators"), names),
        ),
        (TaskField::Due(was), TaskField::Due(now)) => vec![Line::from_to(t!("activity.due"), day(*was), day(*now))],
        (TaskField::Priority(was), TaskField::Priority(now)) => {
            vec![Line::from_to(t!("activity.priority"), words::priority(*was), words::priority(*now))]
        }
        (TaskField::Dependencies(was), TaskField::Dependencies(now)) => dependencies(subject, was, now),
        (TaskField::Progress(was), TaskField::Progress(now)) => {
            let before = t!("task.percent", percent = was.percent);
            let after = if now.note.is_empty() {
                t!("task.percent", percent = now.percent)
            } else {
                t!("activity.percent_and_note", percent = now.percent, note = now.note)
            };
            vec![Line::from_to(t!("activity.progress"), before, after)]
        }
        (TaskField::Labels(was), TaskField::Labels(now)) => entries(
            was,
            now,
            Clone::clone,
            |labels| Line::more(t!("activity.added_labels"), labels),
            |labels| Line::less(t!("activity.removed_labels"), labels),
        ),
        (TaskField::Checklist(was), TaskField::Checklist(now)) => checklist(was, now),
        (TaskField::Estimate(was), TaskField::Estimate(now)) => {
            vec![Line::from_to(t!("activity.estimate"), hours(*was), hours(*now))]
        }
        (TaskField::Blocked(_), TaskField::Blocked(Some(now))) => {
            vec![Line::more(t!("activity.blocked"), awaited(subject, now))]
        }
        (TaskField::Blocked(Some(was)), TaskField::Blocked(None)) => {
            vec![Line::less(t!("activity.unblocked"), awaited(subject, was))]
        }
        (TaskField::Place { column: was, .. }, TaskField::Place { column: now, .. }) if was != now => {
            vec![Line::from_to(t!("activity.moved"), column(subject, *was), column(subject, *now))]
        }
        _ => Vec::new(),
    }
}

/// What is more and what is less in a set.
fn entries<T: Ord>(
    was: &BTreeSet<T>,
    now: &BTreeSet<T>,
    name: impl Fn(&T) -> String,
    more: fn(String) -> Line,
    less: fn(String) -> Line,
) -> Vec<Line> {
    let joined = |names: Vec<String>| (!names.is_empty()).then(|| names.join(&t!("activity.comma")));
    let added = joined(now.difference(was).map(&name).collect()).map(more);
    let removed = joined(was.difference(now).map(&name).collect()).map(less);
    added.into_iter().chain(removed).collect()
}

fn dependencies(subject: Subject, was: &[Dependency], now: &[Dependency]) -> Vec<Line> {
    let known = |list: &[Dependency], on: TaskId| list.iter().find(|entry| entry.on == on).map(|entry| entry.days);
    let name = |on: TaskId| {
        subject
            .replica
            .peek(|state| state.board(subject.project).ok()?.task(on).ok().map(|task| task.name.clone()))
            .unwrap_or_else(|| t!("activity.removed_task").into_owned())
    };
    let put = now.iter().filter(|entry| known(was, entry.on) != Some(entry.days)).map(|entry| {
        let text = t!("activity.name_and_days", name = name(entry.on), days = entry.days);
        Line::more(t!("activity.added_dependency"), text.into_owned())
    });
    let gone = was.iter().filter(|entry| known(now, entry.on).is_none());
    put.chain(gone.map(|entry| Line::less(t!("activity.removed_dependency"), name(entry.on)))).collect()
}

fn checklist(was: &[Item], now: &[Item]) -> Vec<Line> {
    let before = |item: &Item| was.iter().find(|other| other.id == item.id).map(|other| other.done);
    let changed = now.iter().filter_map(|item| {
        let did = match before(item) {
            None => t!("activity.added_item"),
            Some(done) if done == item.done => return None,
            Some(_) if item.done => t!("activity.checked_item"),
            Some(_) => t!("activity.unchecked_item"),
        };
        Some(Line::more(did, item.text.clone()))
    });
    let gone = was.iter().filter(|item| !now.iter().any(|other| other.id == item.id));
    changed.chain(gone.map(|item| Line::less(t!("activity.removed_item"), item.text.clone()))).collect()
}

fn day(date: Option<Date>) -> String {
    date.map_or_else(|| t!("task.none").into_owned(), format::day)
}

fn hours(hours: Option<u16>) -> String {
    hours.map_or_else(|| t!("task.none"), |hours| t!("task.hours", hours = hours)).into_owned()
}

fn column(subject: Subject, column: ColumnId) -> String {
    subject
        .replica
        .peek(|state| state.board(subject.project).ok()?.column(column).ok().map(|column| column.name.clone()))
        .unwrap_or_else(|| t!("activity.removed_column").into_owned())
}

fn awaited(subject: Subject, blocked: &Blocked) -> String {
    let from = match blocked.from {
        AwaitedFrom::Person(person) => words::person_name(subject.replica, person),
        AwaitedFrom::Department(department) => department_name(subject.replica, department),
    };
    t!("activity.awaited", what = blocked.awaiting, from = from).into_owned()
}
