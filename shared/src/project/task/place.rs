//! Where cards land: a drop says *after this card, in this column* (task: places), and the keys follow from that.

use serde::{Deserialize, Serialize};

use super::{Progress, Task, TaskField};
use crate::id::{ColumnId, TaskId};
use crate::order::{self, Key};
use crate::project::board::{Board, BoardChange, BoardRefusal, Column, Status};
use crate::{Reason, Rejection, Timestamp};

/// A place in a column, in terms that stay true while others move cards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Place {
    /// Above all.
    First,
    /// Right below this card; at the end if it has left the column meanwhile.
    After(TaskId),
    /// Below all.
    Last,
}

/// The key of a task that is new in a column, and the rewriting of the others' keys if they had grown too long.
pub(super) fn enter(board: &Board, column: &Column, place: Place) -> Result<(Key, Vec<BoardChange>), Rejection> {
    room_for(board, column, 1)?;
    let cards = board.cards(column.id);
    let mut slots = slots(board, cards, index(cards, place), 1);
    let mut key = None;
    let mut changes = Vec::new();
    for (card, slot) in slots.drain(..) {
        match card {
            Some(task) => changes.extend(placed(board.task(task)?, column.id, slot)),
            None => key = Some(slot),
        }
    }
    Ok((key.ok_or(Reason::Gone)?, changes))
}

/// Moves cards to a place in a column, in the order in which they are named.
pub(super) fn move_tasks(
    board: &Board,
    tasks: &[TaskId],
    column: ColumnId,
    place: Place,
    now: Timestamp,
) -> Result<Vec<BoardChange>, Rejection> {
    let column = board.column(column)?;
    let mut moving: Vec<&Task> = Vec::with_capacity(tasks.len());
    for task in tasks {
        let task = board.task(*task)?;
        if !moving.iter().any(|other| other.id == task.id) {
            moving.push(task);
        }
    }
    let newcomers = moving.iter().filter(|task| task.column != column.id).count();
    room_for(board, column, newcomers)?;
    if column.status == Status::Done {
        let are_done = |task: &&&Task| board.column(task.column).is_ok_and(|column| column.status == Status::Done);
        moving.iter().filter(|task| !are_done(task)).try_for_each(|task| board.may_be_done(task.id))?;
    }
    into_column(board, &moving, column, place, now)
}

/// Brings a task to the end of the first column of a status, past its limit. It stays if it is in one, if there is none,
/// and if it was cancelled.
pub(in crate::project) fn bring(board: &Board, task: &Task, status: Status, now: Timestamp) -> Vec<BoardChange> {
    let at = board.column(task.column).map_or(Status::Todo, |column| column.status);
    let goes = at != status && at != Status::Cancelled;
    let column = board.columns().iter().filter(|_| goes).find(|column| column.status == status);
    let brought = column.map(|column| into_column(board, &[task], column, Place::Last, now));
    brought.and_then(Result::ok).unwrap_or_default()
}

/// Moves cards to a place in a column, whatever its limit says.
fn into_column(
    board: &Board,
    moving: &[&Task],
    column: &Column,
    place: Place,
    now: Timestamp,
) -> Result<Vec<BoardChange>, Rejection> {
    let newcomers = moving.iter().filter(|task| task.column != column.id).count();

    let is_moving = |id: &TaskId| moving.iter().any(|task| task.id == *id);
    let all = board.cards(column.id);
    // An anchor that moves along stands for the nearest card above it that stays.
    let place = match place {
        Place::After(anchor) if is_moving(&anchor) => {
            let above = all.iter().take_while(|id| **id != anchor).filter(|id| !is_moving(id)).last();
            above.map_or(Place::First, |id| Place::After(*id))
        }
        other => other,
    };
    let staying: Vec<TaskId> = all.iter().copied().filter(|id| !is_moving(id)).collect();
    let at = index(&staying, place);
    let stands_already = newcomers == 0
        && all.get(at..at + moving.len()).is_some_and(|here| here.iter().eq(moving.iter().map(|task| &task.id)));
    if stands_already {
        return Ok(Vec::new());
    }
    let mut changes = Vec::new();
    let mut next = moving.iter();
    for (card, key) in slots(board, &staying, at, moving.len()) {
        match card {
            Some(task) => changes.extend(placed(board.task(task)?, column.id, key)),
            None => {
                if let Some(task) = next.next() {
                    changes.extend(placed(task, column.id, key));
                    if task.column != column.id {
                        changes.extend(consequences(task, column.status, now));
                    }
                }
            }
        }
    }
    Ok(changes)
}

/// What a new status entails: a task handed in or over waits for nobody, a task done is all done.
pub(crate) fn consequences(task: &Task, status: Status, now: Timestamp) -> Vec<BoardChange> {
    let mut changes = Vec::new();
    if task.blocked.is_some() && matches!(status, Status::Submitted | Status::Done | Status::Cancelled) {
        let was = TaskField::Blocked(task.blocked.clone());
        changes.push(BoardChange::TaskField { task: task.id, was, now: TaskField::Blocked(None) });
    }
    if status == Status::Done && task.progress.percent < 100 {
        let was = TaskField::Progress(task.progress.clone());
        let done = Progress { percent: 100, note: task.progress.note.clone(), at: Some(now) };
        changes.push(BoardChange::TaskField { task: task.id, was, now: TaskField::Progress(done) });
    }
    changes
}

fn placed(task: &Task, column: ColumnId, key: Key) -> Option<BoardChange> {
    let was = TaskField::Place { column: task.column, key: task.key.clone() };
    let now = TaskField::Place { column, key };
    (was != now).then_some(BoardChange::TaskField { task: task.id, was, now })
}

fn room_for(board: &Board, column: &Column, newcomers: usize) -> Result<(), Rejection> {
    match column.wip_limit {
        Some(limit) if newcomers > 0 && board.cards(column.id).len() + newcomers > usize::from(limit) => {
            Err(Reason::Board(BoardRefusal::WipLimit { column: column.name.clone(), limit }).into())
        }
        _ => Ok(()),
    }
}

fn index(cards: &[TaskId], place: Place) -> usize {
    match place {
        Place::First => 0,
        Place::Last => cards.len(),
        Place::After(anchor) => cards.iter().position(|id| *id == anchor).map_or(cards.len(), |at| at + 1),
    }
}

/// Keys for `count` newcomers (`None`) at an index; with them, when keys would grow too long, new ones for all cards.
fn slots(board: &Board, cards: &[TaskId], at: usize, count: usize) -> Vec<(Option<TaskId>, Key)> {
    let key_of = |index: usize| cards.get(index).and_then(|id| board.task(*id).ok()).map(|task| &task.key);
    let before = at.checked_sub(1).and_then(key_of);
    if let Some(keys) = order::between(before, key_of(at), count) {
        return keys.into_iter().map(|key| (None, key)).collect();
    }
    let above = cards[..at].iter().copied().map(Some);
    let below = cards[at..].iter().copied().map(Some);
    let everybody = above.chain(std::iter::repeat_n(None, count)).chain(below);
    everybody.zip(order::spread(cards.len() + count)).collect()
}
