//! Knowledge: the library and its articles (SPEC 8).

use leptos::prelude::*;

/// The page behind `/knowledge`.
#[component]
pub fn Library() -> impl IntoView {}

/// The page behind `/knowledge/new`.
#[component]
pub fn NewArticlePage() -> impl IntoView {}

/// The page behind `/knowledge/ID`.
#[component]
pub fn ArticlePage() -> impl IntoView {}
