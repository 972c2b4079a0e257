//! What is said of a command about projects, boards and tasks that waits or was refused.

use shared::State;
use shared::id::{ProjectId, TaskId};
use shared::project::board::{BoardCommand, BoardIntent};
use shared::project::deliverable::{Content, DeliverableCommand, DeliverableEdit, DeliverableIntent};
use shared::project::task::{TaskCommand, TaskEdit, TaskIntent};
use shared::project::{ProjectCommand, ProjectEdit, ProjectIntent, Registration};

use crate::area::Told;
use crate::words::name_in;

/// What is said of a command about a project.
pub fn told(state: &State, command: &ProjectCommand) -> Told {
    let (place, typed) = match command {
        ProjectCommand::Register(form) => (form.registration.name.clone(), Some(registration(&form.registration))),
        ProjectCommand::On { project: id, intent } => (project(state, *id), typed(intent)),
    };
    Told { what: what_of_project(state, command), place, typed }
}

/// What is said of a command about tasks.
pub fn told_of_tasks(state: &State, command: &TaskCommand) -> Told {
    let typed = match &command.intent {
        TaskIntent::Comment { text, .. }
        | TaskIntent::EditComment { text, .. }
        | TaskIntent::Edit {
            edit:
                TaskEdit::Name(text)
                | TaskEdit::Description { text, .. }
                | TaskEdit::AddLabel(text)
                | TaskEdit::AddItem { text, .. }
                | TaskEdit::Progress { note: text, .. }
                | TaskEdit::Block { awaiting: text, .. },
            ..
        } => Some(text.clone()),
        _ => None,
    };
    Told { what: what_of_task(state, command), place: project(state, command.project), typed }
}

/// What is said of a command about columns.
pub fn told_of_board(state: &State, command: &BoardCommand) -> Told {
    let typed = match &command.intent {
        BoardIntent::RenameColumn { name, .. } => Some(name.clone()),
        _ => None,
    };
    Told { what: what_of_board(state, command), place: project(state, command.project), typed }
}

/// What is said of a command about deliverables.
pub fn told_of_deliverables(state: &State, command: &DeliverableCommand) -> Told {
    use DeliverableIntent as D;
    let typed = match &command.intent {
        D::Add(new) => Some(new.criteria.clone()),
        D::Edit { edit: DeliverableEdit::Name(text) | DeliverableEdit::Criteria(text), .. }
        | D::Return { reason: text, .. } => Some(text.clone()),
        D::HandIn { version, .. } => Some(match &version.content {
            Content::Link(link) => format!("{}\n{link}", version.note),
            Content::File(file) => format!("{}\n{}", version.note, file.name),
        }),
        _ => None,
    };
    let known = state.board(command.project).and_then(|board| board.deliverable(command.intent.deliverable()));
    let name = match (&command.intent, known) {
        (D::Add(new), _) => new.name.clone(),
        (_, Ok(known)) => known.name.clone(),
        (_, Err(_)) => t!("change.some_deliverable").into_owned(),
    };
    let what = match &command.intent {
        D::Add(_) => t!("change.add_deliverable", name = name),
        D::Edit { .. } => t!("change.edit_deliverable", name = name),
        D::Remove(_) => t!("change.remove_deliverable", name = name),
        D::HandIn { .. } => t!("change.hand_in", name = name),
        D::Withdraw { .. } => t!("change.withdraw", name = name),
        D::Accept { .. } => t!("change.accept", name = name),
        D::Return { .. } => t!("change.return", name = name),
    };
    Told { what: what.into_owned(), place: project(state, command.project), typed }
}

fn what_of_project(state: &State, command: &ProjectCommand) -> String {
    match command {
        ProjectCommand::Register(form) => t!("change.register", name = form.registration.name),
        ProjectCommand::On { project: id, intent } => {
            let name = project(state, *id);
            match intent {
                ProjectIntent::SetStage { .. } | ProjectIntent::CloseDespite { .. } | ProjectIntent::Reopen { .. } => {
                    t!("change.stage", name = name)
                }
                ProjectIntent::MoveMilestone { .. } => t!("change.move_milestone", name = name),
                ProjectIntent::TakeBaseline { .. } => t!("change.take_baseline", name = name),
                ProjectIntent::PutMilestone(milestone) => {
                    t!("change.put_milestone", name = name, milestone = milestone.name)
                }
                ProjectIntent::RemoveMilestone(_) => t!("change.remove_milestone", name = name),
                ProjectIntent::HandOver(to) => {
                    t!("change.hand_over", name = name, person = name_in(&state.company, *to))
                }
                ProjectIntent::PutMember { person: id, .. } => {
                    t!("change.put_member", name = name, person = name_in(&state.company, *id))
                }
                ProjectIntent::RemoveMember(id) => {
                    t!("change.remove_member", name = name, person = name_in(&state.company, *id))
                }
                ProjectIntent::Edit(_)
                | ProjectIntent::InviteDepartment { .. }
                | ProjectIntent::RemoveDepartment(_) => t!("change.project", name = name),
            }
        }
    }
    .into_owned()
}

