//! The rules of a project space: registration, milestones, departments, members.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::baseline::{self, Baseline, Dated, MOST_BASELINES};
use super::board::{self, Board, BoardChange, NewColumn, RecordChange};
use super::stage::{self, Obstacle, Step};
use super::task::of_members;
use super::undo;
use super::{Milestone, Participation, Project, ProjectChange, Registration, Role, Stage};
use crate::arrange::Arrange as _;
use crate::command::{Change, Changes, Command, Rules, ScopedChanges};
use crate::id::{DepartmentId, MilestoneId, PersonId, ProjectId};
use crate::organisation::{CompanyInfo, OrganisationChange};
use crate::text::{LINE, NAME, line, long, required_line};
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
        /// Demanded for cancelling; closing may say something.
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
    /// It is closed, whatever stands in the way.
    CloseDespite {
        /// Demanded.
        reason: String,
    },
    /// What is over goes on.
    Reopen {
        /// Demanded.
        reason: String,
    },
    /// Another date of a milestone.
    MoveMilestone {
        /// Which.
        milestone: MilestoneId,
        /// When it is to be reached.
        date: Date,
        /// Why; demanded where that is later and the project is at work.
        why: String,
    },
    /// The dates as they are now are the ones to measure by.
    TakeBaseline {
        /// Demanded.
        reason: String,
    },
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
            // On a browser the board may not be here; others' inboxes are not, either.
            let board = state.board(*project).ok();
            let mut after = before.clone();
            on(state, &mut after, intent, context)?;
            let despite = stage::go(&mut after, board, intent)?;
            let recorded = board.map(|board| recorded(board, before, &after, intent, despite, context)).transpose()?;
            let recorded =
                recorded.filter(|recorded| !recorded.is_empty()).map(|recorded| on_record(*project, recorded));
            if after == *before {
                return Ok(recorded.into_iter().collect());
            }
            let told = board.map(|board| changes_of_duties(before, &after, board, context)).unwrap_or_default();
            Ok(std::iter::once(put(after)).chain(recorded).chain(told).collect())
        }
    }
}

/// What a decision puts on record beside the project: a step to another stage, dates that moved, a baseline.
fn recorded(
    board: &Board,
    before: &Project,
    after: &Project,
    intent: &ProjectIntent,
    despite: Vec<Obstacle>,
    context: &Context,
) -> Result<Vec<RecordChange>, Rejection> {
    let mut recorded = Vec::new();
    if before.stage != after.stage {
        let (from, to, reason) = (before.stage, after.stage, after.reason.clone());
        let step = Step { from, to, by: context.actor, at: context.now, reason, despite };
        recorded.push(RecordChange::Stepped(Arc::new(step)));
    }
    let why = if let ProjectIntent::MoveMilestone { why, .. } = intent { why.trim() } else { "" };
    if baseline::counts(before.stage) {
        let was = |id| before.milestones.iter().find(|milestone| milestone.id == id).map(|milestone| milestone.date);
        recorded.extend(after.milestones.iter().filter_map(|milestone| {
            let dates = (was(milestone.id), Some(milestone.date));
            baseline::moved(board, Dated::Milestone(milestone.id), dates, why, context)
        }));
    }
    let begins = after.stage == Stage::Active && board.record().baselines.is_empty() && before.stage == Stage::Draft;
    let taken = match intent {
        ProjectIntent::TakeBaseline { reason } => Some(required_line(Field::Reason, reason, LINE)?),
        _ => begins.then(String::new),
    };
    if let Some(reason) = taken {
        if board.record().baselines.len() >= MOST_BASELINES {
            return Err(Rejection::of(Field::Reason, Reason::TooMany { max: MOST_BASELINES }));
        }
        recorded.push(RecordChange::BaselinePut(Arc::new(Baseline::of(after, Some(board), reason, context))));
    }
    Ok(recorded)
}

fn on_record(project: ProjectId, recorded: Vec<RecordChange>) -> ScopedChanges {
    let changes = recorded.into_iter().map(|change| Change::Board(BoardChange::Record(change))).collect();
    ScopedChanges { scope: Scope::Board(project), changes }
}

