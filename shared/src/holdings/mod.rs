//! What a person holds: what would be nobody's if they left, and the commands that give it to another.
//!
//! # Rules
//!
//! The guide wants one person in charge of each thing (2.1, 2.3); that none is left with somebody who has gone is ours.
//!
//! - **What is held.** The headship of a department; a turn of the roster that runs or comes, as duty lead or fallback;
//!   the lead of a project that is not over, and the open tasks in one; an incident that is not over: leading it or
//!   standing in, what was given and is not done, and being called to it. What a reporter is to confirm is confirmed by
//!   who runs the incident once the reporter has left.
//! - **Handing over.** By the commands of each area, whose rules decide. Whoever takes over in a project that only its
//!   members read becomes one of them, which is said before. Deactivating somebody demands none of it: a
//!   deactivated person is passed over wherever somebody is called.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::command::Command;
use crate::id::{AssignmentId, DepartmentId, EntryId, IncidentId, PersonId, ProjectId, ShiftId};
use crate::inbox::{About, AskKind, asks};
use crate::incident::{Incident, IncidentCommand, IncidentIntent, NewAssignment, Part, Shift};
use crate::organisation::{Department, OrganisationCommand};
use crate::project::task::{TaskCommand, TaskIntent};
use crate::project::{ProjectCommand, ProjectIntent};
use crate::{Scope, State, Timestamp};

/// Something that a person holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Holding {
    /// They head a department.
    Department(DepartmentId),
    /// They are duty lead in a turn of the roster.
    DutyLead(ShiftId),
    /// They stand in in a turn of the roster.
    Fallback(ShiftId),
    /// They have a part in an incident.
    Part(IncidentId, Part),
    /// They have something to do in an incident.
    Assignment(IncidentId, AssignmentId),
    /// They were called to an incident.
    Call(IncidentId),
    /// They lead a project.
    Project(ProjectId),
    /// They own open tasks of a project.
    Tasks(ProjectId),
}

/// All that a person holds, but tasks: those are on boards, which no state has all of.
pub fn holdings(state: &State, person: PersonId, now: Timestamp) -> Vec<Holding> {
    let headed = state.company.departments.values().filter(|department| department.head == Some(person));
    let led = state.projects.values().filter(|project| project.lead == person && !project.stage.is_over());
    let turns = state.incidents.roster.after(now).into_iter().filter_map(|shift| duty(shift, person));
    let incidents = state.incidents.all.values().flat_map(|incident| of_incident(incident, person));
    headed
        .map(|department| Holding::Department(department.id))
        .chain(led.map(|project| Holding::Project(project.id)))
        .chain(turns)
        .chain(incidents)
        .chain(calls(state, person, now))
        .collect()
}

fn duty(shift: &Shift, person: PersonId) -> Option<Holding> {
    if shift.lead == person {
        Some(Holding::DutyLead(shift.id))
    } else {
        (shift.fallback == Some(person)).then_some(Holding::Fallback(shift.id))
    }
}

fn of_incident(incident: &Incident, person: PersonId) -> impl Iterator<Item = Holding> {
    let is_over = incident.stage.is_over();
    let parts = [Part::Leader, Part::Deputy].into_iter().filter(move |part| incident.holder(*part) == Some(person));
    let given = incident.assignments.iter().filter(move |given| given.person == person && given.done.is_none());
    parts
        .map(|part| Holding::Part(incident.id, part))
        .chain(given.map(|given| Holding::Assignment(incident.id, given.id)))
        .filter(move |_| !is_over)
}

/// The incidents to which they were called and which still ask for them; what asks them as duty lead goes with the duty.
fn calls(state: &State, person: PersonId, now: Timestamp) -> impl Iterator<Item = Holding> {
    let asked = asks(state, person, now).into_iter().filter(|ask| matches!(ask.kind, AskKind::Take | AskKind::Respond));
    asked.filter_map(move |ask| match ask.about {
        About::Incident(id) => {
            let was_called = state.incidents.all.get(&id).is_some_and(|it| it.called.contains_key(&person));
            was_called.then_some(Holding::Call(id))
        }
        About::Milestone(..) | About::Task(..) | About::Deliverable(_) => None,
    })
}

