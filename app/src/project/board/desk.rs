//! What the parts of one board page share: the board as it is shown, who may do what, the selection, the focus.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;
use shared::id::{ColumnId, ProjectId, TaskId};
use shared::project::Project;
use shared::project::board::drag::Shelf;
use shared::project::board::{Board, BoardCommand, BoardIntent, Column};
use shared::project::task::{TaskCommand, TaskIntent};
use shared::{Command, Date, Rejection, Scope};
use web_sys::HtmlElement;

use super::dragging::Dragging;
use super::filter::{Filter, Sieve};
use super::filters::board_filters;
use super::voice::Voice;
use crate::format;
use crate::project::space::board_address;
use crate::reactive::{effect, memo};
use crate::sync::Replica;
use crate::ui::{Address, Filters, Seconds, Toasts};

/// What a person may do on a board.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rights {
    /// Move, add and change cards.
    pub works: bool,
    /// Change the columns.
    pub manages: bool,
}

/// A question that the board asks in a dialog.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Question {
    /// Where to move these tasks.
    Move(Vec<TaskId>),
    /// Whether to delete them.
    Delete(Vec<TaskId>),
}

/// Who is dragging a card elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Their name.
    pub name: String,
    /// Their hue.
    pub hue: u16,
}

/// One board page.
#[derive(Clone, Copy)]
pub struct Desk {
    /// The replica.
    pub replica: Replica,
    /// Where refusals are shown.
    pub toasts: Toasts,
    /// Whose board.
    pub project: ProjectId,
    /// What the person who looks may do.
    pub rights: Memo<Rights>,
    /// The columns in order.
    pub columns: Memo<Arc<[Column]>>,
    /// What each column shows of its cards.
    pub shelves: Memo<Arc<[Shelf]>>,
    /// The address.
    pub address: Address,
    /// The filters.
    pub filters: Filters,
    /// What they ask for.
    pub filter: Memo<Filter>,
    /// The selected tasks.
    pub selected: RwSignal<BTreeSet<TaskId>>,
    /// The card from which a range is selected.
    pub anchor: StoredValue<Option<TaskId>>,
    /// The card that has the focus, or had it last.
    pub focus: RwSignal<Option<TaskId>>,
    /// Whether the person's focus is on a card, also while that card is drawn anew.
    pub has_focus: StoredValue<bool>,
    /// The drag under way.
    pub dragging: Dragging,
    /// The tasks with changes that the server has not confirmed.
    pub pending: Memo<BTreeSet<TaskId>>,
    /// The tasks that others are dragging.
    pub held: Memo<BTreeMap<TaskId, Holder>>,
    /// What day it is.
    pub today: Memo<Date>,
    /// What is asked in a dialog.
    pub question: RwSignal<Option<Question>>,
    /// The live region.
    pub voice: Voice,
    /// How high the columns are between their heads and feet, in pixels: what they show at once.
    pub height: RwSignal<f64>,
    /// Whether what is in view has been painted as it is filtered: the rest can wait for that.
    pub is_settled: Memo<bool>,
    /// Days in words: the browser takes its time over each.
    days: StoredValue<BTreeMap<Date, String>>,
    /// The scrolling part of each column.
    bodies: StoredValue<BTreeMap<ColumnId, HtmlElement>, LocalStorage>,
}

