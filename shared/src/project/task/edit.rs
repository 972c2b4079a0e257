//! The rules of a task's fields.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{AwaitedFrom, Blocked, Dependency, Item, Priority, Progress, Task, TaskField, TaskRefusal};
use crate::arrange::Arrange as _;
use crate::id::{ItemId, PersonId, TaskId};
use crate::project::Project;
use crate::project::board::Board;
use crate::text::{LINE, NAME, line, long, required_line};
use crate::time::meant;
use crate::{Context, Date, Field, Reason, Rejection, State};

const MOST_LABELS: usize = 20;
const LONGEST_LABEL: usize = 40;
const MOST_ITEMS: usize = 200;
const MOST_DEPENDENCIES: usize = 50;
const MOST_DAYS: u16 = 365;
const MOST_HOURS: u16 = 10_000;

/// A new value for one field of a task, or one entry more or less in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TaskEdit {
    /// Another name.
    Name(String),
    /// Another description, made from the text that its writer saw: merged with what others wrote meanwhile.
    Description {
        /// The text that the writer began from.
        base: String,
        /// What they made of it.
        text: String,
    },
    /// Another owner, who must be in the project.
    Owner(PersonId),
    /// One collaborator more.
    AddCollaborator(PersonId),
    /// One collaborator less.
    RemoveCollaborator(PersonId),
    /// Another due date, or none.
    Due(Option<Date>),
    /// Another priority.
    Priority(Priority),
    /// How far it is now.
    Progress {
        /// 0 to 100.
        percent: u8,
        /// A line with it.
        note: String,
    },
    /// Work expected, in hours.
    Estimate(Option<u16>),
    /// One label more.
    AddLabel(String),
    /// One label less.
    RemoveLabel(String),
    /// One step more, at the end.
    AddItem {
        /// Its id, made by the caller.
        id: ItemId,
        /// What is to do.
        text: String,
    },
    /// A step is done, or not.
    CheckItem {
        /// Which.
        id: ItemId,
        /// Whether it is done.
        done: bool,
    },
    /// One step less.
    RemoveItem(ItemId),
    /// A step that was removed is back.
    RestoreItem {
        /// As it was.
        item: Item,
        /// The step to stand below; `None` for the first place.
        after: Option<ItemId>,
    },
    /// Another task comes first; or with another lead time.
    AddDependency(Dependency),
    /// Another task comes first no more.
    RemoveDependency(TaskId),
    /// It waits for somebody.
    Block {
        /// What is awaited.
        awaiting: String,
        /// From whom.
        from: AwaitedFrom,
    },
    /// It waits no more.
    Unblock,
}

