//! From the demo's tables to commands.

use std::collections::BTreeMap;

use shared::Command;
use shared::id::{ColumnId, CommentId, ItemId, MilestoneId};
use shared::organisation::{CompanyRole, Department, NewPerson, OrganisationCommand, Profile};
use shared::project::board::{BoardIntent, NewColumn, Status};
use shared::project::task::{AwaitedFrom, Dependency, NewTask, Place, TaskEdit, TaskIntent};
use shared::project::{Milestone, Participation, ProjectCommand, Register, Registration, Role};

use super::people::{COMPANY, Colleague, FOUNDER, PEOPLE, UNITS, Unit, mentioned};
use super::plan::{Column, Job, Plan};
use super::script::{Line, Script, edit, on_board, on_tasks};
use super::{DemoError, PASSWORD, department, email, id, person, project, task};
use crate::clock::now;
use crate::organisation::Passwords;
use crate::store::Store;

/// The company, its departments and people, and their passwords.
pub(super) async fn organisation(store: &Store, script: &Script) -> Result<(), DemoError> {
    // One hash for all: everybody knows the password anyway.
    let hash = Passwords::default().hash(PASSWORD.to_owned(), "", "").await?;
    for colleague in PEOPLE {
        store.put_password(person(colleague.slug), &hash, now()).await?;
    }
    let founder = person(FOUNDER);
    let by_founder = |command| (founder, Command::Organisation(command));
    let new = |colleague: &Colleague| NewPerson {
        id: person(colleague.slug),
        profile: Profile {
            name: colleague.name.to_owned(),
            phone: format!("021-5555 {}", colleague.extension),
            locale: colleague.locale,
            zone: String::new(),
            hue: colleague.extension.wrapping_mul(47) % 360,
        },
        email: email(colleague.slug),
        department: (colleague.slug != FOUNDER).then(|| department(colleague.unit)),
        role: CompanyRole::Member,
    };
    let unit = |unit: &Unit, head| Department {
        id: department(unit.slug),
        name: unit.name.to_owned(),
        parent: unit.under.map(department),
        head,
    };

    let (admin, others): (Vec<_>, Vec<_>) = PEOPLE.iter().partition(|colleague| colleague.slug == FOUNDER);
    let found = admin.iter().map(|admin| OrganisationCommand::Found { name: COMPANY.to_owned(), admin: new(admin) });
    let departments = UNITS.iter().map(|each| OrganisationCommand::AddDepartment(unit(each, None)));
    let people = others.iter().map(|colleague| OrganisationCommand::AddPerson(new(colleague)));
    let places = admin
        .iter()
        .map(|admin| OrganisationCommand::SetDepartment { person: founder, department: Some(department(admin.unit)) });
    let heads = UNITS.iter().map(|each| OrganisationCommand::EditDepartment(unit(each, Some(person(each.head)))));
    let all = found.chain(departments).chain(people).chain(places).chain(heads);
    script.run(all.map(by_founder).collect()).await
}

/// A project with its board. Answers how many tasks it has.
pub(super) async fn load(script: &Script, plan: &Plan) -> Result<usize, DemoError> {
    let lead = person(plan.lead);
    script.run_one((lead, register(script, plan))).await?;
    let mut first = Vec::new();
    for column in &plan.columns {
        if column.limit.is_some() {
            let intent = BoardIntent::SetWipLimit { column: column_id(plan.slug, column), limit: column.limit };
            first.push((lead, on_board(project(plan.slug), intent)));
        }
    }
    let columns = || plan.columns.iter().zip(&plan.tasks);
    let jobs = || columns().flat_map(|(column, jobs)| jobs.iter().map(move |job| (column, job)));
    first.extend(jobs().map(|(column, job)| (lead, create(script, plan, column, job))));
    script.run(first).await?;

    script.run(jobs().flat_map(|(column, job)| details(plan, column, job)).collect()).await?;
    // The comments of a task one after the other, so that they are told apart by their times.
    let longest = jobs().map(|(_, job)| job.said.len()).max().unwrap_or_default();
    for round in 0..longest {
        script.run(jobs().filter_map(|(_, job)| comment(plan, job, round)).collect()).await?;
    }
    Ok(jobs().count())
}

