//! Project spaces, with their boards and tasks.
//!
//! # Rules
//!
//! - **Registration** (项目信息登记表; guide 2.1, template one). Whoever is active may register a project; it must have
//!   a name, a start and a lead (项目负责人) who is here. Whoever registers it is in it.
//! - **Numbers** (项目编号; template one). The system gives them, `P-2026-001`, counted by the year of the start.
//! - **Milestones** (里程碑计划; guide 2.1, template one). In the order of their dates; none lies before the start.
//! - **Departments** (参与部门及职责; guide 2.1, template one). One that joins brings its people, and those of the
//!   departments beneath it, as members; whoever speaks for it becomes one, too. When its part ends, they stay.
//! - **Roles** (the lead: guide 2.1; the others: ours). One lead, who manages the space, its members and its columns;
//!   members work on tasks; observers read and comment. The lead changes by handing over, and the old one stays a
//!   member. Anybody but the lead may leave, or be removed by the lead.
//! - **Leaving the company** (ours; of heads: project, section 2). Admins hand over what somebody who leaves would hold on
//!   to, also where they are not in the project: the lead, and all open tasks of a person in it at once. So does the head
//!   of the lead's department, or of one above it, once the lead has left. Whoever takes over becomes a member.
//! - **Who reads** (ours). The members, and the whole company if the project is open. To anybody else it is not there:
//!   not on pages, in snapshots, in frames or in the activity.
//! - **Stages, baselines, deliverables**: the pages of `stage`, `baseline` and `deliverable`.

pub mod baseline;
pub mod board;
mod command;
pub mod deliverable;
mod kept;
pub mod stage;
pub mod task;
#[cfg(test)]
mod tests;
mod undo;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use command::{ProjectCommand, ProjectEdit, ProjectIntent, Register};
pub(crate) use kept::readers;

use self::stage::Obstacle;
use self::task::AwaitedFrom;
use crate::id::{DepartmentId, MilestoneId, PersonId, ProjectId};
use crate::organisation::Company;
use crate::{Date, Reason, Rejection};

/// A project space (项目空间): its registration, milestones, departments and members.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// Its id.
    pub id: ProjectId,
    /// Given by the system, `P-2026-001` (项目编号).
    pub number: String,
    /// What was registered.
    pub registration: Registration,
    /// Who leads it (项目负责人); always among the members.
    pub lead: PersonId,
    /// Where it stands.
    pub stage: Stage,
    /// What was said when it came to this stage: why it was closed, cancelled or opened again.
    pub reason: String,
    /// The plan (里程碑计划), by date.
    pub milestones: Vec<Milestone>,
    /// Who takes part and with what duty (参与部门及职责).
    pub departments: BTreeMap<DepartmentId, Participation>,
    /// Who works on it or watches it.
    pub members: BTreeMap<PersonId, Role>,
}

/// The fields of template one that the lead fills in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Registration {
    /// 项目名称.
    pub name: String,
    /// 发起日期.
    pub start: Date,
    /// 联系方式.
    pub contact: String,
    /// Where the project comes from (项目背景).
    pub background: String,
    /// The problem to solve.
    pub problem: String,
    /// What will be there at the end, each measurable (预期成果).
    pub expected_results: Vec<String>,
    /// Whether the whole company may read it.
    pub open: bool,
}

/// Where a project stands (project: stages).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// Being written.
    Draft,
    /// Being worked on.
    Active,
    /// Its results are being accepted.
    Accepting,
    /// Over, with its results accepted.
    Closed,
    /// Given up, with a reason.
    Cancelled,
}

impl Stage {
    /// Whether nothing in the project changes any more.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Cancelled)
    }
}

/// A point of the plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// Its id.
    pub id: MilestoneId,
    /// What is reached.
    pub name: String,
    /// When it is planned.
    pub date: Date,
    /// Whether it was reached.
    pub done: bool,
}

/// A department's part in a project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Participation {
    /// Who speaks for it.
    pub representative: Option<PersonId>,
    /// What it does.
    pub duty: String,
}

