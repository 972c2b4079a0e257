//! Figures of the response: how long things took, against the policy (incident: clocks, rounds).

use serde::{Deserialize, Serialize};

use super::{Clock, Incident, IncidentKind, Severity};
use crate::arrange::Arrange as _;
use crate::id::DepartmentId;
use crate::organisation::Company;
use crate::{Date, Timestamp};

/// How long one incident took, for the figures. Times are microseconds from the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lap {
    /// The first day of the month in which it was reported.
    pub month: Date,
    /// What sort it was.
    pub kind: IncidentKind,
    /// How grave.
    pub severity: Severity,
    /// The reporter's department.
    pub department: Option<DepartmentId>,
    /// Until somebody took it.
    pub acknowledged: Option<i64>,
    /// Until a team was formed.
    pub team: Option<i64>,
    /// Until the last solution: a refused one counts as if the clock had never stopped.
    pub resolved: Option<i64>,
    /// Whether each was missed; `None` where the policy demanded nothing.
    pub missed: [Option<bool>; 3],
}

/// What some laps have in common.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// How many incidents.
    pub count: usize,
    /// The median until somebody took it, in microseconds.
    pub acknowledged: Option<i64>,
    /// The median until a team was formed.
    pub team: Option<i64>,
    /// The median until it was resolved.
    pub resolved: Option<i64>,
    /// Of how many clocks that the policy demanded, how many were met.
    pub met: (usize, usize),
}

/// The laps of all incidents that were neither merged nor rejected.
pub fn laps<'a>(company: &Company, incidents: impl IntoIterator<Item = &'a Incident>, now: Timestamp) -> Vec<Lap> {
    let counted = incidents.into_iter().filter(|incident| incident.dismissed.is_none());
    counted.map(|incident| lap(company, incident, now)).collect()
}

fn lap(company: &Company, incident: &Incident, now: Timestamp) -> Lap {
    let begun = incident.reported_at.micros();
    let first = incident.earlier.first().unwrap_or(&incident.round);
    let since = |stamp: Option<super::Stamp>| stamp.map(|stamp| stamp.at.micros().saturating_sub(begun).max(0));
    let missed = |clock: Clock, demanded: bool| {
        let breached = incident.breaches.iter().any(|breach| breach.clock == clock);
        let running = incident.running_clock(clock).is_some_and(|deadline| !deadline.is_missed(now));
        (demanded && !running).then_some(breached)
    };
    Lap {
        month: super::day_of(incident.reported_at).first_of_month(),
        kind: incident.kind,
        severity: incident.severity,
        department: company.people.get(&incident.reporter).and_then(|person| person.department),
        acknowledged: since(first.taken),
        team: since(first.team),
        resolved: since(incident.round.resolved),
        missed: [
            missed(Clock::Take, incident.terms.take.is_some()),
            missed(Clock::Team, incident.terms.team.is_some()),
            missed(Clock::Resolve, true),
        ],
    }
}

impl Figures {
    /// Of some laps.
    pub fn of<'a>(laps: impl IntoIterator<Item = &'a Lap>) -> Self {
        let laps: Vec<&Lap> = laps.into_iter().collect();
        let of = |time: fn(&Lap) -> Option<i64>| median(laps.iter().filter_map(|lap| time(lap)).collect());
        let clocks = || laps.iter().flat_map(|lap| lap.missed).flatten();
        Self {
            count: laps.len(),
            acknowledged: of(|lap| lap.acknowledged),
            team: of(|lap| lap.team),
            resolved: of(|lap| lap.resolved),
            met: (clocks().filter(|missed| !missed).count(), clocks().count()),
        }
    }
}

fn median(mut values: Vec<i64>) -> Option<i64> {
    values.arrange();
    let middle = values.len() / 2;
    let upper = *values.get(middle)?;
    if values.len() % 2 == 1 {
        return Some(upper);
    }
    values.get(middle.wrapping_sub(1)).map(|lower| lower + (upper - lower) / 2)
}
