//! What the store keeps of timers. What they do is in [`crate::timers`].

use std::time::Duration;

use shared::Timestamp;
use uuid::Uuid;

use super::{Store, StoreError};

/// Something to be done at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Timer {
    /// Names it: there is one of each name.
    pub id: String,
    /// When; if nobody is there then, as soon as somebody is.
    pub due: Timestamp,
    /// What, as JSON that the store does not look into.
    pub duty: String,
}

/// Timers of one lane hold up none of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// What the server does by itself.
    Duties,
    /// What waits for somebody else's answer.
    Deliveries,
}

/// A timer that is due and that one node has taken upon itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lease {
    /// Which.
    pub timer: Timer,
    /// The node.
    pub holder: Uuid,
    /// Until when nobody else takes it up.
    pub until: Timestamp,
    /// How often it was done before.
    pub fired: u64,
}

impl Store {
    /// Plans something, unless one of its name is planned.
    pub async fn plan(&self, timer: &Timer) -> Result<(), StoreError> {
        ask!(self, engine => engine.plan(timer).await)
    }

    /// Takes the next timer of a lane that is due by the database's clock, moved on by `shift` microseconds, if no other node is
    /// at it. Whoever has not [settled](Self::settle) it after `patience` has lost it to the next.
    pub async fn claim(
        &self,
        holder: Uuid,
        lane: Lane,
        (shift, patience): (i64, Duration),
    ) -> Result<Option<Lease>, StoreError> {
        let patience = i64::try_from(patience.as_micros()).unwrap_or(i64::MAX);
        ask!(self, engine => engine.claim(holder, lane, (shift, patience)).await)
    }

    /// Something is done, and to be done again at `next`, or never. `false` if another node has taken it over.
    pub async fn settle(&self, lease: &Lease, next: Option<Timestamp>) -> Result<bool, StoreError> {
        ask!(self, engine => engine.settle(lease, next).await)
    }

    /// When there will be something to do next in a lane.
    pub async fn next_due(&self, lane: Lane) -> Result<Option<Timestamp>, StoreError> {
        ask!(self, engine => engine.next_due(lane).await)
    }
}
