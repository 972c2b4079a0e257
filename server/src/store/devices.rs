//! What the store keeps of browsers in which somebody has signed in before.

use shared::Timestamp;
use shared::id::PersonId;

use super::{Store, StoreError};
use crate::sign_in::TokenDigest;

impl Store {
    /// Who has signed in in a browser before.
    pub async fn device_people(&self, token: &TokenDigest) -> Result<Vec<PersonId>, StoreError> {
        ask!(self, engine => engine.device_people(token).await)
    }

    /// Notes that a person has signed in in a browser.
    pub async fn remember_device(
        &self,
        token: &TokenDigest,
        person: PersonId,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        ask!(self, engine => Box::pin(engine.remember_device(token, person, now)).await)
    }

    /// Forgets browsers in which nobody has signed in since.
    pub async fn sweep_devices(&self, before: Timestamp) -> Result<(), StoreError> {
        ask!(self, engine => engine.sweep_devices(before).await)
    }
}
