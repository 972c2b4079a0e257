//! How incidents are kept: the policy, the roster's turns and the incidents; of a room its timeline and its report.

use std::sync::Arc;

use serde_json::Error;
use uuid::Uuid;

use super::{Entry, Incident, IncidentChange, Incidents, Policy, Report, Room, RoomChange, Roster, Shift};
use crate::Timestamp;
use crate::id::{EntryId, IncidentId, ShiftId};
use crate::state::{Contents, Fate, Kind, Things};

const POLICY: Kind = Kind::of::<Policy>("incident_policy");
const SHIFT: Kind = Kind::of::<Shift>("shift");
const INCIDENT: Kind = Kind::of::<Incident>("incident");
const COUNT: Kind = Kind::of::<u32>("incident_count");
const ENTRY: Kind = Kind::of::<Entry>("room_entry");
const REPORT: Kind = Kind::of::<Report>("room_report");
const ENDED: Kind = Kind::of::<Incident>("ended_incident");

/// A thing of the incidents as a whole.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // named as in the domain
pub enum IncidentThing {
    Policy,
    Shift(ShiftId),
    Incident(IncidentId),
    /// The highest number of a year among the incidents that are over.
    Count(i16),
}

/// A thing in a room.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // named as in the domain
pub enum RoomThing {
    Entry(Timestamp, EntryId),
    Report,
    Incident,
}

impl Contents for Incidents {
    type Key = ();
    type Change = IncidentChange;
    type Thing = IncidentThing;

    const KINDS: &'static [Kind] = &[POLICY, SHIFT, INCIDENT, COUNT];

    fn begun_by(_: &IncidentChange) -> Option<Self> {
        Some(Self::default())
    }

    fn apply(&mut self, change: &IncidentChange) {
        match change {
            IncidentChange::PolicyPut(policy) => self.policy.clone_from(policy),
            IncidentChange::ShiftPut(shift) => self.roster.put(shift.clone()),
            IncidentChange::ShiftGone(id) => self.roster.remove(*id),
            IncidentChange::Put(incident) => {
                self.all.insert(incident.id, incident.clone());
            }
            IncidentChange::Over(id) => {
                if let Some(incident) = self.all.remove(id) {
                    let highest = self.over.entry(incident.year).or_default();
                    *highest = incident.nth.max(*highest);
                }
            }
        }
    }

    fn touched(before: Option<&Self>, change: &IncidentChange, note: &mut dyn FnMut(IncidentThing, Fate)) {
        match change {
            IncidentChange::PolicyPut(_) => note(IncidentThing::Policy, Fate::Put),
            IncidentChange::ShiftPut(shift) => note(IncidentThing::Shift(shift.id), Fate::Put),
            IncidentChange::ShiftGone(id) => note(IncidentThing::Shift(*id), Fate::Gone),
            IncidentChange::Put(incident) => note(IncidentThing::Incident(incident.id), Fate::Put),
            IncidentChange::Over(id) => {
                if let Some(incident) = before.and_then(|before| before.all.get(id)) {
                    note(IncidentThing::Incident(*id), Fate::Left);
                    note(IncidentThing::Count(incident.year), Fate::Put);
                }
            }
        }
    }

    fn name(thing: &IncidentThing) -> (Kind, String) {
        match thing {
            IncidentThing::Policy => (POLICY, "policy".to_owned()),
            IncidentThing::Shift(id) => (SHIFT, id.to_string()),
            IncidentThing::Incident(id) => (INCIDENT, id.to_string()),
            IncidentThing::Count(year) => (COUNT, year.to_string()),
        }
    }

    fn write(&self, thing: &IncidentThing) -> Option<Result<String, Error>> {
        Some(match thing {
            IncidentThing::Policy => serde_json::to_string(&self.policy),
            IncidentThing::Shift(id) => serde_json::to_string(self.roster.shifts.get(id)?),
            IncidentThing::Incident(id) => serde_json::to_string(self.all.get(id)?),
            IncidentThing::Count(year) => serde_json::to_string(self.over.get(year)?),
        })
    }

    fn read(things: &Things) -> Result<Option<Self>, Error> {
        let (shifts, all): (Vec<Shift>, Vec<Arc<Incident>>) = (things.all(SHIFT)?, things.all(INCIDENT)?);
        let over: Vec<(String, u32)> = things.named(COUNT)?;
        Ok(Some(Self {
            policy: things.one(POLICY)?.unwrap_or_default(),
            roster: Roster { shifts: shifts.into_iter().map(|shift| (shift.id, shift)).collect() },
            all: all.into_iter().map(|incident| (incident.id, incident)).collect(),
            over: over.into_iter().filter_map(|(year, nth)| Some((year.parse().ok()?, nth))).collect(),
        }))
    }

    fn subject((): (), change: &IncidentChange) -> Option<Uuid> {
        match change {
            IncidentChange::Put(incident) => Some(incident.id.uuid()),
            IncidentChange::ShiftPut(shift) => Some(shift.id.uuid()),
            IncidentChange::ShiftGone(id) => Some(id.uuid()),
            IncidentChange::Over(id) => Some(id.uuid()),
            IncidentChange::PolicyPut(_) => None,
        }
    }
}

impl Contents for Room {
    type Key = IncidentId;
    type Change = RoomChange;
    type Thing = RoomThing;

    const KINDS: &'static [Kind] = &[ENTRY, REPORT, ENDED];

    fn begun_by(_: &RoomChange) -> Option<Self> {
        Some(Self::default())
    }

    fn apply(&mut self, change: &RoomChange) {
        match change {
            RoomChange::EntryPut(entry) => {
                self.entries.insert((entry.at, entry.id), entry.clone());
            }
            RoomChange::ReportPut(report) => self.report.clone_from(report),
            RoomChange::IncidentPut(incident) => self.incident = Some(incident.clone()),
        }
    }

    fn touched(_: Option<&Self>, change: &RoomChange, note: &mut dyn FnMut(RoomThing, Fate)) {
        match change {
            RoomChange::EntryPut(entry) => note(RoomThing::Entry(entry.at, entry.id), Fate::Put),
            RoomChange::ReportPut(_) => note(RoomThing::Report, Fate::Put),
            RoomChange::IncidentPut(_) => note(RoomThing::Incident, Fate::Put),
        }
    }

    fn name(thing: &RoomThing) -> (Kind, String) {
        match thing {
            // The rules ask only that a line's id be new at its time.
            RoomThing::Entry(at, id) => (ENTRY, format!("{}/{id}", at.micros())),
            RoomThing::Report => (REPORT, "report".to_owned()),
            RoomThing::Incident => (ENDED, "incident".to_owned()),
        }
    }

    fn write(&self, thing: &RoomThing) -> Option<Result<String, Error>> {
        Some(match thing {
            RoomThing::Entry(at, id) => serde_json::to_string(self.entries.get(&(*at, *id))?),
            RoomThing::Report => serde_json::to_string(&self.report),
            RoomThing::Incident => serde_json::to_string(self.incident.as_ref()?),
        })
    }

    fn read(things: &Things) -> Result<Option<Self>, Error> {
        let entries: Vec<Arc<Entry>> = things.all(ENTRY)?;
        Ok(Some(Self {
            entries: entries.into_iter().map(|entry| ((entry.at, entry.id), entry)).collect(),
            report: things.one(REPORT)?.unwrap_or_default(),
            incident: things.one(ENDED)?,
        }))
    }

    fn subject(incident: IncidentId, _: &RoomChange) -> Option<Uuid> {
        Some(incident.uuid())
    }
}