impl Holding {
    /// What has to be known to hand it over.
    pub fn scopes(self) -> Vec<Scope> {
        match self {
            Self::Department(_) => vec![Scope::Company],
            Self::Project(project) | Self::Tasks(project) => vec![Scope::Company, Scope::Project(project)],
            Self::DutyLead(_) | Self::Fallback(_) | Self::Part(..) | Self::Assignment(..) | Self::Call(_) => {
                vec![Scope::Company, Scope::Incidents]
            }
        }
    }

    /// The commands that give it from one person to another, in the order in which they are to run; none if they do not
    /// hold it any more. `fresh` is the id of what is new in it.
    pub fn hand_over(
        self,
        state: &State,
        (from, to): (PersonId, PersonId),
        now: Timestamp,
        fresh: Uuid,
    ) -> Vec<Command> {
        let in_incident = |incident, intent| {
            let entry = EntryId::new(fresh);
            Command::Incident(IncidentCommand::On { incident, entry, intent })
        };
        let shift = |id| state.incidents.roster.shifts.get(&id).filter(|shift| duty(shift, from) == Some(self));
        let command = match self {
            Self::DutyLead(id) => return shift(id).map_or_else(Vec::new, |shift| duty_to(shift, to, now, fresh)),
            Self::Department(id) => state.company.departments.get(&id).filter(|it| it.head == Some(from)).map(|it| {
                let headed = Department { head: Some(to), ..it.clone() };
                Command::Organisation(OrganisationCommand::EditDepartment(headed))
            }),
            Self::Fallback(id) => shift(id).map(|shift| put(shift, shift.lead, Some(to))),
            Self::Part(incident, part) => {
                let held = state.incidents.all.get(&incident).filter(|it| it.holder(part) == Some(from));
                held.map(|_| in_incident(incident, IncidentIntent::SetPart { part, person: Some(to) }))
            }
            Self::Assignment(incident, id) => {
                let given = state.incidents.all.get(&incident).into_iter().flat_map(|it| &it.assignments);
                let mut given = given.filter(|given| given.id == id && given.person == from && given.done.is_none());
                given.next().map(|given| {
                    let new = NewAssignment { id, text: given.text.clone(), person: to, due: given.due };
                    in_incident(incident, IncidentIntent::Assign(new))
                })
            }
            Self::Call(incident) => Some(in_incident(incident, IncidentIntent::Call(to))),
            Self::Project(project) => state
                .projects
                .get(&project)
                .filter(|it| it.lead == from)
                .map(|_| Command::Project(ProjectCommand::On { project, intent: ProjectIntent::HandOver(to) })),
            Self::Tasks(project) => {
                Some(Command::Task(TaskCommand { project, intent: TaskIntent::HandOver { from, to } }))
            }
        };
        command.into_iter().collect()
    }
}

/// Nobody stands in for themself: whoever becomes the lead is the fallback no more.
fn duty_to(shift: &Shift, to: PersonId, now: Timestamp, fresh: Uuid) -> Vec<Command> {
    let fallback = shift.fallback.filter(|fallback| *fallback != to);
    if shift.from > now {
        return vec![put(shift, to, fallback)];
    }
    // First, since what is left of the turn would have the lead who leaves as its fallback.
    let alone = (fallback != shift.fallback).then(|| put(shift, shift.lead, fallback));
    let rest = ShiftId::new(fresh);
    let over = IncidentCommand::HandOver { rest, to, note: String::new() };
    alone.into_iter().chain([Command::Incident(over)]).collect()
}

/// A turn with these people.
fn put(shift: &Shift, lead: PersonId, fallback: Option<PersonId>) -> Command {
    let fallback = fallback.filter(|fallback| *fallback != lead);
    Command::Incident(IncidentCommand::PutShift(Shift { lead, fallback, ..shift.clone() }))
}
