//! The figures of the response, counted from what the index has of each incident.

use std::collections::BTreeMap;

use shared::id::{DepartmentId, PersonId};
use shared::incident::{Figures, IncidentKind, Lap, Severity, laps};
use shared::{Date, Scope, State, Timestamp};

use super::wire::{MonthTally, Tally};
use crate::Fault;
use crate::clock::now;
use crate::knowledge::{DocumentKind, IncidentRecord, everything};
use crate::organisation::Caller;
use crate::store::{Narrowed, Store, StoreError};

/// How many are read at once.
const STEP: u32 = 1_000;
/// How far back it is counted, in microseconds: two years, twice what the page asks for.
const LONGEST: i64 = 2 * 366 * 24 * 3_600_000_000;

/// See [`super::functions::tally`].
pub(super) async fn tally_for(caller: &Caller, since: Date) -> Result<Tally, Fault> {
    let person = caller.signed_in()?.person;
    let (_, state) = caller.services.engine.read(&[Scope::Company, Scope::Incidents]).await?;
    if state.active(person).is_err() {
        return Err(Fault::NotAllowed);
    }
    Ok(tally(&caller.services.store, &state, person, since, now()).await?)
}

/// The figures of all incidents that were reported since a day, and within the last two years: those that go on, which
/// are in `state`, and the others.
pub async fn tally(
    store: &Store,
    state: &State,
    person: PersonId,
    since: Date,
    now: Timestamp,
) -> Result<Tally, StoreError> {
    let open = state.incidents.all.values().map(AsRef::as_ref);
    let mut all = laps(&state.company, open, now);
    let narrowed = Narrowed { kinds: vec![DocumentKind::Incident.name()], ..Narrowed::default() };
    let earliest = Timestamp::from_micros(now.micros().saturating_sub(LONGEST));
    let mut place = None;
    'pages: loop {
        let found = store.documents(&everything(person), &narrowed, place.take(), STEP).await?;
        let goes_on = found.len() == STEP as usize;
        for row in found {
            let record = IncidentRecord::of(&row)?;
            place = Some((row.edited, record.card.id.to_string()));
            if row.edited < earliest {
                break 'pages;
            }
            let Some(lap) = record.lap else { continue };
            if lap.month < since {
                break 'pages;
            }
            // What the index has of one that goes on is of some moment.
            if !state.incidents.all.contains_key(&record.card.id) {
                let department = state.company.people.get(&record.reporter).and_then(|person| person.department);
                all.push(Lap { department, ..lap });
            }
        }
        if !goes_on {
            break;
        }
    }
    all.retain(|lap| lap.month >= since);
    Ok(counted(&all))
}

fn counted(laps: &[Lap]) -> Tally {
    let of = |is_in: &dyn Fn(&Lap) -> bool| Figures::of(laps.iter().filter(|lap| is_in(lap)));
    let mut months: BTreeMap<Date, [usize; 3]> = BTreeMap::new();
    let mut departments: BTreeMap<Option<DepartmentId>, usize> = BTreeMap::new();
    for lap in laps {
        let by_severity = months.entry(lap.month).or_default();
        for (count, severity) in by_severity.iter_mut().zip(Severity::ALL) {
            *count += usize::from(severity == lap.severity);
        }
        *departments.entry(lap.department).or_default() += 1;
    }
    let month = |(month, by_severity)| MonthTally { month, figures: of(&|lap| lap.month == month), by_severity };
    let mut by_department: Vec<_> = departments.into_iter().collect();
    by_department.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    Tally {
        sum: Figures::of(laps),
        months: months.into_iter().map(month).collect(),
        severities: Severity::ALL.map(|severity| (severity, of(&|lap| lap.severity == severity))).to_vec(),
        kinds: IncidentKind::ALL.map(|kind| (kind, of(&|lap| lap.kind == kind))).to_vec(),
        departments: by_department.into_iter().map(|(id, _)| (id, of(&|lap| lap.department == id))).collect(),
    }
}
