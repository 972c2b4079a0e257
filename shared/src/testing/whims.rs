//! What people may take it into their heads to do: random commands, most of them allowed.
#![expect(clippy::cast_possible_truncation, reason = "only to pick one of a few")]

use std::collections::BTreeSet;

use proptest::collection::vec;
use proptest::prelude::*;

use super::{
    DESIGN, DOING, DONE, HEAD, LEAD, LEFT, MEMBER, OBSERVER, OPERATIONS, OUTSIDER, PLANNED, PROJECT, SUBMITTED, World,
    column_id, comment_id, day, deliverable_id, edit, item_id, milestone, new_column, new_task, task_id,
};
use crate::command::{Changes, Command};
use crate::id::{ColumnId, PersonId, TaskId};
use crate::organisation::{OrganisationCommand, Profile};
use crate::project::board::{Board, BoardIntent, Status};
use crate::project::deliverable::{Content, DeliverableEdit, DeliverableIntent, NewDeliverable, NewVersion};
use crate::project::task::{AwaitedFrom, Dependency, Item, Place, Priority, TaskEdit, TaskIntent};
use crate::project::{Participation, ProjectEdit, ProjectIntent, Role};

/// One idea: the numbers say what of, and to which of the things that are there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Whim {
    pub(crate) what: u8,
    pub(crate) which: u32,
    pub(crate) other: u32,
}

/// What comes into people's heads one after the other.
pub(crate) fn history(longest: usize) -> impl Strategy<Value = Vec<Whim>> {
    let whim = (any::<u8>(), any::<u32>(), any::<u32>());
    vec(whim.prop_map(|(what, which, other)| Whim { what, which, other }), 1..longest)
}

/// Runs a history; what is refused is passed over.
pub(crate) fn run(world: &mut World, history: &[Whim]) {
    for (index, whim) in history.iter().enumerate() {
        let (actor, command) = whim.command(world, index as u128);
        let _ = world.tries(actor, &command);
    }
}

impl Whim {
    /// Who does what, as it stands in `world`; `fresh` names what is new.
    pub(crate) fn command(&self, world: &World, fresh: u128) -> (PersonId, Command) {
        match self.what {
            0..8 => (LEAD, self.of_the_project().into()),
            8..12 => (super::ADMIN, self.of_the_company().into()),
            12..24 => (self.pick(&[LEAD, MEMBER]), self.of_deliverables(world.the_board(), fresh).into()),
            _ => self.on_the_board(world, fresh),
        }
    }

    /// The same, on the board alone: all that can be taken back, and some that cannot.
    pub(crate) fn on_the_board(&self, world: &World, fresh: u128) -> (PersonId, Command) {
        let board = world.the_board();
        match self.what {
            0..40 => (LEAD, self.of_columns(board, fresh).into()),
            40..55 => (self.pick(&[MEMBER, OBSERVER, LEAD]), self.of_comments(board, fresh).into()),
            55 => (LEAD, TaskIntent::HandOver { from: self.pick(&[MEMBER, LEAD]), to: LEAD }.into()),
            56..60 => (MEMBER, TaskIntent::Remove(self.cards(board, 1 + self.other as usize % 3)).into()),
            60..80 => {
                let id = task_id(1_000 + fresh);
                let column = self.column(board);
                (MEMBER, TaskIntent::Create(new_task(id, column, self.place(board, column))).into())
            }
            80..150 => {
                let column = self.column(board);
                let tasks = self.cards(board, 1 + self.what as usize % 4);
                (MEMBER, TaskIntent::Move { tasks, column, place: self.place(board, column) }.into())
            }
            _ => (MEMBER, edit(self.card(board, 0), self.of_a_task(board, fresh)).into()),
        }
    }

    fn pick<T: Copy>(&self, all: &[T]) -> T {
        all[self.which as usize % all.len()]
    }

    fn card(&self, board: &Board, offset: u32) -> TaskId {
        let at = self.which.wrapping_add(offset) as usize % board.tasks().len().max(1);
        board.tasks().keys().nth(at).copied().unwrap_or(super::NOWHERE)
    }

    fn cards(&self, board: &Board, count: usize) -> Vec<TaskId> {
        (0..count).map(|index| self.card(board, self.other.wrapping_mul(index as u32))).collect()
    }

    fn column(&self, board: &Board) -> ColumnId {
        let at = self.other as usize / 7 % board.columns().len();
        board.columns()[at].id
    }