impl Desk {
    /// Lays out the board of a project for the components inside.
    pub fn provide(project: ProjectId) -> Self {
        let replica = Replica::expect();
        let me = replica.me();
        let rights = memo(move || {
            replica.read(|view| view.project(project).map(|project| rights_of(project, me)).unwrap_or_default())
        });
        let columns = Memo::new(move |before: Option<&Arc<[Column]>>| {
            replica.read(|view| {
                let now = view.board(project).map_or(&[][..], |board| board.columns());
                before.filter(|before| ***before == *now).cloned().unwrap_or_else(|| now.into())
            })
        });
        let address = Address::of(board_address(project));
        let (filters, filter) = board_filters(address);
        let today = Seconds::expect().day();
        let desk = Self {
            replica,
            toasts: Toasts::expect(),
            project,
            rights,
            columns,
            shelves: shelves(replica, project, filter, today),
            address,
            filters,
            filter,
            selected: RwSignal::new(BTreeSet::new()),
            anchor: StoredValue::new(None),
            focus: RwSignal::new(None),
            has_focus: StoredValue::new(false),
            dragging: Dragging::new(),
            pending: pending(replica, project),
            held: held(replica, project),
            today,
            question: RwSignal::new(None),
            voice: Voice::new(),
            // A fair guess before it is measured: the first cards are drawn at once.
            height: RwSignal::new(window().inner_height().ok().and_then(|it| it.as_f64()).unwrap_or_default()),
            is_settled: settled(filter),
            days: StoredValue::new(BTreeMap::new()),
            bodies: StoredValue::new_local(BTreeMap::new()),
        };
        provide_context(desk);
        desk
    }

    /// The desk here.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Its part of the replica.
    pub const fn scope(self) -> Scope {
        Scope::Board(self.project)
    }

    /// Reads the board as it is shown now; `None` if it is not here.
    pub fn peek<T>(self, read: impl FnOnce(&Board) -> T) -> Option<T> {
        self.replica.peek(|state| state.boards.get(&self.project).map(|board| read(board)))
    }

    /// Reads the board, and again when it looks different.
    pub fn read<T>(self, read: impl FnOnce(&Board) -> T) -> Option<T> {
        self.replica.read(|view| view.board(self.project).map(|board| read(board)))
    }

    /// Opens a task beside the board.
    pub fn open(self, task: TaskId) {
        self.address.push(&[("task", &task.to_string())]);
    }

    /// Does something with tasks; the caller shows a refusal.
    pub fn act(self, intent: TaskIntent) -> Result<(), Rejection> {
        self.act_all([intent])
    }

    /// Does several things with tasks in one gesture; the caller shows a refusal.
    pub fn act_all(self, intents: impl IntoIterator<Item = TaskIntent>) -> Result<(), Rejection> {
        let project = self.project;
        self.replica.act_all(intents.into_iter().map(|intent| Command::Task(TaskCommand { project, intent })))
    }

    /// Does something with columns; the caller shows a refusal.
    pub fn arrange(self, intent: BoardIntent) -> Result<(), Rejection> {
        self.replica.act(Command::Board(BoardCommand { project: self.project, intent }))
    }

    /// Shows a refusal that belongs beside no field, and says it.
    pub fn refuse(self, rejection: &Rejection) {
        self.toasts.refuse(rejection);
        self.voice.say(crate::words::reason(&rejection.reason));
    }

    /// The name of a column; empty if it is gone.
    pub fn column_name(self, column: ColumnId) -> String {
        self.peek(|board| board.column(column).map(|column| column.name.clone()).unwrap_or_default())
            .unwrap_or_default()
    }

    /// The name of a task; empty if it is gone.
    pub fn task_name(self, task: TaskId) -> String {
        self.peek(|board| board.task(task).map(|task| task.name.clone()).unwrap_or_default()).unwrap_or_default()
    }

    /// A day in words.
    pub fn day(self, date: Date) -> String {
        let known = self.days.with_value(|days| days.get(&date).cloned());
        known.unwrap_or_else(|| {
            let text = format::day(date);
            self.days.update_value(|days| {
                days.insert(date, text.clone());
            });
            text
        })
    }

    /// Selects a task, or does not any more.
    pub fn toggle(self, task: TaskId) {
        self.anchor.set_value(Some(task));
        self.selected.update(|selected| {
            if !selected.remove(&task) {
                selected.insert(task);
            }
        });
    }

    /// The scrolling part of a column is there, until the current owner is gone.
    pub fn register(self, column: ColumnId, body: HtmlElement) {
        self.bodies.update_value(|bodies| {
            bodies.insert(column, body);
        });
        on_cleanup(move || {
            self.bodies.try_update_value(|bodies| bodies.remove(&column));
        });
    }

