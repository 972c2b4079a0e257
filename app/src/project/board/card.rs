//! One card in its column: where it is, whose it is, who holds it. A key in the filter may draw dozens of them: so a card
//! is a clone that two effects write into, where a view would have one for each of its attributes and texts.

use std::borrow::Cow;

use leptos::prelude::*;
use shared::id::TaskId;
use web_sys::wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::desk::Desk;
use super::face::{draw, seen};
use super::focus::element_id;
use super::lane::{Lane, top_of};
use super::write::{keep, put, style};
use crate::reactive::memo;

/// The attributes of a card that change, as [`attributes`] tells them.
const ATTRIBUTES: [&str; 6] =
    ["aria-setsize", "aria-posinset", "tabindex", "data-selected", "data-lifted", "data-pending"];

type Attributes = [Option<Cow<'static, str>>; ATTRIBUTES.len()];

/// A card. What happens to it is heard by the board, once for all cards.
#[component]
pub fn Card(
    /// The column that it is in.
    lane: Lane,
    /// The task on it.
    task: TaskId,
) -> impl IntoView {
    let id = element_id(task);
    view! {
        <li
            class="card"
            id=id.clone()
            role="listitem"
            aria-roledescription=t!("board.card")
            aria-labelledby=format!("{id}-name")
            aria-describedby=format!("{id}-facts board-keys")
            data-task=task.to_string()
            use:live=(lane, task)
        ></li>
    }
    .into_any()
}

/// Writes a card, and whatever becomes of it.
fn live(card: Element, (lane, task): (Lane, TaskId)) {
    let card = card.unchecked_into::<HtmlElement>();
    let desk = Desk::expect();
    let seen = memo(move || seen(desk, task));
    let row = Memo::new(move |before: Option<&usize>| {
        let now = lane.drawn.with(|drawn| drawn.iter().find(|(other, _)| *other == task).map(|(_, row)| *row));
        now.or(before.copied()).unwrap_or_default()
    });
    let is_selected = memo(move || desk.selected.with(|selected| selected.contains(&task)));
    let holder = memo(move || desk.held.with(|held| held.get(&task).cloned()));

    let element = card.clone();
    keep(RenderEffect::new(move |before: Option<(f64, Attributes)>| {
        let makes_room = lane.slot.get().is_some_and(|(slot, makes_room)| makes_room && slot <= row.get());
        let top = top_of(row.get() + usize::from(makes_room));
        let now = attributes(desk, lane, task, row.get(), is_selected.get());
        if before.as_ref().is_none_or(|(before, _)| before.total_cmp(&top).is_ne()) {
            style(&element, "transform", Some(&format!("translateY({top}px)")));
        }
        for (at, name) in ATTRIBUTES.iter().enumerate() {
            if before.as_ref().is_none_or(|(_, before)| before[at] != now[at]) {
                put(&element, name, now[at].as_deref());
            }
        }
        (top, now)
    }));
    keep(RenderEffect::new(move |_: Option<()>| {
        let holder = holder.get();
        style(&card, "--hue", holder.as_ref().map(|holder| holder.hue.to_string()).as_deref());
        put(&card, "data-held", holder.as_ref().map(|_| ""));
        seen.with(|seen| {
            if let Some(seen) = seen {
                draw(&card, desk, seen, is_selected.get(), holder.as_ref());
            }
        });
    }));
}

fn attributes(desk: Desk, lane: Lane, task: TaskId, row: usize, is_selected: bool) -> Attributes {
    let is_lifted = desk.dragging.hand.with(|hand| hand.as_ref().is_some_and(|hand| hand.has_lifted(task)));
    let is_pending = desk.pending.with(|pending| pending.contains(&task));
    let mark = |is_marked: bool| is_marked.then_some(Cow::Borrowed(""));
    [
        Some(lane.count.get().to_string().into()),
        Some((row + 1).to_string().into()),
        Some(if lane.stop.get() == Some(task) { "0" } else { "-1" }.into()),
        mark(is_selected),
        mark(is_lifted),
        mark(is_pending),
    ]
}