fn register(script: &Script, plan: &Plan) -> Command {
    let milestone = |(name, date, done): &(&str, i32, bool)| Milestone {
        id: MilestoneId::new(id("milestone", &format!("{}/{name}", plan.slug))),
        name: (*name).to_owned(),
        date: script.day(*date),
        done: *done,
    };
    let part = |(unit, speaks, duty): &(&str, &str, &str)| {
        (department(unit), Participation { representative: Some(person(speaks)), duty: (*duty).to_owned() })
    };
    let members = plan.members.iter().map(|slug| (person(slug), Role::Member));
    let observers = plan.observers.iter().map(|slug| (person(slug), Role::Observer));
    Command::Project(ProjectCommand::Register(Box::new(Register {
        id: project(plan.slug),
        registration: Registration {
            name: plan.name.to_owned(),
            start: script.day(plan.start),
            contact: plan.contact.to_owned(),
            background: plan.background.to_owned(),
            problem: plan.problem.to_owned(),
            expected_results: plan.results.iter().map(|result| (*result).to_owned()).collect(),
            open: plan.open,
        },
        lead: person(plan.lead),
        draft: false,
        milestones: plan.milestones.iter().map(milestone).collect(),
        departments: plan.departments.iter().map(part).collect::<BTreeMap<_, _>>(),
        members: members.chain(observers).collect(),
        columns: columns(plan.slug, &plan.columns),
    })))
}

/// Columns as a registration asks for them.
pub(super) fn columns(slug: &str, columns: &[Column]) -> Vec<NewColumn> {
    let column = |column: &Column| NewColumn {
        id: column_id(slug, column),
        name: column.name.to_owned(),
        status: column.status,
    };
    columns.iter().map(column).collect()
}

/// A column of a board, by its name.
pub(super) fn column_id(slug: &str, column: &Column) -> ColumnId {
    ColumnId::new(id("column", &format!("{slug}/{}", column.name)))
}

fn create(script: &Script, plan: &Plan, column: &Column, job: &Job) -> Command {
    let new = NewTask {
        id: task(plan.slug, job.name),
        name: job.name.to_owned(),
        column: column_id(plan.slug, column),
        place: Place::Last,
        owner: person(job.owner),
        due: job.due.map(|days| script.day(days)),
        priority: job.priority,
    };
    on_tasks(project(plan.slug), TaskIntent::Create(new))
}

/// Everything of a task that comes after it was made: by its owner.
fn details(plan: &Plan, column: &Column, job: &Job) -> Vec<Line> {
    let this = task(plan.slug, job.name);
    let mut edits = Vec::new();
    if !job.about.is_empty() {
        edits.push(TaskEdit::Description { base: String::new(), text: job.about.to_owned() });
    }
    edits.extend(job.with.iter().map(|slug| TaskEdit::AddCollaborator(person(slug))));
    edits.extend(job.labels.iter().map(|label| TaskEdit::AddLabel((*label).to_owned())));
    edits.extend(job.hours.map(|hours| TaskEdit::Estimate(Some(hours))));
    for (text, done) in job.steps {
        let item = ItemId::new(id("item", &format!("{}/{}/{text}", plan.slug, job.name)));
        edits.push(TaskEdit::AddItem { id: item, text: (*text).to_owned() });
        if *done {
            edits.push(TaskEdit::CheckItem { id: item, done: true });
        }
    }
    let progress = job.progress.or((column.status == Status::Done).then_some((100, "")));
    edits.extend(progress.map(|(percent, note)| TaskEdit::Progress { percent, note: note.to_owned() }));
    let before = |(name, days): &(&str, u16)| Dependency { on: task(plan.slug, name), days: *days };
    edits.extend(job.after.iter().map(|entry| TaskEdit::AddDependency(before(entry))));
    edits.extend(job.waits.map(|(unit, what)| TaskEdit::Block {
        awaiting: what.to_owned(),
        from: AwaitedFrom::Department(department(unit)),
    }));
    edits.into_iter().map(|each| (person(job.owner), edit(project(plan.slug), this, each))).collect()
}

fn comment(plan: &Plan, job: &Job, round: usize) -> Option<Line> {
    let (author, text) = job.said.get(round)?;
    let intent = TaskIntent::Comment {
        id: CommentId::new(id("comment", &format!("{}/{}/{round}", plan.slug, job.name))),
        task: task(plan.slug, job.name),
        text: (*text).to_owned(),
        mentions: mentioned(text),
    };
    Some((person(author), on_tasks(project(plan.slug), intent)))
}
