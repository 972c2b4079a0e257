//! Sound and notifications for those who are called.

use leptos::prelude::*;

/// Listens for calls, behind every page.
#[component]
pub fn Calls() -> impl IntoView {}

/// The switches, on the account page.
#[component]
pub fn CallSettings() -> impl IntoView {}
