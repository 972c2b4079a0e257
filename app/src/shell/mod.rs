//! What surrounds every page: navigation, connection state, messages, command palette, shortcuts.

mod connection;
mod file_link;
mod outbox;
mod overlays;
mod palette;
mod rail;
mod refused;
mod shortcuts;
mod states;

use leptos::html;
use leptos::prelude::*;
use leptos_router::components::Outlet;
use leptos_router::hooks::use_location;

pub use file_link::FileLink;
pub use states::{NotFound, Starting, Unreachable};

use crate::areas::ASKED_ABOUT;
use crate::inbox::{Asks, Calls};
use crate::incident::RunningBar;
use crate::later::FIRST_PAGE;
use crate::organisation::{Leaving, SignOut};
use crate::reactive::Show;
use crate::ui::{Seconds, ToastStack};
use connection::AddressRefused;
use outbox::{Outbox, Unkept};
use overlays::Overlays;
use palette::Palette;
use rail::Rail;
use refused::Refused;
use shortcuts::ShortcutSheet;

/// The frame of all pages behind the gate.
#[component]
pub fn Shell() -> impl IntoView {
    Overlays::provide();
    SignOut::provide();
    Seconds::provide();
    Asks::provide(ASKED_ABOUT);
    shortcuts::listen();
    // What opens over a page is loaded once that is there.
    let is_idle = RwSignal::new(false);
    set_timeout(
        move || {
            is_idle.try_set(true);
        },
        FIRST_PAGE,
    );
    let main = NodeRef::<html::Main>::new();
    focus_on_navigation(main);
    let skip = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        if let Some(main) = main.get_untracked() {
            let _ = main.focus();
        }
    };
    view! {
        <div class="shell">
            <a class="skip-link" href="#main" on:click=skip>
                {t!("shell.skip")}
            </a>
            <Rail />
            <RunningBar />
            <main class="page" id="main" tabindex="-1" node_ref=main>
                <AddressRefused />
                <Unkept />
                <Refused />
                <Outlet />
            </main>
            <ToastStack />
        </div>
        <Show when=move || is_idle.get()>{part!(overlays, OverPages, over)}</Show>
        <Leaving />
        <Calls />
    }
}

/// What opens over the pages.
#[component]
fn OverPages() -> impl IntoView {
    view! {
        <Palette />
        <ShortcutSheet />
        <Outbox />
    }
}

/// Puts the focus at the start of a page that one has gone to, unless the page has taken it already.
fn focus_on_navigation(main: NodeRef<html::Main>) {
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let path = path.get();
        if before.is_some_and(|before| before != path) {
            request_animation_frame(move || {
                let Some(main) = main.try_get_untracked().flatten() else { return };
                let focused = document().active_element();
                if !main.contains(focused.as_deref()) {
                    let _ = main.focus();
                }
            });
        }
        path
    });
}
