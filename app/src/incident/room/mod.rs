//! The room of an incident: status, clocks, people, assignments, and one timeline with the chat.

mod actions;
mod assignments;
mod entry;
mod facts;
mod files;
mod head;
mod here;
mod people;
mod questions;
mod team;
mod timeline;
mod voice;

use std::sync::Arc;

use leptos::prelude::*;
use shared::incident::Incident;

use self::actions::Actions;
use self::assignments::Assignments;
pub use self::entry::{sentence, text};
use self::facts::Facts;
use self::files::Files;
use self::head::Head;
use self::here::Here;
use self::people::People;
use self::questions::Questions;
use self::team::FormTeam;
use self::timeline::Timeline;
use self::voice::Voice;
use crate::incident::page::incident_page;
use crate::ui::page_title;

/// The page behind `/incidents/:incident`.
#[component]
pub fn RoomPage() -> impl IntoView {
    incident_page(|first| view! { <Room first /> }.into_any())
}

#[component]
fn Room(first: Arc<Incident>) -> impl IntoView {
    let here = Here::provide(first);
    begin_at_the_top();
    let title = here.map(|incident| incident.title.clone());
    page_title(move || title.get());
    view! {
        <Head />
        <div class="page-body room">
            <div class="room-main">
                <Actions />
                <Timeline />
            </div>
            <div class="room-side">
                <Assignments />
                <Files />
                <People />
                <Facts />
            </div>
        </div>
        <Questions />
        <FormTeam />
        <Voice />
    }
}

/// On a phone the page scrolls as a whole, and a browser remembers how far from the room that was looked at before.
fn begin_at_the_top() {
    request_animation_frame(|| {
        if let Some(page) = document().get_element_by_id("main") {
            page.set_scroll_top(0);
        }
    });
}
