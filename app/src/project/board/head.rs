//! The head of the board page: which project, who looks, a way to the overview.

use leptos::prelude::*;
use shared::arrange::Arrange as _;

use super::desk::Desk;
use super::quick_add;
use crate::project::space::{Tab, project_tabs};
use crate::reactive::{For, derived, memo};
use crate::ui::{Avatar, PageHead, Way, page_title};
use crate::words;

/// The head of the page.
#[component]
pub fn BoardHead() -> impl IntoView {
    let desk = Desk::expect();
    let project = desk.project;
    let title = Memo::new(move |before: Option<&(String, String)>| {
        desk.replica.read(|view| {
            let now = view.project(project);
            let now = now.map(|project| (project.registration.name.clone(), project.number.clone()));
            now.or_else(|| before.cloned()).unwrap_or_default()
        })
    });
    page_title(move || t!("board.page_title", project = title.get().0).into_owned());
    let onlookers = memo(move || {
        let mut people: Vec<_> =
            desk.replica.onlookers(desk.scope()).into_iter().map(|onlooker| onlooker.person).collect();
        people.arrange();
        people.dedup();
        people
    });
    let names = move || {
        let names: Vec<String> =
            onlookers.get().into_iter().map(|person| words::person_name(desk.replica, person)).collect();
        names.join(&t!("board.comma"))
    };
    view! {
        <PageHead
            title=derived(move || title.get().0)
            above=vec![Way::to("/projects", tr!("project.projects"))]
            subtitle=view! { <p class="page-subtitle number">{move || title.get().1}</p> }.into_any()
            beside=project_tabs(project, Tab::Board)
        >
                <div class="presence" role="group" aria-label=t!("board.onlookers") hidden=move || onlookers.with(Vec::is_empty)>
                    <For each=move || onlookers.get() key=|person| *person let(person)>
                        <Avatar person />
                    </For>
                    <span class="visually-hidden">{names}</span>
                </div>
                {move || {
                    desk.rights
                        .get()
                        .works
                        .then(|| {
                            view! {
                                <button type="button" class="button primary" on:click=move |_| quick_add::begin(desk, false)>
                                    {t!("board.new_task")}
                                    " "
                                    <kbd class="kbd" aria-hidden="true">
                                        {t!("board.new_task_key")}
                                    </kbd>
                                </button>
                            }
                        })
                }}
        </PageHead>
    }
    .into_any()
}
