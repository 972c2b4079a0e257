//! Invitations.
//!
//! One text for all engines: each engine's module takes it in as its own, and `super` says which one that is.

use shared::Timestamp;
use shared::id::PersonId;
use shared::organisation::{CompanyRole, Invitee};

use super::accounts::PUT_PASSWORD;
use super::{Engine, WRITE};
use crate::sign_in::TokenDigest;
use crate::store::columns::parsed;
use crate::store::{Places, StoreError, StoredInvitation};

/// What an invitation is read as.
#[derive(sqlx::FromRow)]
struct InvitationRow {
    person: String,
    department: Option<String>,
    role: String,
    made_by: String,
    expires: i64,
    name: String,
    email: String,
    most: Option<i64>,
    used: i64,
}

impl Engine {
    pub(in crate::store) async fn add_invitations(
        &self,
        invitations: &[(StoredInvitation, TokenDigest)],
        created: Timestamp,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with(WRITE).await?;
        for (invitation, token) in invitations {
            sqlx::query(
                "INSERT INTO invitation (person, token, department, role, made_by, created, expires, name, email, most)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            )
            .bind(invitation.person.to_string())
            .bind(&token[..])
            .bind(invitation.department.map(|id| id.to_string()))
            .bind(role_name(invitation.role))
            .bind(invitation.made_by.to_string())
            .bind(created.micros())
            .bind(invitation.expires.micros())
            .bind(&invitation.invitee.name)
            .bind(&invitation.invitee.email)
            .bind(invitation.places.map(|places| i64::from(places.most)))
            .execute(&mut *transaction)
            .await?;
        }
        Ok(transaction.commit().await?)
    }

    pub(in crate::store) async fn invitation(
        &self,
        token: &TokenDigest,
        now: Timestamp,
    ) -> Result<Option<StoredInvitation>, StoreError> {
        let row: Option<InvitationRow> = sqlx::query_as(
            "SELECT person, department, role, made_by, expires, name, email, most, used FROM invitation
             WHERE token = $1 AND expires > $2 AND (most IS NULL OR used < most)",
        )
        .bind(&token[..])
        .bind(now.micros())
        .fetch_optional(&self.readers)
        .await?;
        row.map(invitation).transpose()
    }

    pub(in crate::store) async fn open_invitations(&self, now: Timestamp) -> Result<Vec<StoredInvitation>, StoreError> {
        let rows: Vec<InvitationRow> = sqlx::query_as(
            "SELECT person, department, role, made_by, expires, name, email, most, used FROM invitation
             WHERE expires > $1 ORDER BY created, person",
        )
        .bind(now.micros())
        .fetch_all(&self.readers)
        .await?;
        rows.into_iter().map(invitation).collect()
    }

    pub(in crate::store) async fn remove_invitation(&self, person: PersonId) -> Result<(), StoreError> {
        sqlx::query("DELETE FROM invitation WHERE person = $1").bind(person.to_string()).execute(&self.writer).await?;
        Ok(())
    }

    pub(in crate::store) async fn use_invitation(
        &self,
        person: PersonId,
        hash: &str,
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let used = "DELETE FROM invitation WHERE person = $1 AND expires > $2";
        self.used(used, person, (person, hash), at).await
    }

    pub(in crate::store) async fn take_place(
        &self,
        invitation: PersonId,
        person: (PersonId, &str),
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        // One of two who come at once for the last place waits here for the other.
        let taken = "UPDATE invitation SET used = used + 1 WHERE person = $1 AND expires > $2 AND used < most";
        self.used(taken, invitation, person, at).await
    }

    async fn used(
        &self,
        use_it: &'static str,
        invitation: PersonId,
        (person, hash): (PersonId, &str),
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut transaction = self.writer.begin_with(WRITE).await?;
        let used =
            sqlx::query(use_it).bind(invitation.to_string()).bind(at.micros()).execute(&mut *transaction).await?;
        if used.rows_affected() == 0 {
            return Ok(false);
        }
        sqlx::query(PUT_PASSWORD)
            .bind(person.to_string())
            .bind(hash)
            .bind(at.micros())
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        Ok(true)
    }

    pub(in crate::store) async fn give_place_back(
        &self,
        invitation: PersonId,
        person: PersonId,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin_with(WRITE).await?;
        sqlx::query("DELETE FROM password WHERE person = $1")
            .bind(person.to_string())
            .execute(&mut *transaction)
            .await?;
        sqlx::query("UPDATE invitation SET used = used - 1 WHERE person = $1 AND used > 0")
            .bind(invitation.to_string())
            .execute(&mut *transaction)
            .await?;
        Ok(transaction.commit().await?)
    }
}

fn invitation(row: InvitationRow) -> Result<StoredInvitation, StoreError> {
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(StoredInvitation {
        person: parsed("an invitation", &row.person)?,
        department: row.department.map(|id| parsed("a department", &id)).transpose()?,
        role: match row.role.as_str() {
            "admin" => CompanyRole::Admin,
            "member" => CompanyRole::Member,
            _ => return Err(StoreError::Damaged { what: "a role", why: row.role }),
        },
        made_by: parsed("a person", &row.made_by)?,
        expires: Timestamp::from_micros(row.expires),
        invitee: Invitee { name: row.name, email: row.email },
        places: row.most.map(|most| Places { most: count(most), used: count(row.used) }),
    })
}

fn role_name(role: CompanyRole) -> &'static str {
    match role {
        CompanyRole::Admin => "admin",
        CompanyRole::Member => "member",
    }
}
