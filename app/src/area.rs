//! What an area tells the frame around the pages; `areas.rs` lists them all.

use icondata_core::IconData;
use leptos::prelude::*;
use leptos_router::any_nested_route::{AnyNestedRoute, IntoAnyNestedRoute};
use leptos_router::{NestedRoute, PossibleRouteMatch};
use shared::State;
use shared::id::PersonId;

use crate::sync::Replica;
use crate::ui::{Key, Typed};

/// An area of the app.
#[derive(Clone, Copy)]
pub struct Area {
    /// Its pages, by their addresses.
    pub routes: fn() -> Vec<AnyNestedRoute>,
    /// Where it stands in the rail.
    pub places: &'static [Place],
    /// The pages to which the palette goes.
    pub pages: &'static [Page],
    /// The pages on which something begins.
    pub deeds: &'static [Page],
    /// What else the palette offers a person, who is on the page of a path.
    pub finds: fn(&State, PersonId, &str) -> Vec<Found>,
    /// What it finds by what is typed beside that, the best first.
    pub named: fn(&State, &Typed) -> Vec<Found>,
}

impl Area {
    /// Nothing but routes.
    pub const fn of(routes: fn() -> Vec<AnyNestedRoute>) -> Self {
        Self { routes, places: &[], pages: &[], deeds: &[], finds: |_, _, _| Vec::new(), named: |_, _| Vec::new() }
    }
}

/// A page by its address. For [`Area::routes`].
pub fn route<P, V>(path: P, view: fn() -> V) -> AnyNestedRoute
where
    P: PossibleRouteMatch + Clone + Send + 'static,
    V: IntoView + 'static,
{
    NestedRoute::new(path, view).into_any_nested_route()
}

/// A place in the rail.
#[derive(Clone, Copy)]
pub struct Place {
    /// Where it leads.
    pub address: &'static str,
    /// Its icon.
    pub icon: &'static IconData,
    /// What it is called for the person who looks; tracked.
    pub label: fn(Replica) -> Key,
    /// Where it stands.
    pub stands: Stands,
}

/// Where a place of the rail stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stands {
    /// In the rail, and in the bar of a phone.
    Always,
    /// There too, with how much waits in the inbox.
    WithWaiting,
    /// In the rail, and in the menu of a phone.
    Secondary,
    /// In the menu of a phone alone.
    Menu,
}

/// A page that the palette and single keys lead to.
#[derive(Clone, Copy)]
pub struct Page {
    /// Where it is.
    pub address: &'static str,
    /// Its icon.
    pub icon: &'static IconData,
    /// What it is called.
    pub name: Key,
    /// The keys that lead there.
    pub keys: Option<Keys>,
    /// Whether only admins are led there.
    pub for_admins: bool,
}

/// Keys, and what they do.
#[derive(Clone, Copy)]
pub struct Keys {
    /// What their caps say.
    pub caps: &'static [&'static str],
    /// What they do.
    pub what: Key,
}

impl Page {
    /// A page without keys.
    pub const fn new(address: &'static str, icon: &'static IconData, name: Key) -> Self {
        Self { address, icon, name, keys: None, for_admins: false }
    }

    /// The same page with keys.
    pub const fn with_keys(self, caps: &'static [&'static str], what: Key) -> Self {
        Self { keys: Some(Keys { caps, what }), ..self }
    }

    /// The same page for admins alone.
    pub const fn for_admins(self) -> Self {
        Self { for_admins: true, ..self }
    }
}

/// The headings of the palette, in their order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Heading {
    /// What can be done on this page.
    Here,
    /// Pages.
    GoTo,
    /// Incidents that run.
    Running,
    /// People.
    People,
    /// Boards.
    Boards,
    /// Projects.
    Projects,
    /// What can be done anywhere.
    Do,
    /// Tasks. From here on the server finds something as well, which comes later: so these are at the end.
    Tasks,
    /// Articles.
    Articles,
    /// Incidents, wherever they stand.
    Incidents,
}

impl Heading {
    /// What it says.
    pub const fn name(self) -> Key {
        match self {
            Self::Here => tr!("palette.here"),
            Self::GoTo => tr!("palette.go_to"),
            Self::Running => tr!("palette.running"),
            Self::Boards => tr!("palette.boards"),
            Self::Projects => tr!("palette.projects"),
            Self::Do => tr!("palette.do"),
            Self::People => tr!("palette.people"),
            Self::Tasks => tr!("palette.tasks"),
            Self::Articles => tr!("palette.knowledge"),
            Self::Incidents => tr!("palette.incidents"),
        }
    }
}

/// The most that the palette shows of what is found by its name, of each sort.
pub const MOST_NAMED: usize = 8;

/// Something that the palette finds beside pages.
#[derive(Clone, Debug)]
pub struct Found {
    /// Under which heading.
    pub heading: Heading,
    /// Its icon.
    pub icon: &'static IconData,
    /// What it is called.
    pub label: String,
    /// What tells it from another, such as a project's number.
    pub note: String,
    /// What it is found by beside all that.
    pub words: String,
    /// The keys that do the same on the page.
    pub keys: &'static [&'static str],
    /// Where it is.
    pub address: String,
}

/// What is said of a command that waits or was refused.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// What was to happen, in a few words.
    pub what: String,
    /// Where.
    pub place: String,
    /// What was typed for it, so that it can be used again.
    pub typed: Option<String>,
}
