//! What a command is about, in a few words, for those that wait or were refused.

use rust_i18n::t;
use shared::id::{PersonId, ProjectId, TaskId};
use shared::incident::IncidentCommand;
use shared::organisation::OrganisationCommand;
use shared::project::board::{BoardCommand, BoardIntent};
use shared::project::task::{TaskCommand, TaskIntent};
use shared::project::{ProjectCommand, ProjectIntent};
use shared::{Command, State};

/// What was to happen.
pub fn described(state: &State, command: &Command) -> String {
    match command {
        Command::Organisation(command) => of_organisation(state, command),
        Command::Project(command) => of_project(state, command),
        Command::Task(command) => of_task(state, command),
        Command::Board(command) => of_board(state, command),
        Command::Incident(command) => of_incident(state, command),
        Command::Knowledge(_) => t!("change.article").into_owned(),
        Command::Inbox(_) => t!("change.inbox").into_owned(),
    }
}

/// Where: the project, or the company.
pub fn place(state: &State, command: &Command) -> String {
    match command {
        Command::Organisation(_) => t!("change.in_company").into_owned(),
        Command::Project(ProjectCommand::Register(form)) => form.registration.name.clone(),
        Command::Project(ProjectCommand::On { project: id, .. }) => project(state, *id),
        Command::Task(command) => project(state, command.project),
        Command::Board(command) => project(state, command.project),
        Command::Incident(_) => t!("change.in_incidents").into_owned(),
        Command::Knowledge(_) => t!("change.in_knowledge").into_owned(),
        Command::Inbox(_) => t!("change.in_inbox").into_owned(),
    }
}

fn of_organisation(state: &State, command: &OrganisationCommand) -> String {
    use OrganisationCommand as C;
    let person = |id: PersonId| person(state, id);
    match command {
        C::Found { name, .. } | C::RenameCompany(name) => t!("change.company", name = name),
        C::AddDepartment(department) => t!("change.add_department", name = department.name),
        C::EditDepartment(department) => t!("change.edit_department", name = department.name),
        C::RemoveDepartment(id) => {
            let name = state.company.departments.get(id).map_or("", |department| department.name.as_str());
            t!("change.remove_department", name = name)
        }
        C::AddPerson(person) => t!("change.add_person", name = person.profile.name),
        C::EditProfile { person: id, .. } => t!("change.profile", name = person(*id)),
        C::SetDepartment { person: id, .. } => t!("change.department_of", name = person(*id)),
        C::SetRole { person: id, .. } => t!("change.role_of", name = person(*id)),
        C::SetActive { person: id, active: true } => t!("change.activate", name = person(*id)),
        C::SetActive { person: id, active: false } => t!("change.deactivate", name = person(*id)),
    }
    .into_owned()
}

fn of_project(state: &State, command: &ProjectCommand) -> String {
    match command {
        ProjectCommand::Register(form) => t!("change.register", name = form.registration.name),
        ProjectCommand::On { project: id, intent } => {
            let name = project(state, *id);
            match intent {
                ProjectIntent::SetStage { .. } => t!("change.stage", name = name),
                ProjectIntent::PutMilestone(milestone) => {
                    t!("change.put_milestone", name = name, milestone = milestone.name)
                }
                ProjectIntent::RemoveMilestone(_) => t!("change.remove_milestone", name = name),
                ProjectIntent::HandOver(to) => t!("change.hand_over", name = name, person = person(state, *to)),
                ProjectIntent::PutMember { person: id, .. } => {
                    t!("change.put_member", name = name, person = person(state, *id))
                }
                ProjectIntent::RemoveMember(id) => {
                    t!("change.remove_member", name = name, person = person(state, *id))
                }
                ProjectIntent::Edit(_)
                | ProjectIntent::InviteDepartment { .. }
                | ProjectIntent::RemoveDepartment(_) => t!("change.project", name = name),
            }
        }
    }
    .into_owned()
}

fn of_task(state: &State, command: &TaskCommand) -> String {
    let several = |tasks: &[TaskId]| match tasks {
        [one] => task(state, command.project, *one),
        many => t!("change.tasks", count = many.len()).into_owned(),
    };
    match &command.intent {
        TaskIntent::Create(new) => t!("change.create_task", name = new.name),
        TaskIntent::Move { tasks, .. } => t!("change.move", name = several(tasks)),
        TaskIntent::Edit { task: id, .. } => t!("change.edit_task", name = task(state, command.project, *id)),
        TaskIntent::Remove(tasks) => t!("change.remove_task", name = several(tasks)),
        TaskIntent::Comment { task: id, .. }
        | TaskIntent::EditComment { task: id, .. }
        | TaskIntent::RemoveComment { task: id, .. } => {
            t!("change.comment", name = task(state, command.project, *id))
        }
    }
    .into_owned()
}

fn of_board(state: &State, command: &BoardCommand) -> String {
    let project = project(state, command.project);
    if let BoardIntent::AddColumn(column) = &command.intent {
        t!("change.add_column", name = column.name, project = project).into_owned()
    } else {
        t!("change.columns", project = project).into_owned()
    }
}

fn of_incident(state: &State, command: &IncidentCommand) -> String {
    match command {
        IncidentCommand::Report(form) => t!("change.report_incident", title = form.title),
        IncidentCommand::On { incident, .. } => {
            let title = state.incidents.incident(*incident).map(|incident| incident.title.as_str());
            t!("change.incident", title = title.unwrap_or_default())
        }
        IncidentCommand::SetPolicy(_) => t!("change.policy"),
        IncidentCommand::PutShift(_) | IncidentCommand::RemoveShift(_) | IncidentCommand::HandOver { .. } => {
            t!("change.roster")
        }
    }
    .into_owned()
}

fn person(state: &State, id: PersonId) -> String {
    let name = state.company.people.get(&id).map(|person| person.name.clone());
    name.unwrap_or_else(|| t!("person.unknown").into_owned())
}

fn project(state: &State, id: ProjectId) -> String {
    let name = state.projects.get(&id).map(|project| project.registration.name.clone());
    name.unwrap_or_else(|| t!("change.some_project").into_owned())
}

fn task(state: &State, board: ProjectId, id: TaskId) -> String {
    let name = state.board(board).and_then(|board| board.task(id)).map(|task| task.name.clone());
    name.unwrap_or_else(|_| t!("change.some_task").into_owned())
}
