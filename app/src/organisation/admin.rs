//! The head of the directory's and the admins' pages: their name, the way between them, what can be done.

use leptos::prelude::*;

use super::directory::{is_admin, manages};
use crate::reactive::derived;
use crate::sync::Replica;
use crate::ui::{Key, PageHead, Way, tabs};

/// One of these pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// Who works here.
    People,
    /// The tree of departments.
    Departments,
    /// How the company responds to incidents.
    Policy,
    /// Where the company's chat groups are told.
    Webhooks,
    /// The company as a whole.
    Company,
    /// How the server stands.
    System,
}

impl Section {
    const ALL: [Self; 6] = [Self::People, Self::Departments, Self::Policy, Self::Webhooks, Self::Company, Self::System];

    /// Its name.
    pub const fn name(self) -> Key {
        match self {
            Self::People => tr!("admin.people"),
            Self::Departments => tr!("admin.departments"),
            Self::Policy => tr!("admin.policy"),
            Self::Webhooks => tr!("admin.webhooks"),
            Self::Company => tr!("admin.company"),
            Self::System => tr!("admin.system"),
        }
    }

    const fn address(self) -> &'static str {
        match self {
            Self::People => "/admin/people",
            Self::Departments => "/admin/departments",
            Self::Policy => "/admin/policy",
            Self::Webhooks => "/admin/webhooks",
            Self::Company => "/admin/company",
            Self::System => "/admin/system",
        }
    }

    /// Whether it is shown to admins alone.
    const fn is_for_admins(self) -> bool {
        matches!(self, Self::Webhooks | Self::Company | Self::System)
    }
}

/// The head of a page.
#[component]
pub fn AdminHead(
    /// Which page it is.
    section: Section,
    /// The buttons at its end.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let replica = Replica::expect();
    let manages = manages(replica);
    let is_admin = is_admin(replica);
    let title = derived(move || if manages.get() { t!("rail.admin") } else { t!("rail.directory") }.into_owned());
    let shown = move || {
        let shown = Section::ALL.into_iter().filter(|other| is_admin.get() || !other.is_for_admins());
        let ways = shown.map(|other| Way::to(other.address(), other.name()).here_if(other == section));
        tabs(tr!("admin.tabs"), ways.collect())
    };
    view! {
        <PageHead title beside=shown.into_any()>
            {children.map(|children| children())}
        </PageHead>
    }
}
