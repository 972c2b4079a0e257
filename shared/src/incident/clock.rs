//! Deadlines: what the terms of an incident make of its stamps (incident: clocks).
//!
//! Minutes are elapsed time around the clock. Those of the first round count from the report, also after a change of
//! severity; a round after a refused solution counts from the refusal.

use serde::{Deserialize, Serialize};

use super::policy::micros;
use super::{Incident, Span, Stage};
use crate::arrange::Arrange as _;
use crate::calendar;
use crate::{Date, Timestamp};

/// How long before an update is due the leader is reminded, in microseconds: 5 minutes.
pub(super) const UPDATE_SOON: i64 = 5 * 60 * 1_000_000;
/// How long after a missed update management is called, in microseconds: 10 minutes.
pub(super) const UPDATE_LONG_MISSED: i64 = 10 * 60 * 1_000_000;
/// After how long a reporter who has not confirmed is reminded, in microseconds: 4 hours.
pub(super) const REMIND_TO_CONFIRM: i64 = 4 * 3_600 * 1_000_000;

/// What is to be done in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Clock {
    /// Somebody takes it.
    Take,
    /// A team is formed.
    Team,
    /// It is resolved.
    Resolve,
    /// The leader posts the next progress update.
    Update,
    /// The reporter confirms the solution.
    Confirm,
    /// The report is filed.
    Report,
}

impl Clock {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Take, Self::Team, Self::Resolve, Self::Update, Self::Confirm, Self::Report];
}

/// A clock that runs, or was stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Deadline {
    /// What is to be done.
    pub clock: Clock,
    /// From when it counts.
    pub from: Timestamp,
    /// Until when.
    pub due: Timestamp,
    /// When it was done; `None` while the clock runs.
    pub met: Option<Timestamp>,
}

impl Deadline {
    /// Whether it was not done in time, as of now.
    pub fn is_missed(&self, now: Timestamp) -> bool {
        self.met.map_or(now >= self.due, |met| met > self.due)
    }
}

impl Incident {
    /// When something is due in the current round; `None` if nothing demands it.
    pub fn deadline(&self, clock: Clock) -> Option<Timestamp> {
        self.clock(clock).map(|deadline| deadline.due)
    }

    /// A clock of the current round; `None` if nothing demands what it stands for, or it has not begun.
    pub fn clock(&self, clock: Clock) -> Option<Deadline> {
        let round = &self.round;
        let at = |stamp: Option<super::Stamp>| stamp.map(|stamp| stamp.at);
        let minutes = |from: Timestamp, minutes: u32| later(from, micros(minutes));
        let begun = round.begun.at;
        let (from, due, met) = match clock {
            Clock::Take => (begun, minutes(begun, self.terms.take?), at(round.taken)),
            Clock::Team => (begun, minutes(begun, self.terms.team?), at(round.team).or(at(round.resolved))),
            Clock::Resolve => (begun, self.terms.resolve.after(begun), at(round.resolved)),
            Clock::Update => {
                let from = at(round.updated).max(at(round.taken))?;
                (from, minutes(from, self.terms.update?), at(round.resolved))
            }
            Clock::Confirm => {
                let from = at(round.resolved)?;
                (from, working_days(from, 1), at(round.confirmed).or(at(round.refused)))
            }
            Clock::Report => {
                let from = at(round.confirmed)?;
                (from, working_days(from, self.terms.report_days), self.filed.map(|filed| filed.at))
            }
        };
        Some(Deadline { clock, from, due, met })
    }

    /// The clocks that run at its stage, the one that runs out first at the front.
    pub fn clocks(&self) -> Vec<Deadline> {
        let mut clocks: Vec<_> = Clock::ALL.iter().filter_map(|clock| self.running_clock(*clock)).collect();
        clocks.arrange_by_key(|deadline| deadline.due);
        clocks
    }

    /// A clock, if it runs at its stage.
    pub fn running_clock(&self, clock: Clock) -> Option<Deadline> {
        let runs = match clock {
            Clock::Take => self.stage.is_untaken(),
            Clock::Team | Clock::Resolve => self.stage.is_running(),
            Clock::Update => self.stage.is_running() && !self.stage.is_untaken(),
            Clock::Confirm => self.stage == Stage::Resolved,
            Clock::Report => self.stage == Stage::Confirmed,
        };
        self.clock(clock).filter(|deadline| runs && deadline.met.is_none())
    }

    /// When it began: since when the reporter says, else when it was reported.
    pub fn began(&self) -> Timestamp {
        self.impact.since.map_or(self.reported_at, |since| since.min(self.reported_at))
    }

    /// From when it began to the last solution or now, in microseconds: a refused solution counts as if the clock had never
    /// stopped.
    pub fn lasted(&self, now: Timestamp) -> i64 {
        let end = self.round.resolved.map_or(now, |resolved| resolved.at);
        end.micros_since(self.began()).max(0)
    }

    /// When the whole of it was to be resolved, over all rounds: counted from the report.
    pub fn resolve_by(&self) -> Timestamp {
        self.terms.resolve.after(self.reported_at)
    }
}

impl Span {
    /// The instant so much later.
    pub fn after(self, from: Timestamp) -> Timestamp {
        match self {
            Self::Minutes(minutes) => later(from, micros(minutes)),
            Self::WorkingDays(days) => working_days(from, days),
        }
    }
}

/// So many microseconds later.
pub(super) fn later(from: Timestamp, micros: i64) -> Timestamp {
    Timestamp::from_micros(from.micros().saturating_add(micros))
}

/// By the same time so many working days later. In a year that no notice has settled Monday to Friday count.
fn working_days(from: Timestamp, days: u32) -> Timestamp {
    calendar::company().add_days(from, days).value
}

/// The day of an instant in the company's time zone.
pub(crate) fn day_of(at: Timestamp) -> Date {
    calendar::company().date_of(at)
}

/// When a day is over in the company's time zone.
pub(crate) fn end_of(date: Date) -> Timestamp {
    calendar::company().end_of(date)
}

/// The first working day after a date.
pub(crate) fn next_working_day(date: Date) -> Date {
    calendar::company().working_day_after(date)
}
