//! One project: template one in reading form, each section edited where it stands, by its lead.

mod baselines;
mod course;
mod departments;
mod facts;
mod lead;
mod members;
mod milestones;
mod paper;
mod results;
mod stage;
mod texts;

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use shared::id::ProjectId;
use shared::project::board::Board;
use shared::project::{Project, ProjectCommand, ProjectIntent, Stage};
use shared::{Command, Rejection, Scope};

use self::course::Course;
use self::departments::Departments;
use self::facts::Facts;
use self::lead::LeadHasLeft;
use self::members::Members;
use self::milestones::Milestones;
use self::paper::Paper;
use self::results::Results;
use self::stage::StageActions;
use self::texts::{Background, Problem};
use super::projects::{Tab, board_address, project_page, project_tabs};
use crate::reactive::memo;
use crate::sync::Replica;
use crate::ui::{PageHead, Way, page_title, printing};

/// The page behind `/projects/:project`.
#[component]
pub fn Overview() -> impl IntoView {
    project_page(|first| view! { <Space first /> }.into_any())
}

/// The project that the sections are about.
#[derive(Clone, Copy)]
pub(super) struct Here {
    replica: Replica,
    id: ProjectId,
    /// As it stands; tracked.
    project: Memo<Arc<Project>>,
    /// Whether the person who looks may change it.
    manages: Memo<bool>,
}

impl Here {
    fn expect() -> Self {
        expect_context()
    }

    /// Something of the project; tracked, and told only when it differs.
    fn map<T: PartialEq + Send + Sync + 'static>(self, of: impl Fn(&Project) -> T + Send + Sync + 'static) -> Memo<T> {
        memo(move || self.project.with(|project| of(project)))
    }

    /// Something of the board, once it is here; tracked.
    fn on_board<T: PartialEq + Send + Sync + 'static>(
        self,
        of: impl Fn(&Board) -> T + Send + Sync + 'static,
    ) -> Memo<Option<T>> {
        memo(move || self.replica.read(|view| view.board(self.id).map(|board| of(board))))
    }

    /// Something of the project as it is now.
    fn now<T>(self, of: impl FnOnce(&Project) -> T) -> T {
        self.project.with_untracked(|project| of(project))
    }

    /// Does something to it.
    fn act(self, intent: ProjectIntent) -> Result<(), Rejection> {
        self.replica.act(Command::Project(ProjectCommand::On { project: self.id, intent }))
    }
}

#[component]
fn Space(first: Arc<Project>) -> impl IntoView {
    let replica = Replica::expect();
    let me = replica.me();
    let id = first.id;
    let project = Memo::new(move |before: Option<&Arc<Project>>| {
        let now = replica.read(|view| view.project(id).cloned());
        // Between losing the project and leaving this page the last state stands in, unseen.
        now.unwrap_or_else(|| before.unwrap_or(&first).clone())
    });
    let manages = memo(move || project.with(|project| project.managed_by(me).is_ok()));
    let here = Here { replica, id, project, manages };
    provide_context(here);
    // What is on record of the project comes with its board.
    replica.watch(Scope::Board(id));

    let name = here.map(|project| project.registration.name.clone());
    let number = here.map(|project| project.number.clone());
    page_title(move || name.get());
    let printing = printing();
    view! {
        <PageHead
            title=name
            above=vec![Way::to("/projects", tr!("project.projects"))]
            subtitle=view! { <p class="page-subtitle number">{move || number.get()}</p> }.into_any()
            beside=project_tabs(id, Tab::Overview)
        >
            <StageActions />
        </PageHead>
        <div class="page-body">
            {move || {
                if printing.get() { view! { <Paper /> }.into_any() } else { view! { <Sections /> }.into_any() }
            }}
        </div>
    }
}

#[component]
fn Sections() -> impl IntoView {
    let naming = RwSignal::new(false);
    view! {
        <Notices />
        <LeadHasLeft asking=naming />
        <div class="aside-grid">
            <div>
                <Facts naming />
                <Background />
                <Problem />
                <Results />
                <Departments />
                <Course />
            </div>
            <div>
                <Milestones />
                <Members />
            </div>
        </div>
    }
}

/// What to do next, or why there is nothing to do.
#[component]
fn Notices() -> impl IntoView {
    let here = Here::expect();
    let me = here.replica.me();
    let query = use_query_map();
    let is_new = memo(move || query.with(|query| query.get("registered").is_some()));
    let state = here.map(move |project| (project.stage, project.role(me).is_some()));
    move || {
        let (stage, is_member) = state.get();
        let board = board_address(here.id);
        if is_new.get() && is_member {
            let text = if stage == Stage::Draft { t!("project.saved_as_draft") } else { t!("project.registered") };
            view! {
                <div class="notice" data-kind="info" role="status" style:margin-block-end="16px">
                    <p>{text}</p>
                    <a class="button small" href=board>
                        {t!("project.to_the_board")}
                    </a>
                </div>
            }
            .into_any()
        } else if !is_member {
            view! {
                <div class="notice" data-kind="info" style:margin-block-end="16px">
                    <p>{t!("project.reading_along")}</p>
                </div>
            }
            .into_any()
        } else if stage == Stage::Draft {
            view! {
                <div class="notice" data-kind="info" style:margin-block-end="16px">
                    <p>{t!("project.is_a_draft")}</p>
                </div>
            }
            .into_any()
        } else {
            ().into_any()
        }
    }
}
