//! Links for a new password.
//!
//! One text for all engines: each engine's module takes it in as its own, and `super` says which one that is.

use shared::Timestamp;
use shared::id::PersonId;
use uuid::Uuid;

use super::accounts::{PUT_PASSWORD, session_ids};
use super::{Engine, WRITE};
use crate::sign_in::{SessionId, TokenDigest};
use crate::store::columns::parsed;
use crate::store::{StoreError, StoredReset};

/// What a link is read as: person, maker, creation, expiry, use.
type ResetRow = (String, Option<String>, i64, i64, Option<i64>);

/// Ends what was not used: it has expired now.
const END: &str = "UPDATE password_reset SET expires = $2 WHERE person = $1 AND used IS NULL AND expires > $2";

impl Engine {
    pub(in crate::store) async fn add_reset(&self, reset: &StoredReset, token: &TokenDigest) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with(WRITE).await?;
        sqlx::query(END).bind(reset.person.to_string()).bind(reset.created.micros()).execute(&mut *transaction).await?;
        sqlx::query(
            "INSERT INTO password_reset (id, token, person, made_by, created, expires) VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(Uuid::now_v7().to_string())
        .bind(&token[..])
        .bind(reset.person.to_string())
        .bind(reset.made_by.map(|person| person.to_string()))
        .bind(reset.created.micros())
        .bind(reset.expires.micros())
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    pub(in crate::store) async fn reset(
        &self,
        token: &TokenDigest,
        now: Timestamp,
    ) -> Result<Option<StoredReset>, StoreError> {
        let row: Option<ResetRow> = sqlx::query_as(
            "SELECT person, made_by, created, expires, used FROM password_reset
             WHERE token = $1 AND used IS NULL AND expires > $2",
        )
        .bind(&token[..])
        .bind(now.micros())
        .fetch_optional(&self.readers)
        .await?;
        row.map(reset).transpose()
    }

    pub(in crate::store) async fn resets(&self, person: PersonId) -> Result<Vec<StoredReset>, StoreError> {
        let rows: Vec<ResetRow> = sqlx::query_as(
            "SELECT person, made_by, created, expires, used FROM password_reset
             WHERE person = $1 ORDER BY created DESC LIMIT 20",
        )
        .bind(person.to_string())
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(reset).collect()
    }

    pub(in crate::store) async fn use_reset(
        &self,
        token: &TokenDigest,
        hash: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin_with(WRITE).await?;
        let person: Option<String> = sqlx::query_scalar(
            "UPDATE password_reset SET used = $2 WHERE token = $1 AND used IS NULL AND expires > $2 RETURNING person",
        )
        .bind(&token[..])
        .bind(at.micros())
        .fetch_optional(&mut *transaction)
        .await?;
        let Some(person) = person else { return Ok(false) };
        sqlx::query(PUT_PASSWORD).bind(&person).bind(hash).bind(at.micros()).execute(&mut *transaction).await?;
        sqlx::query("DELETE FROM session WHERE person = $1").bind(&person).execute(&mut *transaction).await?;
        sqlx::query("DELETE FROM device WHERE person = $1").bind(&person).execute(&mut *transaction).await?;
        transaction.commit().await?;
        Ok(true)
    }

    pub(in crate::store) async fn change_password(
        &self,
        person: PersonId,
        hash: &str,
        (kept, token): (SessionId, &TokenDigest),
        at: Timestamp,
    ) -> Result<Vec<SessionId>, StoreError> {
        let (person, kept) = (person.to_string(), kept.0.to_string());
        let mut transaction = self.writer.begin_with(WRITE).await?;
        sqlx::query(PUT_PASSWORD).bind(&person).bind(hash).bind(at.micros()).execute(&mut *transaction).await?;
        sqlx::query(END).bind(&person).bind(at.micros()).execute(&mut *transaction).await?;
        sqlx::query("UPDATE session SET token = $2 WHERE id = $1")
            .bind(&kept)
            .bind(&token[..])
            .execute(&mut *transaction)
            .await?;
        let ended: Vec<String> = sqlx::query_scalar("DELETE FROM session WHERE person = $1 AND id <> $2 RETURNING id")
            .bind(&person)
            .bind(&kept)
            .fetch_all(&mut *transaction)
            .await?;
        let ended = session_ids(&ended)?;
        transaction.commit().await?;
        Ok(ended)
    }
}

fn reset((person, made_by, created, expires, used): ResetRow) -> Result<StoredReset, StoreError> {
    Ok(StoredReset {
        person: parsed("a person", &person)?,
        made_by: made_by.map(|person| parsed("a person", &person)).transpose()?,
        created: Timestamp::from_micros(created),
        expires: Timestamp::from_micros(expires),
        used: used.map(Timestamp::from_micros),
    })
}
