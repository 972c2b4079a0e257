//! The rules of a board's columns. They are the lead's.

use serde::{Deserialize, Serialize};

use super::{Board, BoardChange, BoardRefusal, Column, Status};
use crate::command::{Changes, Command, Rules};
use crate::id::{ColumnId, ProjectId};
use crate::order;
use crate::project::task::{consequences, told};
use crate::project::undo;
use crate::text::{NAME, required_line};
use crate::{Context, Field, Reason, Rejection, Scope, State, Timestamp};

const MOST_COLUMNS: usize = 50;
const HIGHEST_LIMIT: u16 = 999;

/// An intent on the columns of one board.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BoardCommand {
    /// Whose board.
    pub project: ProjectId,
    /// What.
    pub intent: BoardIntent,
}

/// What is to happen to a column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum BoardIntent {
    /// A new column at the right end.
    AddColumn(NewColumn),
    /// Another name.
    RenameColumn {
        /// Which.
        column: ColumnId,
        /// Its new name.
        name: String,
    },
    /// Another status for the tasks in it.
    SetStatus {
        /// Which.
        column: ColumnId,
        /// What its tasks become.
        status: Status,
    },
    /// Another work in progress limit, or none. A limit below what is there refuses only newcomers.
    SetWipLimit {
        /// Which.
        column: ColumnId,
        /// Its new limit.
        limit: Option<u16>,
    },
    /// Another place among the columns.
    MoveColumn {
        /// Which.
        column: ColumnId,
        /// The column to stand after; `None` for the left end.
        after: Option<ColumnId>,
    },
    /// An empty column less.
    RemoveColumn(ColumnId),
}

/// A column to be made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewColumn {
    /// Its id, made by the caller.
    pub id: ColumnId,
    /// Its name.
    pub name: String,
    /// The status of the tasks in it.
    pub status: Status,
}

/// The columns that a new board begins with.
pub fn first_columns(columns: &[NewColumn]) -> Result<Vec<Column>, Rejection> {
    if columns.is_empty() {
        return Err(Rejection::of(Field::Column, Reason::Required));
    }
    if columns.len() > MOST_COLUMNS {
        return Err(Rejection::of(Field::Column, Reason::TooMany { max: MOST_COLUMNS }));
    }
    let keys = order::spread(columns.len());
    columns.iter().zip(keys).map(|(column, key)| made(column, key)).collect()
}

impl Rules for BoardCommand {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Company, Scope::Project(self.project), Scope::Board(self.project)]
    }

    fn decide(&self, state: &State, context: &Context) -> Result<Changes, Rejection> {
        decide(state, self, context)
    }

    fn inverse(&self, before: &State, changes: &Changes) -> Vec<Command> {
        undo::of_columns(self, before, changes)
    }

    fn stands(&self, state: &State, changes: &Changes) -> bool {
        undo::columns_stand(self, state, changes)
    }
}

/// Decides a command on columns.
fn decide(state: &State, command: &BoardCommand, context: &Context) -> Result<Changes, Rejection> {
    state.active(context.actor)?;
    let (project, board) = (state.project(command.project)?, state.board(command.project)?);
    project.managed_by(context.actor)?;
    let changes = changes(board, &command.intent, context.now)?;
    Ok(told(state, project, board, changes, context))
}

fn changes(board: &Board, intent: &BoardIntent, now: Timestamp) -> Result<Vec<BoardChange>, Rejection> {
    let change = match intent {
        BoardIntent::AddColumn(column) => return add(board, column),
        BoardIntent::RenameColumn { column, name } => {
            let name = required_line(Field::Name, name, NAME)?;
            Column { name, ..board.column(*column)?.clone() }
        }
        BoardIntent::SetStatus { column, status } => return set_status(board, *column, *status, now),
        BoardIntent::SetWipLimit { column, limit } => {
            if limit.is_some_and(|limit| !(1..=HIGHEST_LIMIT).contains(&limit)) {
                let reason = Reason::OutOfRange { min: 1, max: HIGHEST_LIMIT.into() };
                return Err(Rejection::of(Field::WipLimit, reason));
            }
            Column { wip_limit: *limit, ..board.column(*column)?.clone() }
        }
        BoardIntent::MoveColumn { column, after } => return move_column(board, *column, *after),
        BoardIntent::RemoveColumn(column) => return remove(board, *column),
    };
    let same = board.column(change.id)? == &change;
    Ok(if same { Vec::new() } else { vec![BoardChange::ColumnPut(change)] })
}

