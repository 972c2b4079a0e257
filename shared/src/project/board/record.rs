//! What a project has on record beside its tasks: deliverables, baselines, dates that moved, stages. It is read by who
//! reads the board, and comes with it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::Board;
use crate::id::{DeliverableId, TaskId};
use crate::project::baseline::{Baseline, DateMove, Dated, Moves};
use crate::project::deliverable::{Deliverable, DeliverableRefusal};
use crate::project::stage::Step;
use crate::{Reason, Rejection};

/// The record of a project.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// Its deliverables (deliverable: fields).
    pub deliverables: BTreeMap<DeliverableId, Arc<Deliverable>>,
    /// Its baselines, the first one first (baseline: baseline).
    pub baselines: Vec<Arc<Baseline>>,
    /// The dates that have moved (baseline: moves).
    pub moves: BTreeMap<Dated, Arc<Moves>>,
    /// How it has gone from stage to stage, the first step first.
    pub steps: Vec<Arc<Step>>,
}

/// One change of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RecordChange {
    /// This deliverable is now so; what was done to it.
    DeliverablePut(Arc<Deliverable>, Deed),
    /// This deliverable is gone.
    DeliverableGone(DeliverableId),
    /// A baseline was taken.
    BaselinePut(Arc<Baseline>),
    /// A date has moved.
    Moved(Dated, DateMove),
    /// The last move of a date was taken back.
    MoveTakenBack(Dated),
    /// The project has gone to another stage.
    Stepped(Arc<Step>),
}

/// What was done to a deliverable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Deed {
    /// It is new.
    Added,
    /// Its name, criteria or people are others, or its task.
    Edited,
    /// A version was handed in.
    HandedIn,
    /// A version was taken back.
    Withdrawn,
    /// It was accepted.
    Accepted,
    /// It was sent back.
    Returned,
}

impl Record {
    /// Applies a decided change; passes over what no longer fits.
    pub(super) fn apply(&mut self, change: &RecordChange) {
        match change {
            RecordChange::DeliverablePut(deliverable, _) => {
                self.deliverables.insert(deliverable.id, deliverable.clone());
            }
            RecordChange::DeliverableGone(id) => {
                self.deliverables.remove(id);
            }
            RecordChange::BaselinePut(baseline) => {
                self.baselines.retain(|other| other.number != baseline.number);
                self.baselines.push(baseline.clone());
                self.in_order();
            }
            RecordChange::Moved(of, step) => self.moves_of(*of).add(step.clone()),
            RecordChange::MoveTakenBack(of) => self.moves_of(*of).take_back(),
            RecordChange::Stepped(step) => {
                self.steps.retain(|other| other.at != step.at);
                self.steps.push(step.clone());
                self.in_order();
            }
        }
    }

    /// Forgets how the date of a task has moved that is gone.
    pub(super) fn forget(&mut self, task: TaskId) {
        self.moves.remove(&Dated::Task(task));
    }

    /// Baselines by number, steps by time.
    pub(super) fn in_order(&mut self) {
        use crate::arrange::Arrange as _;
        self.baselines.arrange_by_key(|baseline| baseline.number);
        self.steps.arrange_by_key(|step| step.at);
    }

    fn moves_of(&mut self, of: Dated) -> &mut Moves {
        Arc::make_mut(self.moves.entry(of).or_insert_with(|| Arc::new(Moves::none(of))))
    }
}

impl Board {
    /// What is on record beside the tasks.
    pub const fn record(&self) -> &Record {
        &self.record
    }

    /// A deliverable that is here.
    pub fn deliverable(&self, id: DeliverableId) -> Result<&Arc<Deliverable>, Rejection> {
        self.record.deliverables.get(&id).ok_or_else(|| Reason::Gone.into())
    }

    /// What a task delivers.
    pub fn deliverables_of(&self, task: TaskId) -> impl Iterator<Item = &Arc<Deliverable>> {
        self.record.deliverables.values().filter(move |deliverable| deliverable.task == Some(task))
    }

    /// Refuses that a task be done while something that it delivers is not accepted.
    pub(in crate::project) fn may_be_done(&self, task: TaskId) -> Result<(), Rejection> {
        match self.deliverables_of(task).find(|deliverable| !deliverable.is_accepted()) {
            Some(open) => Err(DeliverableRefusal::NotAccepted { name: open.name.clone() }.into()),
            None => Ok(()),
        }
    }
}
