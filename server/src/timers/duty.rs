//! What timers do: housekeeping that one node does for all.

use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use shared::Timestamp;
use uuid::Uuid;

use super::{LEASE, alarms};
use crate::Fault;
use crate::clock::now;
use crate::web::Services;
use crate::{incident, organisation, project, webhook};

/// In microseconds.
const DAY: i64 = 24 * 3_600 * 1_000_000;
/// How long a browser may stay away before its queue's counter is forgotten, and with it the files that are in the queue
/// alone, in microseconds.
const FORGOTTEN_AFTER: i64 = 180 * DAY;

/// Something that is done again and again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Duty {
    /// Ends the sign-ins that are over and those of people who have left.
    SweepSignIns,
    /// Forgets the counters of browsers that did nothing for long.
    ForgetBrowsers,
    /// Empties the journal's rows that are older than is kept.
    CompactJournal,
    /// Lets the alarms of incidents go off.
    RingAlarms,
    /// Sends incidents that are over to their rooms, where an older version left them among the others.
    SeeOffIncidents,
    /// Tells whoever has tasks of them, where an older version told nobody. Its timer says that it is done.
    TellOfTasks,
    /// Deletes the files that were uploaded for something that was never sent.
    SweepFiles,
    /// Plans what webhooks are told.
    FeedWebhooks,
    /// Tells one webhook one thing.
    Deliver(Uuid),
}

impl Duty {
    /// Those that are done again and again.
    pub const ALL: [Self; 8] = [
        Self::SweepSignIns,
        Self::ForgetBrowsers,
        Self::CompactJournal,
        Self::RingAlarms,
        Self::SeeOffIncidents,
        Self::TellOfTasks,
        Self::SweepFiles,
        Self::FeedWebhooks,
    ];

    /// As a timer keeps it.
    pub fn written(self) -> Result<String, serde_json::Error> {
        serde_json::to_string(&self)
    }

    /// What a timer keeps.
    pub(super) fn read(written: &str) -> Result<Self, serde_json::Error> {
        serde_json::from_str(written)
    }

    /// Names it.
    pub fn name(self) -> &'static str {
        match self {
            Self::SweepSignIns => "sweep-sign-ins",
            Self::ForgetBrowsers => "forget-browsers",
            Self::CompactJournal => "compact-journal",
            Self::RingAlarms => "ring-alarms",
            Self::SeeOffIncidents => "see-off-incidents",
            Self::TellOfTasks => "tell-of-tasks",
            Self::SweepFiles => "sweep-files",
            Self::FeedWebhooks => "feed-webhooks",
            Self::Deliver(_) => "deliver",
        }
    }

    /// How often, or how soon again after a failure, at the most.
    pub(super) fn every(self) -> Duration {
        match self {
            Self::SweepSignIns => Duration::from_mins(10),
            Self::ForgetBrowsers | Self::CompactJournal | Self::SeeOffIncidents | Self::SweepFiles => {
                Duration::from_hours(24)
            }
            // Once is enough. What is looked at again so seldom costs nothing, and would put right what was lost.
            Self::TellOfTasks => Duration::from_hours(365 * 24),
            Self::RingAlarms | Self::FeedWebhooks | Self::Deliver(_) => Duration::from_secs(5),
        }
    }

    /// Does it, and says when it is to be done again; `None`: never.
    pub(super) async fn perform(self, services: &Services) -> Result<Option<Duration>, Fault> {
        match self {
            Self::SweepSignIns => organisation::sweep(services).await?,
            Self::ForgetBrowsers => {
                let before = Timestamp::from_micros(now().micros() - FORGOTTEN_AFTER);
                services.store.forget_clients(before).await?;
            }
            Self::CompactJournal => {
                if let Some(days) = services.settings.keep_journal_days {
                    compact(services, days).await?;
                }
            }
            Self::RingAlarms => return alarms::ring(services).await.map(Some),
            Self::SeeOffIncidents => {
                if !incident::see_off(&services.engine).await? {
                    return Ok(Some(Duration::ZERO));
                }
            }
            Self::TellOfTasks => project::tell(&services.engine).await?,
            Self::SweepFiles => {
                let before = Timestamp::from_micros(now().micros() - FORGOTTEN_AFTER);
                let files = services.store.sweep_files(before).await?;
                if files > 0 {
                    tracing::info!(files, "files that go along with nothing were deleted");
                }
            }
            Self::FeedWebhooks => return webhook::feed(services).await.map(Some),
            Self::Deliver(id) => return webhook::deliver(services, id).await,
        }
        Ok(Some(self.every()))
    }
}

/// Empties what is older than so many days, a step at a time, for no longer than a node may be at it; what is left is
/// for tomorrow.
async fn compact(services: &Services, days: u32) -> Result<(), Fault> {
    let before = Timestamp::from_micros(now().micros() - i64::from(days) * DAY);
    let (begin, mut rows) = (Instant::now(), 0);
    while begin.elapsed() < LEASE / 2
        && let Some(step) = services.store.compact(before).await?
    {
        rows += step.rows;
    }
    if rows > 0 {
        tracing::info!(rows, "old rows of the journal were emptied");
    }
    Ok(())
}
