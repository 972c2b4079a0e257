//! Taking back one's own last action: the commands that lead back, made from the state before it.

use std::collections::BTreeSet;
use std::iter;
use std::sync::Arc;

use crate::arrange::Arrange as _;
use crate::command::{Change, Changes, Command};
use crate::id::{PersonId, ProjectId, TaskId};
use crate::project::board::{Board, BoardChange, BoardCommand, BoardIntent, RecordChange};
use crate::project::deliverable::{Deliverable, DeliverableCommand, DeliverableEdit, DeliverableIntent};
use crate::project::task::{
    Blocked, Comment, Dependency, Item, Place, Progress, Task, TaskCommand, TaskEdit, TaskField, TaskIntent,
    consequences, current,
};
use crate::project::{Milestone, Project, ProjectChange, ProjectCommand, ProjectEdit, ProjectIntent, Registration};
use crate::{Scope, State, Timestamp};

/// The commands that take back one on tasks.
pub(super) fn of_tasks(
    TaskCommand { project, intent }: &TaskCommand,
    before: &State,
    changes: &Changes,
) -> Vec<Command> {
    let Some(board) = before.boards.get(project) else { return Vec::new() };
    let intents = match intent {
        TaskIntent::Create(new) => vec![TaskIntent::Remove(vec![new.id])],
        TaskIntent::Comment { id, task, .. } => vec![TaskIntent::RemoveComment { task: *task, comment: *id }],
        TaskIntent::Move { tasks, column, .. } => {
            let entailed = fields(*project, changes).flat_map(edits_back);
            let went = tasks.iter().filter_map(|id| board.task(*id).ok()).filter(|task| task.column != *column);
            let kept = went.flat_map(|task| kept(board, task));
            back(board, tasks).into_iter().chain(entailed).chain(kept).collect()
        }
        TaskIntent::Edit { .. } | TaskIntent::HandOver { .. } => {
            fields(*project, changes).flat_map(edits_back).collect()
        }
        TaskIntent::EditComment { task, comment, .. } => {
            let was = board.comments(*task).iter().find(|was| was.id == *comment);
            was.map(|was| comment_back(*task, was)).into_iter().collect()
        }
        TaskIntent::Remove(_) | TaskIntent::RemoveComment { .. } | TaskIntent::Tell(_) => Vec::new(),
    };
    intents.into_iter().map(|intent| on_task(*project, intent)).collect()
}

/// Whether what a command on tasks has made and set is as it left it. What is merged or is one of a list is taken back from
/// among what others did; and when something was done is the server's to say.
pub(super) fn tasks_stand(command: &TaskCommand, state: &State, changes: &Changes) -> bool {
    let Some(board) = state.boards.get(&command.project) else { return true };
    fields_stand(command.project, board, changes)
        && of_board(command.project, changes).all(|change| match change {
            BoardChange::TaskPut(made) => is_untouched(board, made),
            _ => true,
        })
}

/// The same of a command on columns.
pub(super) fn columns_stand(command: &BoardCommand, state: &State, changes: &Changes) -> bool {
    let Some(board) = state.boards.get(&command.project) else { return true };
    fields_stand(command.project, board, changes)
        && of_board(command.project, changes).all(|change| match change {
            BoardChange::ColumnPut(left) => board.column(left.id).is_ok_and(|column| match command.intent {
                BoardIntent::AddColumn(_) => {
                    (&column.name, column.status, column.wip_limit) == (&left.name, left.status, left.wip_limit)
                }
                BoardIntent::RenameColumn { .. } => column.name == left.name,
                BoardIntent::SetStatus { .. } => column.status == left.status,
                BoardIntent::SetWipLimit { .. } => column.wip_limit == left.wip_limit,
                BoardIntent::MoveColumn { .. } | BoardIntent::RemoveColumn(_) => true,
            }),
            _ => true,
        })
}

