//! Taking back one's own last action: the commands that lead back, made from the state before it.

use std::collections::BTreeSet;

use crate::command::{Change, Changes, Command};
use crate::id::{ProjectId, TaskId};
use crate::project::board::{Board, BoardChange, BoardCommand, BoardIntent};
use crate::project::task::{Dependency, Item, Place, Task, TaskCommand, TaskEdit, TaskField, TaskIntent};
use crate::{Scope, State};

/// The commands that take `command` back, in the order in which they are to run; none if it cannot be.
pub(super) fn inverse(before: &State, command: &Command, changes: &Changes) -> Vec<Command> {
    match command {
        Command::Task(TaskCommand { project, intent }) => {
            let Some(board) = before.boards.get(project) else { return Vec::new() };
            let intents = match intent {
                TaskIntent::Create(new) => vec![TaskIntent::Remove(vec![new.id])],
                TaskIntent::Comment { id, task, .. } => {
                    vec![TaskIntent::RemoveComment { task: *task, comment: *id }]
                }
                TaskIntent::Move { tasks, .. } => back(board, tasks, fields(*project, changes)),
                TaskIntent::Edit { .. } => fields(*project, changes).flat_map(edits_back).collect(),
                TaskIntent::Remove(_) | TaskIntent::EditComment { .. } | TaskIntent::RemoveComment { .. } => {
                    Vec::new()
                }
            };
            intents.into_iter().map(|intent| Command::Task(TaskCommand { project: *project, intent })).collect()
        }
        Command::Board(BoardCommand { project, intent }) => {
            let Some(board) = before.boards.get(project) else { return Vec::new() };
            let intent = column_back(board, intent);
            intent.map(|intent| Command::Board(BoardCommand { project: *project, intent })).into_iter().collect()
        }
        Command::Organisation(_) | Command::Project(_) => Vec::new(),
    }
}

type FieldChange<'a> = (TaskId, &'a TaskField, &'a TaskField);

fn fields(project: ProjectId, changes: &Changes) -> impl Iterator<Item = FieldChange<'_>> {
    let board = changes.iter().filter(move |part| part.scope == Scope::Board(project));
    board.flat_map(|part| &part.changes).filter_map(|change| match change {
        Change::Board(BoardChange::TaskField { task, was, now }) => Some((*task, was, now)),
        _ => None,
    })
}

/// Moves each card back below the card that it stood under; from above, so that each finds its place.
fn back<'a>(board: &Board, tasks: &[TaskId], changes: impl Iterator<Item = FieldChange<'a>>) -> Vec<TaskIntent> {
    let stood = |id: TaskId| {
        let task = board.task(id).ok()?;
        let cards = board.cards(task.column);
        let at = cards.iter().position(|card| *card == id)?;
        let place = at.checked_sub(1).map_or(Place::First, |above| Place::After(cards[above]));
        Some((at, task, place))
    };
    let mut stood: Vec<(usize, &std::sync::Arc<Task>, Place)> = tasks.iter().filter_map(|id| stood(*id)).collect();
    stood.sort_by_key(|(at, task, _)| (task.column, *at));
    let moves = stood.into_iter().map(|(_, task, place)| TaskIntent::Move {
        tasks: vec![task.id],
        column: task.column,
        place,
    });
    moves.chain(changes.flat_map(edits_back)).collect()
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
    for item in was {
        let there = now.iter().find(|other| other.id == item.id);
        if there.is_none() {
            edits.push(TaskEdit::AddItem { id: item.id, text: item.text.clone() });
        }
        if there.map_or(item.done, |other| other.done != item.done) {
            edits.push(TaskEdit::CheckItem { id: item.id, done: item.done });
        }
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
