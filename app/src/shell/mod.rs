//! What surrounds every page: navigation, connection state, messages, command palette, shortcuts.

use leptos::prelude::*;
use leptos_router::components::Outlet;

/// The frame of all pages behind the gate.
#[component]
pub fn Shell() -> impl IntoView {
    view! { <main class="page"><Outlet /></main> }
}

/// While it is not known who is signed in.
#[component]
pub fn Starting() -> impl IntoView {}

/// The server does not answer, and nothing is kept here.
#[component]
pub fn Unreachable() -> impl IntoView {}

/// An address that shows nothing.
#[component]
pub fn NotFound() -> impl IntoView {}
