//! A labelled input with its hint and its error, and the errors of a form.

use leptos::prelude::*;
use qibu::Fault;
use shared::{Field as FieldName, Rejection};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use super::once_drawn;
use crate::reactive::{derived, effect};
use crate::words;

/// The refusals of one form, each beside its field; what was typed stays.
#[derive(Clone, Copy, Debug)]
pub struct Errors(RwSignal<Vec<Rejection>>, RwSignal<Option<Fault>>);

impl Errors {
    /// None yet.
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()), RwSignal::new(None))
    }

    /// Forgets what was wrong before the next attempt.
    pub fn clear(self) {
        self.0.set(Vec::new());
        self.1.set(None);
    }

    /// Shows a refusal.
    pub fn add(self, rejection: Rejection) {
        self.0.update(|all| all.push(rejection));
    }

    /// Shows why a server function failed. `true` if it named a field.
    pub fn add_fault(self, fault: &Fault) -> bool {
        if let Fault::Refused(rejection) = fault {
            self.add(rejection.clone());
            rejection.field.is_some()
        } else {
            self.1.set(Some(fault.clone()));
            false
        }
    }

    /// Whether anything is wrong; not tracked.
    pub fn any(self) -> bool {
        self.0.with_untracked(|all| !all.is_empty()) || self.1.with_untracked(Option::is_some)
    }

    /// Keeps the value, or shows why there is none.
    pub fn keep<T>(self, result: Result<T, Rejection>) -> Option<T> {
        result.map_err(|rejection| self.add(rejection)).ok()
    }

    /// What is wrong with a field; tracked.
    pub fn of(self, field: FieldName) -> Option<String> {
        self.0.with(|all| {
            all.iter()
                .find(|rejection| rejection.field == Some(field))
                .map(|rejection| words::reason(&rejection.reason))
        })
    }

    /// What is wrong with the form as a whole; tracked.
    pub fn of_form(self) -> Option<String> {
        let refused = self.0.with(|all| {
            all.iter().find(|rejection| rejection.field.is_none()).map(|rejection| words::reason(&rejection.reason))
        });
        refused.or_else(|| self.1.with(|fault| fault.as_ref().map(words::fault)))
    }
}

/// A label around an input, with a hint and the field's error. The input has the id `id` and is described by the hint
/// `{id}-hint`, if there is one, and the error `{id}-error`.
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
    /// Whether the label is only read aloud, as in a row under a heading.
    #[prop(optional)]
    quiet: bool,
    /// Whether it is as wide as a date, in a row.
    #[prop(optional)]
    fixed: bool,
    /// The input, with the same id.
    children: Children,
) -> impl IntoView {
    let error_id = format!("{id}-error");
    let hint_id = format!("{id}-hint");
    let hint = hint.filter(|hint| !hint.is_empty());
    let control = id.clone();
    // What was refused is being put right: what is wrong with it is said anew when the rules are asked again.
    let answered = RwSignal::new(false);
    effect(move || {
        error.track();
        answered.set(false);
    });
    let error = derived(move || error.get().filter(|_| !answered.get()));
    effect(move || mark_refused(document().get_element_by_id(&control), error.with(Option::is_some)));
    view! {
        <div
            class="field"
            class:fixed=fixed
            data-invalid=move || error.get().map(|_| "")
            on:input=move |_| answered.set(true)
            on:change=move |_| answered.set(true)
        >
            <label for=id>
                <span class:visually-hidden=quiet>{label}</span>
            </label>
            {hint.map(|hint| view! { <p class="hint" id=hint_id>{hint}</p> })}
            {children()}
            <p class="error" role="alert" id=error_id>
                {move || error.get()}
            </p>
        </div>
    }
}

/// Tells a control, and those who hear the page, whether its answer was refused.
pub fn mark_refused(control: Option<web_sys::Element>, refused: bool) {
    let Some(control) = control else { return };
    let _ =
        if refused { control.set_attribute("aria-invalid", "true") } else { control.remove_attribute("aria-invalid") };
}

/// Tells the field around an element that it has been answered, as the browser's own controls do.
pub fn tell_change(element: &web_sys::Element) {
    let change = web_sys::EventInit::new();
    change.set_bubbles(true);
    if let Ok(change) = web_sys::Event::new_with_event_init_dict("change", &change) {
        // Nobody prevents what has happened already.
        let _ = element.dispatch_event(&change);
    }
}

/// Moves the focus to the first field that was refused, once its error is there: in the open dialog, or on the page.
pub fn focus_error() {
    once_drawn(|| {
        let first = |within: &str| document().query_selector(&format!("{within} [aria-invalid]")).ok().flatten();
        let field = first("dialog[open]").or_else(|| first("main"));
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
            let _ = field.focus();
        }
    });
}
