//! Signing in and the company's directory.

use leptos::prelude::*;

/// Sign-in.
#[component]
pub fn SignIn() -> impl IntoView {}
/// First admin.
#[component]
pub fn Found() -> impl IntoView {}
/// Invitation.
#[component]
pub fn Join() -> impl IntoView {}
/// Departments.
#[component]
pub fn Departments() -> impl IntoView {}
/// People.
#[component]
pub fn People() -> impl IntoView {}
/// One's own account.
#[component]
pub fn Account() -> impl IntoView {}
