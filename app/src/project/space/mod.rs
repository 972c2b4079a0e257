//! The project space: list, registration (template one), overview with members and milestones.

use leptos::prelude::*;

/// All projects that one may read.
#[component]
pub fn ProjectList() -> impl IntoView {}
/// Template one, empty.
#[component]
pub fn RegisterProject() -> impl IntoView {}
/// One project.
#[component]
pub fn Overview() -> impl IntoView {}
