//! What a person holds in projects, which no node has all of in memory.
//!
//! One text for all engines: each engine's module takes it in as its own, and `super` says which one that is.

use shared::id::{PersonId, ProjectId};

use super::Engine;
use crate::store::StoreError;
use crate::store::columns::parsed;

impl Engine {
    pub(in crate::store) async fn led_by(&self, person: PersonId) -> Result<Vec<ProjectId>, StoreError> {
        let led: Vec<String> = sqlx::query_scalar("SELECT id FROM project WHERE lead = $1 ORDER BY id")
            .bind(person.to_string())
            .fetch_all(&self.readers)
            .await?;
        led.iter().map(|id| parsed("a project", id)).collect()
    }

    pub(in crate::store) async fn open_tasks_of(&self, person: PersonId) -> Result<Vec<(ProjectId, u32)>, StoreError> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT project, count(*) FROM task WHERE owner = $1 AND status NOT IN ('Done', 'Cancelled')
             GROUP BY project ORDER BY project",
        )
        .bind(person.to_string())
        .fetch_all(&self.readers)
        .await?;
        let counted = |(project, count): (String, i64)| {
            Ok((parsed("a project", &project)?, u32::try_from(count).unwrap_or(u32::MAX)))
        };
        rows.into_iter().map(counted).collect()
    }
}
