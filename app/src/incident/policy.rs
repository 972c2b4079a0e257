//! The page behind /admin/policy.

use leptos::prelude::*;

/// The page behind /admin/policy.
#[component]
pub fn PolicyPage() -> impl IntoView {
    view! { <div class="page-body"></div> }
}
