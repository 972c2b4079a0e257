//! The page behind /inbox.

use leptos::prelude::*;

/// The page behind /inbox.
#[component]
pub fn InboxPage() -> impl IntoView {
    view! { <div class="page-body"></div> }
}
