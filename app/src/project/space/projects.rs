//! The projects that are here, and what lists and pages say of one.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::arrange::Arrange as _;
use shared::id::{DeliverableId, ProjectId, TaskId};
use shared::inbox::{BoardTask, Source};
use shared::project::deliverable::Standing;
use shared::project::{Milestone, Project, Stage};

use crate::reactive::memo;
use crate::sync::Replica;
use crate::ui::{Gone, Way, tabs};

/// Stands for the description of a task in addresses.
const DESCRIPTION: &str = "description";

/// All projects that are here, newest first; follows each of them and notices new ones.
pub fn all_projects(replica: Replica) -> Memo<Vec<Arc<Project>>> {
    memo(move || {
        let mut projects: Vec<Arc<Project>> = replica.read(|view| view.projects().values().cloned().collect());
        projects.arrange_by_cached_key(|project| std::cmp::Reverse(place(&project.number)));
        projects
    })
}

/// Where a number such as `P-2026-001` stands among all: by year, then in the order of registration.
fn place(number: &str) -> (u32, u32) {
    let mut parts = number.split('-').skip(1).map(|part| part.parse().unwrap_or_default());
    (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
}

/// The page of a project.
pub fn overview_address(project: ProjectId) -> String {
    format!("/projects/{project}")
}

/// The board of a project.
pub fn board_address(project: ProjectId) -> String {
    format!("/projects/{project}/board")
}

/// The deliverables of a project.
pub fn deliverables_address(project: ProjectId) -> String {
    format!("/projects/{project}/deliverables")
}

/// Where a deliverable is open beside the others.
pub fn deliverable_address(project: ProjectId, deliverable: DeliverableId) -> String {
    format!("{}?open={deliverable}", deliverables_address(project))
}

/// Where a task is open beside the project's board.
pub fn task_address(project: ProjectId, task: TaskId) -> String {
    format!("{}?task={task}", board_address(project))
}

/// Where a task is open at what was said in it.
pub fn said_address(task: BoardTask, source: Option<Source>) -> String {
    let address = task_address(task.project, task.task);
    match source {
        Some(Source::Comment(comment)) => format!("{address}&at={comment}"),
        Some(Source::Description) => format!("{address}&at={DESCRIPTION}"),
        Some(Source::Block(_)) | None => address,
    }
}

/// What an address of [`said_address`] is at.
pub fn said_at(at: &str) -> Option<Source> {
    match at {
        DESCRIPTION => Some(Source::Description),
        comment => comment.parse().ok().map(Source::Comment),
    }
}

/// A page of the project that the address names, while it is here for this person.
pub fn project_page(page: fn(Arc<Project>) -> AnyView) -> impl IntoView {
    let replica = Replica::expect();
    let params = use_params_map();
    let id = memo(move || params.with(|params| params.get("project")?.parse::<ProjectId>().ok()));
    let is_here = move |id: ProjectId| replica.read(|view| view.project(id).is_some());
    // A project that was here and is not any more was closed to this person while they looked at it.
    let seen = Memo::new(move |before: Option<&(Option<ProjectId>, bool)>| {
        let id = id.get();
        let was_here = before.is_some_and(|(before, seen)| *before == id && *seen);
        (id, was_here || id.is_some_and(is_here))
    });
    let shown = memo(move || id.get().filter(|id| is_here(*id)));
    move || {
        // Read while it is here as well: a memo remembers only what it was asked for.
        let (_, was_here) = seen.get();
        let first = shown.get().and_then(|id| replica.peek(|state| state.projects.get(&id).cloned()));
        first.map_or_else(|| gone(was_here), page)
    }
}

/// There is no such project for this person, with none of what it held.
fn gone(was_here: bool) -> AnyView {
    let (title, text) = if was_here {
        (tr!("project.revoked_title"), tr!("project.revoked_text"))
    } else {
        (tr!("project.gone_title"), tr!("project.gone_text"))
    };
    view! { <Gone title text address="/projects" name=tr!("project.all_projects") /> }.into_any()
}

/// A page of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tab {
    /// The overview.
    Overview,
    /// The board.
    Board,
    /// The deliverables.
    Deliverables,
}

/// The way between a project's pages.
pub fn project_tabs(project: ProjectId, here: Tab) -> AnyView {
    let ways = vec![
        Way::to(overview_address(project), tr!("project.overview")).here_if(here == Tab::Overview),
        Way::to(board_address(project), tr!("project.board")).here_if(here == Tab::Board),
        Way::to(deliverables_address(project), tr!("project.deliverables")).here_if(here == Tab::Deliverables),
    ];
    tabs(tr!("project.views"), ways)
}

/// Where a deliverable stands.
pub fn standing(standing: Standing) -> String {
    match standing {
        Standing::Awaited => t!("deliverable.awaited"),
        Standing::Submitted => t!("deliverable.submitted"),
        Standing::Returned => t!("deliverable.returned"),
        Standing::Accepted => t!("deliverable.accepted"),
    }
    .into_owned()
}

/// The same as the style sheets name it: by the shapes of a task's status.
pub const fn standing_key(standing: Standing) -> &'static str {
    match standing {
        Standing::Awaited => "todo",
        Standing::Submitted => "submitted",
        Standing::Returned => "blocked",
        Standing::Accepted => "done",
    }
}

/// A stage as the style sheets name it: by the shapes of a task's status.
pub const fn stage_key(stage: Stage) -> &'static str {
    match stage {
        Stage::Draft => "todo",
        Stage::Active => "in_progress",
        Stage::Accepting => "submitted",
        Stage::Closed => "done",
        Stage::Cancelled => "cancelled",
    }
}

/// The milestone that is to be reached next.
pub fn next_milestone(project: &Project) -> Option<&Milestone> {
    project.milestones.iter().find(|milestone| !milestone.done)
}
