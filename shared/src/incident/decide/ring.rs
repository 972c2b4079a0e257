//! Alarms going off: decided again at that moment, so that none fires for what was meanwhile dealt with.

use std::collections::BTreeSet;

use super::{Draft, SYSTEM, first_called};
use crate::command::Changes;
use crate::id::PersonId;
use crate::incident::policy::admins;
use crate::incident::{Alarm, AlarmKind, Callee, IncidentRefusal, Part, Shift, Team};
use crate::{Reason, Rejection};

pub(super) fn ring(mut draft: Draft<'_>, alarm: Alarm) -> Result<Changes, Rejection> {
    if draft.context.actor != SYSTEM {
        return Err(Reason::NotAllowed.into());
    }
    let due = alarm.due <= draft.context.now && draft.incident.alarms().contains(&alarm);
    if !due {
        return Err(Reason::Incident(IncidentRefusal::NotDue).into());
    }
    draft.incident.rung.insert(alarm);
    draft.note_breaches();
    let people = draft.called_by(alarm.kind);
    draft.call(people, Some(alarm.kind));
    Ok(draft.finish())
}

impl Draft<'_> {
    fn called_by(&self, alarm: AlarmKind) -> BTreeSet<PersonId> {
        let company = &self.state.company;
        let shift = self.state.incidents.roster.at(self.context.now);
        let on_duty = || shift.map(|_| first_called(self.state, self.context.now)).into_iter().flatten();
        match alarm {
            // The duty may have changed since the report. Where one of the two has left, the admins stand in.
            AlarmKind::CallFallback => {
                let people: BTreeSet<PersonId> = shift.into_iter().flat_map(Shift::people).collect();
                let has_left = people.iter().any(|person| !company.is_here(*person));
                people.into_iter().chain(admins(company).filter(|_| has_left)).collect()
            }
            AlarmKind::CallAdmins => admins(company).collect(),
            AlarmKind::TeamLate => on_duty().collect(),
            AlarmKind::UpdateMissed => self.incident.holder(Part::Deputy).into_iter().chain(on_duty()).collect(),
            AlarmKind::ResolveLate | AlarmKind::UpdateStillMissing => self.management(),
            AlarmKind::UpdateSoon | AlarmKind::ConfirmSoon | AlarmKind::ConfirmLate | AlarmKind::ReportLate => {
                BTreeSet::new()
            }
        }
    }

    /// The head of the department that manages; every admin where none is named.
    fn management(&self) -> BTreeSet<PersonId> {
        let policy = &self.state.incidents.policy;
        let head = policy.people(&self.state.company, Callee::Head(Team::Management), self.incident.reporter);
        let head: BTreeSet<PersonId> = head.into_iter().filter(|person| self.state.active(*person).is_ok()).collect();
        if head.is_empty() { admins(&self.state.company).collect() } else { head }
    }
}
