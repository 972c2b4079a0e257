//! A question before something that cannot be taken back.

use leptos::prelude::*;

use super::{Errors, FormDialog};

/// Asks, and does it only when the person says so.
#[component]
pub fn Confirm(
    /// Whether it asks.
    open: RwSignal<bool>,
    /// The question.
    #[prop(into)]
    title: Signal<String>,
    /// What happens then.
    #[prop(into)]
    text: Signal<String>,
    /// The verb on the button.
    #[prop(into)]
    submit: Signal<String>,
    /// Does it; what is refused goes into `errors`.
    on_yes: Callback<()>,
    /// Whether it cannot be done, which the text says: then only the way back is offered.
    #[prop(optional, into)]
    is_barred: Signal<bool>,
    /// Why it was refused.
    errors: Errors,
) -> impl IntoView {
    view! {
        <FormDialog open title submit danger=true is_barred errors on_submit=on_yes>
            <p>{move || text.get()}</p>
        </FormDialog>
    }
}