    fn place(&self, board: &Board, column: ColumnId) -> Place {
        match self.which / 16 % 4 {
            0 => Place::First,
            1 => Place::Last,
            2 => Place::After(self.card(board, self.other)),
            _ => board.cards(column).get(self.which as usize % 7).map_or(Place::Last, |card| Place::After(*card)),
        }
    }

    fn of_columns(&self, board: &Board, fresh: u128) -> BoardIntent {
        let column = self.column(board);
        let status = self.pick(&[Status::Todo, Status::InProgress, Status::Submitted, Status::Done, Status::Cancelled]);
        match self.which % 6 {
            0 => BoardIntent::AddColumn(new_column(column_id(1_000 + fresh), status)),
            1 => BoardIntent::RenameColumn { column, name: format!("column {}", self.other) },
            2 => BoardIntent::SetStatus { column, status },
            3 => BoardIntent::SetWipLimit {
                column,
                limit: (!self.other.is_multiple_of(3)).then_some(2 + self.other as u16 % 30),
            },
            4 => BoardIntent::MoveColumn {
                column,
                after: self.other.is_multiple_of(2).then(|| self.pick(&[PLANNED, DOING, DONE])),
            },
            _ => BoardIntent::RemoveColumn(column),
        }
    }

    fn of_comments(&self, board: &Board, fresh: u128) -> TaskIntent {
        let task = self.card(board, self.other);
        let mentions = BTreeSet::from([self.pick(&[MEMBER, OUTSIDER, LEFT])]);
        let there = board.comments(task).first().map(|comment| comment.id);
        match (self.other % 4, there) {
            (0, Some(comment)) => {
                TaskIntent::EditComment { task, comment, text: format!("word {}", self.which), mentions }
            }
            (1, Some(comment)) => TaskIntent::RemoveComment { task, comment },
            _ => TaskIntent::Comment { id: comment_id(1_000 + fresh), task, text: "a word".into(), mentions },
        }
    }

    fn of_deliverables(&self, board: &Board, fresh: u128) -> DeliverableIntent {
        let all = &board.record().deliverables;
        let there = all.values().nth(self.other as usize % all.len().max(1));
        let Some(there) = there.filter(|_| !self.other.is_multiple_of(4)) else {
            return DeliverableIntent::Add(NewDeliverable {
                id: deliverable_id(1_000 + fresh),
                name: format!("deliverable {fresh}"),
                criteria: String::new(),
                task: self.which.is_multiple_of(2).then(|| self.card(board, 0)),
                producer: self.pick(&[MEMBER, LEAD, OBSERVER]),
                accepter: self.other.is_multiple_of(3).then(|| self.pick(&[LEAD, OBSERVER])),
            });
        };
        let (deliverable, version) = (there.id, there.versions.last().map_or(0, |version| version.number));
        match self.which % 7 {
            0 | 1 => {
                let content = Content::Link(format!("https://example.com/{fresh}"));
                DeliverableIntent::HandIn { deliverable, version: NewVersion { content, note: "more".into() } }
            }
            2 => DeliverableIntent::Accept { deliverable, version },
            3 => DeliverableIntent::Return { deliverable, version, reason: "again".into() },
            4 => DeliverableIntent::Withdraw { deliverable, version },
            5 => DeliverableIntent::Remove(deliverable),
            _ => {
                let (producer, accepter) =
                    (self.pick(&[MEMBER, LEAD]), self.other.is_multiple_of(2).then_some(OBSERVER));
                DeliverableIntent::Edit { deliverable, edit: DeliverableEdit::People { producer, accepter } }
            }
        }
    }

