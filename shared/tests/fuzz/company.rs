//! A company whose things have the ids that are drawn, so that most of what is drawn is there.

use std::collections::BTreeMap;

use shared::id::{ColumnId, DepartmentId, PersonId, ProjectId, TaskId};
use shared::organisation::{CompanyRole, Department, NewPerson, OrganisationCommand, Profile};
use shared::project::board::{NewColumn, Status};
use shared::project::task::{NewTask, Place, Priority, TaskCommand, TaskIntent};
use shared::project::{ProjectCommand, Register, Registration, Role};
use shared::{Command, Date};
use uuid::Uuid;

use super::draw::THINGS;

/// The first of all people, who may do anything.
pub(crate) const FIRST: Uuid = Uuid::from_u128(1);

/// What the first person does to make it: people who are all admins, departments, open projects and their cards.
pub(crate) fn company() -> Vec<Command> {
    let people = ids().map(|each| {
        let profile = Profile { name: "王磊".into(), ..Profile::default() };
        let email = format!("{}@qiming.example", each.as_u128());
        let new = NewPerson { id: PersonId::new(each), profile, email, department: None, role: CompanyRole::Admin };
        Command::Organisation(if each == FIRST {
            OrganisationCommand::Found { name: "启明".into(), admin: new }
        } else {
            OrganisationCommand::AddPerson(new)
        })
    });
    let departments = ids().map(|each| {
        let department = Department { id: DepartmentId::new(each), name: each.to_string(), parent: None, head: None };
        Command::Organisation(OrganisationCommand::AddDepartment(department))
    });
    let projects = ids().map(|each| Command::Project(ProjectCommand::Register(Box::new(registration(each)))));
    let cards = ids().flat_map(|project| {
        ids().map(move |task| {
            Command::Task(TaskCommand { project: ProjectId::new(project), intent: TaskIntent::Create(card(task)) })
        })
    });
    people.chain(departments).chain(projects).chain(cards).collect()
}

fn ids() -> impl Iterator<Item = Uuid> {
    (1..=THINGS).map(Uuid::from_u128)
}

fn card(id: Uuid) -> NewTask {
    NewTask {
        id: TaskId::new(id),
        name: "card".into(),
        column: ColumnId::new(id),
        place: Place::Last,
        owner: PersonId::new(FIRST),
        due: None,
        priority: Priority::Medium,
    }
}

fn registration(id: Uuid) -> Register {
    let column = |id| NewColumn { id: ColumnId::new(id), name: id.to_string(), status: Status::Todo };
    Register {
        id: ProjectId::new(id),
        registration: Registration {
            name: "积分商城".into(),
            start: Date::constant(2026, 7, 1),
            contact: String::new(),
            background: String::new(),
            problem: String::new(),
            expected_results: Vec::new(),
            open: true,
        },
        lead: PersonId::new(FIRST),
        draft: false,
        milestones: Vec::new(),
        departments: BTreeMap::new(),
        members: ids().skip(1).map(|id| (PersonId::new(id), Role::Member)).collect(),
        columns: ids().map(column).collect(),
    }
}