fn fields_stand(project: ProjectId, board: &Board, changes: &Changes) -> bool {
    fields(project, changes).all(|(id, _, left)| {
        let now = board.task(id).map(|task| current(task, left));
        match (left, now) {
            (_, Err(_)) => false,
            (TaskField::Progress(left), Ok(TaskField::Progress(now))) => {
                (left.percent, &left.note) == (now.percent, &now.note)
            }
            (TaskField::Blocked(left), Ok(TaskField::Blocked(now))) => {
                let said = |blocked: &Option<Blocked>| blocked.as_ref().map(|it| (it.awaiting.clone(), it.from));
                said(left) == said(&now)
            }
            (TaskField::Place { column: left, .. }, Ok(TaskField::Place { column: now, .. })) => *left == now,
            (
                TaskField::Description(_)
                | TaskField::Collaborators(_)
                | TaskField::Labels(_)
                | TaskField::Dependencies(_)
                | TaskField::Checklist(_),
                Ok(_),
            ) => true,
            (left, Ok(now)) => *left == now,
        }
    })
}

/// Whether nobody has done anything with a task since it was made.
fn is_untouched(board: &Board, made: &Task) -> bool {
    board.task(made.id).is_ok_and(|task| {
        let as_made = Task {
            number: task.number,
            key: task.key.clone(),
            created_at: task.created_at,
            progress: Progress { at: task.progress.at, ..made.progress.clone() },
            ..made.clone()
        };
        **task == as_made && board.comments(made.id).iter().all(|comment| comment.author == made.created_by)
    })
}

/// Whether a setting of a project is as a command left it.
pub(super) fn setting_stands(command: &ProjectCommand, state: &State, changes: &Changes) -> bool {
    let ProjectCommand::On { project, intent: ProjectIntent::Edit(edit) } = command else { return true };
    let left = changes.iter().flat_map(|part| &part.changes).find_map(|change| match change {
        Change::Project(ProjectChange::Put(left)) => Some(edit_back(&left.registration, edit)),
        _ => None,
    });
    state.projects.get(project).is_none_or(|project| left == Some(edit_back(&project.registration, edit)))
}

/// The commands that take back one on columns.
pub(super) fn of_columns(
    BoardCommand { project, intent }: &BoardCommand,
    before: &State,
    changes: &Changes,
) -> Vec<Command> {
    let Some(board) = before.boards.get(project) else { return Vec::new() };
    let column = column_back(board, intent).map(|intent| Command::Board(BoardCommand { project: *project, intent }));
    let entailed = fields(*project, changes).flat_map(edits_back);
    let cards = if let BoardIntent::SetStatus { column, .. } = intent { board.cards(*column) } else { &[] };
    let kept = cards.iter().filter_map(|id| board.task(*id).ok()).flat_map(|task| kept(board, task));
    column.into_iter().chain(entailed.chain(kept).map(|intent| on_task(*project, intent))).collect()
}

/// The commands that take back one on a deliverable. What was decided stays, and so does what is gone.
pub(super) fn of_deliverables(
    DeliverableCommand { project, intent }: &DeliverableCommand,
    before: &State,
    changes: &Changes,
) -> Vec<Command> {
    let Some(board) = before.boards.get(project) else { return Vec::new() };
    let was = board.deliverable(intent.deliverable()).ok();
    let taken = match (intent, was) {
        (DeliverableIntent::Add(new), _) => Some(DeliverableIntent::Remove(new.id)),
        (DeliverableIntent::Edit { deliverable, edit }, Some(was)) => {
            Some(DeliverableIntent::Edit { deliverable: *deliverable, edit: edited_back(was, edit) })
        }
        (DeliverableIntent::HandIn { deliverable, .. }, Some(was)) => {
            Some(DeliverableIntent::Withdraw { deliverable: *deliverable, version: was.next })
        }
        _ => None,
    };
    let Some(intent) = taken else { return Vec::new() };
    // Where its task went, it goes back to.
    let gone: Vec<TaskId> = fields(*project, changes)
        .filter(|(_, was, _)| matches!(was, TaskField::Place { .. }))
        .map(|(task, ..)| task)
        .collect();
    let entailed = fields(*project, changes).flat_map(edits_back);
    let tasks = back(board, &gone).into_iter().chain(entailed).map(|intent| on_task(*project, intent));
    let taken = Command::Deliverable(DeliverableCommand { project: *project, intent });
    iter::once(taken).chain(tasks).collect()
}

