//! What the store keeps of links for a new password. Their rules are in [`crate::organisation`].

use shared::Timestamp;
use shared::id::PersonId;

use super::{Store, StoreError};
use crate::sign_in::{SessionId, TokenDigest};

/// A link by which a person sets another password. Its token is known only to whoever holds the link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredReset {
    /// Whose password it sets.
    pub person: PersonId,
    /// Who made it; `None`: whoever has the server's command line.
    pub made_by: Option<PersonId>,
    /// When it was made.
    pub created: Timestamp,
    /// Until when it holds.
    pub expires: Timestamp,
    /// When it was used.
    pub used: Option<Timestamp>,
}

impl Store {
    /// Writes a link down, and ends those that its person had not used.
    pub async fn add_reset(&self, reset: &StoredReset, token: &TokenDigest) -> Result<(), StoreError> {
        ask!(self, engine => Box::pin(engine.add_reset(reset, token)).await)
    }

    /// The link of a token, if it was not used and has not expired.
    pub async fn reset(&self, token: &TokenDigest, now: Timestamp) -> Result<Option<StoredReset>, StoreError> {
        ask!(self, engine => engine.reset(token, now).await)
    }

    /// The last links that were made for a person, the latest first.
    pub async fn resets(&self, person: PersonId) -> Result<Vec<StoredReset>, StoreError> {
        ask!(self, engine => engine.resets(person).await)
    }

    /// Uses a link up, gives its person their password, ends their sign-ins and forgets their browsers, all or nothing.
    /// Whether it still held.
    pub async fn use_reset(&self, token: &TokenDigest, hash: &str, at: Timestamp) -> Result<bool, StoreError> {
        ask!(self, engine => Box::pin(engine.use_reset(token, hash, at)).await)
    }

    /// Gives a person another password, and their sign-in another token; ends their other sign-ins and the links for a
    /// password that were not used: all or nothing. Which sign-ins ended. The browsers that they have used are known on.
    pub async fn change_password(
        &self,
        person: PersonId,
        hash: &str,
        kept: (SessionId, &TokenDigest),
        at: Timestamp,
    ) -> Result<Vec<SessionId>, StoreError> {
        ask!(self, engine => Box::pin(engine.change_password(person, hash, kept, at)).await)
    }
}