/// What a member may do in a project (project: roles).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Leads: manages the space, its members and its columns.
    Lead,
    /// Works on tasks.
    Member,
    /// Reads and comments.
    Observer,
}

/// Why a command on a project was refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProjectRefusal {
    /// It is not to be closed yet.
    NotFinished {
        /// What stands in the way.
        obstacles: Vec<Obstacle>,
    },
    /// It is not over.
    NotOver,
}

/// One change of a project space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProjectChange {
    /// The project is now so.
    Put(Box<Project>),
}

impl Project {
    /// What `person` may do here; `None` for those who are not in it.
    pub fn role(&self, person: PersonId) -> Option<Role> {
        self.members.get(&person).copied()
    }

    /// Whether an active `person` may read it: its members, and everybody if it is open.
    pub fn is_read_by(&self, person: PersonId) -> bool {
        self.registration.open || self.members.contains_key(&person)
    }

    /// Who is told that a task here waits for somebody: the person; of a department whoever heads it, else who speaks
    /// for it here. Nobody who may not read the project.
    pub fn awaits(&self, company: &Company, from: AwaitedFrom) -> Option<PersonId> {
        let reads = |person: &PersonId| company.is_here(*person) && self.is_read_by(*person);
        match from {
            AwaitedFrom::Person(person) => Some(person).filter(reads),
            AwaitedFrom::Department(department) => {
                let head = company.lineage(department).find_map(|above| above.head);
                let speaks = || self.departments.get(&department).and_then(|part| part.representative);
                head.filter(reads).or_else(|| speaks().filter(reads))
            }
        }
    }

    /// Refuses those who may not work on tasks, and everybody once the project is over.
    pub fn worked_on_by(&self, person: PersonId) -> Result<(), Rejection> {
        self.only(person, |role| role != Role::Observer)
    }

    /// Refuses those who may not manage the space, and everybody once the project is over.
    pub fn managed_by(&self, person: PersonId) -> Result<(), Rejection> {
        self.only(person, |role| role == Role::Lead)
    }

    /// Refuses those who may not hand over what another holds in it: who neither leads it nor is an admin, nor heads the
    /// department of a lead who has left.
    pub fn handed_over_by(&self, company: &Company, person: PersonId) -> Result<(), Rejection> {
        if !company.is_admin(person) && !self.is_left_to(company, person) {
            return self.managed_by(person);
        }
        if self.stage.is_over() { Err(Reason::ProjectOver.into()) } else { Ok(()) }
    }

    /// Whether its lead has left the company.
    pub fn is_left(&self, company: &Company) -> bool {
        company.people.get(&self.lead).is_some_and(|lead| !lead.active)
    }

    /// Whether its lead has left, and `person` heads their department, or one above it.
    fn is_left_to(&self, company: &Company, person: PersonId) -> bool {
        let department = company.people.get(&self.lead).filter(|lead| !lead.active).and_then(|lead| lead.department);
        department.is_some_and(|department| company.lineage(department).any(|above| above.head == Some(person)))
    }

    /// Refuses those who may not open it again: who does not lead it, and everybody while it is not over.
    pub fn reopened_by(&self, person: PersonId) -> Result<(), Rejection> {
        match (self.role(person), self.stage.is_over()) {
            (Some(Role::Lead), true) => Ok(()),
            (Some(Role::Lead), false) => Err(Reason::Project(ProjectRefusal::NotOver).into()),
            _ => Err(Reason::NotAllowed.into()),
        }
    }

    /// Refuses those who may not comment: who is not in it.
    pub fn commented_by(&self, person: PersonId) -> Result<(), Rejection> {
        self.only(person, |_| true)
    }

    fn only(&self, person: PersonId, allowed: fn(Role) -> bool) -> Result<(), Rejection> {
        if !self.role(person).is_some_and(allowed) {
            return Err(Reason::NotAllowed.into());
        }
        if self.stage.is_over() {
            return Err(Reason::ProjectOver.into());
        }
        Ok(())
    }
}
