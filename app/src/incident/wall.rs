//! The page behind /incidents/wall.

use leptos::prelude::*;

/// The page behind /incidents/wall.
#[component]
pub fn Wall() -> impl IntoView {
    view! { <div class="page-body"></div> }
}
