//! All projects that one may read: one dense table, filtered by what the address says.

use std::collections::BTreeSet;
use std::sync::Arc;

use icondata_lu::LuSquareKanban;
use leptos::prelude::*;
use shared::id::ProjectId;
use shared::project::{Project, Stage};

use super::due::due;
use super::projects::{all_projects, board_address, next_milestone, overview_address, stage_key};
use crate::format;
use crate::reactive::{For, Show, memo};
use crate::sync::Replica;
use crate::ui::{Address, FilterSelect, FilterText, Filters, Icon, PageHead, PersonTag, page_title};
use crate::words;

const STAGES: [Stage; 5] = [Stage::Draft, Stage::Active, Stage::Accepting, Stage::Closed, Stage::Cancelled];

/// The page behind `/projects`.
#[component]
pub fn ProjectList() -> impl IntoView {
    page_title(|| t!("project.projects"));
    let replica = Replica::expect();
    let projects = all_projects(replica);
    let is_empty = memo(move || projects.with(Vec::is_empty));
    view! {
        <PageHead title=tr!("project.projects")>
            <a class="button primary" href="/projects/new">
                {t!("project.register_a_project")}
            </a>
        </PageHead>
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
    let filters = Filters::of(Address::of("/projects".to_owned()), &["stage"], false);
    let text = filters.text;
    let stage = memo(move || {
        let key = filters.get("stage");
        STAGES.into_iter().find(|stage| address_key(*stage) == key)
    });
    let stages = STAGES.map(|stage| (address_key(stage).to_owned(), words::stage(stage)));

    // What is under the pointer or the focus must not move: what comes meanwhile waits behind a button.
    let held = RwSignal::new(None::<BTreeSet<ProjectId>>);
    let fitting = memo(move || {
        let text = text.with(|text| text.to_lowercase());
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
    let shown = memo(move || {
        let held = held.read();
        let is_shown = |id: &ProjectId| held.as_ref().is_none_or(|held| held.contains(id));
        fitting.get().into_iter().filter(is_shown).collect::<Vec<_>>()
    });
    let waiting = memo(move || fitting.with(Vec::len) - shown.with(Vec::len));
    let hold = move || {
        if held.with_untracked(Option::is_none) {
            let all = projects.with_untracked(|projects| projects.iter().map(|project| project.id).collect());
            held.set(Some(all));
        }
    };
    let is_filtered = move || stage.get().is_some() || !text.read().is_empty();
    view! {
        <div class="filters" role="search">
            <FilterText filters label=tr!("project.filter") hint=tr!("project.filter") />
            <FilterSelect
                filters
                key="stage"
                label=tr!("project.stage")
                any=tr!("project.any_stage")
                options=Signal::stored(stages.to_vec())
            />
            <Show when=is_filtered>
                <button type="button" class="link filters-clear" on:click=move |_| filters.clear()>
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
                            <Row id />
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
fn Row(id: ProjectId) -> impl IntoView {
    let replica = Replica::expect();
    let me = replica.me();
    let project = memo(move || replica.read(|view| view.project(id).cloned()));
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
            <td data-wide data-label=t!("project.next_milestone")>{next(&project)}</td>
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
