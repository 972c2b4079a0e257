//! One column: its head, the cards in view, the slot of a drag, quick add at its foot.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use shared::arrange::Arrange as _;
use shared::id::{ColumnId, TaskId};
use shared::project::board::Column;
use shared::project::board::drag::{SLOT, rows_in_view};
use web_sys::HtmlElement;

use super::cards::draw_cards;
use super::column_menu::ColumnMenu;
use super::desk::Desk;
use super::lane::{Lane, top_of};
use super::quick_add::QuickAdd;
use crate::reactive::{effect, memo};
use crate::words;

/// How many cards are drawn beyond what is in view, once that is drawn.
const MORE: usize = 3;

/// One column of the board.
#[component]
pub fn ColumnView(
    /// Which.
    first: Column,
) -> impl IntoView {
    let desk = Desk::expect();
    let id = first.id;
    let column = Memo::new(move |before: Option<&Column>| {
        let now = desk.columns.with(|columns| columns.iter().find(|column| column.id == id).cloned());
        // Between its removal and this view's end the last state stands in.
        now.unwrap_or_else(|| before.unwrap_or(&first).clone())
    });
    let name = memo(move || column.with(|column| column.name.clone()));
    let limit = memo(move || column.with(|column| column.wip_limit));
    let total = memo(move || desk.read(|board| board.cards(id).len()).unwrap_or_default());
    let top = RwSignal::new(0.0_f64);
    let body = NodeRef::<html::Div>::new();
    let rows = rows(desk, id);
    let lane = lane(desk, id, rows, top);
    stay(desk, rows, top, body);
    effect(move || {
        if let Some(body) = body.get() {
            desk.register(id, body.into());
        }
    });
    let heading = format!("column-{id}");
    let (named_by, list_named_by) = (heading.clone(), heading.clone());
    let is_over = move || limit.get().is_some_and(|limit| total.get() > usize::from(limit));
    let is_target = move || desk.dragging.target.with(|target| target.is_some_and(|target| target.column == id));
    let room = move || lane.count.get() + usize::from(lane.slot.get().is_some_and(|(_, makes_room)| makes_room));
    view! {
        <section
            class="column"
            aria-labelledby=named_by
            data-over=move || is_over().then_some("")
            data-column=id.to_string()
            data-target=move || is_target().then_some("")
        >
            <header class="column-head">
                <h2
                    class="status"
                    id=heading
                    data-status=move || words::status_key(column.with(|column| column.status))
                    title=move || name.get()
                >
                    {move || name.get()}
                </h2>
                <Count shown=lane.count total limit />
                {move || desk.rights.get().manages.then(|| view! { <ColumnMenu column /> })}
            </header>
            <div
                class="column-body"
                node_ref=body
                on:scroll=move |_| {
                    if let Some(body) = body.get_untracked() {
                        top.set(f64::from(body.scroll_top()));
                    }
                }
            >
                <ul
                    class="column-space"
                    role="list"
                    aria-labelledby=list_named_by
                    style:height=move || format!("{}px", top_of(room()))
                    use:draw_cards=lane
                >
                    {move || {
                        lane.slot
                            .get()
                            .map(|(row, _)| {
                                view! {
                                    <li
                                        class="drop-slot"
                                        aria-hidden="true"
                                        style:transform=format!("translateY({}px)", top_of(row))
                                    ></li>
                                }
                            })
                    }}
                </ul>
                {move || (lane.count.get() == 0 && lane.slot.get().is_none()).then(|| empty(desk, id, total.get()))}
            </div>
            {move || desk.rights.get().works.then(|| view! { <QuickAdd column=id name /> })}
        </section>
    }
    .into_any()
}

/// The cards that a column shows: those that it has, but while something is dragged those that it had.
fn rows(desk: Desk, id: ColumnId) -> Memo<Arc<[TaskId]>> {
    let live = memo(move || {
        desk.shelves.with(|shelves| shelves.iter().find(|shelf| shelf.column == id).map(|shelf| shelf.cards.clone()))
    });
    memo(move || {
        let held = desk.dragging.hand.with(|hand| {
            let shelf = hand.as_ref()?.shelves.iter().find(|shelf| shelf.column == id)?;
            Some(shelf.cards.clone())
        });
        held.or_else(|| live.get()).unwrap_or_else(|| Arc::from([]))
    })
}

