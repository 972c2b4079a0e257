//! The page behind /incidents/figures.

use leptos::prelude::*;

/// The page behind /incidents/figures.
#[component]
pub fn FiguresPage() -> impl IntoView {
    view! { <div class="page-body"></div> }
}
