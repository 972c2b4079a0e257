//! What the store keeps of webhooks: the targets with their secrets, and what was told to each. What they are set to and
//! what they are told is text to it; [`crate::webhook`] reads and writes that.

use shared::Timestamp;
use shared::sync::Seq;
use uuid::Uuid;

use super::{Store, StoreError};

/// A target, with its secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredTarget {
    /// Its id.
    pub id: Uuid,
    /// What an admin has set, as JSON.
    pub settings: String,
    /// What its messages are signed with; empty: nothing.
    pub secret: String,
    /// The last row of the journal that it was told of, or need not be.
    pub seen: Seq,
}

/// Something to be told from now on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedDelivery {
    /// Its id.
    pub id: Uuid,
    /// When it happened.
    pub at: Timestamp,
    /// What, as JSON.
    pub message: String,
    /// The name of the state that it begins in.
    pub state: String,
    /// What its timer is to do, as JSON.
    pub duty: String,
}

/// Something to be told, or told already.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredDelivery {
    /// Its id.
    pub id: Uuid,
    /// To which target.
    pub webhook: Uuid,
    /// When it happened.
    pub at: Timestamp,
    /// What, as JSON.
    pub message: String,
    /// The name of what became of it.
    pub state: String,
    /// How often it was tried.
    pub attempts: u32,
    /// What HTTP last answered.
    pub status: Option<u16>,
    /// What was wrong last.
    pub failure: Option<String>,
    /// When it is tried next.
    pub next: Option<Timestamp>,
}

impl Store {
    /// All targets, the oldest first.
    pub async fn targets(&self) -> Result<Vec<StoredTarget>, StoreError> {
        ask!(self, engine => engine.targets().await)
    }

    /// Puts a target. One that is new has seen what lies before it; one that is there keeps what it has seen, and its
    /// secret where none is given.
    pub async fn put_target(
        &self,
        target: &StoredTarget,
        secret: Option<&str>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        ask!(self, engine => engine.put_target(target, secret, now).await)
    }

    /// Removes a target with its deliveries.
    pub async fn remove_target(&self, id: Uuid) -> Result<(), StoreError> {
        ask!(self, engine => engine.remove_target(id).await)
    }

    /// A target has seen the journal so far, and these are to be told to it: at once, each by a timer of its own. What
    /// is planned already stays.
    pub async fn plan_deliveries(
        &self,
        target: Uuid,
        seen: Seq,
        deliveries: &[PlannedDelivery],
    ) -> Result<(), StoreError> {
        ask!(self, engine => engine.plan_deliveries(target, seen, deliveries).await)
    }

    /// One delivery.
    pub async fn delivery(&self, id: Uuid) -> Result<Option<StoredDelivery>, StoreError> {
        ask!(self, engine => engine.delivery(id).await)
    }

    /// The latest deliveries, at most `limit`.
    pub async fn deliveries(&self, limit: u32) -> Result<Vec<StoredDelivery>, StoreError> {
        ask!(self, engine => engine.deliveries(limit).await)
    }

    /// What became of a delivery.
    pub async fn note_delivery(&self, delivery: &StoredDelivery) -> Result<(), StoreError> {
        ask!(self, engine => engine.note_delivery(delivery).await)
    }
}
