//! The page of a board.
#![allow(unsafe_code, clippy::unnecessary_wraps, reason = "the task panel is in another file")]

use leptos::html;
use leptos::prelude::*;
use leptos::wasm_split::wasm_split;
use shared::id::{ProjectId, TaskId};
use shared::project::board::drag::{Driver, Input};
use shared::{Scope, project::Role};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, ResizeObserver};

use super::announce::LiveRegion;
use super::column::ColumnView;
use super::column_menu::AddColumn;
use super::desk::Desk;
use super::filter_bar::FilterBar;
use super::focus::{BOARD, bequeath, card_at, card_element, focus_card, heir as heir_of, row_of};
use super::head::BoardHead;
use super::layer::DragLayer;
use super::menu::CardMenu;
use super::paper::paper;
use super::pointer::Pointer;
use super::questions::Questions;
use super::selection_bar::SelectionBar;
use super::states::OnItsWay;
use super::{feed, focus, keys, quick_add};
use crate::part::{self, Drawn};
use crate::project::space::project_page;
use crate::project::task::TaskPanel;
use crate::reactive::{For, effect, memo};
use crate::sync::Replica;
use crate::ui::printing;

/// The page behind `/projects/:project/board`.
#[component]
pub fn BoardPage() -> impl IntoView {
    project_page(|first| view! { <ProjectBoard project=first.id /> }.into_any())
}

#[component]
fn ProjectBoard(project: ProjectId) -> impl IntoView {
    let replica = Replica::expect();
    let scope = Scope::Board(project);
    replica.watch(scope);
    let desk = Desk::provide(project);
    feed::follow(desk);
    focus::keep(desk);
    keys::listen(desk);
    let printing = printing();
    let is_held = memo(move || replica.holds(scope));
    let task = memo(move || desk.address.get("task").parse::<TaskId>().ok());
    view! {
        <BoardHead />
        <div class="page-body" data-fill>
            {move || if is_held.get() { view! { <BoardArea /> }.into_any() } else { view! { <OnItsWay /> }.into_any() }}
            {move || task.get().map(|task| panel(desk, task))}
            {move || printing.get().then(|| paper(desk))}
            <SelectionBar />
        </div>
        <LiveRegion />
        <Questions />
    }
    .into_any()
}

/// The open task; closing it gives the focus back to its card.
fn panel(desk: Desk, task: TaskId) -> AnyView {
    // Closing it may be the end of the task too.
    let heir = StoredValue::new(None);
    effect(move || {
        desk.shelves.track();
        if row_of(desk, task).is_some() {
            heir.set_value(heir_of(desk, &[task]));
        }
    });
    let on_close = Callback::new(move |()| {
        desk.address.push(&[("task", "")]);
        if row_of(desk, task).is_some() || desk.peek(|board| board.task(task).is_ok()) == Some(true) {
            focus_card(desk, task, false);
        } else {
            bequeath(desk, heir.get_value());
        }
    });
    let project = desk.project;
    part::view(|| Box::pin(load_panel()), move || Box::pin(draw_panel(project, task, on_close)))
}

#[wasm_split(task, wasm_split_path = ::leptos::wasm_split, fallible, preload(load_panel))]
fn draw_panel(project: ProjectId, task: TaskId, on_close: Callback<()>) -> Drawn {
    Ok(view! { <TaskPanel project task on_close /> }.into_any())
}

