//! Home, to the frame around the pages.

use icondata_lu::LuHouse;
use leptos_router::path;

use super::Home;
use crate::area::{Area, Page, Place, Stands, route};

/// Home.
pub static AREA: Area = Area {
    places: &[Place { address: "/", icon: LuHouse, label: |_| tr!("rail.home"), stands: Stands::Always }],
    pages: &[Page::new("/", LuHouse, tr!("palette.home")).with_keys(&["G", "H"], tr!("shortcuts.go_home"))],
    ..Area::of(|| vec![route(path!(""), part!(home, Home))])
};
