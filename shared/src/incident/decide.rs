//! The rules of incidents: who may report, take, lead, solve, confirm and close, and what that leaves behind.

mod draft;
mod ending;
mod ring;
mod running;

use std::collections::BTreeSet;
use std::sync::Arc;

use uuid::Uuid;

use self::draft::Draft;
use super::policy::admins;
use super::{
    EntryKind, Incident, IncidentChange, IncidentCommand, IncidentIntent, IncidentRefusal, NewIncident, Round, Stage,
    Stamp, day_of,
};
use crate::command::{Change, Changes, Rules, ScopedChanges};
use crate::file::checked_attachments;
use crate::id::{IncidentId, PersonId};
use crate::text::{NAME, long, required_line};
use crate::time::meant;
use crate::{Context, Field, Reason, Rejection, Scope, State, Timestamp};

/// Whose doing it is when a clock runs out or the policy calls. Nobody can sign in as this.
pub const SYSTEM: PersonId = PersonId::new(Uuid::nil());

/// How far ahead of the server a reporter's clock may be, in microseconds: 5 minutes.
const AHEAD: i64 = 5 * 60 * 1_000_000;
/// The most people that an incident is said to hit.
const MOST_AFFECTED: u32 = 1_000_000_000;

impl Rules for IncidentCommand {
    fn scopes(&self) -> Vec<Scope> {
        let mut scopes = vec![Scope::Company, Scope::Incidents];
        match self {
            Self::Report(report) => scopes.push(Scope::Room(report.id)),
            Self::On { incident, intent, .. } => {
                scopes.push(Scope::Room(*incident));
                match intent {
                    IncidentIntent::MergeInto { into, .. } => scopes.push(Scope::Room(*into)),
                    IncidentIntent::File { project: Some(project) } => {
                        scopes.extend([Scope::Project(*project), Scope::Board(*project)]);
                    }
                    IncidentIntent::Close { article, .. } => scopes.push(Scope::Article(*article)),
                    _ => {}
                }
            }
            Self::SetPolicy(_) | Self::PutShift(_) | Self::RemoveShift(_) | Self::HandOver { .. } => {}
        }
        scopes
    }

    fn decide(&self, state: &State, context: &Context) -> Result<Changes, Rejection> {
        decide(state, self, context)
    }
}

/// Decides a command on incidents, the policy or the roster.
fn decide(state: &State, command: &IncidentCommand, context: &Context) -> Result<Changes, Rejection> {
    if let IncidentCommand::On { incident, entry, intent: IncidentIntent::Ring(alarm) } = command {
        let before = state.incidents.incident(*incident)?;
        return ring::ring(Draft::new(state, context, before.clone(), *entry), *alarm);
    }
    if let IncidentCommand::On { incident, entry, intent: IncidentIntent::Leave } = command {
        let before = state.incidents.incident(*incident)?;
        let may = context.actor == SYSTEM && before.stage.is_over();
        let draft = || Draft::new(state, context, before.clone(), *entry).put();
        return if may { Ok(draft()) } else { Err(Reason::NotAllowed.into()) };
    }
    state.active(context.actor)?;
    let incidents = &state.incidents;
    let changes = match command {
        IncidentCommand::Report(form) => return report(state, form, context),
        IncidentCommand::On { incident, entry, intent } => {
            let before = state.incident(*incident)?;
            return on(Draft::new(state, context, Incident::clone(before), *entry), intent);
        }
        IncidentCommand::SetPolicy(policy) => {
            admins_only(state, context)?;
            let policy = policy.checked(state)?;
            if policy == incidents.policy { Vec::new() } else { vec![IncidentChange::PolicyPut(Box::new(policy))] }
        }
        IncidentCommand::PutShift(shift) => {
            admins_only(state, context)?;
            let shift = incidents.roster.checked(state, shift)?;
            let same = incidents.roster.shifts.get(&shift.id) == Some(&shift);
            if same { Vec::new() } else { vec![IncidentChange::ShiftPut(shift)] }
        }
        IncidentCommand::RemoveShift(id) => {
            admins_only(state, context)?;
            if incidents.roster.shifts.contains_key(id) { vec![IncidentChange::ShiftGone(*id)] } else { Vec::new() }
        }
        IncidentCommand::HandOver { rest, to, note } => {
            let shifts = incidents.roster.handed_over(state, (context.now, context.actor), (*rest, *to, note))?;
            shifts.into_iter().map(IncidentChange::ShiftPut).collect()
        }
    };
    if changes.is_empty() {
        return Ok(Vec::new());
    }
    Ok(vec![in_incidents(changes)])
}

fn in_incidents(changes: Vec<IncidentChange>) -> ScopedChanges {
    ScopedChanges { scope: Scope::Incidents, changes: changes.into_iter().map(Change::Incident).collect() }
}

fn admins_only(state: &State, context: &Context) -> Result<(), Rejection> {
    if state.company.is_admin(context.actor) { Ok(()) } else { Err(Reason::NotAllowed.into()) }
}

