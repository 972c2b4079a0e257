//! The inbox, to the frame around the pages.

use icondata_lu::LuInbox;
use leptos_router::path;
use shared::inbox::InboxCommand;

use super::InboxPage;
use crate::area::{Area, Page, Place, Stands, Told, route};

/// The inbox.
pub static AREA: Area = Area {
    places: &[Place { address: "/inbox", icon: LuInbox, label: |_| tr!("rail.inbox"), stands: Stands::WithWaiting }],
    pages: &[Page::new("/inbox", LuInbox, tr!("palette.inbox")).with_keys(&["G", "I"], tr!("shortcuts.go_inbox"))],
    ..Area::of(|| vec![route(path!("inbox"), part!(home, InboxPage))])
};

/// What is said of a command.
pub fn told(_: &InboxCommand) -> Told {
    Told { what: t!("change.inbox").into_owned(), place: t!("change.in_inbox").into_owned(), typed: None }
}
