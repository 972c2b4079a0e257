//! The state that the rules read: what one side of the wire knows, a part per scope.

mod name;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use name::UnknownScope;
use serde::{Deserialize, Serialize};

use crate::command::{Change, ScopedChanges};
use crate::id::{ArticleId, IncidentId, PersonId, ProjectId};
use crate::inbox::Inbox;
use crate::incident::{Incidents, Room};
use crate::knowledge::Article;
use crate::organisation::{Company, Person};
use crate::project::Project;
use crate::project::board::Board;
use crate::{Reason, Rejection};

/// A part of the state with its own readers. A browser receives only the scopes that its person may read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Scope {
    /// The directory of departments and people: every active person reads it.
    Company,
    /// A project's registration, members and milestones: light, always delivered to its readers.
    Project(ProjectId),
    /// A project's columns, tasks and comments: delivered while somebody looks at it.
    Board(ProjectId),
    /// The incidents with their policy and roster: every active person reads them.
    Incidents,
    /// An incident's timeline and report: delivered while somebody looks at it.
    Room(IncidentId),
    /// An article with its revisions: delivered while somebody looks at it.
    Article(ArticleId),
    /// What a person has said of what asks something of them: theirs alone.
    Inbox(PersonId),
}

impl Scope {
    /// Whether it is there before anything was ever written to it.
    pub const fn is_always_there(self) -> bool {
        matches!(self, Self::Incidents | Self::Inbox(_))
    }

    /// Whether it comes without being asked for, to all that may read it.
    pub const fn is_light(self) -> bool {
        !matches!(self, Self::Board(_) | Self::Room(_) | Self::Article(_))
    }
}

/// One scope's part of the state, as a snapshot carries it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Part {
    /// See [`Scope::Company`].
    Company(Arc<Company>),
    /// See [`Scope::Project`].
    Project(Arc<Project>),
    /// See [`Scope::Board`].
    Board(Arc<Board>),
    /// See [`Scope::Incidents`].
    Incidents(Arc<Incidents>),
    /// See [`Scope::Room`].
    Room(Arc<Room>),
    /// See [`Scope::Article`].
    Article(Arc<Article>),
    /// See [`Scope::Inbox`].
    Inbox(Arc<Inbox>),
}

/// Everything one side knows. Parts are shared, so that a clone is cheap and a write copies only what it touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct State {
    /// The directory; empty before the company is founded.
    pub company: Arc<Company>,
    /// Projects by id.
    pub projects: BTreeMap<ProjectId, Arc<Project>>,
    /// Boards by their project.
    pub boards: BTreeMap<ProjectId, Arc<Board>>,
    /// Incidents, policy and roster.
    pub incidents: Arc<Incidents>,
    /// Rooms by their incident.
    pub rooms: BTreeMap<IncidentId, Arc<Room>>,
    /// Articles by id.
    pub articles: BTreeMap<ArticleId, Arc<Article>>,
    /// Inboxes by whose they are.
    pub inboxes: BTreeMap<PersonId, Arc<Inbox>>,
}

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

    /// Whether `person` may read `scope`: the one rule behind pages, snapshots and frames (project: who reads).
    pub fn may_read(&self, person: PersonId, scope: Scope) -> bool {
        let Ok(person) = self.active(person) else { return false };
        match scope {
            Scope::Company | Scope::Incidents => true,
            Scope::Project(project) | Scope::Board(project) => {
                self.projects.get(&project).is_some_and(|project| project.is_read_by(person.id))
            }
            Scope::Room(incident) => self.incidents.all.contains_key(&incident),
            Scope::Article(article) => {
                self.articles.get(&article).is_some_and(|article| article.card.is_read_by(&self.company, person))
            }
            Scope::Inbox(owner) => owner == person.id,
        }
    }

    /// One scope's part, if it is here.
    pub fn part(&self, scope: Scope) -> Option<Part> {
        match scope {
            Scope::Company => Some(Part::Company(self.company.clone())),
            Scope::Project(id) => self.projects.get(&id).cloned().map(Part::Project),
            Scope::Board(id) => self.boards.get(&id).cloned().map(Part::Board),
            Scope::Incidents => Some(Part::Incidents(self.incidents.clone())),
            Scope::Room(id) => self.rooms.get(&id).cloned().map(Part::Room),
            Scope::Article(id) => self.articles.get(&id).cloned().map(Part::Article),
            // Everybody has one, if only an empty one.
            Scope::Inbox(id) => Some(Part::Inbox(self.inboxes.get(&id).cloned().unwrap_or_default())),
        }
    }

    /// Puts a part in the place of what was known of its scope.
    pub fn put(&mut self, scope: Scope, part: Part) {
        match (scope, part) {
            (Scope::Company, Part::Company(company)) => self.company = company,
            (Scope::Project(id), Part::Project(project)) => {
                self.projects.insert(id, project);
            }
            (Scope::Board(id), Part::Board(board)) => {
                self.boards.insert(id, board);
            }
            (Scope::Incidents, Part::Incidents(incidents)) => self.incidents = incidents,
            (Scope::Room(id), Part::Room(room)) => {
                self.rooms.insert(id, room);
            }
            (Scope::Article(id), Part::Article(article)) => {
                self.articles.insert(id, article);
            }
            (Scope::Inbox(id), Part::Inbox(inbox)) => {
                self.inboxes.insert(id, inbox);
            }
            _ => {}
        }
    }

    /// Forgets a scope: it may no longer be read, or is no longer looked at.
    pub fn forget(&mut self, scope: Scope) {
        match scope {
            Scope::Company => self.company = Arc::default(),
            Scope::Project(id) => {
                self.projects.remove(&id);
            }
            Scope::Board(id) => {
                self.boards.remove(&id);
            }
            Scope::Incidents => self.incidents = Arc::default(),
            Scope::Room(id) => {
                self.rooms.remove(&id);
            }
            Scope::Article(id) => {
                self.articles.remove(&id);
            }
            Scope::Inbox(id) => {
                self.inboxes.remove(&id);
            }
        }
    }

    /// Applies decided changes. Total: what no longer fits (a thing that is gone) is passed over.
    pub fn apply(&mut self, part: &ScopedChanges) {
        for change in &part.changes {
            match (part.scope, change) {
                (Scope::Company, Change::Organisation(change)) => Arc::make_mut(&mut self.company).apply(change),
                (Scope::Project(id), Change::Project(change)) => change.apply(id, &mut self.projects),
                (Scope::Board(id), Change::Board(change)) => {
                    Arc::make_mut(self.boards.entry(id).or_default()).apply(change);
                }
                (Scope::Incidents, Change::Incident(change)) => Arc::make_mut(&mut self.incidents).apply(change),
                (Scope::Room(id), Change::Room(change)) => {
                    Arc::make_mut(self.rooms.entry(id).or_default()).apply(change);
                }
                (Scope::Article(id), Change::Article(change)) => change.apply(id, &mut self.articles),
                (Scope::Inbox(id), Change::Inbox(change)) => {
                    Arc::make_mut(self.inboxes.entry(id).or_default()).apply(change);
                }
                _ => {}
            }
        }
    }

    /// Applies all parts of a decision.
    pub fn apply_all(&mut self, parts: &[ScopedChanges]) {
        for part in parts {
            self.apply(part);
        }
    }
}