/// The filters and the columns.
#[component]
fn BoardArea() -> impl IntoView {
    let desk = Desk::expect();
    let board = NodeRef::<html::Div>::new();
    let catch = NodeRef::<html::Div>::new();
    let pointer = Pointer::new(desk, board, catch);
    let card_menu = RwSignal::new(None::<TaskId>);
    measure(desk, board);
    open_quick_add(desk);
    view! {
        <div class="board-area">
            <FilterBar />
            <ReadOnly />
            <p class="visually-hidden" id="board-keys">
                {move || if desk.rights.get().works { t!("board.keys") } else { t!("board.keys_readonly") }}
            </p>
            <div
                class="board"
                id=BOARD
                role="group"
                tabindex="-1"
                aria-label=t!("board.board")
                node_ref=board
                on:pointerdown=move |event| pointer.down(&event)
                on:pointermove=move |event| pointer.moves(&event)
                on:pointerup=move |event| pointer.up(&event)
                on:pointercancel=move |event| pointer.cancelled(&event)
                on:lostpointercapture=move |event| pointer.cancelled(&event)
                on:touchmove=move |event| pointer.keep_from(&event)
                on:contextmenu=move |event| pointer.keep_from(&event)
                on:dragstart=move |event| event.prevent_default()
                on:click=move |event| keys::on_click(desk, card_menu, &event)
                on:keydown=move |event| keys::on_key(desk, &event)
                on:focusin=move |event| focused(desk, event.target())
                on:focusout=move |_| left(desk)
            >
                <For each=move || desk.columns.get().to_vec() key=|column| column.id let(first)>
                    <ColumnView first />
                </For>
                {move || desk.rights.get().manages.then(|| view! { <AddColumn /> })}
                <div class="drag-catch" node_ref=catch></div>
            </div>
        </div>
        <CardMenu card=card_menu />
        <DragLayer pointer />
    }
    .into_any()
}

/// Why nothing can be moved here, for those who may not.
#[component]
fn ReadOnly() -> impl IntoView {
    let desk = Desk::expect();
    let (project, me) = (desk.project, desk.replica.me());
    let why = memo(move || {
        if desk.rights.get().works {
            return None;
        }
        desk.replica.read(|view| {
            let project = view.project(project)?;
            let text = if project.stage.is_over() {
                t!("board.readonly_over")
            } else if project.role(me) == Some(Role::Observer) {
                t!("board.readonly_observer")
            } else {
                t!("board.readonly_open")
            };
            Some(text.into_owned())
        })
    });
    move || why.get().map(|why| view! { <div class="notice" data-kind="info" role="status"><p>{why}</p></div> })
}

/// Keeps at hand how high the columns are between their heads and feet: what they draw depends on it.
fn measure(desk: Desk, board: NodeRef<html::Div>) {
    board.on_load(move |board| {
        let height = desk.height;
        let element = board.clone();
        let resized = Closure::<dyn FnMut()>::new(move || {
            let body = element.query_selector(".column-body").ok().flatten();
            height.try_set(f64::from(body.as_ref().unwrap_or(&element).client_height()));
        });
        if let Ok(observer) = ResizeObserver::new(resized.as_ref().unchecked_ref()) {
            observer.observe(&board);
            let kept = StoredValue::new_local(resized);
            let observer = StoredValue::new_local(observer);
            on_cleanup(move || {
                observer.try_with_value(ResizeObserver::disconnect);
                kept.dispose();
            });
        }
    });
}

/// `?new=1` in the address asks for a new task; asked once, it is gone from the address.
fn open_quick_add(desk: Desk) {
    let is_asked = memo(move || !desk.address.get("new").is_empty());
    effect(move || {
        if is_asked.get() {
            desk.address.replace(&[("new", "")]);
            quick_add::begin(desk, true);
        }
    });
}

/// The focus has come to something on the board.
fn focused(desk: Desk, target: Option<web_sys::EventTarget>) {
    let card = target.and_then(|target| target.dyn_into::<Element>().ok()).and_then(|target| card_at(&target));
    desk.has_focus.set_value(card.is_some());
    if let Some(card) = card.filter(|card| desk.focus.get_untracked() != Some(*card)) {
        desk.focus.set(Some(card));
    }
}

/// The focus has left something on the board. Cards that keys hold go back, unless the browser only lost the focus
/// because their column was drawn anew.
fn left(desk: Desk) {
    request_animation_frame(move || {
        let active = document().active_element();
        let nowhere = active.as_ref().is_none_or(|active| active.tag_name() == "BODY");
        if !nowhere && active.as_ref().and_then(card_at).is_none() {
            desk.has_focus.try_set_value(false);
        }
        if desk.has_focus.try_get_value().is_none() || desk.dragging.driver() != Some(Driver::Keys) {
            return;
        }
        let card = desk.dragging.hand.with_untracked(|hand| hand.as_ref().map(|hand| hand.card));
        if nowhere {
            if let Some(element) = card.and_then(card_element) {
                let _ = element.focus();
            }
        } else if active.as_ref().and_then(card_at) != card {
            desk.feed(Input::Cancel);
        }
    });
}
