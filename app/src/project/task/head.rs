//! The head of the panel: number, status with the way to another column, and what can be done with the whole task.

use icondata_lu::{LuLink, LuTrash2, LuX};
use leptos::prelude::*;
use shared::project::board::Status;
use shared::project::task::{Place, TaskIntent};

use super::subject::Subject;
use crate::reactive::{Show, derived};
use crate::ui::{Choice, Confirm, Errors, Icon, Picker, Toasts};
use crate::words;

/// Number, status, actions.
#[component]
pub fn Head(on_close: Callback<()>) -> impl IntoView {
    let subject = Subject::expect();
    let toasts = Toasts::expect();
    let number = subject.map(|task| task.number);
    let cancelled = subject.on_board(|board| {
        let cancelled = board.columns().iter().find(|column| column.status == Status::Cancelled);
        cancelled.map(|column| column.name.clone())
    });
    let asking = RwSignal::new(false);
    let errors = Errors::new();
    let copy = move |_| {
        if let Ok(address) = window().location().href() {
            // Where the clipboard is refused the address bar still has it.
            let _ = window().navigator().clipboard().write_text(&address);
            toasts.say(t!("task.link_copied"));
        }
    };
    let remove = Callback::new(move |()| {
        errors.clear();
        let number = number.get_untracked();
        if errors.keep(subject.act(TaskIntent::Remove(vec![subject.id]))).is_some() {
            asking.set(false);
            toasts.say(t!("task.removed", number = number));
            on_close.run(());
        }
    });
    view! {
        <header class="task-head">
            <span class="number">{move || t!("task.number", number = number.get())}</span>
            <ColumnSelect />
            <span class="task-head-actions">
                <button type="button" class="button ghost icon small" aria-label=t!("task.copy_link") on:click=copy>
                    <Icon icon=LuLink small=true />
                </button>
                <Show when=move || subject.works.get()>
                    <button
                        type="button"
                        class="button ghost icon small"
                        aria-label=t!("task.remove_task")
                        on:click=move |_| {
                            errors.clear();
                            asking.set(true);
                        }
                    >
                        <Icon icon=LuTrash2 small=true />
                    </button>
                </Show>
                <button
                    type="button"
                    class="button ghost icon small"
                    aria-label=t!("task.close")
                    on:click=move |_| on_close.run(())
                >
                    <Icon icon=LuX small=true />
                </button>
            </span>
        </header>
        <Confirm
            open=asking
            title=derived(move || t!("task.remove_title", number = number.get()).into_owned())
            text=derived(move || remove_text(cancelled.get().flatten().as_deref()))
            submit=t!("task.remove_task").into_owned()
            on_yes=remove
            errors
        />
    }
}

/// What goes, and where it could go instead if there is a column for what was given up.
fn remove_text(cancelled: Option<&str>) -> String {
    let gone = t!("task.remove_text");
    match cancelled {
        Some(column) => [gone, t!("task.remove_instead", column = column)].concat(),
        None => gone.into_owned(),
    }
}

/// The status, and the column to move to.
#[component]
fn ColumnSelect() -> impl IntoView {
    let subject = Subject::expect();
    let errors = Errors::new();
    let status = subject.status();
    let column = subject.map(|task| task.column);
    let columns = subject.on_board(|board| {
        board.columns().iter().map(|column| Choice::new(column.id, &column.name)).collect::<Vec<_>>()
    });
    let go = Callback::new(move |chosen: String| {
        errors.clear();
        let Ok(column) = chosen.parse() else { return };
        errors.keep(subject.act(TaskIntent::Move { tasks: vec![subject.id], column, place: Place::Last }));
    });
    move || {
        let mark = view! {
            <span class="status" data-status=move || words::status_key(status.get())>
                {move || words::status(status.get())}
            </span>
        };
        if !subject.works.get() {
            return mark.into_any();
        }
        view! {
            {mark}
            <div class="filter">
                <label class="visually-hidden" for="task-column">{t!("task.move_to_column")}</label>
                <Picker
                    id="task-column"
                    chosen=derived(move || column.get().to_string())
                    options=derived(move || columns.get().unwrap_or_default())
                    on_pick=go
                    class=""
                />
            </div>
            <div class="field">
                <p class="error" role="alert">
                    {move || errors.of_form()}
                </p>
            </div>
        }
        .into_any()
    }
}
