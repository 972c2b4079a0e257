//! What is shown, part by part, for those who run again when a part that they have read looks different.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use shared::id::{ArticleId, IncidentId, PersonId, ProjectId};
use shared::inbox::Inbox;
use shared::incident::{Incident, Incidents, Room};
use shared::knowledge::Article;
use shared::organisation::Company;
use shared::project::Project;
use shared::project::board::Board;
use shared::{Scope, State};

use super::driver::Driver;

/// What is shown: whoever asks it for a part runs again when that part looks different. There is no other way in, so
/// that nothing is read that is not followed.
pub struct TrackedView<'a> {
    driver: &'a Driver,
    shown: &'a State,
}

impl<'a> TrackedView<'a> {
    pub(super) const fn of(driver: &'a Driver, shown: &'a State) -> Self {
        Self { driver, shown }
    }

    /// The directory.
    pub fn company(&self) -> &'a Arc<Company> {
        self.part(Scope::Company, &self.shown.company)
    }

    /// The incidents, with policy and roster.
    pub fn incidents(&self) -> &'a Arc<Incidents> {
        self.part(Scope::Incidents, &self.shown.incidents)
    }

    /// A project, if it is here.
    pub fn project(&self, id: ProjectId) -> Option<&'a Arc<Project>> {
        self.part(Scope::Project(id), &self.shown.projects).get(&id)
    }

    /// All projects that are here; those that come, too.
    pub fn projects(&self) -> &'a BTreeMap<ProjectId, Arc<Project>> {
        self.driver.projects.track();
        &self.shown.projects
    }

    /// A board, if it is here.
    pub fn board(&self, id: ProjectId) -> Option<&'a Arc<Board>> {
        self.part(Scope::Board(id), &self.shown.boards).get(&id)
    }

    /// An incident's room, if it is here.
    pub fn room(&self, id: IncidentId) -> Option<&'a Arc<Room>> {
        self.part(Scope::Room(id), &self.shown.rooms).get(&id)
    }

    /// An incident that is here: one that goes on, or one that is over and whose room is here.
    pub fn incident(&self, id: IncidentId) -> Option<&'a Arc<Incident>> {
        self.part(Scope::Room(id), self.part(Scope::Incidents, self.shown)).incident(id).ok()
    }

    /// An article, if it is here.
    pub fn article(&self, id: ArticleId) -> Option<&'a Arc<Article>> {
        self.part(Scope::Article(id), &self.shown.articles).get(&id)
    }

    /// What a person has said of what asks something of them, if they have said anything.
    pub fn inbox(&self, person: PersonId) -> Option<&'a Arc<Inbox>> {
        self.part(Scope::Inbox(person), &self.shown.inboxes).get(&person)
    }

    /// The named scopes and nothing else, for rules that read a state.
    pub fn only(&self, scopes: &[Scope]) -> State {
        let mut only = State::default();
        for scope in scopes {
            if let Some(part) = self.part(*scope, self.shown).part(*scope) {
                only.put(*scope, part);
            }
        }
        only
    }

    fn part<T>(&self, scope: Scope, part: &'a T) -> &'a T {
        self.driver.trigger(scope).track();
        part
    }
}
