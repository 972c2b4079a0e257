//! A new task by its name, at the foot of a column.

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use shared::Rejection;
use shared::id::{ColumnId, TaskId};
use shared::project::task::{NewTask, Place, Priority, TaskIntent};
use uuid::Uuid;

use super::desk::Desk;
use super::focus::{focus_card, reveal_row};
use crate::ui::{Unsent, point_at};
use crate::words;

/// The id of the input of a column.
pub fn input_id(column: ColumnId) -> String {
    format!("add-{column}")
}

/// Puts the focus on the input of a column: of that of the focused card, else of the first.
pub fn begin(desk: Desk, first: bool) {
    let shelves = desk.shelves.get_untracked();
    let focus = desk.focus.get_untracked().filter(|_| !first);
    let with_focus = focus.and_then(|focus| shelves.iter().find(|shelf| shelf.cards.contains(&focus)));
    if let Some(shelf) = with_focus.or(shelves.first()).filter(|_| desk.rights.get_untracked().works) {
        point_at(input_id(shelf.column));
    }
}

/// The input at the foot of a column. Enter adds and waits for the next name, Escape goes back to the cards.
#[component]
pub fn QuickAdd(
    /// The column.
    column: ColumnId,
    /// Its name.
    name: Memo<String>,
) -> impl IntoView {
    let desk = Desk::expect();
    let input = NodeRef::<html::Input>::new();
    let (_, text) = Unsent::text_at(&format!("column.{column}"));
    let refused = RwSignal::new(None::<Rejection>);
    // It then says what to type, rather than what it is there for.
    let has_focus = RwSignal::new(false);
    let id = input_id(column);
    let error_id = format!("{id}-error");
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let result = add(desk, column, text.get_untracked());
        if result.is_ok() {
            text.set(String::new());
        }
        refused.set(result.err());
    };
    let on_key = move |event: KeyboardEvent| {
        if event.key() != "Escape" {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        refused.set(None);
        let Some(input) = input.get_untracked() else { return };
        let last = desk.shelves.with_untracked(|shelves| {
            shelves.iter().find(|shelf| shelf.column == column).and_then(|shelf| shelf.cards.last().copied())
        });
        match last {
            Some(last) => focus_card(desk, last, true),
            None => drop(input.blur()),
        }
    };
    view! {
        <form class="quick-add" on:submit=submit novalidate>
            <div class="field" data-invalid=move || refused.with(Option::is_some).then_some("")>
                <input
                    id=id
                    type="text"
                    autocomplete="off"
                    enterkeyhint="done"
                    node_ref=input
                    aria-label=move || t!("board.add_to", column = name.get())
                    placeholder=move || if has_focus.get() { t!("task.name") } else { t!("board.add") }
                    on:focus=move |_| has_focus.set(true)
                    on:blur=move |_| has_focus.set(false)
                    aria-invalid=move || refused.with(Option::is_some).then_some("true")
                    aria-describedby=error_id.clone()
                    on:keydown=on_key
                    prop:value=move || text.get()
                    on:input=move |event| {
                        text.set(event_target_value(&event));
                        refused.set(None);
                    }
                />
                <p class="error" role="alert" id=error_id>
                    {move || refused.with(|refused| refused.as_ref().map(|refused| words::reason(&refused.reason)))}
                </p>
            </div>
        </form>
    }
    .into_any()
}

fn add(desk: Desk, column: ColumnId, name: String) -> Result<(), Rejection> {
    let id = TaskId::new(Uuid::now_v7());
    let owner = desk.replica.me();
    let (place, priority) = (Place::Last, Priority::default());
    desk.act(TaskIntent::Create(NewTask { id, name, column, place, owner, due: None, priority }))?;
    let row = desk.shelves.with_untracked(|shelves| {
        let shelf = shelves.iter().find(|shelf| shelf.column == column)?;
        shelf.cards.iter().rposition(|card| *card == id)
    });
    match row {
        Some(row) => {
            desk.voice.say(t!("board.said_added", name = desk.task_name(id), column = desk.column_name(column)));
            // The column is as high as its cards only after it is drawn.
            request_animation_frame(move || reveal_row(desk, column, row));
        }
        None => desk.toasts.say(t!("board.added_hidden", name = desk.task_name(id))),
    }
    Ok(())
}
