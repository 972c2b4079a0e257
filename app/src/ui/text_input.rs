//! The inputs of a form: a label, a value in a signal, and the error beside it.

use leptos::prelude::*;

use super::{DateInput, Field, day_error};
use crate::reactive::derived;

/// What kind of text an input takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Text {
    /// One line.
    #[default]
    Line,
    /// Several lines.
    Lines,
    /// A day of the calendar, as `2026-11-24`.
    Date,
    /// An email address.
    Email,
    /// A password, not shown.
    Password,
}

impl Text {
    const fn input_type(self) -> &'static str {
        match self {
            Self::Line | Self::Lines | Self::Date => "text",
            Self::Email => "email",
            Self::Password => "password",
        }
    }
}

/// A labelled input that writes into a signal.
#[component]
pub fn TextInput(
    /// Its id.
    #[prop(into)]
    id: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// How to answer, if that is not plain.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What kind of text.
    #[prop(optional)]
    kind: Text,
    /// The answer so far.
    value: RwSignal<String>,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Whether it takes the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
    /// Whether the label is only read aloud.
    #[prop(optional)]
    quiet: bool,
    /// What browsers and password managers may fill in.
    #[prop(default = "off")]
    autocomplete: &'static str,
) -> impl IntoView {
    let hint = hint.unwrap_or_default();
    let described = if hint.is_empty() { format!("{id}-error") } else { format!("{id}-hint {id}-error") };
    let error = derived(move || {
        let no_day = (kind == Text::Date).then(|| value.with(|value| day_error(value))).flatten();
        no_day.or_else(|| error.get())
    });
    let invalid = move || error.get().map(|_| "true");
    let input = match kind {
        Text::Lines => view! {
            <textarea
                class="input"
                id=id.clone()
                aria-describedby=described
                aria-invalid=invalid
                autofocus=autofocus
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            ></textarea>
        }
        .into_any(),
        Text::Date => {
            let on_change = Callback::new(move |day| value.set(day));
            view! { <DateInput id=id.clone() value on_change autofocus /> }.into_any()
        }
        _ => view! {
            <input
                class="input"
                id=id.clone()
                type=kind.input_type()
                autocomplete=autocomplete
                aria-describedby=described
                aria-invalid=invalid
                autofocus=autofocus
                prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))
            />
        }
        .into_any(),
    };
    view! {
        <Field id label hint error quiet>
            {input}
        </Field>
    }
}
