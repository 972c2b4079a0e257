//! The page behind /incidents.

use leptos::prelude::*;

/// The page behind /incidents.
#[component]
pub fn Centre() -> impl IntoView {
    view! { <div class="page-body"></div> }
}
