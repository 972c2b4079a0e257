//! The rules of deliverables: adding, handing in, accepting, returning.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Content, Deliverable, DeliverableRefusal, Standing, Verdict, Version};
use crate::command::{Changes, Command, Rules};
use crate::file::checked_attachments;
use crate::id::{DeliverableId, PersonId, ProjectId, TaskId};
use crate::project::Project;
use crate::project::board::{Board, BoardChange, Deed, RecordChange, Status};
use crate::project::task::{bring, takes_part, told};
use crate::project::undo;
use crate::text::{LINE, NAME, line, long, required_line, required_long};
use crate::{Context, Field, Reason, Rejection, Scope, State};

const MOST_DELIVERABLES: usize = 200;
const MOST_VERSIONS: usize = 100;
const LONGEST_LINK: usize = 2_000;

/// An intent on the deliverables of one project.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DeliverableCommand {
    /// Whose they are.
    pub project: ProjectId,
    /// What.
    pub intent: DeliverableIntent,
}

/// What is to happen to a deliverable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeliverableIntent {
    /// A new one.
    Add(NewDeliverable),
    /// Some of it is to be another.
    Edit {
        /// Which.
        deliverable: DeliverableId,
        /// What of it.
        edit: DeliverableEdit,
    },
    /// One less, with all its versions.
    Remove(DeliverableId),
    /// A version is handed in by who produces it.
    HandIn {
        /// Of which.
        deliverable: DeliverableId,
        /// The version.
        version: NewVersion,
    },
    /// A version that nobody has decided on is taken back by who handed it in.
    Withdraw {
        /// Of which.
        deliverable: DeliverableId,
        /// The version.
        version: u32,
    },
    /// The version that waits is accepted.
    Accept {
        /// Of which.
        deliverable: DeliverableId,
        /// The version that was seen.
        version: u32,
    },
    /// The version that waits is sent back.
    Return {
        /// Of which.
        deliverable: DeliverableId,
        /// The version that was seen.
        version: u32,
        /// Why.
        reason: String,
    },
}

/// A deliverable to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewDeliverable {
    /// Its id, made by the caller.
    pub id: DeliverableId,
    /// What it is called.
    pub name: String,
    /// What it must be to be accepted.
    pub criteria: String,
    /// The task that brings it, if one does.
    pub task: Option<TaskId>,
    /// Who produces it.
    pub producer: PersonId,
    /// Who accepts it; `None`: the lead.
    pub accepter: Option<PersonId>,
}

/// A new value for a part of a deliverable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeliverableEdit {
    /// Another name.
    Name(String),
    /// Other criteria.
    Criteria(String),
    /// Another task, or none.
    Task(Option<TaskId>),
    /// Other people: at once, since they must not be the same.
    People {
        /// Who produces it.
        producer: PersonId,
        /// Who accepts it; `None`: the lead.
        accepter: Option<PersonId>,
    },
}

/// A version to be handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewVersion {
    /// The thing itself.
    pub content: Content,
    /// What is different, in a line.
    pub note: String,
}

impl DeliverableIntent {
    /// The deliverable that it is about.
    pub const fn deliverable(&self) -> DeliverableId {
        match self {
            Self::Add(new) => new.id,
            Self::Remove(deliverable)
            | Self::Edit { deliverable, .. }
            | Self::HandIn { deliverable, .. }
            | Self::Withdraw { deliverable, .. }
            | Self::Accept { deliverable, .. }
            | Self::Return { deliverable, .. } => *deliverable,
        }
    }
}

impl Rules for DeliverableCommand {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Company, Scope::Project(self.project), Scope::Board(self.project)]
    }

    fn decide(&self, state: &State, context: &Context) -> Result<Changes, Rejection> {
        state.active(context.actor)?;
        let (project, board) = (state.project(self.project)?, state.board(self.project)?);
        let here = Here { state, project, board, context };
        let changes = here.decide(&self.intent)?;
        Ok(told(state, project, board, changes, context))
    }

    fn inverse(&self, before: &State, changes: &Changes) -> Vec<Command> {
        undo::of_deliverables(self, before, changes)
    }

    fn stands(&self, state: &State, changes: &Changes) -> bool {
        undo::deliverables_stand(self, state, changes)
    }
}

/// Where and by whom it is decided.
struct Here<'a> {
    state: &'a State,
    project: &'a Project,
    board: &'a Board,
    context: &'a Context,
}

