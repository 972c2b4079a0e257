//! Home: what asks something of me, my tasks, my projects (SPEC 9).

use leptos::prelude::*;

/// The page behind `/`.
#[component]
pub fn Home() -> impl IntoView {}
