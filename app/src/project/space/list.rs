//! All projects that one may read: one dense table, filtered by what the address says.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use icondata_lu::{LuSearch, LuSquareKanban};
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_location, use_navigate, use_query_map};
use rust_i18n::t;
use shared::id::ProjectId;
use shared::project::{Project, Stage};

use super::due::due;
use super::projects::{all_projects, board_address, next_milestone, overview_address, stage_key};
use crate::format;
use crate::sync::Replica;
use crate::ui::{Icon, PersonTag, page_title};
use crate::words;

const STAGES: [Stage; 5] = [Stage::Draft, Stage::Active, Stage::Accepting, Stage::Closed, Stage::Cancelled];
/// How long typing rests before the address follows it.
const REST: Duration = Duration::from_millis(250);

/// The page behind `/projects`.
#[component]
pub fn ProjectList() -> impl IntoView {
    page_title(|| t!("project.projects"));
    let replica = Replica::expect();
    let projects = all_projects(replica);
    let is_empty = Memo::new(move |_| projects.with(Vec::is_empty));
    view! {
        <header class="page-head">
            <div class="page-title">
                <h1>{t!("project.projects")}</h1>
            </div>
            <div class="page-actions">
                <a class="button primary" href="/projects/new">
                    {t!("project.register_a_project")}
                </a>
            </div>
        </header>
        {move || {
            if is_empty.get() {
                view! { <NoProject /> }.into_any()
            } else {
                view! { <Filtered projects /> }.into_any()
            }
        }}
    }
}

/// What a project is for, and the first step.
#[component]
fn NoProject() -> impl IntoView {
    view! {
        <div class="page-body">
            <div class="empty">
                <h2>{t!("project.none_title")}</h2>
                <p>{t!("project.none_text")}</p>
                <a class="button primary" href="/projects/new">
                    {t!("project.register_the_first")}
                </a>
            </div>
        </div>
    }
}

