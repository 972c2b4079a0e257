//! The page behind /incidents/ID/report.

use leptos::prelude::*;

/// The page behind /incidents/ID/report.
#[component]
pub fn ReportPage() -> impl IntoView {
    view! { <div class="page-body"></div> }
}
