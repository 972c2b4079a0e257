//! The rules of a project space: registration, milestones, departments, members, stages.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::board::{self, Board, BoardChange, NewColumn};
use super::task::of_members;
use super::undo;
use super::{Milestone, Participation, Project, ProjectChange, Registration, Role, Stage};
use crate::arrange::Arrange as _;
use crate::command::{Change, Changes, Command, Rules, ScopedChanges};
use crate::id::{DepartmentId, MilestoneId, PersonId, ProjectId};
use crate::organisation::{CompanyInfo, OrganisationChange};
use crate::text::{LINE, LONG, NAME, line, long, required_line};
use crate::time::meant;
use crate::{Context, Date, Field, Reason, Rejection, Scope, State};

const MOST_MILESTONES: usize = 100;
const MOST_RESULTS: usize = 30;
const MOST_DEPARTMENTS: usize = 100;

/// An intent on a project space.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProjectCommand {
    /// A new project space; the actor becomes a member, the lead leads.
    Register(Box<Register>),
    /// An intent on one that exists.
    On {
        /// Which.
        project: ProjectId,
        /// What.
        intent: ProjectIntent,
    },
}

/// Template one, filled in (项目信息登记表).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Register {
    /// The new project's id.
    pub id: ProjectId,
    /// Its fields.
    pub registration: Registration,
    /// Who leads it.
    pub lead: PersonId,
    /// Whether it is still being written.
    pub draft: bool,
    /// Its plan.
    pub milestones: Vec<Milestone>,
    /// The departments that take part; their people become members.
    pub departments: BTreeMap<DepartmentId, Participation>,
    /// Further members.
    pub members: BTreeMap<PersonId, Role>,
    /// The columns that its board begins with, named in the actor's language.
    pub columns: Vec<NewColumn>,
}

/// An intent on a project that exists. All are the lead's, but leaving; handing over is the admins', too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ProjectIntent {
    /// One field of the registration.
    Edit(ProjectEdit),
    /// Another lead; the old one stays as a member.
    HandOver(PersonId),
    /// Another stage, with a reason where one is due.
    SetStage {
        /// The stage to come.
        stage: Stage,
        /// Demanded for closing and cancelling.
        reason: String,
    },
    /// A new or changed milestone.
    PutMilestone(Milestone),
    /// A milestone less.
    RemoveMilestone(MilestoneId),
    /// A department joins, and its people with it; or its part changes.
    InviteDepartment {
        /// Which.
        department: DepartmentId,
        /// Who speaks for it, and its duty.
        participation: Participation,
    },
    /// A department's part ends; its people stay until they are removed.
    RemoveDepartment(DepartmentId),
    /// A person joins, or gets another role.
    PutMember {
        /// Who.
        person: PersonId,
        /// Member or observer; the lead is changed by handing over.
        role: Role,
    },
    /// A person leaves: removed by the lead, or of their own will.
    RemoveMember(PersonId),
}

/// A new value for one field of the registration.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // the fields of `Registration`
pub enum ProjectEdit {
    Name(String),
    Start(Date),
    Contact(String),
    Background(String),
    Problem(String),
    ExpectedResults(Vec<String>),
    Open(bool),
}

impl ProjectCommand {
    /// The project that it is about.
    pub fn project(&self) -> ProjectId {
        match self {
            Self::Register(register) => register.id,
            Self::On { project, .. } => *project,
        }
    }
}

impl Rules for ProjectCommand {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Company, Scope::Project(self.project()), Scope::Board(self.project())]
    }

    fn decide(&self, state: &State, context: &Context) -> Result<Changes, Rejection> {
        decide(state, self, context)
    }

    fn inverse(&self, before: &State, _changes: &Changes) -> Vec<Command> {
        undo::of_project(self, before)
    }

    fn stands(&self, state: &State, changes: &Changes) -> bool {
        undo::setting_stands(self, state, changes)
    }
}

/// Decides a command on a project space.
fn decide(state: &State, command: &ProjectCommand, context: &Context) -> Result<Changes, Rejection> {
    state.active(context.actor)?;
    match command {
        ProjectCommand::Register(form) => register(state, form, context),
        ProjectCommand::On { project, intent } => {
            let before = state.project(*project)?;
            let after = on(state, before.clone(), intent, context)?;
            if after == *before {
                return Ok(Vec::new());
            }
            // On a browser the board may not be here; others' inboxes are not, either.
            let told = state.board(*project).map(|board| changes_of_duties(before, &after, board)).unwrap_or_default();
            Ok(std::iter::once(put(after)).chain(told).collect())
        }
    }
}