impl Here<'_> {
    fn decide(&self, intent: &DeliverableIntent) -> Result<Vec<BoardChange>, Rejection> {
        match intent {
            DeliverableIntent::Add(new) => self.add(new),
            DeliverableIntent::Edit { deliverable, edit } => self.edit(self.board.deliverable(*deliverable)?, edit),
            DeliverableIntent::Remove(deliverable) => {
                self.board.deliverable(*deliverable)?.changed_by(self.project, self.context.actor)?;
                Ok(vec![BoardChange::Record(RecordChange::DeliverableGone(*deliverable))])
            }
            DeliverableIntent::HandIn { deliverable, version } => {
                self.hand_in(self.board.deliverable(*deliverable)?, version)
            }
            DeliverableIntent::Withdraw { deliverable, version } => {
                self.withdraw(self.board.deliverable(*deliverable)?, *version)
            }
            DeliverableIntent::Accept { deliverable, version } => {
                let accepted = self.decided(self.board.deliverable(*deliverable)?, *version, None)?;
                let status = self.done(&accepted);
                Ok(self.put(accepted, Deed::Accepted, status))
            }
            DeliverableIntent::Return { deliverable, version, reason } => {
                let before = self.board.deliverable(*deliverable)?;
                let reason = required_long(Field::Reason, reason)?;
                Ok(self.put(self.decided(before, *version, Some(reason))?, Deed::Returned, Some(Status::InProgress)))
            }
        }
    }

    fn add(&self, new: &NewDeliverable) -> Result<Vec<BoardChange>, Rejection> {
        self.project.worked_on_by(self.context.actor)?;
        let all = &self.board.record().deliverables;
        if all.contains_key(&new.id) {
            return Err(Reason::Exists.into());
        }
        if all.len() >= MOST_DELIVERABLES {
            return Err(Rejection::of(Field::Name, Reason::TooMany { max: MOST_DELIVERABLES }));
        }
        let deliverable = Deliverable {
            id: new.id,
            name: required_line(Field::Name, &new.name, NAME)?,
            criteria: long(Field::Criteria, &new.criteria)?,
            task: new.task.map(|task| self.open(task)).transpose()?,
            producer: new.producer,
            accepter: new.accepter,
            versions: Vec::new(),
            next: 1,
            created_by: self.context.actor,
            created_at: self.context.now,
        };
        self.people(&deliverable)?;
        Ok(self.put(deliverable, Deed::Added, None))
    }

    fn edit(&self, before: &Deliverable, edit: &DeliverableEdit) -> Result<Vec<BoardChange>, Rejection> {
        before.changed_by(self.project, self.context.actor)?;
        let mut after = before.clone();
        match edit {
            DeliverableEdit::Name(name) => after.name = required_line(Field::Name, name, NAME)?,
            DeliverableEdit::Criteria(criteria) => after.criteria = long(Field::Criteria, criteria)?,
            DeliverableEdit::Task(task) if *task == before.task => {}
            // What is accepted may go to a task that is done.
            DeliverableEdit::Task(task) if before.is_accepted() => {
                after.task = task.map(|task| self.board.task(task).map(|task| task.id)).transpose()?;
            }
            DeliverableEdit::Task(task) => after.task = task.map(|task| self.open(task)).transpose()?,
            DeliverableEdit::People { producer, accepter } => {
                (after.producer, after.accepter) = (*producer, *accepter);
                self.people(&after)?;
            }
        }
        Ok(if after == *before { Vec::new() } else { self.put(after, Deed::Edited, None) })
    }

    /// A task that a deliverable may be attached to: one that is done would have to be accepted.
    fn open(&self, task: TaskId) -> Result<TaskId, Rejection> {
        let task = self.board.task(task).map_err(|refusal| Rejection::of(Field::Task, refusal.reason))?;
        let is_over = self.board.column(task.column).is_ok_and(|column| column.status.is_over());
        let over = Reason::Task(crate::project::task::TaskRefusal::OverAlready);
        if is_over { Err(Rejection::of(Field::Task, over)) } else { Ok(task.id) }
    }

    fn people(&self, of: &Deliverable) -> Result<(), Rejection> {
        takes_part(self.state, self.project, Field::Producer, of.producer)?;
        if let Some(accepter) = of.accepter {
            takes_part(self.state, self.project, Field::Accepter, accepter)?;
        }
        let own = Reason::Deliverable(DeliverableRefusal::OwnAccepter);
        of.accepted_by(self.project).map(|_| ()).ok_or(Rejection::of(Field::Accepter, own))
    }

    fn hand_in(&self, before: &Deliverable, new: &NewVersion) -> Result<Vec<BoardChange>, Rejection> {
        before.handed_in_by(self.project, self.context.actor)?;
        if before.versions.len() >= MOST_VERSIONS {
            return Err(Rejection::of(Field::Version, Reason::TooMany { max: MOST_VERSIONS }));
        }
        let mut after = before.clone();
        after.versions.push(Version {
            number: before.next,
            content: checked(&new.content)?,
            note: line(Field::Note, &new.note, LINE)?,
            by: self.context.actor,
            at: self.context.now,
            verdict: None,
        });
        after.next += 1;
        let is_all =
            self.others(&after).all(|other| matches!(other.standing(), Standing::Submitted | Standing::Accepted));
        Ok(self.put(after, Deed::HandedIn, is_all.then_some(Status::Submitted)))
    }

    fn withdraw(&self, before: &Deliverable, number: u32) -> Result<Vec<BoardChange>, Rejection> {
        let last = waiting(before, number)?;
        self.project.worked_on_by(self.context.actor)?;
        if last.by != self.context.actor {
            return Err(Reason::NotAllowed.into());
        }
        let mut after = before.clone();
        after.versions.pop();
        // What was handed in before it stands again.
        let status = match after.standing() {
            Standing::Accepted => self.done(&after),
            Standing::Submitted => None,
            Standing::Awaited | Standing::Returned => Some(Status::InProgress),
        };
        Ok(self.put(after, Deed::Withdrawn, status))
    }

    fn decided(&self, before: &Deliverable, number: u32, returned: Option<String>) -> Result<Deliverable, Rejection> {
        before.decided_by(self.project, self.context.actor)?;
        // Whoever hands something in does not decide on it, whoever produces it by now.
        if waiting(before, number)?.by == self.context.actor {
            return Err(DeliverableRefusal::OwnAccepter.into());
        }
        let mut after = before.clone();
        if let Some(last) = after.versions.last_mut() {
            last.verdict = Some(Verdict { returned, by: self.context.actor, at: self.context.now });
        }
        Ok(after)
    }

    /// What the task of something accepted comes to: done, once all that it delivers is accepted.
    fn done(&self, accepted: &Deliverable) -> Option<Status> {
        self.others(accepted).all(Deliverable::is_accepted).then_some(Status::Done)
    }

    /// The other deliverables of the same task.
    fn others<'b>(&'b self, than: &'b Deliverable) -> impl Iterator<Item = &'b Deliverable> {
        let all = self.board.record().deliverables.values().map(Arc::as_ref);
        all.filter(|other| other.task.is_some() && other.task == than.task && other.id != than.id)
    }

    /// The deliverable as it is now, and its task in a column of the status that it has come to.
    fn put(&self, after: Deliverable, deed: Deed, status: Option<Status>) -> Vec<BoardChange> {
        let task = after.task.and_then(|task| self.board.task(task).ok());
        let goes = task.zip(status).map(|(task, status)| bring(self.board, task, status, self.context.now));
        let put = BoardChange::Record(RecordChange::DeliverablePut(Arc::new(after), deed));
        std::iter::once(put).chain(goes.into_iter().flatten()).collect()
    }
}

/// The version that waits, if it is this one.
fn waiting(deliverable: &Deliverable, number: u32) -> Result<&Version, Rejection> {
    let last = deliverable.versions.last().filter(|last| last.number == number && last.verdict.is_none());
    last.ok_or_else(|| DeliverableRefusal::NotWaiting.into())
}

fn checked(content: &Content) -> Result<Content, Rejection> {
    match content {
        Content::File(file) => Ok(Content::File(checked_attachments(std::slice::from_ref(file))?.remove(0))),
        Content::Link(link) => {
            let link = required_line(Field::Version, link, LONGEST_LINK)?;
            let host = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"));
            let is_address =
                host.is_some_and(|host| host.starts_with(char::is_alphanumeric) && !host.contains(char::is_whitespace));
            if is_address { Ok(Content::Link(link)) } else { Err(Rejection::of(Field::Version, Reason::NotAUrl)) }
        }
    }
}
