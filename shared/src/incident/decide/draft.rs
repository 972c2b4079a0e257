//! An incident as a command changes it, with the lines that this leaves in its timeline.

use std::collections::BTreeSet;
use std::sync::Arc;

use uuid::Uuid;

use super::{SYSTEM, first_called, in_incidents};
use crate::command::{Change, Changes, ScopedChanges};
use crate::id::{EntryId, IncidentId, PersonId};
use crate::incident::{
    AlarmKind, Breach, Clock, Entry, EntryKind, Incident, IncidentChange, IncidentRefusal, Part, Report, RoomChange,
    Stage, Stamp, Tenure,
};
use crate::{Context, Reason, Rejection, Scope, State};

/// What is being decided.
pub(super) struct Draft<'a> {
    pub(super) state: &'a State,
    pub(super) context: &'a Context,
    pub(super) incident: Incident,
    before: Incident,
    entry: EntryId,
    told: u128,
    entries: Vec<Change>,
    /// The report, if it changes.
    pub(super) report: Option<Report>,
    /// Other incidents, as they are afterwards.
    pub(super) others: Vec<Incident>,
    /// What changes elsewhere.
    pub(super) elsewhere: Changes,
}

impl<'a> Draft<'a> {
    pub(super) fn new(state: &'a State, context: &'a Context, incident: Incident, entry: EntryId) -> Self {
        Self {
            state,
            context,
            before: incident.clone(),
            incident,
            entry,
            told: 0,
            entries: Vec::new(),
            report: None,
            others: Vec::new(),
            elsewhere: Vec::new(),
        }
    }

    /// The changes, also of an incident that is new.
    pub(super) fn put(mut self) -> Changes {
        // One part for all: a command names a scope once.
        let others = std::mem::take(&mut self.others).into_iter().map(|other| IncidentChange::Put(Arc::new(other)));
        let incident = Arc::new(self.incident.clone());
        if !incident.stage.is_over() {
            let put = std::iter::once(IncidentChange::Put(incident)).chain(others).collect();
            return std::iter::once(in_incidents(put)).chain(self.in_room()).collect();
        }
        let over = std::iter::once(IncidentChange::Over(incident.id)).chain(others).collect();
        self.entries.push(Change::Room(RoomChange::IncidentPut(incident)));
        // Its room first: whoever looks at it never misses it.
        self.in_room().chain([in_incidents(over)]).collect()
    }

    /// The changes; none where nothing differs.
    pub(super) fn finish(self) -> Changes {
        if self.incident == self.before { self.in_room().collect() } else { self.put() }
    }

    fn in_room(self) -> impl Iterator<Item = ScopedChanges> {
        let report = self.report.map(|report| Change::Room(RoomChange::ReportPut(Box::new(report))));
        let changes: Vec<Change> = self.entries.into_iter().chain(report).collect();
        let room = (!changes.is_empty()).then_some(ScopedChanges { scope: Scope::Room(self.incident.id), changes });
        room.into_iter().chain(self.elsewhere)
    }

    /// Who does this, and when.
    pub(super) fn stamp(&self) -> Stamp {
        Stamp { at: self.context.now, by: self.context.actor }
    }

    /// Leaves a line in the timeline.
    pub(super) fn tell(&mut self, kind: EntryKind) {
        self.tell_of(self.context.actor, kind);
    }

    /// Leaves a line about what somebody else did.
    fn tell_of(&mut self, by: PersonId, kind: EntryKind) {
        let entry = self.line(by, kind);
        self.entries.push(entry);
    }

    /// Leaves a line in another incident's timeline.
    pub(super) fn tell_elsewhere(&mut self, incident: IncidentId, kind: EntryKind) {
        let changes = vec![self.line(self.context.actor, kind)];
        self.elsewhere.push(ScopedChanges { scope: Scope::Room(incident), changes });
    }

    fn line(&mut self, by: PersonId, kind: EntryKind) -> Change {
        let id = EntryId::new(Uuid::from_u128(self.entry.uuid().as_u128().wrapping_add(self.told)));
        self.told += 1;
        Change::Room(RoomChange::EntryPut(Arc::new(Entry { id, at: self.context.now, by, kind })))
    }

    /// Refuses those who do not run it.
    pub(super) fn by_who_runs_it(&self) -> Result<(), Rejection> {
        let runs = self.incident.is_run_by(self.state, self.context.actor, self.context.now);
        if runs { Ok(()) } else { Err(Reason::NotAllowed.into()) }
    }

