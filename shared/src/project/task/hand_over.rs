//! All open tasks of a person go to another, in one step (task: handing over).

use std::sync::Arc;

use super::{TaskField, telling};
use crate::command::{Change, Changes, ScopedChanges};
use crate::id::PersonId;
use crate::project::board::{Board, BoardChange, Deed, RecordChange};
use crate::project::deliverable::Deliverable;
use crate::project::stage::not_accepted;
use crate::project::{Project, ProjectChange, Role};
use crate::{Context, Field, Rejection, Scope, State};

pub(super) fn hand_over(
    state: &State,
    project: &Project,
    board: &Board,
    (from, to): (PersonId, PersonId),
    context: &Context,
) -> Result<Changes, Rejection> {
    state.active(to).map_err(|refusal| Rejection::of(Field::Owner, refusal.reason))?;
    let open = board.tasks().values().filter(|task| task.owner == from && !board.status(task).is_over());
    let handed = open.filter(|task| task.owner != to).map(|task| {
        let (was, now) = (TaskField::Owner(from), TaskField::Owner(to));
        BoardChange::TaskField { task: task.id, was, now }
    });
    let handed: Vec<BoardChange> = handed.chain(deliverables(board, (from, to))).collect();
    if handed.is_empty() {
        return Ok(Vec::new());
    }
    let joined = joined(project, to);
    let told = telling::told(state, joined.as_ref().unwrap_or(project), board, handed, context);
    let joins = joined.map(|project| ScopedChanges {
        scope: Scope::Project(project.id),
        changes: vec![Change::Project(ProjectChange::Put(Box::new(project)))],
    });
    Ok(joins.into_iter().chain(told).collect())
}

/// What they were to hand in or to accept goes along, unless it is accepted. What would be both one's own is the lead's to
/// accept.
fn deliverables(board: &Board, (from, to): (PersonId, PersonId)) -> impl Iterator<Item = BoardChange> {
    let theirs = not_accepted(board).filter(move |it| from != to && (it.producer == from || it.accepter == Some(from)));
    theirs.map(move |before| {
        let handed = |person: PersonId| if person == from { to } else { person };
        let producer = handed(before.producer);
        let accepter = before.accepter.map(handed).filter(|accepter| *accepter != producer);
        let after = Deliverable { producer, accepter, ..before.clone() };
        BoardChange::Record(RecordChange::DeliverablePut(Arc::new(after), Deed::Edited))
    })
}

/// The project with somebody as a member; `None` if they work on tasks already.
fn joined(project: &Project, person: PersonId) -> Option<Project> {
    if project.role(person).is_some_and(|role| role != Role::Observer) {
        return None;
    }
    let mut project = project.clone();
    project.members.insert(person, Role::Member);
    Some(project)
}