fn edited_back(was: &Deliverable, edit: &DeliverableEdit) -> DeliverableEdit {
    match edit {
        DeliverableEdit::Name(_) => DeliverableEdit::Name(was.name.clone()),
        DeliverableEdit::Criteria(_) => DeliverableEdit::Criteria(was.criteria.clone()),
        DeliverableEdit::Task(_) => DeliverableEdit::Task(was.task),
        DeliverableEdit::People { .. } => DeliverableEdit::People { producer: was.producer, accepter: was.accepter },
    }
}

/// Whether a deliverable is as a command left it.
pub(super) fn deliverables_stand(command: &DeliverableCommand, state: &State, changes: &Changes) -> bool {
    let Some(board) = state.boards.get(&command.project) else { return true };
    of_board(command.project, changes).all(|change| match change {
        BoardChange::Record(RecordChange::DeliverablePut(left, _)) => {
            board.deliverable(left.id).is_ok_and(|now| is_as_left(now, left))
        }
        _ => true,
    })
}

/// But for when it was said, which is the server's to say.
fn is_as_left(now: &Deliverable, left: &Deliverable) -> bool {
    let said = |it: &Deliverable| {
        let versions = it.versions.iter().map(|version| (version.number, version.verdict.is_some()));
        let versions: Vec<(u32, bool)> = versions.collect();
        (it.name.clone(), it.criteria.clone(), it.task, it.producer, it.accepter, versions)
    };
    said(now) == said(left)
}

/// The commands that take back one on a project space. A stage and a lead are for good.
pub(super) fn of_project(command: &ProjectCommand, before: &State) -> Vec<Command> {
    let ProjectCommand::On { project: id, intent } = command else { return Vec::new() };
    let Some(project) = before.projects.get(id) else { return Vec::new() };
    let intents = match intent {
        ProjectIntent::Edit(edit) => vec![ProjectIntent::Edit(edit_back(&project.registration, edit))],
        ProjectIntent::PutMilestone(Milestone { id, .. }) | ProjectIntent::RemoveMilestone(id) => {
            let was = project.milestones.iter().find(|milestone| milestone.id == *id);
            vec![was.map_or(ProjectIntent::RemoveMilestone(*id), |was| ProjectIntent::PutMilestone(was.clone()))]
        }
        ProjectIntent::PutMember { person, .. } | ProjectIntent::RemoveMember(person) => {
            vec![member_back(project, *person)]
        }
        ProjectIntent::InviteDepartment { department, participation } => {
            if let Some(was) = project.departments.get(department) {
                let participation = was.clone();
                vec![ProjectIntent::InviteDepartment { department: *department, participation }]
            } else {
                let staff = before.company.staff(*department).map(|person| person.id);
                let came = staff.chain(participation.representative).filter(|it| !project.members.contains_key(it));
                let came: BTreeSet<PersonId> = came.collect();
                let leave = came.into_iter().map(ProjectIntent::RemoveMember);
                iter::once(ProjectIntent::RemoveDepartment(*department)).chain(leave).collect()
            }
        }
        ProjectIntent::MoveMilestone { milestone, .. } => {
            let was = project.milestones.iter().find(|other| other.id == *milestone);
            let back = was.map(|was| (was.id, was.date));
            let back =
                back.map(|(milestone, date)| ProjectIntent::MoveMilestone { milestone, date, why: String::new() });
            back.into_iter().collect()
        }
        ProjectIntent::HandOver(_)
        | ProjectIntent::SetStage { .. }
        | ProjectIntent::CloseDespite { .. }
        | ProjectIntent::Reopen { .. }
        | ProjectIntent::TakeBaseline { .. }
        | ProjectIntent::RemoveDepartment(_) => Vec::new(),
    };
    intents.into_iter().map(|intent| Command::Project(ProjectCommand::On { project: *id, intent })).collect()
}

