//! What the store keeps of invitations. Their rules are in [`crate::organisation`].

use shared::Timestamp;
use shared::id::{DepartmentId, PersonId};
use shared::organisation::{CompanyRole, Invitee};

use super::{Store, StoreError};
use crate::sign_in::TokenDigest;

/// An open invitation. Its token is known only to whoever was invited.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredInvitation {
    /// Names it: the id that the invited person will have; of one that many may use, nobody's.
    pub person: PersonId,
    /// Where they will work.
    pub department: Option<DepartmentId>,
    /// What they will be allowed to do.
    pub role: CompanyRole,
    /// Who made it.
    pub made_by: PersonId,
    /// Until when it holds.
    pub expires: Timestamp,
    /// Who is invited, as far as that was said.
    pub invitee: Invitee,
    /// How many may use it, if it is not for one.
    pub places: Option<Places>,
}

/// How many may use an invitation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Places {
    /// At most.
    pub most: u32,
    /// So many have.
    pub used: u32,
}

impl Store {
    /// Writes invitations down, all or none.
    pub async fn add_invitations(
        &self,
        invitations: &[(StoredInvitation, TokenDigest)],
        created: Timestamp,
    ) -> Result<(), StoreError> {
        ask!(self, engine => Box::pin(engine.add_invitations(invitations, created)).await)
    }

    /// The invitation of a token, if it is open and has not expired.
    pub async fn invitation(
        &self,
        token: &TokenDigest,
        now: Timestamp,
    ) -> Result<Option<StoredInvitation>, StoreError> {
        ask!(self, engine => engine.invitation(token, now).await)
    }

    /// All invitations that are open and have not expired, the oldest first.
    pub async fn open_invitations(&self, now: Timestamp) -> Result<Vec<StoredInvitation>, StoreError> {
        ask!(self, engine => engine.open_invitations(now).await)
    }

    /// Takes an invitation back.
    pub async fn remove_invitation(&self, person: PersonId) -> Result<(), StoreError> {
        ask!(self, engine => engine.remove_invitation(person).await)
    }

    /// Uses an invitation up and gives its person their password, both or neither. Whether it was still open.
    pub async fn use_invitation(&self, person: PersonId, hash: &str, at: Timestamp) -> Result<bool, StoreError> {
        ask!(self, engine => Box::pin(engine.use_invitation(person, hash, at)).await)
    }

    /// Takes a place of an invitation that many may use and gives a new person their password, both or neither. Whether
    /// there was one left.
    pub async fn take_place(
        &self,
        invitation: PersonId,
        (person, hash): (PersonId, &str),
        at: Timestamp,
    ) -> Result<bool, StoreError> {
        ask!(self, engine => Box::pin(engine.take_place(invitation, (person, hash), at)).await)
    }

    /// Gives a place back, with the password of the person who has not become one.
    pub async fn give_place_back(&self, invitation: PersonId, person: PersonId) -> Result<(), StoreError> {
        ask!(self, engine => Box::pin(engine.give_place_back(invitation, person)).await)
    }
}
