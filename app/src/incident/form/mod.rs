//! The page behind /incidents/new.

use leptos::prelude::*;

/// The page behind /incidents/new.
#[component]
pub fn ReportIncident() -> impl IntoView {
    view! { <div class="page-body"></div> }
}
