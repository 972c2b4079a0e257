//! The rules of incidents by examples; [`properties`] holds them for all histories.

mod alarms;
mod ending;
mod life;
mod properties;
mod roster;

use std::collections::{BTreeMap, BTreeSet};

use uuid::Uuid;

use super::*;
use crate::command::Change;
use crate::file::Attachment;
use crate::id::{ArticleId, AssignmentId, EntryId, IncidentId, MeasureId, PersonId, ShiftId};
use crate::organisation::{Department, OrganisationCommand};
use crate::testing::{ADMIN, DESIGN, HEAD, LEAD, MEMBER, OPERATIONS, OUTSIDER, TECHNOLOGY, World, at, department};
use crate::{Command, Field, Reason, Rejection, Scope, State, Timestamp};

pub(crate) const FIRST: IncidentId = incident_id(1);
/// On duty.
pub(crate) const DUTY: PersonId = MEMBER;
/// Called if the duty lead does not answer.
pub(crate) const FALLBACK: PersonId = OUTSIDER;
/// Heads technology.
pub(crate) const CHIEF: PersonId = LEAD;
/// Heads operations, and therefore what manages.
pub(crate) const MANAGER: PersonId = HEAD;
/// Works in technology and reports.
pub(crate) const REPORTER: PersonId = crate::testing::OBSERVER;

const MINUTE: i64 = 60_000_000;

pub(crate) const fn incident_id(index: u128) -> IncidentId {
    IncidentId::new(Uuid::from_u128(90_000 + index))
}

fn entry(index: u128) -> EntryId {
    EntryId::new(Uuid::from_u128(100_000 + index * 1_000))
}

fn assignment(index: u128) -> AssignmentId {
    AssignmentId::new(Uuid::from_u128(110_000 + index))
}

fn measure(index: u128) -> MeasureId {
    MeasureId::new(Uuid::from_u128(120_000 + index))
}

fn article(index: u128) -> ArticleId {
    ArticleId::new(Uuid::from_u128(130_000 + index))
}

fn shift(index: u128, from: Timestamp, until: Timestamp) -> Shift {
    Shift {
        id: ShiftId::new(Uuid::from_u128(140_000 + index)),
        from,
        until,
        lead: DUTY,
        fallback: Some(FALLBACK),
        note: String::new(),
        handed_over_by: None,
    }
}

/// Two in the morning of Tuesday, 24 November 2026, in Shanghai.
pub(crate) fn night() -> Timestamp {
    let night = jiff::civil::date(2026, 11, 24).at(2, 0, 0, 0);
    at(jiff::tz::Offset::constant(8).to_timestamp(night).expect("an instant").as_microsecond())
}

fn after(from: Timestamp, minutes: i64) -> Timestamp {
    at(from.micros() + minutes * MINUTE)
}

/// The company at night, with its policy's departments named and somebody on duty.
pub(crate) fn at_night() -> World {
    let mut world = World::board();
    world.it_is(night());
    let technology = Department { head: Some(CHIEF), ..department(TECHNOLOGY, "技术部", None) };
    world.does(ADMIN, OrganisationCommand::EditDepartment(technology));
    let teams = BTreeMap::from([
        (Team::Technology, TECHNOLOGY),
        (Team::CustomerService, DESIGN),
        (Team::Management, OPERATIONS),
    ]);
    world.does(ADMIN, IncidentCommand::SetPolicy(Box::new(Policy { teams, ..Policy::default() })));
    let turn = shift(1, after(night(), -60), after(night(), 7 * 24 * 60));
    world.does(ADMIN, IncidentCommand::PutShift(turn));
    world.it_is(night());
    world
}

/// The same with an urgent incident that was just reported.
pub(crate) fn reported() -> World {
    let mut world = at_night();
    world.does(REPORTER, form(1, Severity::Urgent));
    world
}

/// The same, taken by the duty lead.
pub(crate) fn taken() -> World {
    let mut world = reported();
    world.does(DUTY, IncidentIntent::Take);
    world
}

/// The same, solved by the duty lead.
pub(crate) fn resolved() -> World {
    let mut world = taken();
    world.does(DUTY, IncidentIntent::Resolve("重启了支付网关".into()));
    world
}

pub(crate) fn form(index: u128, severity: Severity) -> NewIncident {
    NewIncident {
        id: incident_id(index),
        entry: entry(index),
        kind: IncidentKind::Technical,
        severity,
        title: "支付页面打不开".into(),
        impact: Impact { text: "所有下单的客户".into(), affected: Some(100), since: None },
        suggestion: "回滚今晚的发布".into(),
        attachments: Vec::new(),
    }
}

impl From<IncidentCommand> for Command {
    fn from(command: IncidentCommand) -> Self {
        Self::Incident(command)
    }
}

impl From<NewIncident> for Command {
    fn from(form: NewIncident) -> Self {
        IncidentCommand::Report(Box::new(form)).into()
    }
}

/// On the first incident.
impl From<IncidentIntent> for Command {
    fn from(intent: IncidentIntent) -> Self {
        on(FIRST, intent)
    }
}

pub(crate) fn on(incident: IncidentId, intent: IncidentIntent) -> Command {
    IncidentCommand::On { incident, entry: entry(0), intent }.into()
}

/// All incidents, those that are over too.
fn all(state: &State) -> impl Iterator<Item = &Arc<Incident>> {
    state.incidents.all.values().chain(state.rooms.values().filter_map(|room| room.incident.as_ref()))
}

fn first(world: &World) -> &Incident {
    world.state.incident(FIRST).expect("the incident")
}

/// What the timeline of the first incident says, without who and when.
fn told(world: &World) -> Vec<EntryKind> {
    world.state.rooms[&FIRST].entries.values().map(|entry| entry.kind.clone()).collect()
}

fn refusal(refusal: IncidentRefusal) -> Rejection {
    Reason::Incident(refusal).into()
}

fn given(index: u128, text: &str, person: PersonId, due: Timestamp) -> NewAssignment {
    NewAssignment { id: assignment(index), text: text.into(), person, due }
}

/// Lets every alarm go off that is due.
fn ring_due(world: &mut World) -> Vec<AlarmKind> {
    let mut rung = Vec::new();
    loop {
        let now = world.now();
        let due = world.state.incidents.all.values().find_map(|incident| {
            incident.next_alarm().filter(|alarm| alarm.due <= now).map(|alarm| (incident.id, alarm))
        });
        let Some((incident, alarm)) = due else { return rung };
        world.does(SYSTEM, on(incident, IncidentIntent::Ring(alarm)));
        rung.push(alarm.kind);
    }
}
