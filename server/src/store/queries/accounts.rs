//! Passwords and sign-ins. Single rows: each statement is a transaction of its own, but where it says so.
//!
//! One text for all engines: each engine's module takes it in as its own, and `super` says which one that is.

use shared::Timestamp;
use shared::id::PersonId;

use super::{Engine, WRITE};
use crate::sign_in::{SessionId, TokenDigest};
use crate::store::columns::parsed;
use crate::store::{Session, StoreError};

/// What a session is read as: id, person, created, seen, agent.
type SessionRow = (String, String, i64, i64, String);

impl Engine {
    pub(in crate::store) async fn password(&self, person: PersonId) -> Result<Option<String>, StoreError> {
        let hash = sqlx::query_scalar("SELECT hash FROM password WHERE person = $1")
            .bind(person.to_string())
            .fetch_optional(&self.readers)
            .await?;
        Ok(hash)
    }

    pub(in crate::store) async fn put_password(
        &self,
        person: PersonId,
        hash: &str,
        at: Timestamp,
    ) -> Result<(), StoreError> {
        sqlx::query(PUT_PASSWORD).bind(person.to_string()).bind(hash).bind(at.micros()).execute(&self.writer).await?;
        Ok(())
    }

    pub(in crate::store) async fn remove_password(&self, person: PersonId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM password WHERE person = $1").bind(person.to_string()).execute(&self.writer).await?;
        Ok(())
    }

    pub(in crate::store) async fn add_session(&self, session: &Session, token: &TokenDigest) -> Result<(), StoreError> {
        sqlx::query("INSERT INTO session (id, token, person, created, seen, agent) VALUES ($1, $2, $3, $4, $5, $6)")
            .bind(session.id.0.to_string())
            .bind(&token[..])
            .bind(session.person.to_string())
            .bind(session.created.micros())
            .bind(session.seen.micros())
            .bind(&session.agent)
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    pub(in crate::store) async fn session(&self, token: &TokenDigest) -> Result<Option<Session>, StoreError> {
        let row: Option<SessionRow> =
            sqlx::query_as("SELECT id, person, created, seen, agent FROM session WHERE token = $1")
                .bind(&token[..])
                .fetch_optional(&self.readers)
                .await?;
        row.map(session).transpose()
    }

    pub(in crate::store) async fn sessions(&self, person: PersonId) -> Result<Vec<Session>, StoreError> {
        let rows: Vec<SessionRow> =
            sqlx::query_as("SELECT id, person, created, seen, agent FROM session WHERE person = $1")
                .bind(person.to_string())
                .fetch_all(&self.readers)
                .await?;
        rows.into_iter().map(session).collect()
    }

    pub(in crate::store) async fn touch_session(&self, id: SessionId, seen: Timestamp) -> Result<(), StoreError> {
        sqlx::query("UPDATE session SET seen = $2 WHERE id = $1")
            .bind(id.0.to_string())
            .bind(seen.micros())
            .execute(&self.writer)
            .await?;
        Ok(())
    }

    pub(in crate::store) async fn end_session(&self, person: PersonId, id: SessionId) -> Result<bool, StoreError> {
        let ended = sqlx::query("DELETE FROM session WHERE id = $1 AND person = $2")
            .bind(id.0.to_string())
            .bind(person.to_string())
            .execute(&self.writer)
            .await?;
        Ok(ended.rows_affected() > 0)
    }

    pub(in crate::store) async fn end_sessions(&self, person: PersonId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM session WHERE person = $1").bind(person.to_string()).execute(&self.writer).await?;
        Ok(())
    }

    pub(in crate::store) async fn forget_people(&self, people: &[PersonId], now: Timestamp) -> Result<(), StoreError> {
        let people: Vec<_> = people.iter().map(|person| [person]).collect();
        let people = serde_json::to_string(&people)?;
        let mut transaction = self.writer.begin_with(WRITE).await?;
        for statement in [
            concat!("DELETE FROM session WHERE ", among!("person", "$1")),
            concat!("DELETE FROM device WHERE ", among!("person", "$1")),
        ] {
            sqlx::query(statement).bind(&people).execute(&mut *transaction).await?;
        }
        sqlx::query(concat!(
            "UPDATE password_reset SET expires = $2 WHERE used IS NULL AND expires > $2 AND ",
            among!("person", "$1")
        ))
        .bind(&people)
        .bind(now.micros())
        .execute(&mut *transaction)
        .await?;
        Ok(transaction.commit().await?)
    }

    pub(in crate::store) async fn sessions_among(&self, ids: &[SessionId]) -> Result<Vec<SessionId>, StoreError> {
        let ids: Vec<_> = ids.iter().map(|id| [id.0]).collect();
        let held: Vec<String> = sqlx::query_scalar(concat!("SELECT id FROM session WHERE ", among!("id", "$1")))
            .bind(serde_json::to_string(&ids)?)
            .fetch_all(&self.readers)
            .await?;
        session_ids(&held)
    }

    pub(in crate::store) async fn sweep_accounts(
        &self,
        seen_before: Timestamp,
        created_before: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<SessionId>, StoreError> {
        let ended: Vec<String> = sqlx::query_scalar("DELETE FROM session WHERE seen < $1 OR created < $2 RETURNING id")
            .bind(seen_before.micros())
            .bind(created_before.micros())
            .fetch_all(&self.writer)
            .await?;
        sqlx::query("DELETE FROM invitation WHERE expires <= $1").bind(now.micros()).execute(&self.writer).await?;
        session_ids(&ended)
    }
}

pub(super) const PUT_PASSWORD: &str = "
    INSERT INTO password (person, hash, at) VALUES ($1, $2, $3)
    ON CONFLICT (person) DO UPDATE SET hash = excluded.hash, at = excluded.at";

fn session((id, person, created, seen, agent): SessionRow) -> Result<Session, StoreError> {
    Ok(Session {
        id: SessionId(parsed("a sign-in", &id)?),
        person: parsed("a person", &person)?,
        created: Timestamp::from_micros(created),
        seen: Timestamp::from_micros(seen),
        agent,
    })
}

pub(super) fn session_ids(ids: &[String]) -> Result<Vec<SessionId>, StoreError> {
    ids.iter().map(|id| parsed("a sign-in", id).map(SessionId)).collect()
}
