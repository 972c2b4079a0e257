//! The slim rail beside every page, a bar at the foot of a phone: where one is, and where one can go.

use icondata_core::IconData;
use icondata_lu::{
    LuEllipsis, LuFolderKanban, LuHouse, LuInbox, LuLibrary, LuNetwork, LuSearch, LuSiren, LuTriangleAlert,
};
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use rust_i18n::t;

use super::connection::Connection;
use super::overlays::Overlays;
use crate::inbox::Asks;
use crate::organisation::manages;
use crate::sync::Replica;
use crate::ui::{Avatar, Icon, Key, tr};
use crate::words;

/// The menu of what a phone's bar has no room for.
const MORE: &str = "rail-more";
/// The most that the badge of the inbox counts to.
const MOST: usize = 99;

/// The rail.
#[component]
pub fn Rail() -> impl IntoView {
    let replica = Replica::expect();
    let overlays = Overlays::expect();
    let me = replica.me();
    let name = Memo::new(move |_| words::person_name(replica, me));
    let manages = manages(replica);
    let here = use_location().pathname;
    let directory = Memo::new(move |_| if manages.get() { tr("rail.admin") } else { tr("rail.directory") });
    view! {
        <nav class="rail" aria-label=t!("rail.label")>
            <a class="rail-brand" href="/" aria-label=t!("rail.brand")>
                <svg class="brand-mark" viewBox="0 0 28 28" aria-hidden="true">
                    <path d="M14 2v5M3.5 7.5h21M20 8c-2.5 5-8 8.5-15.5 10M8 8c3 5 8.5 8.5 15.5 10M10 16.5v3c0 3.2-1.5 5.3-4.5 6.5M18 16.5V26"></path>
                </svg>
            </a>
            <div class="rail-main">
                <RailItem href="/" icon=LuHouse label=tr("rail.home") />
                <RailItem href="/inbox" icon=LuInbox label=tr("rail.inbox") badge=true />
                <RailItem href="/projects" icon=LuFolderKanban label=tr("rail.projects") />
                <RailItem href="/incidents" icon=LuTriangleAlert label=tr("rail.incidents") />
                <RailItem href="/knowledge" icon=LuLibrary label=tr("rail.knowledge") secondary=true />
                {move || {
                    view! { <RailItem href="/admin/people" icon=LuNetwork label=directory.get() secondary=true /> }
                }}
            </div>
            <div class="rail-foot">
                <a
                    class="rail-item rail-report"
                    href="/incidents/new"
                    aria-label=t!("rail.report_incident")
                    aria-keyshortcuts="!"
                    title=t!("rail.report_incident")
                >
                    <Icon icon=LuSiren />
                    <span class="rail-label">{t!("rail.report")}</span>
                </a>
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
                <More directory />
            </div>
        </nav>
    }
}

#[component]
fn RailItem(
    href: &'static str,
    icon: &'static IconData,
    label: Key,
    /// Whether it says how much waits in the inbox.
    #[prop(optional)]
    badge: bool,
    /// Whether a phone's bar leaves it out.
    #[prop(optional)]
    secondary: bool,
) -> impl IntoView {
    let here = use_location().pathname;
    let is_current = Memo::new(move |_| here.with(|here| section(here) == section(href)));
    view! {
        <a
            class="rail-item"
            href=href
            data-secondary=secondary.then_some("")
            aria-current=move || is_current.get().then_some("page")
        >
            <Icon icon />
            <span class="rail-label">{label.text()}</span>
            {badge.then(|| view! { <Waiting /> })}
        </a>
    }
}

/// How much waits in the inbox.
#[component]
fn Waiting() -> impl IntoView {
    let asks = Asks::expect();
    let count = Memo::new(move |_| asks.count());
    let presses = Memo::new(move |_| asks.presses());
    view! {
        <Show when=move || { count.get() > 0 }>
            <span class="badge" data-urgent=move || presses.get().then_some("") aria-hidden="true">
                {move || if count.get() > MOST { t!("rail.many", count = MOST).into_owned() } else { count.get().to_string() }}
            </span>
            " "
            <span class="visually-hidden">{move || t!("rail.waiting", count = count.get())}</span>
        </Show>
    }
}

/// What a phone's bar has no room for, behind a button of its own.
#[component]
fn More(directory: Memo<Key>) -> impl IntoView {
    let menu = NodeRef::<html::Div>::new();
    let close = move |_| {
        if let Some(menu) = menu.get_untracked() {
            let _ = menu.hide_popover();
        }
    };
    view! {
        <button type="button" class="rail-item rail-more" popovertarget=MORE>
            <Icon icon=LuEllipsis />
            <span class="rail-label">{t!("rail.more")}</span>
        </button>
        <div class="menu" popover="auto" id=MORE role="group" aria-label=t!("rail.more") node_ref=menu on:click=close>
            <a class="menu-item" href="/knowledge">
                <span>{t!("rail.knowledge")}</span>
            </a>
            <a class="menu-item" href="/incidents/roster">
                <span>{t!("rail.roster")}</span>
            </a>
            <a class="menu-item" href="/admin/people">
                <span>{move || directory.get().text()}</span>
            </a>
            <a class="menu-item" href="/account">
                <span>{t!("rail.my_account")}</span>
            </a>
        </div>
    }
}

/// The first part of an address: all pages below it are one item of the rail.
fn section(path: &str) -> &str {
    path.trim_start_matches('/').split('/').next().unwrap_or_default()
}
