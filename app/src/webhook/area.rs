//! Webhooks, to the frame around the pages.

use icondata_lu::LuWebhook;
use leptos_router::path;

use super::Webhooks;
use crate::area::{Area, Page, route};

/// Webhooks.
pub static AREA: Area = Area {
    pages: &[Page::new("/admin/webhooks", LuWebhook, tr!("palette.webhooks")).for_admins()],
    ..Area::of(|| vec![route(path!("admin/webhooks"), part!(admin, Webhooks))])
};
