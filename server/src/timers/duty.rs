//! What timers do: housekeeping that one node does for all.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use shared::Timestamp;

use crate::Fault;
use crate::clock::now;
use crate::organisation;
use crate::web::Services;

/// How long a browser may stay away before its queue's counter is forgotten, in microseconds: 180 days.
const FORGOTTEN_AFTER: i64 = 180 * 24 * 3_600 * 1_000_000;

/// Something that is done again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Ends the sign-ins that are over and those of people who have left.
    SweepSignIns,
    /// Forgets the counters of browsers that did nothing for long.
    ForgetBrowsers,
}

impl Duty {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::SweepSignIns, Self::ForgetBrowsers];

    /// Names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::SweepSignIns => "sweep-sign-ins",
            Self::ForgetBrowsers => "forget-browsers",
        }
    }

    /// How often.
    pub(super) fn every(self) -> Duration {
        match self {
            Self::SweepSignIns => Duration::from_mins(10),
            Self::ForgetBrowsers => Duration::from_hours(24),
        }
    }

    pub(super) async fn perform(self, services: &Services) -> Result<(), Fault> {
        match self {
            Self::SweepSignIns => organisation::sweep(services).await,
            Self::ForgetBrowsers => {
                let before = Timestamp::from_micros(now().micros() - FORGOTTEN_AFTER);
                Ok(services.store.forget_clients(before).await?)
            }
        }
    }
}
