//! The head of the directory's pages: their name, the way between them, what can be done.

use leptos::prelude::*;
use rust_i18n::t;

use super::directory::manages;
use crate::sync::Replica;
use crate::ui::{Key, tr};

/// One of the directory's pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Who works here.
    People,
    /// The tree of departments.
    Departments,
}

impl Section {
    const ALL: [Self; 2] = [Self::People, Self::Departments];

    /// Its name.
    pub const fn name(self) -> Key {
        match self {
            Self::People => tr("admin.people"),
            Self::Departments => tr("admin.departments"),
        }
    }

    const fn address(self) -> &'static str {
        match self {
            Self::People => "/admin/people",
            Self::Departments => "/admin/departments",
        }
    }
}

/// The head of a page.
#[component]
pub fn AdminHead(
    /// Which page it is.
    section: Section,
    /// The buttons at its end.
    children: Children,
) -> impl IntoView {
    let manages = manages(Replica::expect());
    let tabs = Section::ALL.map(|other| {
        let current = (other == section).then_some("page");
        view! {
            <a href=other.address() aria-current=current>
                {other.name().text()}
            </a>
        }
    });
    view! {
        <header class="page-head">
            <div class="page-title">
                <h1>{move || if manages.get() { t!("rail.admin") } else { t!("rail.directory") }}</h1>
            </div>
            <nav class="tabs" aria-label=t!("admin.tabs")>
                {tabs}
            </nav>
            <div class="page-actions">{children()}</div>
        </header>
    }
}
