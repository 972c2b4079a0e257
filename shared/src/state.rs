//! The state that the rules read: what one side of the wire knows, a part per scope.
//!
//! [`table`] has a line for each scope, from which [`Scope`], [`Part`], [`Change`], [`Thing`] and [`State`] are made;
//! [`contents`] is what an area says of what its scopes hold.

mod contents;
mod readers;
mod shelf;
mod table;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use contents::{Contents, Fate, Kind, Things};
pub use readers::Readers;
pub use table::{Change, Part, Scope, State, Thing, UnknownScope};

use crate::command::ScopedChanges;
use crate::id::{PersonId, ProjectId};
use crate::organisation::Person;
use crate::project::Project;
use crate::project::board::Board;
use crate::{Reason, Rejection};

impl State {
    /// The person who acts, if they may act at all.
    pub fn active(&self, person: PersonId) -> Result<&Person, Rejection> {
        match self.company.people.get(&person) {
            Some(found) if found.active => Ok(found),
            Some(_) => Err(Reason::Deactivated.into()),
            None => Err(Reason::NotAllowed.into()),
        }
    }

    /// A project that is here.
    pub fn project(&self, project: ProjectId) -> Result<&Project, Rejection> {
        self.projects.get(&project).map(Arc::as_ref).ok_or_else(|| Reason::Gone.into())
    }

    /// A board that is here.
    pub fn board(&self, project: ProjectId) -> Result<&Board, Rejection> {
        self.boards.get(&project).map(Arc::as_ref).ok_or_else(|| Reason::Gone.into())
    }

    /// Whether `person` may read `scope`.
    pub fn may_read(&self, person: PersonId, scope: Scope) -> bool {
        self.active(person).is_ok_and(|person| self.readers(scope).include(person))
    }

    /// Applies decided changes. Total: what no longer fits (a thing that is gone) is passed over.
    pub fn apply(&mut self, part: &ScopedChanges) {
        for change in &part.changes {
            self.change(part.scope, change);
        }
    }

    /// Whether a part touches anything here. What is told to somebody may be past before they knew it.
    pub fn is_touched_by(&self, part: &ScopedChanges) -> bool {
        let mut is_touched = false;
        for change in &part.changes {
            self.touched(part.scope, change, &mut |_, _| is_touched = true);
        }
        is_touched
    }

    /// Applies all parts of a decision.
    pub fn apply_all(&mut self, parts: &[ScopedChanges]) {
        for part in parts {
            self.apply(part);
        }
    }
}
