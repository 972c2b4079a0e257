//! One card in its column: where it is, whose it is, who holds it.

use leptos::prelude::*;
use shared::id::TaskId;

use super::desk::Desk;
use super::face::{face, seen};
use super::focus::element_id;
use super::lane::{Lane, top_of};
use crate::reactive::memo;
use crate::words;

/// A card. What happens to it is heard by the board, once for all cards.
#[component]
pub fn Card(
    /// The column that it is in.
    lane: Lane,
    /// The task on it.
    task: TaskId,
) -> impl IntoView {
    let desk = Desk::expect();
    let seen = memo(move || seen(desk, task));
    let row = Memo::new(move |before: Option<&usize>| {
        let now = lane.drawn.with(|drawn| drawn.iter().find(|(other, _)| *other == task).map(|(_, row)| *row));
        now.or(before.copied()).unwrap_or_default()
    });
    let transform = move || {
        let makes_room = lane.slot.get().is_some_and(|(slot, makes_room)| makes_room && slot <= row.get());
        format!("translateY({}px)", top_of(row.get() + usize::from(makes_room)))
    };
    let is_lifted = move || desk.dragging.hand.with(|hand| hand.as_ref().is_some_and(|hand| hand.has_lifted(task)));
    let is_selected = memo(move || desk.selected.with(|selected| selected.contains(&task)));
    let holder = memo(move || desk.held.with(|held| held.get(&task).cloned()));
    let id = element_id(task);
    view! {
        <li
            class="card"
            id=id.clone()
            role="listitem"
            aria-roledescription=t!("board.card")
            aria-labelledby=format!("{id}-name")
            aria-describedby=format!("{id}-facts board-keys")
            aria-setsize=move || lane.count.get().to_string()
            aria-posinset=move || (row.get() + 1).to_string()
            tabindex=move || if lane.stop.get() == Some(task) { "0" } else { "-1" }
            data-task=task.to_string()
            data-status=move || seen.with(|seen| seen.as_ref().map(|seen| words::status_key(seen.status)))
            data-blocked=move || seen.with(|seen| seen.as_ref().is_some_and(|seen| seen.task.blocked.is_some())).then_some("")
            data-selected=move || is_selected.get().then_some("")
            data-lifted=move || is_lifted().then_some("")
            data-pending=move || desk.pending.with(|pending| pending.contains(&task)).then_some("")
            data-held=move || holder.with(Option::is_some).then_some("")
            style:--hue=move || holder.with(|holder| holder.as_ref().map(|holder| holder.hue.to_string()))
            style:transform=transform
        >
            {move || seen.with(|seen| seen.as_ref().map(|seen| face(desk, seen, is_selected)))}
            {move || {
                holder
                    .get()
                    .map(|holder| {
                        view! {
                            <span class="card-holder" style:--hue=holder.hue.to_string()>
                                <span class="visually-hidden">{t!("board.held_by", name = holder.name)}</span>
                                <span aria-hidden="true">{holder.name}</span>
                            </span>
                        }
                    })
            }}
        </li>
    }
    .into_any()
}
