//! What a card shows of its task.

use std::sync::Arc;

use shared::Date;
use shared::id::TaskId;
use shared::organisation::Company;
use shared::project::board::{Board, Status};
use shared::project::task::{AwaitedFrom, Blocked, Priority, Task};

use super::desk::{Desk, Holder};
use super::mark::{Kind, Mark, Words};
use crate::project::space::due;
use crate::sync::now;
use crate::ui::{initial, label_hue, titled};
use crate::words;

const DAY: i64 = 86_400_000_000;

/// A task as a card shows it. Equal ones look the same; the task itself is compared by its address first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The task.
    pub task: Arc<Task>,
    /// Its status.
    pub status: Status,
    comments: usize,
    owner: Owner,
    awaited: Option<String>,
}

/// Whose a task is, as its card shows them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Owner {
    name: String,
    hue: u16,
    has_left: bool,
}

impl Seen {
    /// A task of a board; `None` if it is gone.
    pub fn of(board: &Board, company: &Company, task: TaskId) -> Option<Self> {
        let task = board.task(task).ok()?.clone();
        let owner = company.people.get(&task.owner);
        let owner = owner.map(|it| Owner { name: it.name.clone(), hue: it.hue, has_left: !it.active });
        Some(Self {
            status: board.status(&task),
            comments: board.comments(task.id).len(),
            owner: owner.unwrap_or_default(),
            awaited: task.blocked.as_ref().map(|blocked| awaited(company, blocked)),
            task,
        })
    }
}

/// A task as it is now; tracked. `None` if it is gone.
pub fn seen(desk: Desk, task: TaskId) -> Option<Seen> {
    desk.replica.read(|view| Seen::of(view.board(desk.project)?, view.company(), task))
}

fn awaited(company: &Company, blocked: &Blocked) -> String {
    let from = match blocked.from {
        AwaitedFrom::Person(person) => company.people.get(&person).map(|person| &person.name),
        AwaitedFrom::Department(department) => company.departments.get(&department).map(|department| &department.name),
    };
    let from = from.cloned().unwrap_or_default();
    t!("board.awaited", what = blocked.awaiting, from = from).into_owned()
}

/// What a card tells of its task.
pub fn marks(desk: Desk, seen: &Seen, is_selected: bool) -> Vec<Mark> {
    let Seen { task, status, comments, owner, awaited } = seen;
    let mut marks = Vec::with_capacity(8);
    marks.extend(is_selected.then(|| Mark::new(Kind::Selected, t!("board.selected"))));
    marks.push(Mark::new(Kind::Number, task.number.to_string()));
    marks.extend(task.blocked.as_ref().map(|why| blocked(why, awaited.as_deref().unwrap_or_default())));
    marks.push(priority(task.priority));
    marks.extend(task.due.map(|date| due_on(desk, date, *status)));
    let percent = task.progress.percent;
    marks.extend((percent > 0 && !status.is_over()).then(|| progress(percent)));
    let (done, items) = (task.checklist.iter().filter(|item| item.done).count(), task.checklist.len());
    if items > 0 {
        let title = t!("board.checklist", done = done, count = items);
        marks.push(count(Kind::Checklist, title, t!("board.checklist_label"), format!("{done}/{items}")));
    }
    if *comments > 0 {
        let title = t!("board.comments", count = comments);
        marks.push(count(Kind::Comments, title, t!("board.comments_label"), comments.to_string()));
    }
    marks.extend(task.labels.iter().map(|name| label(name)));
    marks.extend(owned_by(owner));
    marks
}

/// Who is dragging a card elsewhere.
pub fn held_by(holder: &Holder) -> Mark {
    let told = t!("board.held_by", name = holder.name);
    Mark::new(Kind::Holder, told).and(holder.name.clone()).with("--hue", holder.hue.to_string())
}

fn blocked(blocked: &Blocked, awaited: &str) -> Mark {
    let days = (now().micros_since(blocked.since)).max(0) / DAY;
    let text = if days > 0 { t!("board.blocked_days", days = days) } else { t!("board.blocked") };
    Mark::new(Kind::Blocked, text).and(awaited.to_owned()).with("title", awaited.to_owned())
}

fn priority(priority: Priority) -> Mark {
    let word = words::priority(priority);
    let (kind, text) = match priority {
        Priority::Medium => (Kind::Usual, t!("board.priority_of", priority = word)),
        Priority::High | Priority::Low => (Kind::Priority, word.into()),
    };
    Mark::new(kind, text).with("data-priority", words::priority_key(priority))
}

fn due_on(desk: Desk, date: Date, status: Status) -> Mark {
    let due = due(date);
    // What is over is not late any more; and a day far off says more than a count of days.
    let (key, text) =
        if status.is_over() || due.key == "later" { ("later", desk.day(date)) } else { (due.key, due.words) };
    Mark::new(Kind::Due, text)
        .with("data-due", key)
        .with("datetime", date.to_string())
        .with("title", t!("board.due_on", date = desk.day(date)))
}

fn progress(percent: u8) -> Mark {
    Mark::new(Kind::Progress, t!("board.progress"))
        .and(format!("{percent}%"))
        .with("--value", percent.to_string())
        .with("title", t!("board.progress"))
}

fn count(kind: Kind, title: Words, told: Words, figure: String) -> Mark {
    Mark::new(kind, told).and(figure).with("title", title)
}

fn label(label: &str) -> Mark {
    Mark::new(Kind::Label, label.to_owned()).with("--hue", label_hue(label).to_string())
}

fn owned_by(owner: &Owner) -> [Mark; 2] {
    let name = titled(&owner.name, owner.has_left);
    let told = Mark::new(Kind::OwnedBy, t!("board.owned_by", name = name));
    let disc = Mark::new(Kind::Owner, initial(&owner.name))
        .with("--hue", owner.hue.to_string())
        .flagged("data-inactive", owner.has_left)
        .with("title", name);
    [disc, told]
}
