//! The head of the pages of incidents: their name, and the way between them.

use leptos::prelude::*;
use rust_i18n::t;

use crate::ui::{Key, tr};

/// One of the pages of incidents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Section {
    /// The list of all.
    Centre,
    /// How the response does.
    Figures,
    /// Who is on duty.
    Roster,
    /// What hangs in the office.
    Wall,
}

impl Section {
    const ALL: [Self; 4] = [Self::Centre, Self::Figures, Self::Roster, Self::Wall];

    /// Its name.
    pub const fn name(self) -> Key {
        match self {
            Self::Centre => tr("centre.all"),
            Self::Figures => tr("centre.figures"),
            Self::Roster => tr("centre.roster"),
            Self::Wall => tr("centre.wall"),
        }
    }

    const fn address(self) -> &'static str {
        match self {
            Self::Centre => "/incidents",
            Self::Figures => "/incidents/figures",
            Self::Roster => "/incidents/roster",
            Self::Wall => "/incidents/wall",
        }
    }
}

/// The head of a page.
#[component]
pub fn IncidentHead(
    /// Which page it is.
    section: Section,
    /// What stands at its end.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
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
                <h1>{t!("centre.title")}</h1>
            </div>
            <nav class="tabs" aria-label=t!("centre.tabs")>
                {tabs}
            </nav>
            <div class="page-actions">{children.map(|children| children())}</div>
        </header>
    }
}
