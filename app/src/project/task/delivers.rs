//! What the task delivers, with the way to where it is handed in and accepted.

use leptos::prelude::*;
use shared::id::DeliverableId;
use shared::project::deliverable::Standing;

use super::fields::Property;
use super::subject::Subject;
use crate::project::space::{deliverable_address, deliverables_address, standing, standing_key};
use crate::reactive::{For, Show, memo};
use crate::ui::Errors;

/// The deliverables of the task.
#[component]
pub fn Delivers() -> impl IntoView {
    let subject = Subject::expect();
    let list = subject.on_board(move |board| {
        let all = board.deliverables_of(subject.id);
        all.map(|it| (it.id, it.name.clone(), it.standing())).collect::<Vec<(DeliverableId, String, Standing)>>()
    });
    let list = memo(move || list.get().unwrap_or_default());
    let status = subject.status();
    let add = format!("{}?new={}", deliverables_address(subject.project), subject.id);
    view! {
        <Property label=t!("deliverable.of_task") errors=Errors::new()>
            <Show when=move || !list.with(Vec::is_empty)>
                <ul>
                    <For each=move || list.get() key=Clone::clone let((id, name, stands))>
                        <li>
                            <span class="status" data-status=standing_key(stands)>
                                <a href=deliverable_address(subject.project, id)>{name}</a>
                                <small>{standing(stands)}</small>
                            </span>
                        </li>
                    </For>
                </ul>
            </Show>
            <Show
                when=move || subject.works.get() && !status.get().is_over()
                fallback=move || list.with(Vec::is_empty).then(|| t!("task.none"))
            >
                <a class="property unset" href=add.clone()>
                    {t!("deliverable.add_to_task")}
                </a>
            </Show>
        </Property>
    }
}