fn edit_back(was: &Registration, edit: &ProjectEdit) -> ProjectEdit {
    match edit {
        ProjectEdit::Name(_) => ProjectEdit::Name(was.name.clone()),
        ProjectEdit::Start(_) => ProjectEdit::Start(was.start),
        ProjectEdit::Contact(_) => ProjectEdit::Contact(was.contact.clone()),
        ProjectEdit::Background(_) => ProjectEdit::Background(was.background.clone()),
        ProjectEdit::Problem(_) => ProjectEdit::Problem(was.problem.clone()),
        ProjectEdit::ExpectedResults(_) => ProjectEdit::ExpectedResults(was.expected_results.clone()),
        ProjectEdit::Open(_) => ProjectEdit::Open(was.open),
    }
}

fn member_back(project: &Project, person: PersonId) -> ProjectIntent {
    match project.members.get(&person) {
        Some(role) => ProjectIntent::PutMember { person, role: *role },
        None => ProjectIntent::RemoveMember(person),
    }
}

fn on_task(project: ProjectId, intent: TaskIntent) -> Command {
    Command::Task(TaskCommand { project, intent })
}

type FieldChange<'a> = (TaskId, &'a TaskField, &'a TaskField);

fn fields(project: ProjectId, changes: &Changes) -> impl Iterator<Item = FieldChange<'_>> {
    of_board(project, changes).filter_map(|change| match change {
        BoardChange::TaskField { task, was, now } => Some((*task, was, now)),
        _ => None,
    })
}

fn of_board(project: ProjectId, changes: &Changes) -> impl Iterator<Item = &BoardChange> {
    let board = changes.iter().filter(move |part| part.scope == Scope::Board(project));
    board.flat_map(|part| &part.changes).filter_map(|change| match change {
        Change::Board(change) => Some(change),
        _ => None,
    })
}

fn comment_back(task: TaskId, was: &Comment) -> TaskIntent {
    TaskIntent::EditComment { task, comment: was.id, text: was.text.clone(), mentions: was.mentions.clone() }
}

/// Moves each card back below the card that it stood under; from above, so that each finds its place.
fn back(board: &Board, tasks: &[TaskId]) -> Vec<TaskIntent> {
    let stood = |id: TaskId| {
        let task = board.task(id).ok()?;
        let cards = board.cards(task.column);
        let at = cards.iter().position(|card| *card == id)?;
        let place = at.checked_sub(1).map_or(Place::First, |above| Place::After(cards[above]));
        Some((at, task, place))
    };
    let mut stood: Vec<(usize, &Arc<Task>, Place)> = tasks.iter().filter_map(|id| stood(*id)).collect();
    stood.arrange_by_key(|(at, task, _)| (task.column, *at));
    let moves = stood.into_iter();
    moves.map(|(_, task, place)| TaskIntent::Move { tasks: vec![task.id], column: task.column, place }).collect()
}

/// What a card keeps that its column's status would take from it if it came there now: it was given it there.
fn kept(board: &Board, task: &Task) -> Vec<TaskIntent> {
    let Ok(column) = board.column(task.column) else { return Vec::new() };
    let taken = consequences(task, column.status, Timestamp::default());
    let edits = taken.iter().map(|change| match change {
        BoardChange::TaskField { task, was, now } => edits_back((*task, was, now)),
        _ => Vec::new(),
    });
    edits.flatten().collect()
}

