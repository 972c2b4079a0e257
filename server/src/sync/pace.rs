//! How much one person may ask of a server. Who sends more commands than anybody could make by hand is held back, not
//! refused: what they send waits in their own browser and network, and nothing is dropped.

use std::num::NonZeroU32;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use shared::id::PersonId;

use crate::metrics;

/// How many commands a second one person may go on sending, on all their sockets together.
const PER_SECOND: NonZeroU32 = NonZeroU32::new(200).unwrap();
/// How many may come at once: what was done in a day offline.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(2_000).unwrap();

/// The pace of each person.
#[derive(Debug)]
pub(super) struct Pace(DefaultKeyedRateLimiter<PersonId>);

impl Pace {
    pub(super) fn new() -> Self {
        Self(RateLimiter::keyed(Quota::per_second(PER_SECOND).allow_burst(AT_ONCE)))
    }

    /// Returns when a person's next command may be taken.
    pub(super) async fn wait(&self, person: PersonId) {
        if self.0.check_key(&person).is_err() {
            metrics::held_back();
            self.0.until_key_ready(&person).await;
        }
    }

    /// Forgets those who have been quiet.
    pub(super) fn tidy(&self) {
        self.0.retain_recent();
    }
}
