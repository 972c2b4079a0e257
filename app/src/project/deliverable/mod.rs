//! The deliverables of a project: all of them as a list, one of them opened beside it.

mod edit;
mod hand_in;
mod list;
mod sheet;
mod versions;

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::{DeliverableId, TaskId};
use shared::project::Project;
use shared::project::board::Board;
use shared::project::deliverable::{Deliverable, DeliverableCommand, DeliverableIntent};
use shared::{Command, Rejection, Scope};

use self::edit::Edit;
use self::list::List;
use self::sheet::Sheet;
use super::space::{Tab, deliverables_address, project_page, project_tabs};
use crate::reactive::{Show, memo};
use crate::sync::Replica;
use crate::ui::{Address, NotAtHand, PageHead, RowsOnTheirWay, Way, page_title};

/// The page behind `/projects/:project/deliverables`.
#[component]
pub fn Deliverables() -> impl IntoView {
    project_page(|first| view! { <Page first /> }.into_any())
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Here {
    replica: Replica,
    /// As it stands; tracked.
    project: Memo<Arc<Project>>,
    /// Whether the person who looks may add and hand in.
    works: Memo<bool>,
    /// What is opened, and what is to be made, are in it.
    address: Address,
    /// What is being made or changed.
    editing: RwSignal<Option<Draft>>,
}

/// A deliverable that is being made, for a task or none, or that is being changed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Draft {
    New(Option<TaskId>),
    Of(Arc<Deliverable>),
}

impl Here {
    fn expect() -> Self {
        expect_context()
    }

    fn act(self, intent: DeliverableIntent) -> Result<(), Rejection> {
        let project = self.project.with_untracked(|project| project.id);
        self.replica.act(Command::Deliverable(DeliverableCommand { project, intent }))
    }

    /// Does several things at once, which are taken back as one.
    fn act_all(self, intents: impl Iterator<Item = DeliverableIntent>) -> Result<(), Rejection> {
        let project = self.project.with_untracked(|project| project.id);
        self.replica.act_all(intents.map(|intent| Command::Deliverable(DeliverableCommand { project, intent })))
    }

    /// Something of the board; tracked.
    fn on_board<T: PartialEq + Send + Sync + 'static>(
        self,
        of: impl Fn(&Board) -> T + Send + Sync + 'static,
    ) -> Memo<Option<T>> {
        memo(move || {
            let project = self.project.with(|project| project.id);
            self.replica.read(|view| view.board(project).map(|board| of(board)))
        })
    }

    /// Which one is opened; tracked.
    fn opened(self) -> Memo<Option<DeliverableId>> {
        memo(move || self.address.get("open").parse().ok())
    }

    fn open(self, deliverable: DeliverableId) {
        self.address.push(&[("open", &deliverable.to_string())]);
    }

    fn close(self) {
        self.address.push(&[("open", "")]);
    }
}

#[component]
fn Page(first: Arc<Project>) -> impl IntoView {
    let replica = Replica::expect();
    let id = first.id;
    replica.watch(Scope::Board(id));
    let project = replica.follow(first, move |view| view.project(id).cloned());
    let works = memo(move || project.with(|project| project.worked_on_by(replica.me()).is_ok()));
    let address = Address::of(deliverables_address(id));
    let here = Here { replica, project, works, address, editing: RwSignal::new(None) };
    provide_context(here);
    let is_held = memo(move || replica.holds(Scope::Board(id)));
    let new = memo(move || address.get("new"));
    // Whoever comes from a task to add what it delivers finds the form open.
    Effect::new(move |_| {
        let task = new.get();
        if !task.is_empty() && is_held.get() {
            address.replace(&[("new", "")]);
            if works.get_untracked() {
                here.editing.set(Some(Draft::New(task.parse().ok())));
            }
        }
    });
    let name = memo(move || project.with(|project| project.registration.name.clone()));
    page_title(move || name.get());
    let opened = here.opened();
    view! {
        <PageHead
            title=name
            above=vec![Way::to("/projects", tr!("project.projects"))]
            beside=project_tabs(id, Tab::Deliverables)
        >
            <Show when=move || works.get()>
                <button
                    type="button"
                    class="button"
                    id="add-deliverable"
                    on:click=move |_| here.editing.set(Some(Draft::New(None)))
                >
                    {t!("deliverable.add")}
                </button>
            </Show>
        </PageHead>
        <div class="page-body" data-fill>
            <div class="delivery" data-opened=move || opened.get().map(|_| "")>
                {move || {
                    if is_held.get() {
                        view! { <List /> }.into_any()
                    } else {
                        view! {
                            <NotAtHand text=tr!("deliverable.not_here") />
                            <RowsOnTheirWay />
                        }
                        .into_any()
                    }
                }}
            </div>
            {move || opened.get().filter(|_| is_held.get()).map(|id| view! { <Sheet id /> })}
        </div>
        <Edit />
    }
}