/// What those are told whom a project has taken in or let go.
fn changes_of_duties(before: &Project, after: &Project, board: &Board) -> Changes {
    let is_same = before.members.keys().eq(after.members.keys());
    if is_same { Vec::new() } else { of_members(before, after, board) }
}

fn put(project: Project) -> ScopedChanges {
    let scope = Scope::Project(project.id);
    ScopedChanges { scope, changes: vec![Change::Project(ProjectChange::Put(Box::new(project)))] }
}

fn register(state: &State, form: &Register, context: &Context) -> Result<Changes, Rejection> {
    if state.projects.contains_key(&form.id) {
        return Err(Reason::Exists.into());
    }
    let registration = checked(&form.registration)?;
    let year = registration.start.year();
    let mut info = state.company.info.clone();
    let number = info.project_numbers.entry(year).or_default();
    *number += 1;
    let number = format!("P-{year}-{number:03}");

    let mut project = Project {
        id: form.id,
        number,
        registration,
        lead: form.lead,
        stage: if form.draft { Stage::Draft } else { Stage::Active },
        reason: String::new(),
        milestones: Vec::new(),
        departments: BTreeMap::new(),
        members: BTreeMap::new(),
    };
    for milestone in &form.milestones {
        put_milestone(&mut project, milestone)?;
    }
    for (department, participation) in &form.departments {
        invite(state, &mut project, *department, participation)?;
    }
    for (person, role) in &form.members {
        put_member(state, &mut project, *person, *role)?;
    }
    project.members.entry(context.actor).or_insert(Role::Member);
    let lead = state.active(form.lead).map_err(|refusal| Rejection::of(Field::Lead, refusal.reason))?;
    project.members.insert(lead.id, Role::Lead);

    Ok(vec![
        company(info),
        put(project),
        ScopedChanges {
            scope: Scope::Board(form.id),
            changes: board::first_columns(&form.columns)?
                .into_iter()
                .map(|column| Change::Board(BoardChange::ColumnPut(column)))
                .collect(),
        },
    ])
}

fn company(info: CompanyInfo) -> ScopedChanges {
    ScopedChanges { scope: Scope::Company, changes: vec![Change::Organisation(OrganisationChange::CompanyPut(info))] }
}

fn on(state: &State, mut project: Project, intent: &ProjectIntent, context: &Context) -> Result<Project, Rejection> {
    match intent {
        ProjectIntent::RemoveMember(person) if *person == context.actor => project.commented_by(context.actor)?,
        ProjectIntent::HandOver(_) => project.handed_over_by(&state.company, context.actor)?,
        _ => project.managed_by(context.actor)?,
    }
    match intent {
        ProjectIntent::Edit(edit) => apply_edit(&mut project, edit)?,
        ProjectIntent::HandOver(person) => {
            state.active(*person).map_err(|refusal| Rejection::of(Field::Lead, refusal.reason))?;
            project.members.insert(project.lead, Role::Member);
            project.members.insert(*person, Role::Lead);
            project.lead = *person;
        }
        ProjectIntent::SetStage { stage, reason } => set_stage(&mut project, *stage, reason)?,
        ProjectIntent::PutMilestone(milestone) => put_milestone(&mut project, milestone)?,
        ProjectIntent::RemoveMilestone(id) => project.milestones.retain(|milestone| milestone.id != *id),
        ProjectIntent::InviteDepartment { department, participation } => {
            invite(state, &mut project, *department, participation)?;
        }
        ProjectIntent::RemoveDepartment(id) => {
            project.departments.remove(id);
        }
        ProjectIntent::PutMember { person, role } => put_member(state, &mut project, *person, *role)?,
        ProjectIntent::RemoveMember(person) => {
            if *person == project.lead {
                return Err(Rejection::of(Field::Member, Reason::LeadStays));
            }
            project.members.remove(person);
        }
    }
    Ok(project)
}

fn checked(form: &Registration) -> Result<Registration, Rejection> {
    Ok(Registration {
        name: required_line(Field::Name, &form.name, NAME)?,
        start: meant(Field::StartDate, form.start)?,
        contact: line(Field::Contact, &form.contact, LINE)?,
        background: long(Field::Background, &form.background)?,
        problem: long(Field::Problem, &form.problem)?,
        expected_results: results(&form.expected_results)?,
        open: form.open,
    })
}

