//! The projects that are here, and what lists and pages say of one.

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::ProjectId;
use shared::project::{Milestone, Project, Stage};

use crate::sync::Replica;

/// All projects that are here, newest first; follows each of them and notices new ones.
pub fn all_projects(replica: Replica) -> Memo<Vec<Arc<Project>>> {
    Memo::new(move |_| {
        let mut projects: Vec<Arc<Project>> = replica.read(|view| view.projects().values().cloned().collect());
        projects.sort_by_cached_key(|project| std::cmp::Reverse(place(&project.number)));
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
