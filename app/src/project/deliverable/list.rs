//! The list of a project's deliverables: what is to be done first.

use std::sync::Arc;

use leptos::prelude::*;
use shared::arrange::Arrange as _;
use shared::id::{DeliverableId, PersonId};
use shared::project::deliverable::{Deliverable, Standing};

use super::Here;
use crate::project::space::{standing, standing_key};
use crate::reactive::{For, Show, memo};
use crate::ui::PersonTag;

/// All deliverables.
#[component]
pub fn List() -> impl IntoView {
    let here = Here::expect();
    let all = here.on_board(|board| {
        let mut all: Vec<Arc<Deliverable>> = board.record().deliverables.values().cloned().collect();
        // What waits for its accepter stands first, what is accepted last.
        all.arrange_by_key(|deliverable| (rank(deliverable.standing()), deliverable.created_at, deliverable.id));
        all
    });
    let all = memo(move || all.get().unwrap_or_default());
    let is_over = memo(move || here.project.with(|project| project.stage.is_over()));
    view! {
        <Show when=move || is_over.get()>
            <p class="section-note">{t!("deliverable.over")}</p>
        </Show>
        <Show
            when=move || !all.with(Vec::is_empty)
            fallback=|| {
                view! {
                    <div class="empty">
                        <h2>{t!("deliverable.empty_title")}</h2>
                        <p>{t!("deliverable.empty_text")}</p>
                    </div>
                }
            }
        >
            <p class="section-note" role="status">
                {move || {
                    all.with(|all| {
                        let accepted = all.iter().filter(|it| it.is_accepted()).count();
                        t!("deliverable.count", count = all.len(), accepted = accepted)
                    })
                }}
            </p>
            <div class="table-wrap">
                <table class="table delivery-table">
                    <thead>
                        <tr>
                            <th scope="col">{t!("deliverable.name")}</th>
                            <th scope="col">{t!("deliverable.state")}</th>
                            <th scope="col">{t!("deliverable.producer")}</th>
                            <th scope="col">{t!("deliverable.accepter")}</th>
                            <th scope="col" class="figure">{t!("deliverable.version")}</th>
                            <th scope="col" class="figure">{t!("deliverable.returned_times")}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For each=move || all.get() key=key let(deliverable)>
                            <Row deliverable />
                        </For>
                    </tbody>
                </table>
            </div>
        </Show>
    }
}

/// A row is drawn anew when anything in it differs.
fn key(it: &Arc<Deliverable>) -> (DeliverableId, String, Standing, [Option<PersonId>; 2], Option<u32>, usize) {
    let people = [Some(it.producer), it.accepter];
    (it.id, it.name.clone(), it.standing(), people, latest(it), it.returns())
}

/// The number of the last version.
fn latest(deliverable: &Deliverable) -> Option<u32> {
    deliverable.versions.last().map(|version| version.number)
}

const fn rank(standing: Standing) -> u8 {
    match standing {
        Standing::Submitted => 0,
        Standing::Returned => 1,
        Standing::Awaited => 2,
        Standing::Accepted => 3,
    }
}

#[component]
fn Row(deliverable: Arc<Deliverable>) -> impl IntoView {
    let here = Here::expect();
    let id = deliverable.id;
    let opened = here.opened();
    let address = move || here.address.with(&[("open", &id.to_string())]);
    let stands = deliverable.standing();
    let (version, returns) = (latest(&deliverable), deliverable.returns());
    let (name, producer) = (deliverable.name.clone(), deliverable.producer);
    let asks = asks_me(here, deliverable.clone());
    view! {
        <tr aria-selected=move || (opened.get() == Some(id)).then_some("true")>
            <th scope="row">
                <a class="row-link" href=address id=row_id(id)>
                    {name}
                </a>
            </th>
            <td data-label=t!("deliverable.state")>
                <span class="status" data-status=standing_key(stands)>{standing(stands)}</span>
                <Show when=move || asks.get()>
                    " "
                    <strong class="delivery-mine">{t!("deliverable.asks_you")}</strong>
                </Show>
            </td>
            <td data-label=t!("deliverable.producer")>
                <PersonTag person=producer />
            </td>
            <td data-label=t!("deliverable.accepter")>{accepter(here, deliverable)}</td>
            <td class="figure" data-label=t!("deliverable.version")>{version}</td>
            <td class="figure" data-label=t!("deliverable.returned_times")>{(returns > 0).then_some(returns)}</td>
        </tr>
    }
}

/// Names the link of a row.
pub fn row_id(deliverable: DeliverableId) -> String {
    format!("deliverable-{deliverable}")
}

/// Whether it is the person's turn who looks.
fn asks_me(here: Here, deliverable: Arc<Deliverable>) -> Memo<bool> {
    let me = here.replica.me();
    memo(move || {
        here.project.with(|project| match deliverable.standing() {
            Standing::Submitted => deliverable.decided_by(project, me).is_ok(),
            Standing::Awaited | Standing::Returned => deliverable.handed_in_by(project, me).is_ok(),
            Standing::Accepted => false,
        })
    })
}

/// Who accepts it, as it stands.
pub fn accepter(here: Here, deliverable: Arc<Deliverable>) -> AnyView {
    let person = memo(move || here.project.with(|project| deliverable.accepted_by(project)));
    (move || match person.get() {
        Some(person) => view! { <PersonTag person /> }.into_any(),
        None => view! { <span class="delivery-nobody">{t!("deliverable.nobody_accepts")}</span> }.into_any(),
    })
    .into_any()
}