fn apply_edit(project: &mut Project, edit: &ProjectEdit) -> Result<(), Rejection> {
    let form = &mut project.registration;
    match edit {
        ProjectEdit::Name(name) => form.name = required_line(Field::Name, name, NAME)?,
        ProjectEdit::Start(start) => {
            if project.milestones.iter().any(|milestone| milestone.date < *start) {
                return Err(Rejection::of(Field::StartDate, Reason::DatesReversed));
            }
            form.start = meant(Field::StartDate, *start)?;
        }
        ProjectEdit::Contact(contact) => form.contact = line(Field::Contact, contact, LINE)?,
        ProjectEdit::Background(text) => form.background = long(Field::Background, text)?,
        ProjectEdit::Problem(text) => form.problem = long(Field::Problem, text)?,
        ProjectEdit::ExpectedResults(list) => form.expected_results = results(list)?,
        ProjectEdit::Open(open) => form.open = *open,
    }
    Ok(())
}

fn results(list: &[String]) -> Result<Vec<String>, Rejection> {
    if list.len() > MOST_RESULTS {
        return Err(Rejection::of(Field::ExpectedResults, Reason::TooMany { max: MOST_RESULTS }));
    }
    list.iter().map(|text| required_line(Field::ExpectedResults, text, LINE)).collect()
}

fn set_stage(project: &mut Project, stage: Stage, reason: &str) -> Result<(), Rejection> {
    use Stage::{Accepting, Active, Cancelled, Closed, Draft};
    let allowed = matches!(
        (project.stage, stage),
        (Draft, Active) | (Active, Accepting) | (Accepting, Active | Closed) | (Draft | Active | Accepting, Cancelled)
    );
    if !allowed {
        return Err(Reason::WrongStage.into());
    }
    // What ends says why, on record (project: stages).
    project.reason =
        if stage.is_over() { required_line(Field::Reason, reason, LONG)? } else { line(Field::Reason, reason, LONG)? };
    project.stage = stage;
    Ok(())
}

fn put_milestone(project: &mut Project, milestone: &Milestone) -> Result<(), Rejection> {
    let milestone = Milestone { name: required_line(Field::Milestone, &milestone.name, NAME)?, ..milestone.clone() };
    if meant(Field::Date, milestone.date)? < project.registration.start {
        return Err(Rejection::of(Field::Date, Reason::DatesReversed));
    }
    project.milestones.retain(|other| other.id != milestone.id);
    if project.milestones.len() >= MOST_MILESTONES {
        return Err(Rejection::of(Field::Milestone, Reason::TooMany { max: MOST_MILESTONES }));
    }
    project.milestones.push(milestone);
    project.milestones.arrange_by(|a, b| a.date.cmp(&b.date).then(a.id.cmp(&b.id)));
    Ok(())
}

fn invite(
    state: &State,
    project: &mut Project,
    department: DepartmentId,
    participation: &Participation,
) -> Result<(), Rejection> {
    if !state.company.departments.contains_key(&department) {
        return Err(Rejection::of(Field::Department, Reason::Gone));
    }
    if let Some(person) = participation.representative {
        state.active(person).map_err(|refusal| Rejection::of(Field::Representative, refusal.reason))?;
        project.members.entry(person).or_insert(Role::Member);
    }
    let duty = line(Field::Duty, &participation.duty, LINE)?;
    let joins = project.departments.insert(department, Participation { duty, ..participation.clone() }).is_none();
    if project.departments.len() > MOST_DEPARTMENTS {
        return Err(Rejection::of(Field::Department, Reason::TooMany { max: MOST_DEPARTMENTS }));
    }
    if joins {
        for person in state.company.staff(department) {
            project.members.entry(person.id).or_insert(Role::Member);
        }
    }
    Ok(())
}

fn put_member(state: &State, project: &mut Project, person: PersonId, role: Role) -> Result<(), Rejection> {
    state.active(person).map_err(|refusal| Rejection::of(Field::Member, refusal.reason))?;
    if role == Role::Lead || project.members.get(&person) == Some(&Role::Lead) {
        return Err(Rejection::of(Field::Member, Reason::LeadStays));
    }
    project.members.insert(person, role);
    Ok(())
}
