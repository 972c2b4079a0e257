//! One's own tasks, from what the inbox says of them: at hand without any board, and without a network.

use leptos::prelude::*;
use shared::arrange::Arrange as _;
use shared::id::PersonId;
use shared::inbox::{BoardTask, Card};
use shared::project::board::Status;

use crate::project::task_address;
use crate::reactive::{For, Show, memo};
use crate::sync::Replica;
use crate::ui::due_mark;
use crate::words;

/// How many are shown before one asks for all.
const MOST: usize = 10;

/// A task as home lists it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Listed {
    /// Which.
    pub task: BoardTask,
    /// What is to be known of it.
    pub card: Card,
    /// Whose it is, where that is somebody else.
    pub owner: Option<PersonId>,
}

/// The tasks that are one's own or that one helps with, in projects that go on: what is due first comes first.
#[component]
pub fn MyTasks() -> impl IntoView {
    let replica = Replica::expect();
    let tasks = memo(move || mine(replica));
    let whole = RwSignal::new(false);
    let count = memo(move || tasks.with(Vec::len));
    let shown = memo(move || {
        let most = if whole.get() { usize::MAX } else { MOST };
        tasks.with(|tasks| tasks.iter().take(most).cloned().collect::<Vec<_>>())
    });
    view! {
        <section class="section home-tasks" aria-labelledby="home-tasks-title">
            <header class="section-head">
                <h2 id="home-tasks-title">{t!("home.my_tasks")}</h2>
                <Show when=move || { count.get() > 0 }>
                    <span class="home-count">{move || count.get()}</span>
                </Show>
            </header>
            <Show
                when=move || { count.get() > 0 }
                fallback=|| view! { <p class="section-note">{t!("home.no_tasks")}</p> }
            >
                <Tasks tasks=shown />
                <Show when=move || { count.get() > MOST && !whole.get() }>
                    <button type="button" class="button ghost small home-more" on:click=move |_| whole.set(true)>
                        {move || t!("home.more_tasks", count = count.get() - MOST)}
                    </button>
                </Show>
            </Show>
        </section>
    }
}

fn mine(replica: Replica) -> Vec<Listed> {
    replica.read(|view| {
        let Some(inbox) = view.inbox(replica.me()) else { return Vec::new() };
        let projects = view.projects();
        let goes_on = |task: &BoardTask| projects.get(&task.project).is_some_and(|project| !project.stage.is_over());
        let duties = inbox.duties.iter().filter(|(task, _)| goes_on(task));
        let mut tasks: Vec<Listed> =
            duties.map(|(task, duty)| Listed { task: *task, card: duty.card.clone(), owner: None }).collect();
        tasks.arrange_by_key(|Listed { task, card, .. }| (card.due.is_none(), card.due, card.priority, *task));
        tasks
    })
}

/// Some tasks, each with its project.
#[component]
pub fn Tasks(#[prop(into)] tasks: Signal<Vec<Listed>>) -> impl IntoView {
    view! {
        <ul class="home-list">
            <For each=move || tasks.get() key=Listed::clone let(listed)>
                <li>
                    <Row listed />
                </li>
            </For>
        </ul>
    }
}

#[component]
fn Row(listed: Listed) -> impl IntoView {
    let replica = Replica::expect();
    let Listed { task, card, owner } = listed;
    let id = task.project;
    let project = move || {
        replica.read(|view| view.project(id).map(|project| project.registration.name.clone())).unwrap_or_default()
    };
    let (priority, word) = (words::priority_key(card.priority), words::priority(card.priority));
    let title = word.clone();
    let whose = match owner {
        Some(owner) => Some(words::person_name(replica, owner)),
        None => (!card.owned).then(|| t!("home.helping").into_owned()),
    };
    view! {
        <a class="home-row home-task" href=task_address(task.project, task.task)>
            <span class="priority" data-priority=priority title=title>
                <span class="visually-hidden">{word}</span>
            </span>
            <span class="home-title">{card.name}</span>
            {(card.status == Status::Blocked).then(|| view! { <span class="blocked">{words::status(card.status)}</span> })}
            {whose.map(|whose| view! { <span class="home-whose">{whose}</span> })}
            <span class="home-where">{project}</span>
            {card.due.map(due_mark)}
        </a>
    }
}
