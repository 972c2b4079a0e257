//! What the board asks in dialogs: where to move cards, and whether to delete them.

use leptos::prelude::*;
use rust_i18n::t;
use shared::id::{ColumnId, TaskId};
use shared::project::task::{Place, TaskIntent};

use super::announce::names;
use super::desk::{Desk, Question};
use super::focus::focus_card;
use crate::ui::{Confirm, Errors, Field, FormDialog};

/// The most cards that a new place can be named after; further down it is easier to drag.
const MOST: usize = 200;

/// The dialogs, one of which may be open.
#[component]
pub fn Questions() -> impl IntoView {
    view! {
        <MoveDialog />
        <DeleteDialog />
    }
}

/// A dialog that is open while a question of its kind is asked.
fn asked(desk: Desk, of: fn(&Question) -> Option<&Vec<TaskId>>) -> (RwSignal<bool>, Memo<Vec<TaskId>>) {
    let open = RwSignal::new(false);
    let tasks = Memo::new(move |before: Option<&Vec<TaskId>>| {
        let now = desk.question.with(|question| question.as_ref().and_then(of).cloned());
        // While the dialog closes it still says what it was about.
        now.or_else(|| before.cloned()).unwrap_or_default()
    });
    let is_asked = Memo::new(move |_| desk.question.with(|question| question.as_ref().and_then(of).is_some()));
    Effect::new(move |_| open.set(is_asked.get()));
    Effect::new(move |_| {
        if !open.get() && is_asked.get_untracked() {
            desk.question.set(None);
        }
    });
    (open, tasks)
}

/// Moves cards without dragging: a column and a place in it.
#[component]
fn MoveDialog() -> impl IntoView {
    let desk = Desk::expect();
    let (open, tasks) = asked(desk, |question| match question {
        Question::Move(tasks) => Some(tasks),
        Question::Delete(_) => None,
    });
    let errors = Errors::new();
    let column = RwSignal::new(None::<ColumnId>);
    let place = RwSignal::new(Place::First);
    Effect::new(move |_| {
        if open.get() {
            errors.clear();
            place.set(Place::First);
            let first = tasks.with_untracked(|tasks| tasks.first().copied());
            column.set(first.and_then(|task| desk.peek(|board| board.task(task).ok().map(|task| task.column))?));
        }
    });
    let submit = Callback::new(move |()| {
        errors.clear();
        let (tasks, place) = (tasks.get_untracked(), place.get_untracked());
        let Some((column, card)) = column.get_untracked().zip(tasks.first().copied()) else { return };
        let said = t!("board.said_moved", what = names(desk, &tasks), column = desk.column_name(column));
        if errors.keep(desk.act(TaskIntent::Move { tasks, column, place })).is_some() {
            open.set(false);
            desk.voice.say(said);
            focus_card(desk, card, true);
        }
    });
    let title = Signal::derive(move || t!("board.move_what", what = names(desk, &tasks.get())).into_owned());
    view! {
        <FormDialog
            open
            title
            submit=Signal::derive(|| t!("board.move").into_owned())
            errors
            on_submit=submit
        >
            <Field id="move-column" label=t!("board.column") error=Signal::derive(|| None::<String>)>
                <select
                    class="input"
                    id="move-column"
                    autofocus=true
                    on:change=move |event| {
                        column.set(event_target_value(&event).parse().ok());
                        place.set(Place::First);
                    }
                >
                    {move || {
                        let columns = desk.columns.get();
                        columns
                            .iter()
                            .map(|each| {
                                let id = each.id;
                                view! {
                                    <option value=id.to_string() prop:selected=move || column.get() == Some(id)>
                                        {each.name.clone()}
                                    </option>
                                }
                            })
                            .collect_view()
                    }}
                </select>
            </Field>
            <Field id="move-place" label=t!("board.position") error=Signal::derive(|| None::<String>)>
                <select
                    class="input"
                    id="move-place"
                    on:change=move |event| place.set(place_of(&event_target_value(&event)))
                >
                    <option value="first" prop:selected=move || place.get() == Place::First>
                        {t!("board.at_top")}
                    </option>
                    <option value="last" prop:selected=move || place.get() == Place::Last>
                        {t!("board.at_bottom")}
                    </option>
                    {move || anchors(desk, column.get(), &tasks.get())}
                </select>
            </Field>
        </FormDialog>
    }
    .into_any()
}

/// An option for each card of a column to stand after.
fn anchors(desk: Desk, column: Option<ColumnId>, moving: &[TaskId]) -> Option<AnyView> {
    let shelves = desk.shelves.get();
    let shelf = shelves.iter().find(|shelf| Some(shelf.column) == column)?;
    let cards = shelf.cards.iter().filter(|card| !moving.contains(card)).take(MOST);
    let named = desk.peek(|board| {
        let task = |card: &TaskId| board.task(*card).ok().map(|task| (task.id, task.number, task.name.clone()));
        cards.filter_map(task).collect::<Vec<_>>()
    })?;
    let option = |(id, number, name): (TaskId, u32, String)| {
        let label = t!("board.after", number = number, name = name);
        view! { <option value=id.to_string()>{label}</option> }
    };
    Some(named.into_iter().map(option).collect_view().into_any())
}

fn place_of(value: &str) -> Place {
    match value {
        "first" => Place::First,
        id => id.parse().map_or(Place::Last, Place::After),
    }
}

/// Deletes cards, once the person has said so: their comments go with them.
#[component]
fn DeleteDialog() -> impl IntoView {
    let desk = Desk::expect();
    let (open, tasks) = asked(desk, |question| match question {
        Question::Delete(tasks) => Some(tasks),
        Question::Move(_) => None,
    });
    let errors = Errors::new();
    Effect::new(move |_| {
        if open.get() {
            errors.clear();
        }
    });
    let on_yes = Callback::new(move |()| {
        errors.clear();
        let tasks = tasks.get_untracked();
        let said = t!("board.said_deleted", what = names(desk, &tasks));
        if errors.keep(desk.act(TaskIntent::Remove(tasks.clone()))).is_some() {
            open.set(false);
            desk.selected.update(|selected| selected.retain(|task| !tasks.contains(task)));
            desk.voice.say(said.clone());
            desk.toasts.say(said);
        }
    });
    view! {
        <Confirm
            open
            title=Signal::derive(move || t!("board.delete_what", what = names(desk, &tasks.get())).into_owned())
            text=Signal::derive(|| t!("board.delete_text").into_owned())
            submit=Signal::derive(|| t!("board.delete").into_owned())
            on_yes
            errors
        />
    }
    .into_any()
}
