//! Outgoing webhooks: where the company's chat groups are told.

use leptos::prelude::*;

/// The page behind `/admin/webhooks`.
#[component]
pub fn Webhooks() -> impl IntoView {}
