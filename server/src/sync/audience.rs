//! Who may have a row of the journal.

use std::sync::Arc;

use shared::id::PersonId;
use shared::project::Project;
use shared::{Scope, State};

/// Who may have a row, as it was when the row was written.
#[derive(Clone, Debug)]
pub(super) enum Audience {
    /// Every active person.
    Everybody,
    /// One person.
    Person(PersonId),
    /// The readers of a project.
    Project {
        /// As it was before the row: they may have to be told that they are its readers no more.
        before: Option<Arc<Project>>,
        /// As it is right after it.
        after: Option<Arc<Project>>,
    },
    /// Those who may read the article when it is sent on: that follows from the directory too, where many rows may
    /// come between.
    Readers,
}

impl Audience {
    /// That of a row in a scope, with the [`project`] before and right after it.
    pub(super) fn of(scope: Scope, before: Option<Arc<Project>>, after: Option<Arc<Project>>) -> Self {
        match scope {
            Scope::Company | Scope::Incidents | Scope::Room(_) => Self::Everybody,
            Scope::Project(_) | Scope::Board(_) => Self::Project { before, after },
            Scope::Article(_) => Self::Readers,
            Scope::Inbox(owner) => Self::Person(owner),
        }
    }

    /// Whether an active person may have the row; `reads` says whether they may read its scope now.
    pub(super) fn has(&self, person: PersonId, reads: impl FnOnce() -> bool) -> bool {
        match self {
            Self::Everybody => true,
            Self::Person(owner) => *owner == person,
            Self::Project { after, .. } => after.as_ref().is_none_or(|project| project.is_read_by(person)),
            Self::Readers => reads(),
        }
    }

    /// Whose sockets are to be told, also that they may not have it; `None` for all.
    pub(super) fn people(&self) -> Option<Vec<PersonId>> {
        match self {
            Self::Everybody | Self::Readers => None,
            Self::Person(owner) => Some(vec![*owner]),
            Self::Project { before, after } => {
                let projects = || [before, after].into_iter().flatten();
                if projects().any(|project| project.registration.open) {
                    return None;
                }
                let mut people: Vec<_> = projects().flat_map(|project| project.members.keys().copied()).collect();
                people.sort_unstable();
                people.dedup();
                Some(people)
            }
        }
    }
}

/// The project that decides who reads a scope, if one does.
pub(super) fn project(state: &State, scope: Scope) -> Option<Arc<Project>> {
    match scope {
        Scope::Project(id) | Scope::Board(id) => state.projects.get(&id).cloned(),
        Scope::Company | Scope::Incidents | Scope::Room(_) | Scope::Article(_) | Scope::Inbox(_) => None,
    }
}
