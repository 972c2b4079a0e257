//! How the server stands, to the frame around the pages.

use icondata_lu::LuServer;
use leptos_router::path;

use super::Operation;
use crate::area::{Area, Page, route};

/// How the server stands.
pub static AREA: Area = Area {
    pages: &[Page::new("/admin/system", LuServer, tr!("palette.system")).for_admins()],
    ..Area::of(|| vec![route(path!("admin/system"), part!(admin, Operation))])
};