fn edits_back((task, was, now): FieldChange<'_>) -> Vec<TaskIntent> {
    let edits = match (was, now) {
        (TaskField::Name(name), _) => vec![TaskEdit::Name(name.clone())],
        (TaskField::Description(text), TaskField::Description(base)) => {
            vec![TaskEdit::Description { base: base.clone(), text: text.clone() }]
        }
        (TaskField::Owner(person), _) => vec![TaskEdit::Owner(*person)],
        (TaskField::Due(due), _) => vec![TaskEdit::Due(*due)],
        (TaskField::Priority(priority), _) => vec![TaskEdit::Priority(*priority)],
        (TaskField::Progress(progress), _) => {
            vec![TaskEdit::Progress { percent: progress.percent, note: progress.note.clone() }]
        }
        (TaskField::Estimate(hours), _) => vec![TaskEdit::Estimate(*hours)],
        (TaskField::Collaborators(was), TaskField::Collaborators(now)) => {
            entries_back(was, now, TaskEdit::AddCollaborator, TaskEdit::RemoveCollaborator)
        }
        (TaskField::Labels(was), TaskField::Labels(now)) => {
            entries_back(was, now, TaskEdit::AddLabel, TaskEdit::RemoveLabel)
        }
        (TaskField::Dependencies(was), TaskField::Dependencies(now)) => dependencies_back(was, now),
        (TaskField::Checklist(was), TaskField::Checklist(now)) => checklist_back(was, now),
        (TaskField::Blocked(Some(blocked)), _) => {
            vec![TaskEdit::Block { awaiting: blocked.awaiting.clone(), from: blocked.from }]
        }
        (TaskField::Blocked(None), _) => vec![TaskEdit::Unblock],
        _ => Vec::new(),
    };
    edits.into_iter().map(|edit| TaskIntent::Edit { task, edit }).collect()
}

fn entries_back<T: Ord + Clone>(
    was: &BTreeSet<T>,
    now: &BTreeSet<T>,
    add: fn(T) -> TaskEdit,
    remove: fn(T) -> TaskEdit,
) -> Vec<TaskEdit> {
    let lost = was.difference(now).cloned().map(add);
    lost.chain(now.difference(was).cloned().map(remove)).collect()
}

fn dependencies_back(was: &[Dependency], now: &[Dependency]) -> Vec<TaskEdit> {
    let lost = was.iter().filter(|entry| !now.contains(entry)).map(|entry| TaskEdit::AddDependency(*entry));
    let new = now.iter().filter(|entry| !was.iter().any(|other| other.on == entry.on));
    lost.chain(new.map(|entry| TaskEdit::RemoveDependency(entry.on))).collect()
}

fn checklist_back(was: &[Item], now: &[Item]) -> Vec<TaskEdit> {
    let mut edits = Vec::new();
    let mut after = None;
    for item in was {
        match now.iter().find(|other| other.id == item.id) {
            None => edits.push(TaskEdit::RestoreItem { item: item.clone(), after }),
            Some(there) if there.done != item.done => {
                edits.push(TaskEdit::CheckItem { id: item.id, done: item.done });
            }
            Some(_) => {}
        }
        after = Some(item.id);
    }
    let new = now.iter().filter(|item| !was.iter().any(|other| other.id == item.id));
    edits.extend(new.map(|item| TaskEdit::RemoveItem(item.id)));
    edits
}

fn column_back(board: &Board, intent: &BoardIntent) -> Option<BoardIntent> {
    match intent {
        BoardIntent::AddColumn(column) => Some(BoardIntent::RemoveColumn(column.id)),
        BoardIntent::RenameColumn { column, .. } => {
            let name = board.column(*column).ok()?.name.clone();
            Some(BoardIntent::RenameColumn { column: *column, name })
        }
        BoardIntent::SetStatus { column, .. } => {
            let status = board.column(*column).ok()?.status;
            Some(BoardIntent::SetStatus { column: *column, status })
        }
        BoardIntent::SetWipLimit { column, .. } => {
            let limit = board.column(*column).ok()?.wip_limit;
            Some(BoardIntent::SetWipLimit { column: *column, limit })
        }
        BoardIntent::MoveColumn { column, .. } => {
            let at = board.columns().iter().position(|other| other.id == *column)?;
            let after = at.checked_sub(1).map(|left| board.columns()[left].id);
            Some(BoardIntent::MoveColumn { column: *column, after })
        }
        BoardIntent::RemoveColumn(_) => None,
    }
}
