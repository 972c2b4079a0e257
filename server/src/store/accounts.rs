//! What the store keeps of accounts: passwords and sign-ins. Their rules are in [`crate::organisation`].

use shared::Timestamp;
use shared::id::PersonId;

use super::{Store, StoreError};
use crate::sign_in::{SessionId, TokenDigest};

/// A sign-in. Its token is known only to the browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Names it.
    pub id: SessionId,
    /// Whose it is.
    pub person: PersonId,
    /// When it began.
    pub created: Timestamp,
    /// When it was last used, to within a few minutes.
    pub seen: Timestamp,
    /// What the browser calls itself.
    pub agent: String,
}

impl Store {
    /// The hash of a person's password, if they have one.
    pub async fn password(&self, person: PersonId) -> Result<Option<String>, StoreError> {
        ask!(self, engine => engine.password(person).await)
    }

    /// Gives a person a password, by its hash.
    pub async fn put_password(&self, person: PersonId, hash: &str, at: Timestamp) -> Result<(), StoreError> {
        ask!(self, engine => engine.put_password(person, hash, at).await)
    }

    /// Takes a person's password away.
    pub async fn remove_password(&self, person: PersonId) -> Result<(), StoreError> {
        ask!(self, engine => engine.remove_password(person).await)
    }

    /// Begins a sign-in.
    pub async fn add_session(&self, session: &Session, token: &TokenDigest) -> Result<(), StoreError> {
        ask!(self, engine => engine.add_session(session, token).await)
    }

    /// The sign-in of a token, however old.
    pub async fn session(&self, token: &TokenDigest) -> Result<Option<Session>, StoreError> {
        ask!(self, engine => engine.session(token).await)
    }

    /// The sign-ins of a person, however old.
    pub async fn sessions(&self, person: PersonId) -> Result<Vec<Session>, StoreError> {
        ask!(self, engine => engine.sessions(person).await)
    }

    /// Notes that a sign-in was used.
    pub async fn touch_session(&self, session: SessionId, seen: Timestamp) -> Result<(), StoreError> {
        ask!(self, engine => engine.touch_session(session, seen).await)
    }

    /// Ends a sign-in, if it is this person's. Whether there was one.
    pub async fn end_session(&self, person: PersonId, session: SessionId) -> Result<bool, StoreError> {
        ask!(self, engine => engine.end_session(person, session).await)
    }

    /// Ends all sign-ins of a person.
    pub async fn end_sessions(&self, person: PersonId) -> Result<(), StoreError> {
        ask!(self, engine => engine.end_sessions(person).await)
    }

    /// Ends all sign-ins of these people, and the links for a password that they have not used, and forgets their
    /// browsers: all or nothing.
    pub async fn forget_people(&self, people: &[PersonId], now: Timestamp) -> Result<(), StoreError> {
        if people.is_empty() { Ok(()) } else { ask!(self, engine => engine.forget_people(people, now).await) }
    }

    /// Which of these sign-ins have not ended.
    pub async fn sessions_among(&self, sessions: &[SessionId]) -> Result<Vec<SessionId>, StoreError> {
        if sessions.is_empty() {
            return Ok(Vec::new());
        }
        ask!(self, engine => engine.sessions_among(sessions).await)
    }

    /// Deletes sign-ins last seen or begun before these times, and invitations that have expired. Which sign-ins
    /// those were.
    pub async fn sweep_accounts(
        &self,
        seen_before: Timestamp,
        created_before: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<SessionId>, StoreError> {
        ask!(self, engine => engine.sweep_accounts(seen_before, created_before, now).await)
    }
}
