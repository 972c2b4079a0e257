//! Turns that are added at once, and the hours that no turn covers.

use jiff::ToSpan;
use jiff::civil::time;
use serde::{Deserialize, Serialize};
use shared::id::{PersonId, ShiftId};
use shared::incident::{Roster, Shift};
use shared::{Date, Timestamp};
use uuid::Uuid;

use super::zone;

/// The most turns that are added at once.
pub const MOST_TURNS: u32 = 60;

/// How long a turn lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Length {
    /// A day.
    Day,
    /// Seven days.
    Week,
}

impl Length {
    const fn days(self) -> i64 {
        match self {
            Self::Day => 1,
            Self::Week => 7,
        }
    }
}

/// Who stands in for the duty lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StandIn {
    /// Nobody.
    Nobody,
    /// Whoever leads the turn after.
    Next,
    /// Always the same person.
    Always(PersonId),
}

/// Turns from nine to nine, one after the other, whose leads take them in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The first day.
    pub start: Date,
    /// How long each turn lasts.
    pub length: Length,
    /// How many.
    pub count: u32,
    /// Who leads, in order; it begins again after the last.
    pub leads: Vec<PersonId>,
    /// Who stands in.
    pub stand_in: StandIn,
}

impl Plan {
    /// The turns, each with an id of its own; none without a lead.
    pub fn turns(&self) -> Vec<Shift> {
        let leads = self.leads.iter().copied().cycle();
        let followers = self.leads.iter().copied().cycle().skip(1);
        let nine = |turn: u32| {
            let days = self.length.days().saturating_mul(turn.into());
            self.start.checked_add(days.days()).ok().map(|day| zone::instant(day.to_datetime(time(9, 0, 0, 0))))
        };
        let turn = |(nth, (lead, follower)): (u32, (PersonId, PersonId))| {
            let follower = Some(follower).filter(|follower| *follower != lead);
            let fallback = match self.stand_in {
                StandIn::Nobody => None,
                StandIn::Next => follower,
                // In their own turn nobody stands in for themself: the next in order does.
                StandIn::Always(person) if person == lead => follower,
                StandIn::Always(person) => Some(person),
            };
            Some(Shift {
                id: ShiftId::new(Uuid::now_v7()),
                from: nine(nth)?,
                until: nine(nth + 1)?,
                lead,
                fallback,
                note: String::new(),
                handed_over_by: None,
            })
        };
        (0..self.count.min(MOST_TURNS)).zip(leads.zip(followers)).filter_map(turn).collect()
    }
}

/// The stretches from one instant to another in which nobody is on duty.
pub fn gaps(roster: &Roster, from: Timestamp, until: Timestamp) -> Vec<(Timestamp, Timestamp)> {
    let mut gaps = Vec::new();
    let mut covered = from;
    for shift in roster.after(from) {
        if shift.from > covered && covered < until {
            gaps.push((covered, shift.from.min(until)));
        }
        covered = covered.max(shift.until);
    }
    if covered < until {
        gaps.push((covered, until));
    }
    gaps
}
