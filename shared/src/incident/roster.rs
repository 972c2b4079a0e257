//! The duty roster (值班表): who is duty lead when, and who stands in (incident: roster).

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::IncidentRefusal;
use crate::arrange::Arrange as _;
use crate::id::{PersonId, ShiftId};
use crate::organisation::Company;
use crate::text::{LINE, line};
use crate::{Field, Reason, Rejection, State, Timestamp};

/// The longest turn, in microseconds: 31 days.
const LONGEST: i64 = 31 * 24 * 3_600 * 1_000_000;

/// The turns of the roster, by when they begin. No two overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Roster {
    /// By id.
    pub shifts: BTreeMap<ShiftId, Shift>,
}

/// A turn of the roster: a day, a week, or what is left of one after a hand-over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shift {
    /// Its id.
    pub id: ShiftId,
    /// From when.
    pub from: Timestamp,
    /// Until when; that instant is the next one's.
    pub until: Timestamp,
    /// The duty lead (值班负责人).
    pub lead: PersonId,
    /// Who is called if the duty lead does not answer.
    pub fallback: Option<PersonId>,
    /// What the one before said when they handed over; empty if nobody did.
    pub note: String,
    /// Who handed it over, if it was.
    pub handed_over_by: Option<PersonId>,
}

impl Shift {
    /// The duty lead, and the fallback if there is one.
    pub fn people(&self) -> impl Iterator<Item = PersonId> {
        [Some(self.lead), self.fallback].into_iter().flatten()
    }
}

impl Roster {
    /// The turn at an instant.
    pub fn at(&self, at: Timestamp) -> Option<&Shift> {
        self.shifts.values().find(|shift| shift.from <= at && at < shift.until)
    }

    /// Who is on duty at an instant: the duty lead, or the fallback once the lead has left the company.
    pub fn on_duty(&self, company: &Company, at: Timestamp) -> Option<PersonId> {
        self.at(at)?.people().find(|person| company.is_here(*person))
    }

    /// The turns that are not over at an instant, the next one first.
    pub fn after(&self, at: Timestamp) -> Vec<&Shift> {
        let mut shifts: Vec<_> = self.shifts.values().filter(|shift| shift.until > at).collect();
        shifts.arrange_by_key(|shift| shift.from);
        shifts
    }

    pub(super) fn put(&mut self, shift: Shift) {
        self.shifts.insert(shift.id, shift);
    }

    pub(super) fn remove(&mut self, id: ShiftId) {
        self.shifts.remove(&id);
    }

    /// The turn, if it fits among the others.
    pub(super) fn checked(&self, state: &State, shift: &Shift) -> Result<Shift, Rejection> {
        if shift.until <= shift.from {
            return Err(Rejection::of(Field::Date, Reason::DatesReversed));
        }
        if shift.until.micros().saturating_sub(shift.from.micros()) > LONGEST {
            return Err(Rejection::of(Field::Date, Reason::OutOfRange { min: 1, max: 31 }));
        }
        state.active(shift.lead).map_err(|refusal| Rejection::of(Field::DutyLead, refusal.reason))?;
        if let Some(fallback) = shift.fallback {
            state.active(fallback).map_err(|refusal| Rejection::of(Field::Fallback, refusal.reason))?;
        }
        if shift.fallback == Some(shift.lead) {
            return Err(Rejection::of(Field::Fallback, Reason::Incident(IncidentRefusal::OwnFallback)));
        }
        let overlaps = |other: &&Shift| other.id != shift.id && other.from < shift.until && shift.from < other.until;
        if self.shifts.values().any(|other| overlaps(&other)) {
            return Err(Rejection::of(Field::Date, Reason::Incident(IncidentRefusal::ShiftsOverlap)));
        }
        Ok(Shift { note: line(Field::Note, &shift.note, LINE)?, ..shift.clone() })
    }

    /// What is left of the turn goes to somebody else: the turn so far, if any of it is over, and the rest.
    pub(super) fn handed_over(
        &self,
        state: &State,
        (now, by): (Timestamp, PersonId),
        (rest, to, note): (ShiftId, PersonId, &str),
    ) -> Result<Vec<Shift>, Rejection> {
        let current = self.at(now).ok_or(Reason::Incident(IncidentRefusal::NotOnDuty))?;
        if current.lead != by && !state.company.is_admin(by) {
            return Err(Reason::NotAllowed.into());
        }
        if to == current.lead {
            return Ok(Vec::new());
        }
        if self.shifts.contains_key(&rest) {
            return Err(Reason::Exists.into());
        }
        state.active(to).map_err(|refusal| Rejection::of(Field::DutyLead, refusal.reason))?;
        let before = Shift { until: now, ..current.clone() };
        let after = Shift {
            id: rest,
            from: now,
            until: current.until,
            lead: to,
            // Whoever takes over is no longer the one who is called next: the one who had it is.
            fallback: if current.fallback == Some(to) { Some(current.lead) } else { current.fallback },
            note: line(Field::Note, note, LINE)?,
            handed_over_by: Some(by),
        };
        if current.from == now {
            return Ok(vec![Shift { id: current.id, ..after }]);
        }
        Ok(vec![before, after])
    }
}
