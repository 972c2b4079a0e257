//! The short fields: project, due date, priority, estimate.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use shared::project::baseline::Dated;
use shared::project::task::{Priority as Level, TaskEdit};
use shared::{Date, Field};

use super::draft::Draft;
use super::name::Meanwhile;
use super::subject::Subject;
use crate::format;
use crate::project::space::{Moved, due};
use crate::reactive::{Show, derived, effect, memo};
use crate::ui::{Choice, DateInput, Errors, Picker, day_error, focus_later, fresh_id, mark_refused};
use crate::words;

const LEVELS: [Level; 3] = [Level::High, Level::Medium, Level::Low];

/// One line of the properties: a name, the value, and why it was refused.
#[component]
pub fn Property(
    /// What it is.
    #[prop(into)]
    label: String,
    /// The refusals.
    errors: Errors,
    /// Which of them are about it, beside those about the whole.
    #[prop(optional)]
    field: Option<Field>,
    /// The value.
    children: Children,
) -> impl IntoView {
    let id = StoredValue::new(fresh_id("property-error"));
    let error = memo(move || field.and_then(|field| errors.of(field)).or_else(|| errors.of_form()));
    let value = NodeRef::<html::Dd>::new();
    effect(move || {
        let refused = error.with(Option::is_some);
        // The control changes with what the person may do, and as they begin to type.
        let control = value.get().and_then(|value| value.query_selector("input, .picker, textarea").ok().flatten());
        if let Some(control) = control.as_ref().filter(|_| refused) {
            let _ = control.set_attribute("aria-describedby", &id.get_value());
        }
        mark_refused(control, refused);
    });
    view! {
        <div>
            <dt>{label}</dt>
            <dd node_ref=value>
                {children()}
                <div class="field">
                    <p class="error" role="alert" id=id.get_value()>
                        {move || error.get()}
                    </p>
                </div>
            </dd>
        </div>
    }
}

/// The project that the task is part of.
#[component]
pub fn ProjectName() -> impl IntoView {
    let subject = Subject::expect();
    let project = subject.project;
    let name = move || {
        subject
            .replica
            .read(|view| view.project(project).map(|project| project.registration.name.clone()).unwrap_or_default())
    };
    view! {
        <div>
            <dt>{t!("task.project")}</dt>
            <dd>
                <a href=format!("/projects/{project}")>{name}</a>
            </dd>
        </div>
    }
}

/// The day by which it is done.
#[component]
pub fn Due() -> impl IntoView {
    let subject = Subject::expect();
    let errors = Errors::new();
    let date = subject.map(|task| task.due);
    let status = subject.status();
    let set = move |due: Option<Date>| {
        errors.clear();
        errors.keep(subject.edit(TaskEdit::Due(due)));
    };
    let unread = RwSignal::new(None::<String>);
    let value =
        derived(move || unread.get().unwrap_or_else(|| date.get().map(|date| date.to_string()).unwrap_or_default()));
    let on_change = Callback::new(move |typed: String| {
        errors.clear();
        unread.set(None);
        match typed.parse::<Date>() {
            Ok(day) => set(Some(day)),
            Err(_) if typed.is_empty() => set(None),
            Err(_) => unread.set(Some(typed)),
        }
    });
    let mark = move || {
        let date = date.get().filter(|_| !status.get().is_over())?;
        let due = due(date);
        Some(view! {
            <time class="due" data-due=due.key datetime=date.to_string() title=format::day(date)>
                {due.words}
            </time>
        })
    };
    let clear = move |_| {
        set(None);
        focus_later("task-due".into());
    };
    view! {
        <Property label=t!("task.due") errors field=Field::Due>
            {move || {
                if !subject.works.get() {
                    let day = move || date.get().map_or_else(|| t!("task.none").into_owned(), format::day);
                    return view! { <span>{day}</span> }.into_any();
                }
                view! {
                    <DateInput id="task-due" label=t!("task.due").into_owned() value on_change />
                    <Show when=move || date.get().is_some()>
                        <button type="button" class="button ghost small" on:click=clear>
                            {t!("task.clear_due")}
                        </button>
                    </Show>
                }
                .into_any()
            }}
            {mark}
            <Moved project=subject.project of=Dated::Task(subject.id) date />
            <p class="error" role="alert">{move || unread.with(|typed| typed.as_deref().and_then(day_error))}</p>
        </Property>
    }
}

/// High, medium or low.
#[component]
pub fn Priority() -> impl IntoView {
    let subject = Subject::expect();
    let errors = Errors::new();
    let level = subject.map(|task| task.priority);
    let choose = Callback::new(move |value: String| {
        errors.clear();
        if let Some(chosen) = LEVELS.into_iter().find(|level| words::priority_key(*level) == value) {
            errors.keep(subject.edit(TaskEdit::Priority(chosen)));
        }
    });
    let levels = LEVELS.map(|level| Choice::new(words::priority_key(level), words::priority(level))).to_vec();
    let key = derived(move || words::priority_key(level.get()));
    view! {
        <Property label=t!("task.priority") errors>
            {move || {
                if !subject.works.get() {
                    let word = move || words::priority(level.get());
                    return view! { <span class="priority" data-priority=key>{word}</span> }.into_any();
                }
                view! {
                    <div class="filter" style:margin-inline-start="-7px">
                        <span class="priority" data-priority=key aria-hidden="true"></span>
                        <label class="visually-hidden" for="task-priority">{t!("task.priority")}</label>
                        <Picker
                            id="task-priority"
                            chosen=derived(move || key.get().to_owned())
                            options=levels.clone()
                            on_pick=choose
                            class=""
                        />
                    </div>
                }
                .into_any()
            }}
        </Property>
    }
}

/// Work expected, in hours.
#[component]
pub fn Estimate() -> impl IntoView {
    let subject = Subject::expect();
    let errors = Errors::new();
    let hours = subject.map(|task| task.estimate.map(|hours| hours.to_string()).unwrap_or_default());
    let draft = Draft::new(hours);
    let save = move || {
        if !subject.is_here() {
            return;
        }
        errors.clear();
        let Some(text) = draft.changed() else { return draft.close() };
        let text = text.trim();
        // What is no number is no number of hours: the rule says which are.
        let hours = if text.is_empty() { None } else { Some(text.parse().unwrap_or(0)) };
        if errors.keep(subject.edit(TaskEdit::Estimate(hours))).is_some() {
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
    view! {
        <Property label=t!("task.estimate") errors field=Field::Estimate>
            {move || {
                if !subject.works.get() {
                    let shown = move || {
                        let hours = hours.get();
                        if hours.is_empty() { t!("task.none") } else { t!("task.hours", hours = hours) }
                    };
                    return view! { <span>{shown}</span> }.into_any();
                }
                view! {
                    <input
                        class="input narrow"
                        type="text"
                        inputmode="numeric"
                        autocomplete="off"
                        aria-label=t!("task.estimate_in_hours")
                        prop:value=move || draft.shown()
                        on:input=move |event| draft.type_in(event_target_value(&event))
                        on:keydown=on_key
                        on:blur=move |_| save()
                    />
                    <span aria-hidden="true">{t!("task.hours_unit")}</span>
                    <Meanwhile draft />
                }
                .into_any()
            }}
        </Property>
    }
}
