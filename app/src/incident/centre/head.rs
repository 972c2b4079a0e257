//! The head of the pages of incidents: their name, and the way between them.

use leptos::prelude::*;

use crate::ui::{Key, PageHead, Way, tabs};

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
            Self::Centre => tr!("centre.all"),
            Self::Figures => tr!("centre.figures"),
            Self::Roster => tr!("centre.roster"),
            Self::Wall => tr!("centre.wall"),
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
    let ways = Section::ALL.map(|other| Way::to(other.address(), other.name()).here_if(other == section));
    view! {
        <PageHead title=tr!("centre.title") beside=tabs(tr!("centre.tabs"), ways.into())>
            {children.map(|children| children())}
        </PageHead>
    }
}
