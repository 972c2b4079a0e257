//! The inbox, to the frame around the pages.

use icondata_lu::LuInbox;
use leptos_router::path;
use shared::inbox::{InboxCommand, Intent};

use super::InboxPage;
use crate::area::{Area, Page, Place, Stands, Told, route};

/// The inbox.
pub static AREA: Area = Area {
    places: &[Place { address: "/inbox", icon: LuInbox, label: |_| tr!("rail.inbox"), stands: Stands::WithWaiting }],
    pages: &[Page::new("/inbox", LuInbox, tr!("palette.inbox")).with_keys(&["G", "I"], tr!("shortcuts.go_inbox"))],
    ..Area::of(|| vec![route(path!("inbox"), part!(home, InboxPage))])
};

/// What is said of a command.
pub fn told(command: &InboxCommand) -> Told {
    let what = match command.mark {
        Some(Intent::Done) => t!("change.put_aside"),
        Some(Intent::Snooze(_)) => t!("change.snooze"),
        None => t!("change.bring_back"),
    };
    Told { what: what.into_owned(), place: t!("change.in_inbox").into_owned(), typed: None }
}
