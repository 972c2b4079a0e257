//! The page behind /incidents/roster.

use leptos::prelude::*;

/// The page behind /incidents/roster.
#[component]
pub fn RosterPage() -> impl IntoView {
    view! { <div class="page-body"></div> }
}