    /// Refuses stages that are not among these.
    pub(super) fn at_stage(&self, stages: &[Stage]) -> Result<(), Rejection> {
        let stage = self.incident.stage;
        if stages.contains(&stage) { Ok(()) } else { Err(Reason::Incident(IncidentRefusal::WrongStage(stage)).into()) }
    }

    /// Refuses an incident that nobody has taken, or that is resolved already.
    pub(super) fn while_responding(&self) -> Result<(), Rejection> {
        self.at_stage(&[Stage::Responding, Stage::TeamFormed, Stage::Mitigated])
    }

    /// Refuses an incident that nobody has ever taken: there is nobody yet who has a part in it.
    pub(super) fn once_taken(&self) -> Result<(), Rejection> {
        use Stage::{Confirmed, Mitigated, Reopened, Resolved, Responding, TeamFormed};
        self.at_stage(&[Reopened, Responding, TeamFormed, Mitigated, Resolved, Confirmed])
    }

    /// Calls people: who was called before is not called again.
    pub(super) fn call(&mut self, people: BTreeSet<PersonId>, alarm: Option<AlarmKind>) {
        self.call_of(self.context.actor, people, alarm);
    }

    fn call_of(&mut self, by: PersonId, people: BTreeSet<PersonId>, alarm: Option<AlarmKind>) {
        let new = |person: &PersonId| !self.incident.called.contains_key(person) && self.state.active(*person).is_ok();
        let people: BTreeSet<PersonId> = people.into_iter().filter(new).collect();
        for person in &people {
            self.incident.called.insert(*person, self.context.now);
        }
        match alarm {
            Some(alarm) if people.is_empty() => self.tell_of(by, EntryKind::Rang { alarm }),
            None if people.is_empty() => {}
            alarm => self.tell_of(by, EntryKind::Called { people, alarm }),
        }
    }

    /// Calls who is on duty, and whom the policy calls for what it is: its doing, not that of whoever reports.
    pub(super) fn call_by_policy(&mut self) {
        let incident = &self.incident;
        let policy = &self.state.incidents.policy;
        let mut people = policy.callees(&self.state.company, incident.kind, incident.severity, incident.reporter);
        people.extend(first_called(self.state, self.context.now));
        self.call_of(SYSTEM, people, None);
    }

    /// Gives a role to somebody, or takes it from whoever has it.
    pub(super) fn hold(&mut self, part: Part, person: Option<PersonId>) {
        if self.incident.holder(part) == person {
            return;
        }
        let now = self.context.now;
        for tenure in self.incident.tenures.iter_mut().filter(|tenure| tenure.part == part && tenure.until.is_none()) {
            tenure.until = Some(now);
        }
        let tenure = person.map(|person| Tenure { person, part, from: now, until: None });
        self.incident.tenures.extend(tenure);
        self.tell(EntryKind::Held { part, person });
    }

    /// Puts on record which deadlines are past.
    pub(super) fn note_breaches(&mut self) {
        let now = self.context.now;
        let round = self.incident.round_index();
        // A reporter who takes their time breaks no policy.
        let clocks = Clock::ALL.into_iter().filter(|clock| *clock != Clock::Confirm);
        let mut breaches: Vec<Breach> = clocks
            .filter_map(|clock| self.incident.clock(clock))
            .filter(|deadline| deadline.is_missed(now))
            .map(|deadline| Breach { clock: deadline.clock, round, due: deadline.due, made_good: deadline.met })
            .collect();
        // A refused solution counts as if the clock had never stopped.
        let whole = self.incident.resolve_by();
        if round > 0 && self.incident.stage.is_running() && whole <= now {
            breaches.push(Breach { clock: Clock::Resolve, round: 0, due: whole, made_good: None });
        }
        for breach in breaches {
            let known = |known: &Breach| known.clock == breach.clock && known.due == breach.due;
            if !self.incident.breaches.iter().any(known) {
                self.incident.breaches.push(breach);
                self.tell(EntryKind::Breached { clock: breach.clock, due: breach.due });
            }
        }
    }

    /// What was late is done after all; that it was late stays on record.
    pub(super) fn make_good(&mut self, clock: Clock) {
        let now = self.context.now;
        for breach in self.incident.breaches.iter_mut().filter(|breach| breach.clock == clock) {
            breach.made_good.get_or_insert(now);
        }
    }
}