/// Gives a column a status, and its cards what that entails.
fn set_status(board: &Board, id: ColumnId, status: Status, now: Timestamp) -> Result<Vec<BoardChange>, Rejection> {
    let status = for_column(status)?;
    let column = board.column(id)?;
    if column.status == status {
        return Ok(Vec::new());
    }
    if status == Status::Done {
        board.cards(id).iter().try_for_each(|card| board.may_be_done(*card))?;
    }
    let cards = board.cards(id).iter().filter_map(|card| board.task(*card).ok());
    let entailed = cards.flat_map(|task| consequences(task, status, now));
    let put = BoardChange::ColumnPut(Column { status, ..column.clone() });
    Ok(std::iter::once(put).chain(entailed).collect())
}

fn add(board: &Board, column: &NewColumn) -> Result<Vec<BoardChange>, Rejection> {
    if board.column(column.id).is_ok() {
        return Err(Reason::Exists.into());
    }
    if board.columns().len() >= MOST_COLUMNS {
        return Err(Rejection::of(Field::Column, Reason::TooMany { max: MOST_COLUMNS }));
    }
    let mut columns = board.columns().to_vec();
    // Its key follows from its place.
    columns.extend(first_columns(std::slice::from_ref(column))?);
    Ok(placed(columns, board.columns().len()))
}

fn made(column: &NewColumn, key: order::Key) -> Result<Column, Rejection> {
    Ok(Column {
        id: column.id,
        name: required_line(Field::Name, &column.name, NAME)?,
        status: for_column(column.status)?,
        wip_limit: None,
        key,
    })
}

fn for_column(status: Status) -> Result<Status, Rejection> {
    if status == Status::Blocked {
        return Err(Reason::Board(BoardRefusal::BlockedColumn).into());
    }
    Ok(status)
}

fn move_column(board: &Board, id: ColumnId, after: Option<ColumnId>) -> Result<Vec<BoardChange>, Rejection> {
    board.column(id)?;
    if after == Some(id) {
        return Ok(Vec::new());
    }
    let mut columns: Vec<Column> = board.columns().to_vec();
    let from = columns.iter().position(|column| column.id == id).ok_or(Reason::Gone)?;
    let moved = columns.remove(from);
    let to = match after {
        None => 0,
        // A column to stand after that is gone meanwhile: the right end is the nearest guess.
        Some(after) => columns.iter().position(|column| column.id == after).map_or(columns.len(), |at| at + 1),
    };
    if to == from {
        return Ok(Vec::new());
    }
    columns.insert(to, moved);
    Ok(placed(columns, to))
}

/// Gives the column at an index a key that fits there; all of them, when keys would grow too long.
fn placed(columns: Vec<Column>, at: usize) -> Vec<BoardChange> {
    let put = |(column, key)| BoardChange::ColumnPut(Column { key, ..column });
    let before = at.checked_sub(1).map(|left| &columns[left].key);
    let after = columns.get(at + 1).map(|right| &right.key);
    if let Some(keys) = order::between(before, after, 1) {
        return columns.into_iter().skip(at).zip(keys).map(put).collect();
    }
    let keys = order::spread(columns.len());
    columns.into_iter().zip(keys).map(put).collect()
}

fn remove(board: &Board, id: ColumnId) -> Result<Vec<BoardChange>, Rejection> {
    board.column(id)?;
    if !board.cards(id).is_empty() {
        return Err(Reason::Board(BoardRefusal::ColumnNotEmpty).into());
    }
    if board.columns().len() == 1 {
        return Err(Reason::Board(BoardRefusal::LastColumn).into());
    }
    Ok(vec![BoardChange::ColumnGone(id)])
}