fn report(state: &State, form: &NewIncident, context: &Context) -> Result<Changes, Rejection> {
    if state.incident(form.id).is_ok() {
        return Err(Reason::Exists.into());
    }
    let now = context.now;
    let year = day_of(now).year();
    let mut impact = form.impact.clone();
    impact.text = long(Field::Impact, &impact.text)?;
    if impact.affected.is_some_and(|affected| affected > MOST_AFFECTED) {
        return Err(Rejection::of(Field::Affected, Reason::OutOfRange { min: 0, max: MOST_AFFECTED }));
    }
    if impact.since.is_some_and(|since| since.micros() > now.micros().saturating_add(AHEAD)) {
        return Err(Rejection::of(Field::Since, Reason::DatesReversed));
    }
    impact.since.map(|since| meant(Field::Since, day_of(since))).transpose()?;
    let stamp = Stamp { at: now, by: context.actor };
    let incident = Incident {
        id: form.id,
        year,
        nth: state.incidents.next_number(year),
        kind: form.kind,
        severity: form.severity,
        title: required_line(Field::Title, &form.title, NAME)?,
        impact,
        suggestion: long(Field::Suggestion, &form.suggestion)?,
        attachments: checked_attachments(&form.attachments)?,
        reporter: context.actor,
        reported_at: now,
        stage: Stage::Reported,
        terms: state.incidents.policy.terms(form.severity),
        earlier: Vec::new(),
        round: Round::begin(stamp),
        tenures: Vec::new(),
        called: std::collections::BTreeMap::new(),
        assignments: Vec::new(),
        pinned: String::new(),
        breaches: Vec::new(),
        rung: BTreeSet::new(),
        mentions: std::collections::BTreeMap::new(),
        dismissed: None,
        filed: None,
        closed: None,
        article: None,
    };
    let mut draft = Draft::new(state, context, incident, form.entry);
    draft.tell(EntryKind::Reported);
    draft.call_by_policy();
    Ok(draft.put())
}

fn on(mut draft: Draft<'_>, intent: &IncidentIntent) -> Result<Changes, Rejection> {
    use IncidentIntent as I;
    if draft.incident.stage.is_over() {
        return Err(Reason::Incident(IncidentRefusal::Over).into());
    }
    draft.note_breaches();
    match intent {
        I::Take => draft.take()?,
        I::FormTeam { leader, deputy, assignments } => draft.form_team(*leader, *deputy, assignments)?,
        I::SetPart { part, person } => draft.set_part(*part, *person)?,
        I::Assign(new) => draft.assign(new)?,
        I::SetDone { assignment, done } => draft.set_done(*assignment, *done)?,
        I::Say { text, mentions, files } => draft.say(text, mentions, files)?,
        I::Update(text) => draft.update(text)?,
        I::Pin(text) => draft.pin(text)?,
        I::Mitigate(text) => draft.mitigate(text)?,
        I::Resolve(solution) => draft.resolve(solution)?,
        I::Confirm => draft.confirm()?,
        I::Refuse(reason) => draft.refuse(reason)?,
        I::SetSeverity { severity, reason } => draft.set_severity(*severity, reason)?,
        I::Reject(reason) => draft.reject(reason)?,
        I::MergeInto { into, reason } => draft.merge(*into, reason)?,
        I::Call(person) => draft.call_in(*person)?,
        I::ReportToo(text) => draft.report_too(text)?,
        I::EditReport(edit) => draft.edit_report(edit)?,
        I::File { project } => draft.file(*project)?,
        I::Close { article, body } => draft.close(*article, body)?,
        // Decided before, and never for a person.
        I::Ring(_) | I::Leave => return Err(Reason::NotAllowed.into()),
    }
    Ok(draft.finish())
}

impl Incident {
    /// Whether `person` runs it: leads it, stands in, took it, is on duty, or is an admin.
    pub fn is_run_by(&self, state: &State, person: PersonId, now: Timestamp) -> bool {
        let has_part = self.tenures.iter().any(|tenure| tenure.person == person && tenure.until.is_none());
        let took = self.round.taken.is_some_and(|taken| taken.by == person);
        let on_duty = state.incidents.roster.on_duty(&state.company, now) == Some(person);
        state.active(person).is_ok() && (has_part || took || on_duty || state.company.is_admin(person))
    }

    /// Whether `person` may take it: who was called or runs it, and whoever stands in for the duty lead.
    pub fn may_be_taken_by(&self, state: &State, person: PersonId, now: Timestamp) -> bool {
        let stands_in = state.incidents.roster.at(now).is_some_and(|shift| shift.fallback == Some(person));
        self.stage.is_untaken()
            && state.active(person).is_ok()
            && (stands_in || self.called.contains_key(&person) || self.is_run_by(state, person, now))
    }

    /// Whether `person` may confirm or refuse the solution: the reporter, and who runs it once the reporter has had a
    /// working day for it or has left.
    pub fn may_be_confirmed_by(&self, state: &State, person: PersonId, now: Timestamp) -> bool {
        if self.stage != Stage::Resolved || state.active(person).is_err() {
            return false;
        }
        let had_time = self.deadline(super::Clock::Confirm).is_some_and(|due| due <= now);
        let instead = had_time || state.active(self.reporter).is_err();
        self.reporter == person || (instead && self.is_run_by(state, person, now))
    }
}

/// Who is on duty and is called first; nobody on duty makes it every admin's.
fn first_called(state: &State, now: Timestamp) -> BTreeSet<PersonId> {
    let first = state.incidents.roster.on_duty(&state.company, now);
    first.map_or_else(|| admins(&state.company).collect(), |person| BTreeSet::from([person]))
}

impl State {
    /// An incident that is here: one that is not over, or one whose room is here.
    pub fn incident(&self, id: IncidentId) -> Result<&Arc<Incident>, Rejection> {
        let over = || self.rooms.get(&id).and_then(|room| room.incident.as_ref());
        self.incidents.all.get(&id).or_else(over).ok_or_else(|| Reason::Gone.into())
    }
}
