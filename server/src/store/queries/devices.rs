//! Browsers in which somebody has signed in before.
//!
//! One text for all engines: each engine's module takes it in as its own, and `super` says which one that is.

use shared::Timestamp;
use shared::id::PersonId;

use super::{Engine, WRITE};
use crate::sign_in::TokenDigest;
use crate::store::StoreError;
use crate::store::columns::parsed;

/// How many of a person's browsers are kept: the latest.
const MOST: i64 = 50;

impl Engine {
    pub(in crate::store) async fn device_people(&self, token: &TokenDigest) -> Result<Vec<PersonId>, StoreError> {
        let people: Vec<String> = sqlx::query_scalar("SELECT person FROM device WHERE token = $1")
            .bind(&token[..])
            .fetch_all(&self.readers)
            .await?;
        people.iter().map(|person| parsed("a person", person)).collect()
    }

    pub(in crate::store) async fn remember_device(
        &self,
        token: &TokenDigest,
        person: PersonId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with(WRITE).await?;
        sqlx::query(
            "INSERT INTO device (token, person, seen) VALUES ($1, $2, $3)
             ON CONFLICT (token, person) DO UPDATE SET seen = excluded.seen",
        )
        .bind(&token[..])
        .bind(person.to_string())
        .bind(now.micros())
        .execute(&mut *transaction)
        .await?;
        sqlx::query(
            "DELETE FROM device WHERE person = $1 AND token NOT IN
               (SELECT token FROM device WHERE person = $1 ORDER BY seen DESC LIMIT $2)",
        )
        .bind(person.to_string())
        .bind(MOST)
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    pub(in crate::store) async fn sweep_devices(&self, before: Timestamp) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM device WHERE seen < $1").bind(before.micros()).execute(&self.writer).await?;
        Ok(())
    }
}
