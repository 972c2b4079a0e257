//! The name, which is the heading of the panel and is edited in its place.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use shared::Field;
use shared::project::task::TaskEdit;

use super::draft::Draft;
use super::subject::Subject;
use crate::ui::Errors;

/// The name.
#[component]
pub fn Name() -> impl IntoView {
    let subject = Subject::expect();
    let errors = Errors::new();
    let name = subject.map(|task| task.name.clone());
    let draft = Draft::new(name);
    let save = move || {
        if !subject.is_here() {
            return;
        }
        errors.clear();
        let Some(text) = draft.changed() else { return draft.close() };
        if errors.keep(subject.edit(TaskEdit::Name(text))).is_some() {
            draft.close();
        }
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "Enter" => {
            event.prevent_default();
            save();
        }
        "Escape" if draft.is_open() => {
            event.prevent_default();
            event.stop_propagation();
            errors.clear();
            draft.close();
        }
        _ => (),
    };
    move || {
        if !subject.works.get() {
            return view! {
                <h2 class="task-title" id="task-title">
                    {move || name.get()}
                </h2>
            }
            .into_any();
        }
        view! {
            <h2 class="visually-hidden" id="task-title">
                {move || name.get()}
            </h2>
            <div class="field" data-invalid=move || errors.of(Field::Name).map(|_| "")>
                <textarea
                    class="task-title"
                    rows="1"
                    aria-label=t!("task.name")
                    aria-describedby="task-name-error"
                    aria-invalid=move || errors.of(Field::Name).map(|_| "true")
                    prop:value=move || draft.shown()
                    on:input=move |event| draft.type_in(event_target_value(&event))
                    on:keydown=on_key
                    on:blur=move |_| save()
                ></textarea>
                <p class="error" role="alert" id="task-name-error">
                    {move || errors.of(Field::Name).or_else(|| errors.of_form())}
                </p>
                <Meanwhile draft />
            </div>
        }
        .into_any()
    }
}

/// What others made of a field while something is typed into it.
#[component]
pub fn Meanwhile(draft: Draft) -> impl IntoView {
    view! {
        <p class="hint" role="status" hidden=move || draft.overtaken().is_none()>
            {move || draft.overtaken().map(|theirs| t!("task.changed_meanwhile", value = theirs))}
        </p>
    }
}
