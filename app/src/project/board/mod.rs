//! The board.

use leptos::prelude::*;

/// The board of one project.
#[component]
pub fn BoardPage() -> impl IntoView {}