/// Keeps what is in view where it is when cards above it come or go, unless some in view have moved themselves.
fn stay(desk: Desk, rows: Memo<Arc<[TaskId]>>, top: RwSignal<f64>, body: NodeRef<html::Div>) {
    Effect::new(move |before: Option<Arc<[TaskId]>>| {
        let now = rows.get();
        let (Some(before), Some(body)) = (before, body.get_untracked()) else { return now };
        // Asked for its height, a column that is being drawn would be laid out for the answer, each with each key.
        let view = rows_in_view(top.get_untracked(), desk.height.get_untracked(), before.len(), 0);
        if view.start == 0 || Arc::ptr_eq(&before, &now) {
            return now;
        }
        #[allow(clippy::cast_possible_wrap)] // rows of a board
        let shift =
            |row: usize| now.iter().position(|card| *card == before[row]).map(|now| now as isize - row as isize);
        let Some(rows) = view.filter_map(shift).min_by_key(|rows| rows.abs()).filter(|rows| *rows != 0) else {
            return now;
        };
        hold_still(&body);
        #[allow(clippy::cast_precision_loss)] // rows of a board
        let to = top.get_untracked() + rows as f64 * SLOT;
        #[allow(clippy::cast_possible_truncation)] // pixels of a page
        body.set_scroll_top(to as i32);
        top.set(f64::from(body.scroll_top()));
        now
    });
}

/// Lets the cards of a column take their new places at once, this time.
fn hold_still(body: &HtmlElement) {
    let style = body.style();
    let _ = style.set_property("--move", "0ms");
    // One frame to draw them there, and one to be sure.
    request_animation_frame(move || {
        request_animation_frame(move || {
            let _ = style.remove_property("--move");
        });
    });
}

fn lane(desk: Desk, id: ColumnId, rows: Memo<Arc<[TaskId]>>, top: RwSignal<f64>) -> Lane {
    let count = memo(move || rows.with(|rows| rows.len()));
    let focused = memo(move || {
        let focus = desk.focus.get()?;
        rows.with(|rows| rows.iter().position(|card| *card == focus))
    });
    // A card that is held keeps its element: the browser would forget a pointer or a key that is down on it.
    let lifted = memo(move || {
        let card = desk.dragging.hand.with(|hand| hand.as_ref().map(|hand| hand.card))?;
        rows.with(|rows| rows.iter().position(|other| *other == card))
    });
    let view = memo(move || {
        rows_in_view(top.get(), desk.height.get(), count.get(), if desk.is_settled.get() { MORE } else { 0 })
    });
    let drawn = memo(move || {
        let view = view.get();
        let mut wanted: Vec<usize> = [focused.get(), lifted.get()].into_iter().flatten().collect();
        wanted.extend(view);
        wanted.arrange();
        wanted.dedup();
        rows.with(|rows| wanted.into_iter().filter_map(|row| Some((*rows.get(row)?, row))).collect())
    });
    let slot = memo(move || {
        let target = desk.dragging.target.get().filter(|target| target.column == id)?;
        desk.dragging.hand.with(|hand| hand.as_ref().map(|hand| hand.slot_row(target)))
    });
    let stop = memo(move || {
        let row = focused.get().unwrap_or_else(|| rows_in_view(top.get() + SLOT / 2.0, 0.0, count.get(), 0).start);
        rows.with(|rows| rows.get(row).or(rows.last()).copied())
    });
    Lane { count, drawn, slot, stop }
}

/// How many cards a column has, and the most that it takes; while a filter hides some, how many are shown.
#[component]
fn Count(shown: Memo<usize>, total: Memo<usize>, limit: Memo<Option<u16>>) -> impl IntoView {
    let figure = move || match limit.get() {
        Some(limit) => format!("{} / {limit}", total.get()),
        None => total.get().to_string(),
    };
    let words = move || match limit.get() {
        Some(limit) if total.get() > usize::from(limit) => {
            t!("board.count_over", count = total.get(), limit = limit)
        }
        Some(limit) => t!("board.count_limited", count = total.get(), limit = limit),
        None => t!("board.count", count = total.get()),
    };
    let part = move || (shown.get() != total.get()).then(|| t!("board.count_shown", count = shown.get()));
    view! {
        <span class="column-count" title=words>
            <span aria-hidden="true">{figure}</span>
            <span class="visually-hidden">{words}</span>
            {move || part().map(|part| view! { " · " <span>{part}</span> })}
        </span>
    }
}

fn empty(desk: Desk, id: ColumnId, total: usize) -> AnyView {
    let is_first = desk.columns.with(|columns| columns.first().is_some_and(|column| column.id == id));
    let text = if total > 0 {
        t!("board.column_filtered")
    } else if desk.rights.get().works && is_first && desk.read(|board| board.tasks().is_empty()).unwrap_or_default() {
        t!("board.board_empty")
    } else if desk.rights.get().works {
        t!("board.column_empty")
    } else {
        t!("board.column_empty_readonly")
    };
    view! { <p class="column-empty">{text}</p> }.into_any()
}
