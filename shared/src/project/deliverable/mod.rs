//! Deliverables (成果物): what a project hands over, and who accepts it.
//!
//! # Rules
//!
//! - **Fields** (guide 2.1: 责任人提交成果物; project, section 3). A name, what it must be to be accepted, who produces it
//!   and, unless it is the project's own, the task that brings it. The lead accepts it unless somebody else is named;
//!   never who produces it.
//! - **Who** (guide 2.1: 项目负责人组织验收; else ours). The lead and members add deliverables. Whoever added one changes
//!   and removes it until something is handed in; the lead does so at any time. Who produces it hands in, who accepts it
//!   decides. Where the accepter is no longer in the project, the lead accepts.
//! - **Versions** (project, section 3). Each is a file or a link, with a line of what is different. A later one takes the
//!   place of one that waits; who handed it in takes it back until it is decided.
//! - **Acceptance** (guide 2.1: 确认是否符合标准). The accepter names the version that they saw: a later one is not
//!   accepted unseen. A return says why; returns are counted for good.
//! - **The last version decides** (ours). One handed in after acceptance opens the deliverable anew, until it is accepted
//!   or returned. What was accepted before stays on record.
//! - **The task goes along** (project, section 3). It is done through acceptance alone: handed in when all that it
//!   delivers is handed in, done when all is accepted, at work again when something is returned. It goes to the first
//!   column of that status, past its limit; where the board has none, or the task was cancelled, it stays.
//! - **Telling** (inbox: what asks). Who is to produce it, who is to accept it, whose it was that was returned or accepted.

mod command;
mod telling;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use command::{DeliverableCommand, DeliverableEdit, DeliverableIntent, NewDeliverable, NewVersion};
pub(in crate::project) use telling::compare;

use super::Project;
use crate::file::Attachment;
use crate::id::{DeliverableId, PersonId, TaskId};
use crate::{Reason, Rejection, Timestamp};

/// Something that a project hands over (project, section 3).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deliverable {
    /// Its id.
    pub id: DeliverableId,
    /// What it is called.
    pub name: String,
    /// What it must be to be accepted (验收标准), in Markdown.
    pub criteria: String,
    /// The task that brings it; `None` for one of the project as a whole.
    pub task: Option<TaskId>,
    /// Who produces it.
    pub producer: PersonId,
    /// Who accepts it; `None`: the lead.
    pub accepter: Option<PersonId>,
    /// What was handed in, the first version first.
    pub versions: Vec<Version>,
    /// The number of the next version.
    pub next: u32,
    /// Who added it.
    pub created_by: PersonId,
    /// When.
    pub created_at: Timestamp,
}

/// Something that was handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Version {
    /// Counts from 1, and is never given again: one that was taken back is not accepted as another.
    pub number: u32,
    /// The thing itself.
    pub content: Content,
    /// What is different, in a line.
    pub note: String,
    /// Who handed it in.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
    /// What became of it; `None` while it waits, or since a later one took its place.
    pub verdict: Option<Verdict>,
}

/// What is handed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Content {
    /// An uploaded file.
    File(Attachment),
    /// The address of something that is elsewhere.
    Link(String),
}

/// What became of a version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// Why it was returned; `None`: it was accepted.
    pub returned: Option<String>,
    /// Who decided.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// Where a deliverable stands: by its last version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Standing {
    /// Nothing was handed in yet.
    Awaited,
    /// It waits for its accepter.
    Submitted,
    /// It was sent back.
    Returned,
    /// It is accepted.
    Accepted,
}

/// Why a command on a deliverable was refused, or one on a task because of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DeliverableRefusal {
    /// A task is done once what it delivers is accepted.
    NotAccepted {
        /// The deliverable's name.
        name: String,
    },
    /// Who produces something does not accept it.
    OwnAccepter,
    /// The version is not the one that waits: a later one has come, or it was decided.
    NotWaiting,
}

impl From<DeliverableRefusal> for Rejection {
    fn from(refusal: DeliverableRefusal) -> Self {
        Reason::Deliverable(refusal).into()
    }
}

impl Deliverable {
    /// Where it stands.
    pub fn standing(&self) -> Standing {
        match self.versions.last().map(|version| &version.verdict) {
            None => Standing::Awaited,
            Some(None) => Standing::Submitted,
            Some(Some(Verdict { returned: Some(_), .. })) => Standing::Returned,
            Some(Some(Verdict { returned: None, .. })) => Standing::Accepted,
        }
    }

    /// Whether it is accepted.
    pub fn is_accepted(&self) -> bool {
        self.standing() == Standing::Accepted
    }

    /// How often it was returned.
    pub fn returns(&self) -> usize {
        let is_return = |version: &&Version| version.verdict.as_ref().is_some_and(|verdict| verdict.returned.is_some());
        self.versions.iter().filter(is_return).count()
    }

    /// Who accepts it in `project`: who was named, else the lead, also where who was named is in it no more. `None` where
    /// that would be who produces it.
    pub fn accepted_by(&self, project: &Project) -> Option<PersonId> {
        let named = self.accepter.filter(|person| project.members.contains_key(person));
        Some(named.unwrap_or(project.lead)).filter(|person| *person != self.producer)
    }

    /// Refuses those who may not change or remove it: who neither leads the project nor added it, the latter once
    /// something was handed in.
    pub fn changed_by(&self, project: &Project, person: PersonId) -> Result<(), Rejection> {
        project.worked_on_by(person)?;
        let is_own = self.created_by == person && self.versions.is_empty();
        if project.lead == person || is_own { Ok(()) } else { Err(Reason::NotAllowed.into()) }
    }

    /// Refuses those who may not hand in a version: who does not produce it.
    pub fn handed_in_by(&self, project: &Project, person: PersonId) -> Result<(), Rejection> {
        project.worked_on_by(person)?;
        if self.producer == person { Ok(()) } else { Err(Reason::NotAllowed.into()) }
    }

    /// Refuses those who may not decide on it: who does not accept it.
    pub fn decided_by(&self, project: &Project, person: PersonId) -> Result<(), Rejection> {
        project.commented_by(person)?;
        if self.accepted_by(project) == Some(person) { Ok(()) } else { Err(Reason::NotAllowed.into()) }
    }
}