    fn of_a_task(&self, board: &Board, fresh: u128) -> TaskEdit {
        let task = board.task(self.card(board, 0)).ok();
        let step = |index: u32| {
            let steps = task.map(|task| task.checklist.as_slice()).unwrap_or_default();
            steps.get(index as usize % steps.len().max(1)).map_or(item_id(0), |step| step.id)
        };
        let person = [MEMBER, LEAD, OBSERVER, OUTSIDER][self.other as usize % 4];
        match self.what % 20 {
            0 => TaskEdit::Name(format!(" name {} ", self.other)),
            1 => {
                let base = task.map(|task| task.description.clone()).unwrap_or_default();
                let line = format!("line {} @{}", self.other % 100, self.pick(&["lead", "observer", "nobody"]));
                let text =
                    if self.other.is_multiple_of(2) { format!("{base}\n{line}") } else { format!("{line}\n{base}") };
                TaskEdit::Description { base, text }
            }
            2 => TaskEdit::Owner(person),
            3 => TaskEdit::AddCollaborator(person),
            4 => TaskEdit::RemoveCollaborator(person),
            5 => TaskEdit::Due((!self.other.is_multiple_of(5)).then(|| day(8, 1 + (self.other % 28) as i8))),
            6 => TaskEdit::Priority([Priority::High, Priority::Medium, Priority::Low][self.other as usize % 3]),
            7 => TaskEdit::Progress { percent: (self.other % 104) as u8, note: format!("{}", self.other % 3) },
            8 => TaskEdit::Estimate((!self.other.is_multiple_of(5)).then_some(self.other as u16 % 99)),
            9 | 10 => TaskEdit::AddLabel(format!("label {}", self.other % 6)),
            11 => TaskEdit::RemoveLabel(format!("label {}", self.other % 6)),
            12 | 13 => TaskEdit::AddItem { id: item_id(1_000 + fresh), text: format!("step {fresh}") },
            14 => TaskEdit::CheckItem { id: step(self.other), done: self.other.is_multiple_of(2) },
            15 => match self.other % 3 {
                0 => TaskEdit::RestoreItem {
                    item: Item { id: item_id(1_000 + fresh), text: "restored".into(), done: true },
                    after: (!self.which.is_multiple_of(3)).then(|| step(self.which)),
                },
                _ => TaskEdit::RemoveItem(step(self.other)),
            },
            16 | 17 => TaskEdit::AddDependency(Dependency {
                on: self.card(board, self.other),
                days: (self.other % 400) as u16,
            }),
            18 => TaskEdit::RemoveDependency(
                task.and_then(|task| task.dependencies.first()).map_or(super::NOWHERE, |dependency| dependency.on),
            ),
            _ if self.other.is_multiple_of(3) => TaskEdit::Unblock,
            _ => TaskEdit::Block {
                awaiting: format!("document {}", self.other % 3),
                from: if self.which.is_multiple_of(2) {
                    AwaitedFrom::Person(person)
                } else {
                    AwaitedFrom::Department(DESIGN)
                },
            },
        }
    }

    fn of_the_project(&self) -> ProjectIntent {
        let person = self.pick(&[MEMBER, OBSERVER, OUTSIDER, HEAD]);
        match self.other % 7 {
            0 => ProjectIntent::Edit(ProjectEdit::Name(format!("project {}", self.which))),
            1 => ProjectIntent::Edit(ProjectEdit::Open(self.which.is_multiple_of(2))),
            2 => ProjectIntent::PutMilestone(milestone(
                u128::from(self.which % 9),
                "reached",
                day(8, 1 + (self.which % 28) as i8),
            )),
            3 => ProjectIntent::InviteDepartment {
                department: self.pick(&[DESIGN, OPERATIONS]),
                participation: Participation { representative: None, duty: format!("duty {}", self.which % 3) },
            },
            4 => ProjectIntent::RemoveDepartment(self.pick(&[DESIGN, OPERATIONS])),
            5 => ProjectIntent::PutMember { person, role: [Role::Member, Role::Observer][self.which as usize / 4 % 2] },
            _ => ProjectIntent::RemoveMember(person),
        }
    }

    fn of_the_company(&self) -> OrganisationCommand {
        let person = self.pick(&[OBSERVER, OUTSIDER, HEAD]);
        match self.other % 3 {
            0 => OrganisationCommand::SetActive { person, active: self.which.is_multiple_of(2) },
            1 => OrganisationCommand::SetDepartment {
                person,
                department: self.which.is_multiple_of(2).then_some(DESIGN),
            },
            _ => OrganisationCommand::EditProfile {
                person,
                profile: Profile { name: format!("name {}", self.which), ..Profile::default() },
            },
        }
    }
}

/// The changes of a decision on the project's board.
pub(crate) fn on_the_board(changes: &Changes) -> impl Iterator<Item = &crate::project::board::BoardChange> {
    let parts = changes.iter().filter(|part| part.scope == crate::Scope::Board(PROJECT));
    parts.flat_map(|part| &part.changes).filter_map(|change| match change {
        crate::Change::Board(change) => Some(change),
        _ => None,
    })
}

/// The columns that the board begins with.
pub(crate) const COLUMNS: [ColumnId; 4] = [PLANNED, DOING, SUBMITTED, DONE];