/// The value that an edit gives to a field of `task`.
pub(super) fn field(
    state: &State,
    project: &Project,
    board: &Board,
    task: &Arc<Task>,
    edit: &TaskEdit,
    context: &Context,
) -> Result<TaskField, Rejection> {
    Ok(match edit {
        TaskEdit::Name(name) => TaskField::Name(required_line(Field::Name, name, NAME)?),
        TaskEdit::Description { base, text } => TaskField::Description(merged(task, base, text)?),
        TaskEdit::Owner(person) => TaskField::Owner(takes_part(state, project, Field::Owner, *person)?),
        TaskEdit::AddCollaborator(person) => {
            let person = takes_part(state, project, Field::Collaborators, *person)?;
            TaskField::Collaborators(with(&task.collaborators, person))
        }
        TaskEdit::RemoveCollaborator(person) => TaskField::Collaborators(without(&task.collaborators, person)),
        TaskEdit::Due(due) => TaskField::Due(due.map(|due| meant(Field::Due, due)).transpose()?),
        TaskEdit::Priority(priority) => TaskField::Priority(*priority),
        TaskEdit::Progress { percent, note } => {
            if *percent > 100 {
                return Err(Rejection::of(Field::Progress, Reason::OutOfRange { min: 0, max: 100 }));
            }
            let note = line(Field::Note, note, LINE)?;
            TaskField::Progress(Progress { percent: *percent, note, at: Some(context.now) })
        }
        TaskEdit::Estimate(hours) => {
            if hours.is_some_and(|hours| !(1..=MOST_HOURS).contains(&hours)) {
                let reason = Reason::OutOfRange { min: 1, max: MOST_HOURS.into() };
                return Err(Rejection::of(Field::Estimate, reason));
            }
            TaskField::Estimate(*hours)
        }
        TaskEdit::AddLabel(label) => {
            let labels = with(&task.labels, required_line(Field::Label, label, LONGEST_LABEL)?);
            at_most(Field::Label, labels.len(), MOST_LABELS)?;
            TaskField::Labels(labels)
        }
        TaskEdit::RemoveLabel(label) => TaskField::Labels(without(&task.labels, label)),
        TaskEdit::AddItem { id, text } => {
            let item = Item { id: *id, text: text.clone(), done: false };
            TaskField::Checklist(with_item(task, task.checklist.len(), &item)?)
        }
        TaskEdit::CheckItem { id, done } => {
            let mut items = task.checklist.clone();
            items.iter_mut().find(|item| item.id == *id).ok_or(Reason::Gone)?.done = *done;
            TaskField::Checklist(items)
        }
        TaskEdit::RemoveItem(id) => {
            TaskField::Checklist(task.checklist.iter().filter(|item| item.id != *id).cloned().collect())
        }
        TaskEdit::RestoreItem { item, after } => {
            let items = &task.checklist;
            let below = |above: ItemId| items.iter().position(|other| other.id == above).map(|at| at + 1);
            let at = after.map_or(0, |above| below(above).unwrap_or(items.len()));
            TaskField::Checklist(with_item(task, at, item)?)
        }
        TaskEdit::AddDependency(dependency) => dependencies(board, task, *dependency)?,
        TaskEdit::RemoveDependency(on) => {
            let mut list = task.dependencies.clone();
            list.retain(|dependency| dependency.on != *on);
            TaskField::Dependencies(list)
        }
        TaskEdit::Block { awaiting, from } => blocked(state, board, task, awaiting, *from, context)?,
        TaskEdit::Unblock => TaskField::Blocked(None),
    })
}

/// The value that a field of `task` has now.
pub(in crate::project) fn current(task: &Task, like: &TaskField) -> TaskField {
    match like {
        TaskField::Name(_) => TaskField::Name(task.name.clone()),
        TaskField::Description(_) => TaskField::Description(task.description.clone()),
        TaskField::Owner(_) => TaskField::Owner(task.owner),
        TaskField::Collaborators(_) => TaskField::Collaborators(task.collaborators.clone()),
        TaskField::Due(_) => TaskField::Due(task.due),
        TaskField::Priority(_) => TaskField::Priority(task.priority),
        TaskField::Dependencies(_) => TaskField::Dependencies(task.dependencies.clone()),
        TaskField::Progress(_) => TaskField::Progress(task.progress.clone()),
        TaskField::Labels(_) => TaskField::Labels(task.labels.clone()),
        TaskField::Checklist(_) => TaskField::Checklist(task.checklist.clone()),
        TaskField::Estimate(_) => TaskField::Estimate(task.estimate),
        TaskField::Blocked(_) => TaskField::Blocked(task.blocked.clone()),
        TaskField::Place { .. } => TaskField::Place { column: task.column, key: task.key.clone() },
    }
}

/// A person who may be given work in this project.
pub(in crate::project) fn takes_part(
    state: &State,
    project: &Project,
    field: Field,
    person: PersonId,
) -> Result<PersonId, Rejection> {
    state.active(person).map_err(|refusal| Rejection::of(field, refusal.reason))?;
    if !project.members.contains_key(&person) {
        return Err(Rejection::of(field, Reason::NotAMember));
    }
    Ok(person)
}

fn merged(task: &Task, base: &str, text: &str) -> Result<String, Rejection> {
    let text = long(Field::Description, text)?;
    if base == task.description {
        return Ok(text);
    }
    let base = &long(Field::Description, base)?;
    // Lines end alike, so that a last line without a break is not taken for another one.
    let merged = diffy::merge(&ended(base), &ended(&task.description), &ended(&text))
        .map_err(|_| Rejection::of(Field::Description, Reason::TextConflict))?;
    long(Field::Description, &merged)
}

