//! Home: what runs and asks, my tasks, what is late or near, and my projects. Each fact stands in one place: what the list
//! of tasks or of milestones says is not among what asks.

mod area;
mod founding;
mod late;
mod mine;
mod now;
mod tasks;

use leptos::prelude::*;

pub use self::area::AREA;
use self::founding::Founding;
use self::late::Late;
use self::mine::{DAYS_AHEAD, Mine, Point, my_projects, points};
use self::now::{MyAsks, Running};
use self::tasks::MyTasks;
use crate::format;
use crate::project::{overview_address, stage_key};
use crate::reactive::{For, Show, memo};
use crate::sync::{Replica, now};
use crate::ui::{PageHead, Seconds, due_mark, page_title};
use crate::words;

/// The page behind `/`.
#[component]
pub fn Home() -> impl IntoView {
    page_title(|| t!("home.title"));
    let replica = Replica::expect();
    let projects = my_projects(replica);
    let is_empty = memo(move || projects.with(Vec::is_empty));
    view! {
        <PageHead title=tr!("home.title") />
        <div class="page-body">
            <Founding />
            {move || {
                if is_empty.get() {
                    view! { <Empty /> }.into_any()
                } else {
                    view! { <Day projects /> }.into_any()
                }
            }}
        </div>
    }
}

/// Nothing is mine yet: what a project is for, and the first step.
#[component]
fn Empty() -> impl IntoView {
    let day = Seconds::expect().day();
    view! {
        <div class="home">
            <header class="home-head">
                <p class="home-date">{move || format::long_day(day.get())}</p>
                <p class="home-sum">{greeting(Replica::expect())}</p>
            </header>
            <Running />
            <MyAsks />
            <div class="empty">
                <h2>{t!("home.none_title")}</h2>
                <p>{t!("home.none_text")}</p>
                <a class="button primary" href="/projects/new">
                    {t!("home.register")}
                </a>
                <a class="link" href="/projects">
                    {t!("home.all_projects")}
                </a>
            </div>
        </div>
    }
}

#[component]
fn Day(projects: Memo<Vec<Mine>>) -> impl IntoView {
    let day = Seconds::expect().day();
    view! {
        <div class="home">
            <header class="home-head">
                <p class="home-date">{move || format::long_day(day.get())}</p>
                <p class="home-sum">{greeting(Replica::expect())}</p>
            </header>
            <Running />
            <div class="home-main">
                <MyAsks />
                <MyTasks />
                <Late projects />
            </div>
            <div class="home-side">
                <section class="section">
                    <header class="section-head">
                        <h2>{t!("home.coming")}</h2>
                    </header>
                    <Coming projects />
                </section>
                <section class="section">
                    <header class="section-head">
                        <h2>{t!("home.my_projects")}</h2>
                        <div class="section-actions">
                            <a class="link" href="/projects">
                                {t!("home.all_projects")}
                            </a>
                        </div>
                    </header>
                    <MyProjects projects />
                </section>
            </div>
        </div>
    }
}

/// The milestones that are late, and those of the next days.
#[component]
fn Coming(projects: Memo<Vec<Mine>>) -> impl IntoView {
    let points = memo(move || projects.with(|projects| points(projects)));
    let part = move |is_late: bool| {
        memo(move || {
            points.with(|points| {
                points.iter().filter(|point| (point.milestone.days < 0) == is_late).cloned().collect::<Vec<_>>()
            })
        })
    };
    let (late, near) = (part(true), part(false));
    view! {
        <Show when=move || { late.with(|late| !late.is_empty()) }>
            <h3 class="home-group">{t!("home.late_group")}</h3>
            <Points points=late />
        </Show>
        <h3 class="home-group">{t!("home.near_group", days = DAYS_AHEAD)}</h3>
        <Show
            when=move || { near.with(|near| !near.is_empty()) }
            fallback=|| view! { <p class="section-note">{t!("home.nothing_near")}</p> }
        >
            <Points points=near />
        </Show>
    }
}

#[component]
fn Points(points: Memo<Vec<Point>>) -> impl IntoView {
    view! {
        <ul class="home-list">
            <For each=move || points.get() key=Clone::clone let(point)>
                <li>
                    <a class="home-row" href=overview_address(point.project)>
                        <span class="home-title">{point.milestone.name.clone()}</span>
                        <span class="home-where">{point.project_name.clone()}</span>
                        {due_mark(point.milestone.date)}
                    </a>
                </li>
            </For>
        </ul>
    }
}

#[component]
fn MyProjects(projects: Memo<Vec<Mine>>) -> impl IntoView {
    view! {
        <ul class="home-list">
            <For each=move || projects.get() key=Mine::clone let(project)>
                <li>
                    <a class="home-row" href=overview_address(project.id)>
                        <span class="home-title">{project.name}</span>
                        <span class="home-where">{words::role(project.role)}</span>
                        <span class="status" data-status=stage_key(project.stage)>
                            {words::stage(project.stage)}
                        </span>
                    </a>
                </li>
            </For>
        </ul>
    }
}

/// A greeting by the time of day.
fn greeting(replica: Replica) -> impl Fn() -> String {
    move || {
        let name = words::person_name(replica, replica.me());
        match format::local(now()).hour() {
            5..12 => t!("home.morning", name = name),
            12..18 => t!("home.afternoon", name = name),
            _ => t!("home.evening", name = name),
        }
        .into_owned()
    }
}
