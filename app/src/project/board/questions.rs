//! What the board asks in dialogs: where to move cards, and whether to delete them.

use leptos::prelude::*;
use shared::id::{ColumnId, TaskId};
use shared::project::task::{Place, Task, TaskIntent};

use super::announce::names;
use super::desk::{Desk, Question};
use super::focus::{bequeath, focus_card, heir};
use crate::reactive::{derived, effect, memo};
use crate::ui::{Choice, Confirm, Errors, Field, FormDialog, Picker};

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
    let is_asked = memo(move || desk.question.with(|question| question.as_ref().and_then(of).is_some()));
    effect(move || open.set(is_asked.get()));
    effect(move || {
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
    effect(move || {
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
    let title = derived(move || t!("board.move_what", what = names(desk, &tasks.get())).into_owned());
    view! {
        <FormDialog
            open
            title
            submit=tr!("board.move")
            errors
            on_submit=submit
        >
            <Field id="move-column" label=t!("board.column") error=derived(|| None::<String>)>
                <Picker
                    id="move-column"
                    chosen=derived(move || column.get().map(|id| id.to_string()).unwrap_or_default())
                    options=derived(move || {
                        desk.columns.with(|columns| columns.iter().map(|each| Choice::new(each.id, &each.name)).collect::<Vec<_>>())
                    })
                    on_pick=Callback::new(move |id: String| {
                        column.set(id.parse().ok());
                        place.set(Place::First);
                    })
                    autofocus=true
                />
            </Field>
            <Field id="move-place" label=t!("board.position") error=derived(|| None::<String>)>
                <Picker
                    id="move-place"
                    chosen=derived(move || place_value(place.get()))
                    options=derived(move || places(desk, column.get(), &tasks.get()))
                    on_pick=Callback::new(move |value: String| place.set(place_of(&value)))
                />
            </Field>
        </FormDialog>
    }
    .into_any()
}

/// Above all, below all, or after one of the cards of a column.
fn places(desk: Desk, column: Option<ColumnId>, moving: &[TaskId]) -> Vec<Choice> {
    let ends = [Choice::new("first", t!("board.at_top")), Choice::new("last", t!("board.at_bottom"))];
    let cards = desk.shelves.with(|shelves| {
        let shelf = shelves.iter().find(|shelf| Some(shelf.column) == column);
        shelf.map(|shelf| {
            shelf.cards.iter().copied().filter(|card| !moving.contains(card)).take(MOST).collect::<Vec<_>>()
        })
    });
    let named = desk.peek(|board| {
        let after = |task: &Task| Choice::new(task.id, t!("board.after", number = task.number, name = task.name));
        cards
            .unwrap_or_default()
            .into_iter()
            .filter_map(|card| board.task(card).ok().map(|task| after(task)))
            .collect::<Vec<_>>()
    });
    ends.into_iter().chain(named.unwrap_or_default()).collect()
}

fn place_value(place: Place) -> String {
    match place {
        Place::First => "first".to_owned(),
        Place::Last => "last".to_owned(),
        Place::After(card) => card.to_string(),
    }
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
    effect(move || {
        if open.get() {
            errors.clear();
        }
    });
    let on_yes = Callback::new(move |()| {
        errors.clear();
        let tasks = tasks.get_untracked();
        let said = t!("board.said_deleted", what = names(desk, &tasks));
        let heir = heir(desk, &tasks);
        if errors.keep(desk.act(TaskIntent::Remove(tasks.clone()))).is_some() {
            open.set(false);
            desk.selected.update(|selected| selected.retain(|task| !tasks.contains(task)));
            desk.voice.say(said.clone());
            desk.toasts.say(said);
            bequeath(desk, heir);
        }
    });
    view! {
        <Confirm
            open
            title=derived(move || t!("board.delete_what", what = names(desk, &tasks.get())).into_owned())
            text=tr!("board.delete_text")
            submit=tr!("board.delete")
            on_yes
            errors
        />
    }
    .into_any()
}
