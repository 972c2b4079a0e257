//! How far the task is, by its owner's word: percent and a line of text, each update kept with its time.

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use shared::Field;
use shared::project::task::TaskEdit;

use super::ago::Ago;
use super::draft::Draft;
use super::name::Meanwhile;
use super::subject::Subject;
use crate::reactive::{Show, derived};
use crate::ui::{Errors, Text, TextInput, Unsent};

/// The last word, and the form for the next.
#[component]
pub fn Progress() -> impl IntoView {
    let subject = Subject::expect();
    let progress = subject.map(|task| task.progress.clone());
    view! {
        <section class="task-section" aria-labelledby="task-progress-title">
            <h3 id="task-progress-title">{t!("task.progress")}</h3>
            <p>
                <span class="progress wide" style:--value=move || progress.get().percent.to_string()>
                    <span class="progress-figure" style:white-space="nowrap">
                        {move || t!("task.percent", percent = progress.get().percent)}
                    </span>
                </span>
            </p>
            {move || {
                let progress = progress.get();
                match progress.at {
                    Some(at) => view! { <p>{progress.note} " " <small><Ago at /></small></p> }.into_any(),
                    None => view! { <p class="section-note">{t!("task.no_progress_yet")}</p> }.into_any(),
                }
            }}
            <Show when=move || subject.works.get()>
                <Update />
            </Show>
        </section>
    }
}

#[component]
fn Update() -> impl IntoView {
    let subject = Subject::expect();
    let errors = Errors::new();
    let percent = subject.map(|task| task.progress.percent.to_string());
    let draft = Draft::kept_at(&format!("task.{}.percent", subject.id), percent);
    let (_, note) = Unsent::text_at(&format!("task.{}.note", subject.id));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        errors.clear();
        // What is no percentage is past them all: the rule says which are.
        let percent = draft.text().trim().parse().unwrap_or(u8::MAX);
        let edit = TaskEdit::Progress { percent, note: note.get_untracked() };
        if errors.keep(subject.edit(edit)).is_some() {
            draft.close();
            note.set(String::new());
        }
    };
    view! {
        <form
            novalidate
            aria-label=t!("task.update_progress")
            style:margin-block-start="8px"
            on:submit=save
        >
            <div class="row">
                <div class="field fixed" data-invalid=move || errors.of(Field::Progress).map(|_| "")>
                    <label for="task-percent">{t!("task.percent_label")}</label>
                    <input
                        class="input"
                        id="task-percent"
                        type="text"
                        inputmode="numeric"
                        autocomplete="off"
                        aria-describedby="task-percent-error"
                        aria-invalid=move || errors.of(Field::Progress).map(|_| "true")
                        prop:value=move || draft.shown()
                        on:input=move |event| draft.type_in(event_target_value(&event))
                    />
                    <p class="error" role="alert" id="task-percent-error">
                        {move || errors.of(Field::Progress).or_else(|| errors.of_form())}
                    </p>
                    <Meanwhile draft />
                </div>
                <TextInput
                    id="task-progress-note"
                    label=t!("task.progress_note")
                    kind=Text::Line
                    value=note
                    error=derived(move || errors.of(Field::Note))
                />
                <button type="submit" class="button">
                    {t!("task.update")}
                </button>
            </div>
        </form>
    }
}
