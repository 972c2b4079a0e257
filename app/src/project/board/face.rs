//! What a card shows of its task.

use std::sync::Arc;

use icondata_lu::{LuEllipsis, LuMessageSquare, LuSquareCheck};
use leptos::prelude::*;
use shared::Date;
use shared::id::TaskId;
use shared::organisation::Company;
use shared::project::board::Status;
use shared::project::task::{AwaitedFrom, Blocked, Priority, Task};

use super::desk::Desk;
use super::focus::element_id;
use super::menu::CARD_MENU;
use crate::project::space::{due, task_address};
use crate::sync::now;
use crate::ui::{Icon, initial, label_hue, titled};
use crate::words;

const DAY: i64 = 86_400_000_000;

/// A task as a card shows it. Equal ones look the same; the task itself is compared by its address first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// The task.
    pub task: Arc<Task>,
    /// Its status.
    pub status: Status,
    /// How many comments it has.
    pub comments: usize,
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

/// A task as it is now; tracked. `None` if it is gone.
pub fn seen(desk: Desk, task: TaskId) -> Option<Seen> {
    let (task, status, comments) = desk.read(|board| {
        let found = board.task(task).ok()?;
        Some((found.clone(), board.status(found), board.comments(task).len()))
    })??;
    desk.replica.read(|view| {
        let owner = view.company().people.get(&task.owner);
        let owner = owner.map(|it| Owner { name: it.name.clone(), hue: it.hue, has_left: !it.active });
        let owner = owner.unwrap_or_default();
        let awaited = task.blocked.as_ref().map(|blocked| awaited(view.company(), blocked));
        Some(Seen { task: task.clone(), status, comments, owner, awaited })
    })
}

fn awaited(company: &Company, blocked: &Blocked) -> String {
    let from = match blocked.from {
        AwaitedFrom::Person(person) => company.people.get(&person).map(|person| &person.name),
        AwaitedFrom::Department(department) => company.departments.get(&department).map(|department| &department.name),
    };
    let from = from.cloned().unwrap_or_default();
    t!("board.awaited", what = blocked.awaiting, from = from).into_owned()
}

/// The inside of a card.
pub fn face(desk: Desk, seen: &Seen, is_selected: Memo<bool>) -> AnyView {
    let task = &seen.task;
    let id = element_id(task.id);
    let label = t!("board.card_menu", name = task.name);
    view! {
        <a
            class="card-title"
            id=format!("{id}-name")
            href=task_address(desk.project, task.id)
            tabindex="-1"
            draggable="false"
        >
            {task.name.clone()}
        </a>
        <div class="card-meta" id=format!("{id}-facts")>
            {move || is_selected.get().then(|| view! { <span class="visually-hidden">{t!("board.selected")}</span> })}
            {facts(desk, seen)}
        </div>
        <button
            type="button"
            class="button ghost icon small card-menu"
            tabindex="-1"
            aria-label=label
            aria-haspopup="menu"
            popovertarget=CARD_MENU
        >
            <Icon icon=LuEllipsis small=true />
        </button>
    }
    .into_any()
}

/// A card as it is carried by a pointer: nothing in it can be reached.
pub fn carried_face(desk: Desk, seen: &Seen) -> AnyView {
    view! {
        <span class="card-title">{seen.task.name.clone()}</span>
        <div class="card-meta">{facts(desk, seen)}</div>
    }
    .into_any()
}

fn facts(desk: Desk, seen: &Seen) -> AnyView {
    let Seen { task, status, comments, owner, awaited } = seen;
    let (done, items) = (task.checklist.iter().filter(|item| item.done).count(), task.checklist.len());
    let percent = Some(task.progress.percent).filter(|percent| *percent > 0 && !status.is_over());
    let Owner { name, hue, has_left } = owner;
    let (disc, has_left) = (initial(name), *has_left);
    let name = titled(name, has_left);
    view! {
        <span class="card-number">{task.number}</span>
        {task.blocked.as_ref().map(|blocked| blocked_mark(blocked, awaited.clone()))}
        {priority_mark(task.priority)}
        {task.due.map(|date| due_mark(desk, date, *status))}
        {percent.map(progress_mark)}
        {(items > 0).then(|| view! {
            <span class="count-mark" title=t!("board.checklist", done = done, count = items)>
                <Icon icon=LuSquareCheck small=true />
                <span class="visually-hidden">{t!("board.checklist_label")}</span>
                {format!("{done}/{items}")}
            </span>
        })}
        {(*comments > 0).then(|| view! {
            <span class="count-mark" title=t!("board.comments", count = comments)>
                <Icon icon=LuMessageSquare small=true />
                <span class="visually-hidden">{t!("board.comments_label")}</span>
                {*comments}
            </span>
        })}
        <span class="card-labels">
            {task.labels.iter().map(|label| {
                view! { <span class="chip" style:--hue=label_hue(label).to_string()>{label.clone()}</span> }
            }).collect_view()}
        </span>
        <span
            class="avatar small card-owner"
            style:--hue=hue.to_string()
            data-inactive=has_left.then_some("")
            title=name.clone()
            aria-hidden="true"
        >
            {disc}
        </span>
        <span class="visually-hidden">{t!("board.owned_by", name = name)}</span>
    }
    .into_any()
}

fn blocked_mark(blocked: &Blocked, awaited: Option<String>) -> AnyView {
    let days = (now().micros_since(blocked.since)).max(0) / DAY;
    let text = if days > 0 { t!("board.blocked_days", days = days) } else { t!("board.blocked") };
    let awaited = awaited.unwrap_or_default();
    let title = awaited.clone();
    view! {
        <span class="blocked" title=title>
            {text}
            <span class="visually-hidden">{awaited}</span>
        </span>
    }
    .into_any()
}

fn priority_mark(priority: Priority) -> AnyView {
    let word = words::priority(priority);
    let hidden = (priority == Priority::Medium).then(|| t!("board.priority_of", priority = word));
    view! {
        <span class="priority" data-priority=words::priority_key(priority)>
            {match hidden {
                Some(hidden) => view! { <span class="visually-hidden">{hidden}</span> }.into_any(),
                None => word.into_any(),
            }}
        </span>
    }
    .into_any()
}

fn due_mark(desk: Desk, date: Date, status: Status) -> AnyView {
    desk.today.track();
    let due = due(date);
    // What is over is not late any more; and a day far off says more than a count of days.
    let (key, text) =
        if status.is_over() || due.key == "later" { ("later", desk.day(date)) } else { (due.key, due.words) };
    view! {
        <time class="due" data-due=key datetime=date.to_string() title=t!("board.due_on", date = desk.day(date))>
            {text}
        </time>
    }
    .into_any()
}

fn progress_mark(percent: u8) -> AnyView {
    view! {
        <span class="progress" style:--value=percent.to_string() title=t!("board.progress")>
            <span class="visually-hidden">{t!("board.progress")}</span>
            <span class="progress-figure">{format!("{percent}%")}</span>
        </span>
    }
    .into_any()
}
