//! A labelled input with its hint and its error, and the errors of a form.

use leptos::prelude::*;
use qibu::Fault;
use shared::{Field as FieldName, Rejection};

use crate::words;

/// The refusals of one form, each beside its field; what was typed stays.
#[derive(Clone, Copy, Debug)]
pub struct Errors(RwSignal<Vec<Rejection>>);

impl Errors {
    /// None yet.
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// Forgets what was wrong before the next attempt.
    pub fn clear(self) {
        self.0.set(Vec::new());
    }

    /// Shows a refusal.
    pub fn add(self, rejection: Rejection) {
        self.0.update(|all| all.push(rejection));
    }

    /// Shows why a server function failed. `true` if it named a field.
    pub fn add_fault(self, fault: &Fault) -> bool {
        match fault {
            Fault::Refused(rejection) => {
                self.add(rejection.clone());
                rejection.field.is_some()
            }
            _ => false,
        }
    }

    /// Keeps the value, or shows why there is none.
    pub fn keep<T>(self, result: Result<T, Rejection>) -> Option<T> {
        result.map_err(|rejection| self.add(rejection)).ok()
    }

    /// What is wrong with a field; tracked.
    pub fn of(self, field: FieldName) -> Option<String> {
        self.0.with(|all| {
            all.iter().find(|rejection| rejection.field == Some(field)).map(|rejection| words::reason(&rejection.reason))
        })
    }

    /// What is wrong with the form as a whole; tracked.
    pub fn of_form(self) -> Option<String> {
        self.0.with(|all| {
            all.iter().find(|rejection| rejection.field.is_none()).map(|rejection| words::reason(&rejection.reason))
        })
    }
}

/// A label around an input, with a hint and the field's error. The input has the id `id` and is described by the error
/// `{id}-error`.
#[component]
pub fn Field(
    /// The id of the input inside.
    #[prop(into)]
    id: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// How to answer, if that is not plain.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with the answer.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// The input, with the same id.
    children: Children,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    view! {
        <div class="field" data-invalid=move || error.get().map(|_| "")>
            <label for=id>{label}</label>
            {hint.map(|hint| view! { <p class="hint">{hint}</p> })}
            {children()}
            <p class="error" role="alert" id=error_id>
                {move || error.get()}
            </p>
        </div>
    }
}