fn ended(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("{text}\n") }
}

fn with_item(task: &Task, at: usize, item: &Item) -> Result<Vec<Item>, Rejection> {
    let mut items = task.checklist.clone();
    if items.iter().any(|other| other.id == item.id) {
        return Err(Reason::Exists.into());
    }
    at_most(Field::ChecklistItem, items.len() + 1, MOST_ITEMS)?;
    let text = required_line(Field::ChecklistItem, &item.text, LINE)?;
    items.insert(at, Item { text, ..*item });
    Ok(items)
}

fn dependencies(board: &Board, task: &Task, dependency: Dependency) -> Result<TaskField, Rejection> {
    let refused = |reason| Rejection::of(Field::Dependencies, reason);
    if dependency.on == task.id {
        return Err(refused(Reason::Task(TaskRefusal::DependsOnItself)));
    }
    if board.task(dependency.on).is_err() {
        return Err(refused(Reason::Gone));
    }
    if dependency.days > MOST_DAYS {
        return Err(refused(Reason::OutOfRange { min: 0, max: MOST_DAYS.into() }));
    }
    if let Some(path) = path(board, dependency.on, task.id) {
        let name = |id: &TaskId| board.task(*id).map(|task| task.name.clone()).unwrap_or_default();
        let cycle = std::iter::once(&task.id).chain(&path).map(name).collect();
        return Err(refused(Reason::Task(TaskRefusal::DependencyCycle { cycle })));
    }
    let mut list = task.dependencies.clone();
    list.retain(|other| other.on != dependency.on);
    at_most(Field::Dependencies, list.len() + 1, MOST_DEPENDENCIES)?;
    list.push(dependency);
    list.arrange_by_key(|dependency| dependency.on);
    Ok(TaskField::Dependencies(list))
}

/// The way from one task to another along "waits for", both ends included.
fn path(board: &Board, from: TaskId, to: TaskId) -> Option<Vec<TaskId>> {
    let mut came_from: BTreeMap<TaskId, Option<TaskId>> = BTreeMap::from([(from, None)]);
    let mut ahead = vec![from];
    while let Some(here) = ahead.pop() {
        if here == to {
            let mut path: Vec<TaskId> =
                std::iter::successors(Some(to), |id| came_from.get(id).copied().flatten()).collect();
            path.reverse();
            return Some(path);
        }
        let Ok(task) = board.task(here) else { continue };
        for next in task.dependencies.iter().map(|dependency| dependency.on) {
            came_from.entry(next).or_insert_with(|| {
                ahead.push(next);
                Some(here)
            });
        }
    }
    None
}

fn blocked(
    state: &State,
    board: &Board,
    task: &Task,
    awaiting: &str,
    from: AwaitedFrom,
    context: &Context,
) -> Result<TaskField, Rejection> {
    if board.column(task.column).is_ok_and(|column| column.status.is_over()) {
        return Err(Reason::Task(TaskRefusal::OverAlready).into());
    }
    let awaiting = required_line(Field::Awaiting, awaiting, LINE)?;
    match from {
        AwaitedFrom::Person(person) => {
            state.active(person).map_err(|refusal| Rejection::of(Field::AwaitedFrom, refusal.reason))?;
        }
        AwaitedFrom::Department(department) => {
            if !state.company.departments.contains_key(&department) {
                return Err(Rejection::of(Field::AwaitedFrom, Reason::Gone));
            }
        }
    }
    let since = task.blocked.as_ref().map_or(context.now, |blocked| blocked.since);
    Ok(TaskField::Blocked(Some(Blocked { awaiting, from, since })))
}

fn at_most(field: Field, count: usize, max: usize) -> Result<(), Rejection> {
    if count > max { Err(Rejection::of(field, Reason::TooMany { max })) } else { Ok(()) }
}

fn with<T: Ord + Clone>(set: &BTreeSet<T>, entry: T) -> BTreeSet<T> {
    let mut set = set.clone();
    set.insert(entry);
    set
}

fn without<T: Ord + Clone>(set: &BTreeSet<T>, entry: &T) -> BTreeSet<T> {
    let mut set = set.clone();
    set.remove(entry);
    set
}
