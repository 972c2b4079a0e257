//! From the report to a solution: taking, teaming, assigning, talking, updating.

use std::collections::BTreeSet;

use super::Draft;
use crate::file::{Attachment, checked_attachments};
use crate::id::{AssignmentId, IncidentId, PersonId};
use crate::incident::clock::day_of;
use crate::incident::{
    AlarmKind, Assignment, Clock, Dismissal, EntryKind, Incident, IncidentRefusal, NewAssignment, Part, Severity, Stage,
};
use crate::text::{LINE, line, long, required_line, required_long};
use crate::time::meant;
use crate::{Field, Reason, Rejection};

const MOST_ASSIGNMENTS: usize = 100;

impl Draft<'_> {
    pub(super) fn take(&mut self) -> Result<(), Rejection> {
        if let Some(taken) = self.incident.round.taken {
            return Err(Reason::Incident(IncidentRefusal::Taken(taken.by)).into());
        }
        self.at_stage(&[Stage::Reported, Stage::Reopened])?;
        let stamp = self.stamp();
        if !self.incident.may_be_taken_by(self.state, stamp.by, stamp.at) {
            return Err(Reason::NotAllowed.into());
        }
        self.incident.round.taken = Some(stamp);
        self.incident.stage = Stage::Responding;
        self.incident.called.entry(stamp.by).or_insert(stamp.at);
        self.make_good(Clock::Take);
        self.tell(EntryKind::Taken);
        let leader = self.incident.leader().filter(|leader| self.state.active(*leader).is_ok());
        if leader.is_none() {
            self.hold(Part::Leader, Some(stamp.by));
        }
        Ok(())
    }

    pub(super) fn form_team(
        &mut self,
        leader: PersonId,
        deputy: Option<PersonId>,
        assignments: &[NewAssignment],
    ) -> Result<(), Rejection> {
        self.by_who_runs_it()?;
        self.while_responding()?;
        if self.incident.round.team.is_some() {
            return Err(Reason::Incident(IncidentRefusal::WrongStage(self.incident.stage)).into());
        }
        if assignments.is_empty() && self.incident.assignments.is_empty() {
            return Err(Rejection::of(Field::Assignment, Reason::Required));
        }
        self.incident.round.team = Some(self.stamp());
        if self.incident.stage == Stage::Responding {
            self.incident.stage = Stage::TeamFormed;
        }
        self.make_good(Clock::Team);
        self.tell(EntryKind::TeamFormed);
        self.set_part(Part::Leader, Some(leader))?;
        self.set_part(Part::Deputy, deputy)?;
        assignments.iter().try_for_each(|new| self.assign(new))?;
        let team = assignments.iter().map(|new| new.person).chain([leader]).chain(deputy).collect();
        self.call(team, None);
        Ok(())
    }

    pub(super) fn set_part(&mut self, part: Part, person: Option<PersonId>) -> Result<(), Rejection> {
        self.by_who_runs_it()?;
        self.once_taken()?;
        let field = if part == Part::Leader { Field::Leader } else { Field::Deputy };
        match person {
            Some(person) => {
                self.state.active(person).map_err(|refusal| Rejection::of(field, refusal.reason))?;
            }
            None if part == Part::Leader => return Err(Rejection::of(field, Reason::Required)),
            None => {}
        }
        self.hold(part, person);
        Ok(())
    }

    pub(super) fn assign(&mut self, new: &NewAssignment) -> Result<(), Rejection> {
        self.by_who_runs_it()?;
        // What was given goes on to somebody else also later: it asks until it is done or all is over.
        if self.incident.assignments.iter().any(|given| given.id == new.id) {
            self.once_taken()?;
        } else {
            self.while_responding()?;
        }
        let text = required_line(Field::Assignment, &new.text, LINE)?;
        self.state.active(new.person).map_err(|refusal| Rejection::of(Field::Owner, refusal.reason))?;
        meant(Field::Due, day_of(new.due))?;
        let given = self.stamp();
        let assignment = Assignment { id: new.id, text, person: new.person, due: new.due, given, done: None };
        let assignments = &mut self.incident.assignments;
        let now = if let Some(other) = assignments.iter_mut().find(|other| other.id == new.id) {
            let now = Assignment { given: other.given, done: other.done, ..assignment };
            if *other == now {
                return Ok(());
            }
            other.clone_from(&now);
            now
        } else {
            if assignments.len() >= MOST_ASSIGNMENTS {
                return Err(Rejection::of(Field::Assignment, Reason::TooMany { max: MOST_ASSIGNMENTS }));
            }
            assignments.push(assignment.clone());
            assignment
        };
        self.tell(EntryKind::Assigned(now));
        Ok(())
    }

    pub(super) fn set_done(&mut self, id: AssignmentId, done: bool) -> Result<(), Rejection> {
        let stamp = self.stamp();
        let runs = self.by_who_runs_it();
        let given = self.incident.assignments.iter_mut().find(|given| given.id == id).ok_or(Reason::Gone)?;
        if given.person != stamp.by {
            runs?;
        }
        if given.done.is_some() == done {
            return Ok(());
        }
        given.done = done.then_some(stamp);
        let text = given.text.clone();
        self.tell(EntryKind::AssignmentDone { id, text, done });
        Ok(())
    }

    pub(super) fn say(
        &mut self,
        text: &str,
        mentions: &BTreeSet<PersonId>,
        files: &[Attachment],
    ) -> Result<(), Rejection> {
        let text = if files.is_empty() { required_long(Field::Message, text) } else { long(Field::Message, text) }?;
        let files = checked_attachments(files)?;
        let known = |person: &PersonId| self.state.active(*person).is_ok();
        let mentions: BTreeSet<PersonId> = mentions.iter().copied().filter(known).collect();
        for person in mentions.iter().filter(|person| **person != self.context.actor) {
            self.incident.mentions.insert(*person, self.context.now);
        }
        self.tell(EntryKind::Said { text, mentions, files });
        Ok(())
    }

    pub(super) fn update(&mut self, text: &str) -> Result<(), Rejection> {
        self.by_who_runs_it()?;
        self.while_responding()?;
        let text = required_long(Field::Update, text)?;
        let late = self.incident.clock(Clock::Update).is_some_and(|deadline| deadline.is_missed(self.context.now));
        self.incident.round.updated = Some(self.stamp());
        self.incident.rung.retain(|alarm| {
            !matches!(alarm.kind, AlarmKind::UpdateSoon | AlarmKind::UpdateMissed | AlarmKind::UpdateStillMissing)
        });
        self.make_good(Clock::Update);
        self.tell(EntryKind::Updated { text, late });
        Ok(())
    }

    pub(super) fn pin(&mut self, text: &str) -> Result<(), Rejection> {
        self.by_who_runs_it()?;
        let text = line(Field::Pinned, text, LINE)?;
        if text != self.incident.pinned {
            self.incident.pinned.clone_from(&text);
            self.tell(EntryKind::Pinned { text });
        }
        Ok(())
    }

    pub(super) fn mitigate(&mut self, text: &str) -> Result<(), Rejection> {
        self.by_who_runs_it()?;
        self.at_stage(&[Stage::Responding, Stage::TeamFormed])?;
        let text = required_long(Field::Mitigation, text)?;
        self.incident.round.mitigated = Some(self.stamp());
        self.incident.stage = Stage::Mitigated;
        self.tell(EntryKind::Mitigated { text });
        Ok(())
    }

    pub(super) fn set_severity(&mut self, severity: Severity, reason: &str) -> Result<(), Rejection> {
        self.by_who_runs_it()?;
        if !self.incident.stage.is_running() {
            return Err(Reason::Incident(IncidentRefusal::WrongStage(self.incident.stage)).into());
        }
        if severity == self.incident.severity {
            return Err(Rejection::of(Field::Severity, Reason::Incident(IncidentRefusal::SameSeverity)));
        }
        let reason = required_line(Field::Reason, reason, LINE)?;
        let from = std::mem::replace(&mut self.incident.severity, severity);
        self.incident.terms = self.state.incidents.policy.terms(severity);
        self.tell(EntryKind::Severity { from, to: severity, reason });
        // A deadline that is past by now is a breach at once.
        self.note_breaches();
        if severity > from {
            self.call_by_policy();
        }
        Ok(())
    }

    pub(super) fn reject(&mut self, reason: &str) -> Result<(), Rejection> {
        self.dismissing()?;
        let reason = required_line(Field::Reason, reason, LINE)?;
        self.incident.stage = Stage::Rejected;
        self.incident.dismissed = Some(Dismissal { stamp: self.stamp(), into: None, reason: reason.clone() });
        self.tell(EntryKind::Rejected { reason });
        Ok(())
    }

    pub(super) fn merge(&mut self, into: IncidentId, reason: &str) -> Result<(), Rejection> {
        self.dismissing()?;
        let target = self.state.incident(into)?;
        if into == self.incident.id || target.stage.is_over() {
            return Err(Rejection::of(Field::MergeInto, Reason::Incident(IncidentRefusal::NotMergeable)));
        }
        let reason = line(Field::Reason, reason, LINE)?;
        self.incident.stage = Stage::Merged;
        self.incident.dismissed = Some(Dismissal { stamp: self.stamp(), into: Some(into), reason: reason.clone() });
        self.tell(EntryKind::MergedInto { into, reason });
        // Whoever reported it wants to know how the other one goes on, and so does who was waiting for this one already.
        let mut target = Incident::clone(target);
        let waiting = self.incident.mentions.keys().copied().chain([self.incident.reporter]);
        target.mentions.extend(waiting.map(|person| (person, self.context.now)));
        self.others.push(target);
        self.tell_elsewhere(into, EntryKind::MergedHere { from: self.incident.id });
        Ok(())
    }

    fn dismissing(&self) -> Result<(), Rejection> {
        self.by_who_runs_it()?;
        if self.incident.stage.is_running() {
            Ok(())
        } else {
            Err(Reason::Incident(IncidentRefusal::WrongStage(self.incident.stage)).into())
        }
    }

    pub(super) fn call_in(&mut self, person: PersonId) -> Result<(), Rejection> {
        self.by_who_runs_it()?;
        if !self.incident.stage.is_running() {
            return Err(Reason::Incident(IncidentRefusal::WrongStage(self.incident.stage)).into());
        }
        self.state.active(person).map_err(|refusal| Rejection::of(Field::Callees, refusal.reason))?;
        self.call(BTreeSet::from([person]), None);
        Ok(())
    }

    pub(super) fn report_too(&mut self, text: &str) -> Result<(), Rejection> {
        let text = long(Field::Message, text)?;
        self.tell(EntryKind::ReportedToo { text });
        Ok(())
    }
}
