//! How much one person may ask of a server. Who sends more commands than anybody could make by hand is held back, not
//! refused: what they send waits in their own browser and network, and nothing is dropped.

use std::num::NonZeroU32;

use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use shared::id::PersonId;

use crate::metrics;

/// How many seconds' worth of commands may come at once: what was done in a day offline.
const SECONDS_AT_ONCE: u32 = 10;
/// How many people are known before those who have been quiet are forgotten.
const MOST_PEOPLE: usize = 10_000;

/// The pace of each person, on all their sockets together.
#[derive(Debug)]
pub struct Pace(DefaultKeyedRateLimiter<PersonId>);

impl Pace {
    /// So many commands a second in the long run, and ten times as many at once.
    pub fn new(per_second: NonZeroU32) -> Self {
        let at_once = per_second.saturating_mul(NonZeroU32::MIN.saturating_add(SECONDS_AT_ONCE - 1));
        Self(RateLimiter::keyed(Quota::per_second(per_second).allow_burst(at_once)))
    }

    /// Returns when a person's next command may be taken.
    pub(super) async fn wait(&self, person: PersonId) {
        if self.0.len() > MOST_PEOPLE {
            self.0.retain_recent();
        }
        if self.0.check_key(&person).is_err() {
            metrics::held_back();
            self.0.until_key_ready(&person).await;
        }
    }
}
