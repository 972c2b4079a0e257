//! A page about the incident that the address names.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use rust_i18n::t;
use shared::Scope;
use shared::id::IncidentId;
use shared::incident::Incident;
use shared::sync::Link;

use crate::sync::Replica;
use crate::ui::{Gone, tr};

/// What draws the page of an incident that is here.
type Draw = fn(Arc<Incident>) -> AnyView;

/// A page of the incident, or that there is none.
pub fn incident_page(page: Draw) -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("incident")?.parse::<IncidentId>().ok()));
    move || id.get().map_or_else(gone, |id| view! { <Looked id page /> }.into_any())
}

/// Looks at its room, in which it is once it is over.
#[component]
fn Looked(id: IncidentId, page: Draw) -> impl IntoView {
    let replica = Replica::expect();
    let room = Scope::Room(id);
    replica.watch(room);
    let there = Memo::new(move |before: Option<&Option<bool>>| {
        if replica.read(|view| view.incident(id).is_some()) {
            Some(true)
        } else if replica.lacks(room) {
            Some(false)
        } else {
            // On its way from one place to the other it is what it was.
            before.copied().flatten()
        }
    });
    move || match there.get() {
        Some(true) => replica.peek(|state| state.incident(id).cloned()).map_or_else(|_| gone(), page),
        Some(false) => gone(),
        None => view! { <OnItsWay /> }.into_any(),
    }
}

/// The shape of what comes, and why it cannot come now.
#[component]
fn OnItsWay() -> impl IntoView {
    let replica = Replica::expect();
    let is_down = Memo::new(move |_| replica.link() == Link::Down);
    view! {
        <div class="page-body">
            <Show when=move || is_down.get()>
                <div class="notice" role="status">
                    <p>{t!("room.not_here")}</p>
                </div>
            </Show>
            <div class="skeleton room-skeleton" aria-busy="true"></div>
        </div>
    }
}

fn gone() -> AnyView {
    view! {
        <Gone
            title=tr("room.gone_title")
            text=tr("room.gone_text")
            address="/incidents"
            name=tr("room.all_incidents")
        />
    }
    .into_any()
}
