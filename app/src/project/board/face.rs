//! What a card shows of its task.

use std::sync::Arc;

use icondata_core::IconData;
use icondata_lu::{LuEllipsis, LuMessageSquare, LuSquareCheck};
use leptos::prelude::*;
use shared::Date;
use shared::id::TaskId;
use shared::organisation::Company;
use shared::project::board::Status;
use shared::project::task::{AwaitedFrom, Blocked, Priority, Task};
use web_sys::{DocumentFragment, HtmlElement};

use super::desk::{Desk, Holder};
use super::focus::element_id;
use super::menu::CARD_MENU;
use super::write::{blank, children, copy, place, put, style};
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

thread_local! {
    /// Cards are cloned from these.
    static BLANKS: Blanks = Blanks::new();
}

/// Cards that show all that cards can show, of nothing.
struct Blanks {
    inside: DocumentFragment,
    /// Of a card under the pointer: nothing in it can be reached.
    carried: DocumentFragment,
    /// What every card tells; the others only where there is something to tell.
    facts: DocumentFragment,
    hidden: DocumentFragment,
    blocked: DocumentFragment,
    due: DocumentFragment,
    progress: DocumentFragment,
    checklist: DocumentFragment,
    comments: DocumentFragment,
    label: DocumentFragment,
    holder: DocumentFragment,
}

impl Blanks {
    fn new() -> Self {
        Self {
            inside: blank(view! {
                <a class="card-title" tabindex="-1" draggable="false"></a>
                <div class="card-meta"></div>
                <button
                    type="button"
                    class="button ghost icon small card-menu"
                    tabindex="-1"
                    aria-haspopup="menu"
                    popovertarget=CARD_MENU
                >
                    <Icon icon=LuEllipsis small=true />
                </button>
            }),
            carried: blank(view! {
                <span class="card-title"></span>
                <div class="card-meta"></div>
            }),
            facts: blank(view! {
                <span class="card-number"></span>
                <span class="priority"></span>
                <span class="card-labels"></span>
                <span class="avatar small card-owner" aria-hidden="true"></span>
                <span class="visually-hidden"></span>
            }),
            hidden: blank(view! { <span class="visually-hidden"></span> }),
            blocked: blank(view! {
                <span class="blocked">
                    <span class="visually-hidden"></span>
                </span>
            }),
            due: blank(view! { <time class="due"></time> }),
            progress: blank(view! {
                <span class="progress">
                    <span class="visually-hidden"></span>
                    <span class="progress-figure"></span>
                </span>
            }),
            checklist: count_mark(LuSquareCheck),
            comments: count_mark(LuMessageSquare),
            label: blank(view! { <span class="chip"></span> }),
            holder: blank(view! {
                <span class="card-holder">
                    <span class="visually-hidden"></span>
                    <span aria-hidden="true"></span>
                </span>
            }),
        }
    }
}

fn count_mark(icon: &'static IconData) -> DocumentFragment {
    blank(view! {
        <span class="count-mark">
            <Icon icon small=true />
            <span class="visually-hidden"></span>
        </span>
    })
}

/// Writes a task onto its card. Where there was one before, its title and its menu stay: they may have the focus.
pub fn draw(card: &HtmlElement, desk: Desk, seen: &Seen, is_selected: bool, holder: Option<&Holder>) {
    let task = &seen.task;
    BLANKS.with(|blanks| {
        if card.first_element_child().is_none() {
            copy(&blanks.inside, card);
        }
        let [title, facts, menu, others @ ..] = &children(card)[..] else { return };
        for other in others {
            other.remove();
        }
        let id = element_id(task.id);
        put(title, "id", Some(&format!("{id}-name")));
        put(title, "href", Some(&task_address(desk.project, task.id)));
        title.set_text_content(Some(&task.name));
        put(facts, "id", Some(&format!("{id}-facts")));
        write_facts(facts, blanks, desk, seen, is_selected);
        put(menu, "aria-label", Some(&t!("board.card_menu", name = task.name)));
        put(card, "data-status", Some(words::status_key(seen.status)));
        put(card, "data-blocked", task.blocked.as_ref().map(|_| ""));
        if let Some(holder) = holder {
            write_holder(card, blanks, holder);
        }
    });
}

/// Writes a task onto a card that is carried by a pointer.
pub fn draw_carried(card: &HtmlElement, desk: Desk, seen: &Seen) {
    BLANKS.with(|blanks| {
        card.set_text_content(None);
        copy(&blanks.carried, card);
        let [title, facts] = &children(card)[..] else { return };
        title.set_text_content(Some(&seen.task.name));
        write_facts(facts, blanks, desk, seen, false);
    });
}