    /// The scrolling part of a column.
    pub fn body(self, column: ColumnId) -> Option<HtmlElement> {
        self.bodies.try_with_value(|bodies| bodies.get(&column).cloned()).flatten()
    }
}

/// Whether a frame with these filters has been painted.
fn settled(filter: Memo<Filter>) -> Memo<bool> {
    let painted = RwSignal::new(None::<Filter>);
    effect(move || {
        let now = filter.get();
        // The next frame paints it, and the one after that comes later.
        request_animation_frame(move || {
            request_animation_frame(move || {
                painted.try_set(Some(now));
            });
        });
    });
    memo(move || painted.with(|painted| filter.with(|now| painted.as_ref() == Some(now))))
}

fn rights_of(project: &Project, me: shared::id::PersonId) -> Rights {
    Rights { works: project.worked_on_by(me).is_ok(), manages: project.managed_by(me).is_ok() }
}

/// The visible cards of each column. A column that shows the same as before keeps its list, so that only those that
/// differ are drawn anew.
fn shelves(replica: Replica, project: ProjectId, filter: Memo<Filter>, today: Memo<Date>) -> Memo<Arc<[Shelf]>> {
    Memo::new(move |before: Option<&Arc<[Shelf]>>| {
        let filter = filter.get();
        let shelf = |board: &Board, column: ColumnId, sieve: Option<&Sieve<'_>>| {
            let all = board.cards(column);
            let passes = |sieve: &Sieve<'_>, id: TaskId| {
                board.task(id).is_ok_and(|task| sieve.passes(task, || board.status(task)))
            };
            let cards = match sieve {
                Some(sieve) => Cow::Owned(all.iter().copied().filter(|id| passes(sieve, *id)).collect::<Vec<_>>()),
                None => Cow::Borrowed(all),
            };
            let same = before.and_then(|before| before.iter().find(|shelf| shelf.column == column));
            let same = same.filter(|same| *same.cards == *cards).cloned();
            same.unwrap_or_else(|| Shelf { column, cards: Arc::from(&*cards) })
        };
        replica.read(|view| {
            let Some(board) = view.board(project) else { return Arc::default() };
            let sieve = (!filter.is_empty()).then(|| filter.sieve(view.company(), today.get()));
            board.columns().iter().map(|column| shelf(board, column.id, sieve.as_ref())).collect()
        })
    })
}

fn pending(replica: Replica, project: ProjectId) -> Memo<BTreeSet<TaskId>> {
    memo(move || {
        let tasks = std::cell::RefCell::new(BTreeSet::new());
        replica.is_pending(Scope::Board(project), |command| {
            if let Command::Task(command) = command
                && command.project == project
            {
                tasks.borrow_mut().extend(touched(&command.intent));
            }
            false
        });
        tasks.into_inner()
    })
}

fn touched(intent: &TaskIntent) -> Vec<TaskId> {
    match intent {
        TaskIntent::Create(new) => vec![new.id],
        TaskIntent::Move { tasks, .. } | TaskIntent::Remove(tasks) => tasks.clone(),
        TaskIntent::Edit { task, .. }
        | TaskIntent::Comment { task, .. }
        | TaskIntent::EditComment { task, .. }
        | TaskIntent::RemoveComment { task, .. } => vec![*task],
        TaskIntent::HandOver { .. } | TaskIntent::Tell(_) => Vec::new(),
    }
}

fn held(replica: Replica, project: ProjectId) -> Memo<BTreeMap<TaskId, Holder>> {
    memo(move || {
        let mut held = BTreeMap::new();
        for onlooker in replica.onlookers(Scope::Board(project)) {
            if onlooker.dragging.is_empty() {
                continue;
            }
            let holder = replica.read(|view| {
                let person = view.company().people.get(&onlooker.person)?;
                Some(Holder { name: person.name.clone(), hue: person.hue })
            });
            if let Some(holder) = holder {
                held.extend(onlooker.dragging.into_iter().map(|task| (task, holder.clone())));
            }
        }
        held
    })
}
