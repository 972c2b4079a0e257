//! Home: what runs and asks, what is late or near, and my projects.

mod area;
mod founding;
mod mine;
mod now;

use leptos::prelude::*;
use rust_i18n::t;
use shared::id::ProjectId;

pub use self::area::AREA;
use self::founding::Founding;
use self::mine::{Ahead, DAYS_AHEAD, Mine, Point, my_projects, points};
use self::now::{MyAsks, Running};
use crate::format;
use crate::project::{overview_address, stage_key};
use crate::sync::{Replica, now};
use crate::ui::{PageHead, page_title, tr};
use crate::words;

/// The page behind `/`.
#[component]
pub fn Home() -> impl IntoView {
    page_title(|| t!("home.title"));
    let replica = Replica::expect();
    let projects = my_projects(replica);
    let is_empty = Memo::new(move |_| projects.with(Vec::is_empty));
    view! {
        <PageHead title=tr("home.title") />
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
    view! {
        <div class="home">
            <header class="home-head">
                <p class="home-date">{format::long_day(format::today())}</p>
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
    let points = Memo::new(move |_| projects.with(|projects| points(projects)));
    let late = move || points.with(|points| points.iter().filter(|point| point.milestone.days < 0).count());
    let late = Memo::new(move |_| late());
    view! {
        <div class="home">
            <header class="home-head">
                <p class="home-date">{format::long_day(format::today())}</p>
                <p class="home-sum">
                    {greeting(Replica::expect())}
                    {move || {
                        let count = late.get();
                        (count > 0).then(|| view! { " " <strong>{t!("home.late", count = count)}</strong> })
                    }}
                </p>
            </header>
            <Running />
            <MyAsks />
            <section class="section home-projects">
                <header class="section-head">
                    <h2>{t!("home.coming")}</h2>
                </header>
                <Coming points />
            </section>
            <section class="section home-tasks">
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
    }
}

/// The milestones that are late, and those of the next days.
#[component]
fn Coming(points: Memo<Vec<Point>>) -> impl IntoView {
    let part = move |is_late: bool| {
        Memo::new(move |_| {
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
                        {due(&point.milestone)}
                    </a>
                </li>
            </For>
        </ul>
    }
}

#[component]
fn MyProjects(projects: Memo<Vec<Mine>>) -> impl IntoView {
    let ids =
        Memo::new(move |_| projects.with(|projects| projects.iter().map(|project| project.id).collect::<Vec<_>>()));
    view! {
        <div class="table-wrap">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!("home.project")}</th>
                        <th scope="col">{t!("home.number")}</th>
                        <th scope="col">{t!("home.stage")}</th>
                        <th scope="col">{t!("home.my_role")}</th>
                        <th scope="col">{t!("home.next_milestone")}</th>
                        <th scope="col" class="figure">
                            {t!("home.due")}
                        </th>
                    </tr>
                </thead>
                <tbody>
                    <For each=move || ids.get() key=|id| *id let(id)>
                        <Row id projects />
                    </For>
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(id: ProjectId, projects: Memo<Vec<Mine>>) -> impl IntoView {
    let project =
        Memo::new(move |_| projects.with(|projects| projects.iter().find(|project| project.id == id).cloned()));
    view! { <tr>{move || project.get().map(cells)}</tr> }
}

fn cells(project: Mine) -> AnyView {
    let next = project.ahead.first();
    let (next_name, next_due) = (next.map(|next| next.name.clone()), next.map(due));
    view! {
        <th scope="row">
            <a class="row-link" href=overview_address(project.id)>
                {project.name}
            </a>
        </th>
        <td>
            <span class="number">{project.number}</span>
        </td>
        <td>
            <span class="status" data-status=stage_key(project.stage)>
                {words::stage(project.stage)}
            </span>
        </td>
        <td data-label=t!("home.my_role")>{words::role(project.role)}</td>
        <td data-label=t!("home.next_milestone")>{next_name}</td>
        <td class="figure">{next_due}</td>
    }
    .into_any()
}

/// When a milestone is due, as near as it is.
fn due(milestone: &Ahead) -> AnyView {
    let (key, text) = match milestone.days {
        ..0 => ("overdue", t!("home.days_late", days = -milestone.days).into_owned()),
        0 => ("today", t!("home.today").into_owned()),
        1..=7 => ("soon", format::day(milestone.date)),
        _ => ("later", format::day(milestone.date)),
    };
    view! {
        <time class="due" data-due=key datetime=milestone.date.to_string() title=format::day(milestone.date)>
            {text}
        </time>
    }
    .into_any()
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
