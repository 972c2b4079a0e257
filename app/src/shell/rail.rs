//! The slim rail beside every page, a bar at the foot of a phone: where one is, and where one can go.

use icondata_core::IconData;
use icondata_lu::{LuFolderKanban, LuHouse, LuNetwork, LuSearch};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use rust_i18n::t;

use super::connection::Connection;
use super::overlays::Overlays;
use crate::organisation::manages;
use crate::sync::Replica;
use crate::ui::{Avatar, Icon, Key, tr};
use crate::words;

/// The rail.
#[component]
pub fn Rail() -> impl IntoView {
    let replica = Replica::expect();
    let overlays = Overlays::expect();
    let me = replica.me();
    let name = Memo::new(move |_| words::person_name(replica, me));
    let manages = manages(replica);
    let here = use_location().pathname;
    view! {
        <nav class="rail" aria-label=t!("rail.label")>
            <a class="rail-brand" href="/" aria-label=t!("rail.brand")>
                <svg class="brand-mark" viewBox="0 0 28 28" aria-hidden="true">
                    <path d="M14 2v5M3.5 7.5h21M20 8c-2.5 5-8 8.5-15.5 10M8 8c3 5 8.5 8.5 15.5 10M10 16.5v3c0 3.2-1.5 5.3-4.5 6.5M18 16.5V26"></path>
                </svg>
            </a>
            <div class="rail-main">
                <RailItem href="/" icon=LuHouse label=tr("rail.home") />
                <RailItem href="/projects" icon=LuFolderKanban label=tr("rail.projects") />
                {move || {
                    let label = if manages.get() { tr("rail.admin") } else { tr("rail.directory") };
                    view! { <RailItem href="/admin/people" icon=LuNetwork label /> }
                }}
            </div>
            <div class="rail-foot">
                <button
                    type="button"
                    class="rail-item rail-search"
                    aria-haspopup="dialog"
                    aria-keyshortcuts="Control+K Meta+K"
                    on:click=move |_| overlays.palette.set(true)
                >
                    <Icon icon=LuSearch />
                    <span class="rail-label">{t!("rail.search")}</span>
                </button>
                <Connection />
                <a
                    class="rail-account"
                    href="/account"
                    aria-label=move || t!("rail.account", name = name.get())
                    aria-current=move || (here.get() == "/account").then_some("page")
                >
                    <Avatar person=me large=true />
                </a>
            </div>
        </nav>
    }
}

#[component]
fn RailItem(href: &'static str, icon: &'static IconData, label: Key) -> impl IntoView {
    let here = use_location().pathname;
    let is_current = Memo::new(move |_| here.with(|here| section(here) == section(href)));
    view! {
        <a class="rail-item" href=href aria-current=move || is_current.get().then_some("page")>
            <Icon icon />
            <span class="rail-label">{label.text()}</span>
        </a>
    }
}

/// The first part of an address: all pages below it are one item of the rail.
fn section(path: &str) -> &str {
    path.trim_start_matches('/').split('/').next().unwrap_or_default()
}
