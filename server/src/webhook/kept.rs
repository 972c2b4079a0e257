//! Targets and deliveries as the store keeps them, read and written as what they say.

use shared::Timestamp;
use shared::sync::Seq;
use uuid::Uuid;

use super::wire::{DeliveryState, Message, Settings};
use crate::store::{PlannedDelivery, Store, StoreError, StoredDelivery, StoredTarget};
use crate::timers::Duty;

/// A target, with its secret.
#[derive(Debug)]
pub(super) struct Target {
    pub(super) id: Uuid,
    pub(super) settings: Settings,
    /// What its messages are signed with; empty: nothing.
    pub(super) secret: String,
    /// The last row of the journal that it was told of, or need not be.
    pub(super) seen: Seq,
}

impl Target {
    fn read(stored: StoredTarget) -> Result<Self, StoreError> {
        let StoredTarget { id, settings, secret, seen } = stored;
        Ok(Self { id, settings: json("a webhook", &settings)?, secret, seen })
    }
}

/// All targets, the oldest first.
pub(super) async fn targets(store: &Store) -> Result<Vec<Target>, StoreError> {
    store.targets().await?.into_iter().map(Target::read).collect()
}

/// What a target is told.
pub(super) fn message(delivery: &StoredDelivery) -> Result<Message, StoreError> {
    json("a message", &delivery.message)
}

/// What became of a delivery.
pub(super) fn state(delivery: &StoredDelivery) -> Result<DeliveryState, StoreError> {
    let unknown = || StoreError::Damaged { what: "a delivery", why: delivery.state.clone() };
    DeliveryState::named(&delivery.state).ok_or_else(unknown)
}

/// A delivery that waits, with what its timer does.
pub(super) fn planned(id: Uuid, at: Timestamp, message: &Message) -> Result<PlannedDelivery, StoreError> {
    Ok(PlannedDelivery {
        id,
        at,
        message: serde_json::to_string(message)?,
        state: DeliveryState::Waiting.name().to_owned(),
        duty: Duty::Deliver(id).written()?,
    })
}

fn json<T: serde::de::DeserializeOwned>(what: &'static str, text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|why| StoreError::Damaged { what, why: why.to_string() })
}