fn what_of_task(state: &State, command: &TaskCommand) -> String {
    let several = |tasks: &[TaskId]| match tasks {
        [one] => t!("change.quoted", name = task(state, command.project, *one)).into_owned(),
        many => t!("change.tasks", count = many.len()).into_owned(),
    };
    match &command.intent {
        TaskIntent::Create(new) => t!("change.create_task", name = new.name),
        TaskIntent::Move { tasks, .. } => t!("change.move", name = several(tasks)),
        TaskIntent::Edit { task: id, edit } => return what_of_edit(edit, &task(state, command.project, *id)),
        TaskIntent::Remove(tasks) => t!("change.remove_task", name = several(tasks)),
        TaskIntent::HandOver { to, .. } => t!("change.hand_over_tasks", person = name_in(&state.company, *to)),
        TaskIntent::Comment { task: id, .. }
        | TaskIntent::EditComment { task: id, .. }
        | TaskIntent::RemoveComment { task: id, .. } => {
            t!("change.comment", name = task(state, command.project, *id))
        }
        TaskIntent::Tell(_) => return String::new(),
    }
    .into_owned()
}

/// Which field of a task an edit changes, as the task's panel names it.
fn what_of_edit(edit: &TaskEdit, task: &str) -> String {
    use TaskEdit as E;
    let field = match edit {
        E::Name(_) => t!("task.name"),
        E::Description { .. } => t!("task.description"),
        E::Owner(_) => t!("task.owner"),
        E::AddCollaborator(_) | E::RemoveCollaborator(_) => t!("task.collaborators"),
        E::Due(_) => t!("task.due"),
        E::Priority(_) => t!("task.priority"),
        E::Progress { .. } => t!("task.progress"),
        E::Estimate(_) => t!("task.estimate"),
        E::AddLabel(_) | E::RemoveLabel(_) => t!("task.labels"),
        E::AddItem { .. } | E::CheckItem { .. } | E::RemoveItem(_) | E::RestoreItem { .. } => t!("task.checklist"),
        E::AddDependency(_) | E::RemoveDependency(_) => t!("task.dependencies"),
        E::Block { .. } => return t!("change.block", name = task).into_owned(),
        E::Unblock => return t!("change.unblock", name = task).into_owned(),
    };
    // Within a sentence of English.
    t!("change.field_of", field = field.to_lowercase(), name = task).into_owned()
}

fn what_of_board(state: &State, command: &BoardCommand) -> String {
    let project = project(state, command.project);
    if let BoardIntent::AddColumn(column) = &command.intent {
        t!("change.add_column", name = column.name, project = project).into_owned()
    } else {
        t!("change.columns", project = project).into_owned()
    }
}

fn typed(intent: &ProjectIntent) -> Option<String> {
    Some(match intent {
        ProjectIntent::Edit(
            ProjectEdit::Name(text)
            | ProjectEdit::Contact(text)
            | ProjectEdit::Background(text)
            | ProjectEdit::Problem(text),
        ) => text.clone(),
        ProjectIntent::Edit(ProjectEdit::ExpectedResults(results)) => results.join("\n"),
        ProjectIntent::SetStage { reason, .. }
        | ProjectIntent::CloseDespite { reason }
        | ProjectIntent::Reopen { reason }
        | ProjectIntent::TakeBaseline { reason }
        | ProjectIntent::MoveMilestone { why: reason, .. } => reason.clone(),
        ProjectIntent::InviteDepartment { participation, .. } => participation.duty.clone(),
        _ => return None,
    })
}

fn registration(form: &Registration) -> String {
    let results = form.expected_results.join("\n");
    [&form.contact, &form.background, &form.problem, &results].map(|text| text.trim()).join("\n\n").trim().to_owned()
}

fn project(state: &State, id: ProjectId) -> String {
    let name = state.projects.get(&id).map(|project| project.registration.name.clone());
    name.unwrap_or_else(|| t!("change.some_project").into_owned())
}

fn task(state: &State, board: ProjectId, id: TaskId) -> String {
    let name = state.board(board).and_then(|board| board.task(id)).map(|task| task.name.clone());
    name.unwrap_or_else(|_| t!("change.some_task").into_owned())
}