/// What those are told whom a project has taken in or let go.
fn changes_of_duties(before: &Project, after: &Project, board: &Board, context: &Context) -> Changes {
    let is_same = before.lead == after.lead && before.members.keys().eq(after.members.keys());
    if is_same { Vec::new() } else { of_members(before, after, board, context) }
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

    let columns = board::first_columns(&form.columns)?.into_iter().map(BoardChange::ColumnPut);
    let baseline = (!form.draft).then(|| Baseline::of(&project, None, String::new(), context));
    let baseline = baseline.map(|baseline| BoardChange::Record(RecordChange::BaselinePut(Arc::new(baseline))));
    let changes = columns.chain(baseline).map(Change::Board).collect();
    Ok(vec![company(info), put(project), ScopedChanges { scope: Scope::Board(form.id), changes }])
}

fn company(info: CompanyInfo) -> ScopedChanges {
    ScopedChanges { scope: Scope::Company, changes: vec![Change::Organisation(OrganisationChange::CompanyPut(info))] }
}

fn on(state: &State, project: &mut Project, intent: &ProjectIntent, context: &Context) -> Result<(), Rejection> {
    match intent {
        ProjectIntent::RemoveMember(person) if *person == context.actor => project.commented_by(context.actor)?,
        ProjectIntent::HandOver(_) => project.handed_over_by(&state.company, context.actor)?,
        ProjectIntent::Reopen { .. } => project.reopened_by(context.actor)?,
        _ => project.managed_by(context.actor)?,
    }
    match intent {
        ProjectIntent::Edit(edit) => apply_edit(project, edit)?,
        ProjectIntent::HandOver(person) => {
            state.active(*person).map_err(|refusal| Rejection::of(Field::Lead, refusal.reason))?;
            project.members.insert(project.lead, Role::Member);
            project.members.insert(*person, Role::Lead);
            project.lead = *person;
        }
        ProjectIntent::PutMilestone(milestone) => {
            says_why(state, project, milestone, "", context)?;
            put_milestone(project, milestone)?;
        }
        ProjectIntent::MoveMilestone { milestone, date, why } => {
            let before = project.milestones.iter().find(|other| other.id == *milestone).ok_or(Reason::Gone)?;
            let moved = Milestone { date: *date, ..before.clone() };
            says_why(state, project, &moved, why, context)?;
            put_milestone(project, &moved)?;
        }
        ProjectIntent::TakeBaseline { .. } if !baseline::counts(project.stage) => {
            return Err(Reason::WrongStage.into());
        }
        // What is about stages, and what is only put on record, is decided besides.
        ProjectIntent::SetStage { .. }
        | ProjectIntent::CloseDespite { .. }
        | ProjectIntent::Reopen { .. }
        | ProjectIntent::TakeBaseline { .. } => {}
        ProjectIntent::RemoveMilestone(id) => project.milestones.retain(|milestone| milestone.id != *id),
        ProjectIntent::InviteDepartment { department, participation } => {
            invite(state, project, *department, participation)?;
        }
        ProjectIntent::RemoveDepartment(id) => {
            project.departments.remove(id);
        }
        ProjectIntent::PutMember { person, role } => put_member(state, project, *person, *role)?,
        ProjectIntent::RemoveMember(person) => {
            if *person == project.lead {
                return Err(Rejection::of(Field::Member, Reason::LeadStays));
            }
            project.members.remove(person);
        }
    }
    Ok(())
}

/// Refuses a later date of a milestone of a project at work without a word why, unless that takes back a move.
fn says_why(
    state: &State,
    project: &Project,
    milestone: &Milestone,
    why: &str,
    context: &Context,
) -> Result<(), Rejection> {
    let was = project.milestones.iter().find(|other| other.id == milestone.id).map(|other| other.date);
    let is_later = was.is_some_and(|was| was < milestone.date) && baseline::counts(project.stage);
    let of = Dated::Milestone(milestone.id);
    let takes_back = |board: &Board| baseline::takes_back(board, of, Some(milestone.date), context.actor);
    if is_later && !state.board(project.id).is_ok_and(takes_back) {
        required_line(Field::Why, why, LINE)?;
    }
    line(Field::Why, why, LINE).map(|_| ())
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