fn write_holder(card: &HtmlElement, blanks: &Blanks, holder: &Holder) {
    copy(&blanks.holder, card);
    let [.., badge] = &children(card)[..] else { return };
    style(badge, "--hue", Some(&holder.hue.to_string()));
    let [told, name] = &children(badge)[..] else { return };
    told.set_text_content(Some(&t!("board.held_by", name = holder.name)));
    name.set_text_content(Some(&holder.name));
}

fn write_facts(facts: &HtmlElement, blanks: &Blanks, desk: Desk, seen: &Seen, is_selected: bool) {
    let Seen { task, status, comments, owner, awaited } = seen;
    facts.set_text_content(None);
    copy(&blanks.facts, facts);
    let [number, priority, labels, disc, owned] = &children(facts)[..] else { return };
    if is_selected && let Some(mark) = place(&blanks.hidden, number) {
        mark.set_text_content(Some(&t!("board.selected")));
    }
    number.set_text_content(Some(&task.number.to_string()));
    if let Some(why) = &task.blocked
        && let Some(mark) = place(&blanks.blocked, priority)
    {
        write_blocked(&mark, why, awaited.as_deref().unwrap_or_default());
    }
    write_priority(priority, blanks, task.priority);
    if let Some(date) = task.due
        && let Some(mark) = place(&blanks.due, labels)
    {
        write_due(&mark, desk, date, *status);
    }
    let percent = task.progress.percent;
    if percent > 0
        && !status.is_over()
        && let Some(mark) = place(&blanks.progress, labels)
    {
        write_progress(&mark, percent);
    }
    let (done, items) = (task.checklist.iter().filter(|item| item.done).count(), task.checklist.len());
    if items > 0
        && let Some(mark) = place(&blanks.checklist, labels)
    {
        let title = t!("board.checklist", done = done, count = items);
        write_count(&mark, &title, &t!("board.checklist_label"), &format!("{done}/{items}"));
    }
    if *comments > 0
        && let Some(mark) = place(&blanks.comments, labels)
    {
        let title = t!("board.comments", count = comments);
        write_count(&mark, &title, &t!("board.comments_label"), &comments.to_string());
    }
    for _ in &task.labels {
        copy(&blanks.label, labels);
    }
    for (chip, label) in children(labels).iter().zip(&task.labels) {
        style(chip, "--hue", Some(&label_hue(label).to_string()));
        chip.set_text_content(Some(label));
    }
    let name = titled(&owner.name, owner.has_left);
    style(disc, "--hue", Some(&owner.hue.to_string()));
    put(disc, "data-inactive", owner.has_left.then_some(""));
    put(disc, "title", Some(&name));
    disc.set_text_content(Some(&initial(&owner.name)));
    owned.set_text_content(Some(&t!("board.owned_by", name = name)));
}

fn write_blocked(mark: &HtmlElement, blocked: &Blocked, awaited: &str) {
    let days = (now().micros_since(blocked.since)).max(0) / DAY;
    let text = if days > 0 { t!("board.blocked_days", days = days) } else { t!("board.blocked") };
    let [told] = &children(mark)[..] else { return };
    put(mark, "title", Some(awaited));
    told.set_text_content(Some(awaited));
    let _ = mark.prepend_with_str_1(&text);
}

fn write_priority(mark: &HtmlElement, blanks: &Blanks, priority: Priority) {
    let word = words::priority(priority);
    put(mark, "data-priority", Some(words::priority_key(priority)));
    if priority == Priority::Medium {
        copy(&blanks.hidden, mark);
        if let [told] = &children(mark)[..] {
            told.set_text_content(Some(&t!("board.priority_of", priority = word)));
        }
    } else {
        mark.set_text_content(Some(&word));
    }
}

fn write_due(mark: &HtmlElement, desk: Desk, date: Date, status: Status) {
    desk.today.track();
    let due = due(date);
    // What is over is not late any more; and a day far off says more than a count of days.
    let (key, text) =
        if status.is_over() || due.key == "later" { ("later", desk.day(date)) } else { (due.key, due.words) };
    put(mark, "data-due", Some(key));
    put(mark, "datetime", Some(&date.to_string()));
    put(mark, "title", Some(&t!("board.due_on", date = desk.day(date))));
    mark.set_text_content(Some(&text));
}

fn write_progress(mark: &HtmlElement, percent: u8) {
    let [told, figure] = &children(mark)[..] else { return };
    style(mark, "--value", Some(&percent.to_string()));
    put(mark, "title", Some(&t!("board.progress")));
    told.set_text_content(Some(&t!("board.progress")));
    figure.set_text_content(Some(&format!("{percent}%")));
}

fn write_count(mark: &HtmlElement, title: &str, told: &str, figure: &str) {
    let [.., label] = &children(mark)[..] else { return };
    put(mark, "title", Some(title));
    label.set_text_content(Some(told));
    let _ = mark.append_with_str_1(figure);
}
