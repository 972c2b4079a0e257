//! What a person holds in projects. Its rules are in [`shared::holdings`].

use shared::id::{PersonId, ProjectId};

use super::{Store, StoreError};

impl Store {
    /// The projects that a person leads, those that are over too.
    pub async fn led_by(&self, person: PersonId) -> Result<Vec<ProjectId>, StoreError> {
        ask!(self, engine => engine.led_by(person).await)
    }

    /// How many tasks that are not over a person owns, by project; in those that are over, too.
    pub async fn open_tasks_of(&self, person: PersonId) -> Result<Vec<(ProjectId, u32)>, StoreError> {
        ask!(self, engine => engine.open_tasks_of(person).await)
    }
}
