//! The running urgent incident, on top of every page.

use leptos::prelude::*;

/// The running urgent incident, on top of every page.
#[component]
pub fn RunningBar() -> impl IntoView {
    view! { <div class="page-body"></div> }
}