#[component]
fn Filtered(projects: Memo<Vec<Arc<Project>>>) -> impl IntoView {
    let replica = Replica::expect();
    let query = use_query_map();
    let text = RwSignal::new(query.with_untracked(|query| query.get("q").unwrap_or_default()));
    let stage = Memo::new(move |_| {
        let key = query.with(|query| query.get("stage").unwrap_or_default());
        STAGES.into_iter().find(|stage| address_key(*stage) == key)
    });
    let address = address_writer();
    let typing = StoredValue::new(None::<TimeoutHandle>);
    let on_text = {
        let address = address.clone();
        move |typed: String| {
            text.set(typed.clone());
            let address = address.clone();
            if let Some(earlier) = typing.get_value() {
                earlier.clear();
            }
            typing.set_value(set_timeout_with_handle(move || address("q", &typed), REST).ok());
        }
    };
    let clear = {
        let address = address.clone();
        move |_| {
            text.set(String::new());
            address("", "");
        }
    };

    // What is under the pointer or the focus must not move: what comes meanwhile waits behind a button.
    let held = RwSignal::new(None::<BTreeSet<ProjectId>>);
    let fitting = Memo::new(move |_| {
        let text = text.get().trim().to_lowercase();
        let stage = stage.get();
        projects.with(|projects| {
            let fits = |project: &&Arc<Project>| {
                let lead = words::person_name(replica, project.lead);
                stage.is_none_or(|stage| stage == project.stage)
                    && [&project.registration.name, &project.number, &lead]
                        .iter()
                        .any(|text_of| text_of.to_lowercase().contains(&text))
            };
            projects.iter().filter(fits).map(|project| project.id).collect::<Vec<_>>()
        })
    });
    let shown = Memo::new(move |_| {
        let held = held.read();
        let is_shown = |id: &ProjectId| held.as_ref().is_none_or(|held| held.contains(id));
        fitting.get().into_iter().filter(is_shown).collect::<Vec<_>>()
    });
    let waiting = Memo::new(move |_| fitting.with(Vec::len) - shown.with(Vec::len));
    let hold = move || {
        if held.with_untracked(Option::is_none) {
            let all = projects.with_untracked(|projects| projects.iter().map(|project| project.id).collect());
            held.set(Some(all));
        }
    };
    let is_filtered = move || stage.get().is_some() || !text.read().trim().is_empty();
    view! {
        <div class="filters" role="search">
            <div class="filter-search">
                <Icon icon=LuSearch small=true />
                <input
                    type="search"
                    aria-label=t!("project.filter")
                    placeholder=t!("project.filter")
                    prop:value=move || text.get()
                    on:input=move |event| on_text(event_target_value(&event))
                />
            </div>
            <label class="filter" data-set=move || stage.get().map(|_| "")>
                <span>{t!("project.stage")}</span>
                <select on:change=move |event| address("stage", &event_target_value(&event))>
                    <option value="" prop:selected=move || stage.get().is_none()>
                        {t!("project.any_stage")}
                    </option>
                    {STAGES
                        .into_iter()
                        .map(|each| {
                            view! {
                                <option value=address_key(each) prop:selected=move || stage.get() == Some(each)>
                                    {words::stage(each)}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </label>
            <Show when=is_filtered>
                <button type="button" class="link filters-clear" on:click=clear.clone()>
                    {t!("project.clear_filter")}
                </button>
            </Show>
            <span class="filters-count" role="status">
                {move || t!("project.count", count = shown.with(Vec::len))}
            </span>
        </div>
        <div class="page-body">
            <Show when=move || { waiting.get() > 0 }>
                <button type="button" class="new-rows" on:click=move |_| held.set(None)>
                    {move || t!("project.new_rows", count = waiting.get())}
                </button>
            </Show>
            <div
                class="table-wrap project-list"
                on:pointerenter=move |_| hold()
                on:pointerleave=move |_| held.set(None)
                on:focusin=move |_| hold()
                on:focusout=move |_| held.set(None)
            >
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!("project.name")}</th>
                            <th scope="col">{t!("project.number")}</th>
                            <th scope="col">{t!("project.stage")}</th>
                            <th scope="col">{t!("project.lead")}</th>
                            <th scope="col">{t!("project.start")}</th>
                            <th scope="col">{t!("project.next_milestone")}</th>
                            <th scope="col">{t!("project.my_role")}</th>
                            <th scope="col">{t!("project.readers")}</th>
                            <th scope="col">
                                <span class="visually-hidden">{t!("project.actions")}</span>
                            </th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || shown.get() key=|id| *id let(id)>
                            <Row id projects />
                        </For>
                    </tbody>
                </table>
            </div>
            <Show when=move || { shown.with(Vec::is_empty) && waiting.get() == 0 }>
                <div class="empty">
                    <p>{t!("project.no_match")}</p>
                </div>
            </Show>
        </div>
    }
}

#[component]
fn Row(id: ProjectId, projects: Memo<Vec<Arc<Project>>>) -> impl IntoView {
    let replica = Replica::expect();
    let me = replica.me();
    let project =
        Memo::new(move |_| projects.with(|projects| projects.iter().find(|project| project.id == id).cloned()));
    let cells = move |project: Arc<Project>| {
        let name = project.registration.name.clone();
        let role = project.role(me).map(words::role);
        let readers =
            if project.registration.open { t!("project.open_to_company") } else { t!("project.members_only") };
        view! {
            <th scope="row">
                <a class="row-link" href=overview_address(id)>
                    {name.clone()}
                </a>
            </th>
            <td>
                <span class="number">{project.number.clone()}</span>
            </td>
            <td>
                <span class="status" data-status=stage_key(project.stage)>
                    {words::stage(project.stage)}
                </span>
            </td>
            <td data-label=t!("project.lead")>
                <PersonTag person=project.lead />
            </td>
            <td data-label=t!("project.start")>
                <time datetime=project.registration.start.to_string()>{format::day(project.registration.start)}</time>
            </td>
            <td data-label=t!("project.next_milestone")>{next(&project)}</td>
            <td data-label=t!("project.my_role")>{role}</td>
            <td data-label=t!("project.readers")>{readers}</td>
            <td class="row-actions">
                <a
                    class="button ghost icon small"
                    href=board_address(id)
                    aria-label=t!("project.open_board_of", name = name)
                    title=t!("project.board")
                >
                    <Icon icon=LuSquareKanban small=true />
                </a>
            </td>
        }
    };
    view! { <tr>{move || project.get().map(cells)}</tr> }
}

/// The next milestone with how near it is; nothing once the project is over.
fn next(project: &Project) -> Option<impl IntoView + use<>> {
    let milestone = next_milestone(project).filter(|_| !project.stage.is_over())?;
    let due = due(milestone.date);
    let text = t!("project.milestone_and_when", name = milestone.name, when = due.words);
    Some(view! {
        <time class="due" data-due=due.key datetime=milestone.date.to_string() title=format::day(milestone.date)>
            {text}
        </time>
    })
}

/// A stage in the address.
const fn address_key(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => "draft",
        Stage::Active => "active",
        Stage::Accepting => "accepting",
        Stage::Closed => "closed",
        Stage::Cancelled => "cancelled",
    }
}

/// Writes one part of the filter into the address; an empty name clears all of it.
fn address_writer() -> impl Fn(&str, &str) + Clone + Send + Sync + 'static {
    let query = use_query_map();
    let path = use_location().pathname;
    let navigate = StoredValue::new_local(use_navigate());
    move |name: &str, value: &str| {
        let mut query = query.get_untracked();
        if name.is_empty() {
            query = leptos_router::params::ParamsMap::new();
        } else {
            query.remove(name);
        }
        if !value.is_empty() {
            query.insert(name.to_owned(), value.to_owned());
        }
        let address = format!("{}{}", path.get_untracked(), query.to_query_string());
        let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
        navigate.with_value(|navigate| navigate(&address, options));
    }
}
