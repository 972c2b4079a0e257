//! The baseline (基线) of a project's dates, and how often and why each has moved since.
//!
//! # Rules
//!
//! - **Baseline** (project, section 2). When a project becomes active, the dates of its milestones and tasks are kept.
//!   The lead takes a new one, with a reason; the old ones stay to be read.
//! - **Moves** (project, section 2). While a project is active or its results are being accepted, another date of a
//!   milestone or a task counts: from when to when, by whom, and, where a milestone moves later, why. The first date of a
//!   task is no move.
//! - **Taking back** (ours). Who puts a date back to where it was before their own last move takes that move back.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::board::{Board, RecordChange};
use super::{Milestone, Project, Stage};
use crate::id::{MilestoneId, PersonId, TaskId};
use crate::{Context, Date, Timestamp};

/// How many baselines a project keeps, at most.
pub const MOST_BASELINES: usize = 30;
/// How many moves of one date are told; all are counted.
const MOST_MOVES: usize = 100;

/// The dates of a project as they were planned once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Baseline {
    /// Counts from 1.
    pub number: u32,
    /// When it was taken.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
    /// Why; empty for the one that is taken when the project becomes active.
    pub reason: String,
    /// The milestones, by date, with what they were called then.
    pub milestones: Vec<Milestone>,
    /// When each task was due that had a date.
    pub tasks: BTreeMap<TaskId, Date>,
}

/// Something that has a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Dated {
    /// A milestone of the project.
    Milestone(MilestoneId),
    /// A task on its board.
    Task(TaskId),
}

/// How a date has moved.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moves {
    /// Whose date it is.
    pub of: Dated,
    /// How often it has moved.
    pub count: u32,
    /// The latest of them, the first one first.
    pub last: Vec<DateMove>,
}

/// One move of a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateMove {
    /// When it was.
    pub from: Date,
    /// When it is; `None` if there is no date any more.
    pub to: Option<Date>,
    /// By whom.
    pub by: PersonId,
    /// When it was moved.
    pub at: Timestamp,
    /// Why; empty where nobody was asked.
    pub why: String,
}

impl Baseline {
    /// The dates as they are now.
    pub(super) fn of(project: &Project, board: Option<&Board>, reason: String, context: &Context) -> Self {
        let due = board.into_iter().flat_map(|board| board.tasks().values());
        Self {
            number: board.map_or(1, |board| board.record().baselines.last().map_or(1, |last| last.number + 1)),
            at: context.now,
            by: context.actor,
            reason,
            milestones: project.milestones.clone(),
            tasks: due.filter_map(|task| Some((task.id, task.due?))).collect(),
        }
    }

    /// When something was planned then.
    pub fn date(&self, of: Dated) -> Option<Date> {
        match of {
            Dated::Milestone(id) => self.milestones.iter().find(|milestone| milestone.id == id).map(|it| it.date),
            Dated::Task(id) => self.tasks.get(&id).copied(),
        }
    }
}

impl Moves {
    /// None yet.
    pub(super) const fn none(of: Dated) -> Self {
        Self { of, count: 0, last: Vec::new() }
    }

    /// One more; the oldest is told no more when there are too many.
    pub(super) fn add(&mut self, step: DateMove) {
        self.count += 1;
        self.last.push(step);
        if self.last.len() > MOST_MOVES {
            self.last.remove(0);
        }
    }

    /// The last one less.
    pub(super) fn take_back(&mut self) {
        if self.last.pop().is_some() {
            self.count -= 1;
        }
    }
}

/// Whether dates that change are counted at this stage.
pub(super) const fn counts(stage: Stage) -> bool {
    matches!(stage, Stage::Active | Stage::Accepting)
}

/// Whether a date put to `to` takes back the last move, as its own mover may.
pub(super) fn takes_back(board: &Board, of: Dated, to: Option<Date>, by: PersonId) -> bool {
    let last = board.record().moves.get(&of).and_then(|moves| moves.last.last());
    last.is_some_and(|last| last.by == by && Some(last.from) == to)
}

/// What another date of something puts on record; nothing if it had none, or has the same.
pub(super) fn moved(
    board: &Board,
    of: Dated,
    (from, to): (Option<Date>, Option<Date>),
    why: &str,
    context: &Context,
) -> Option<RecordChange> {
    let from = from.filter(|_| from != to)?;
    if takes_back(board, of, to, context.actor) {
        return Some(RecordChange::MoveTakenBack(of));
    }
    let step = DateMove { from, to, by: context.actor, at: context.now, why: why.to_owned() };
    Some(RecordChange::Moved(of, step))
}
