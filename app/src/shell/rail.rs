//! The slim rail beside every page, a bar at the foot of a phone: where one is, and where one can go.

use icondata_lu::{LuEllipsis, LuSearch, LuSiren};
use leptos::html;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::connection::Connection;
use super::overlays::Overlays;
use crate::area::{Place, Stands};
use crate::areas::AREAS;
use crate::inbox::Asks;
use crate::reactive::{Show, memo};
use crate::sync::Replica;
use crate::ui::{Avatar, BrandMark, Icon};
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
    let name = memo(move || words::person_name(replica, me));
    let here = use_location().pathname;
    view! {
        <nav class="rail" aria-label=t!("rail.label")>
            <a class="rail-brand" href="/" aria-label=t!("rail.brand")>
                <BrandMark />
            </a>
            <div class="rail-main">
                {AREAS
                    .iter()
                    .flat_map(|area| area.places)
                    .filter(|place| place.stands != Stands::Menu)
                    .map(|place| view! { <RailItem place /> })
                    .collect_view()}
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
                <More />
            </div>
        </nav>
    }
}

#[component]
fn RailItem(place: &'static Place) -> impl IntoView {
    let replica = Replica::expect();
    let here = use_location().pathname;
    let is_current = memo(move || here.with(|here| section(here) == section(place.address)));
    view! {
        <a
            class="rail-item"
            href=place.address
            data-secondary=(place.stands == Stands::Secondary).then_some("")
            aria-current=move || is_current.get().then_some("page")
        >
            <Icon icon=place.icon />
            <span class="rail-label">{move || (place.label)(replica).text()}</span>
            {(place.stands == Stands::WithWaiting).then(|| view! { <Waiting /> })}
        </a>
    }
}

/// How much waits in the inbox.
#[component]
fn Waiting() -> impl IntoView {
    let asks = Asks::expect();
    let count = memo(move || asks.count());
    let presses = memo(move || asks.presses());
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
fn More() -> impl IntoView {
    let replica = Replica::expect();
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
            {AREAS
                .iter()
                .flat_map(|area| area.places)
                .filter(|place| matches!(place.stands, Stands::Secondary | Stands::Menu))
                .map(|place| {
                    view! {
                        <a class="menu-item" href=place.address>
                            <span>{move || (place.label)(replica).text()}</span>
                        </a>
                    }
                })
                .collect_view()}
        </div>
    }
}

/// The first part of an address: all pages below it are one item of the rail.
fn section(path: &str) -> &str {
    path.trim_start_matches('/').split('/').next().unwrap_or_default()
}
