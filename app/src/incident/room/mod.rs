//! The page behind /incidents/ID.

use leptos::prelude::*;

/// The page behind /incidents/ID.
#[component]
pub fn RoomPage() -> impl IntoView {
    view! { <div class="page-body"></div> }
}
