//! A page about the incident that the address names.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::Scope;
use shared::id::IncidentId;
use shared::incident::Incident;

use crate::reactive::memo;
use crate::sync::Replica;
use crate::ui::{Gone, OnItsWay};

/// What draws the page of an incident that is here.
type Draw = fn(Arc<Incident>) -> AnyView;

/// A page of the incident, or that there is none.
pub fn incident_page(page: Draw) -> impl IntoView {
    let params = use_params_map();
    let id = memo(move || params.with(|params| params.get("incident")?.parse::<IncidentId>().ok()));
    move || id.get().map_or_else(gone, |id| view! { <Looked id page /> }.into_any())
}

/// Looks at its room, in which it is once it is over.
#[component]
fn Looked(id: IncidentId, page: Draw) -> impl IntoView {
    let replica = Replica::expect();
    let room = Scope::Room(id);
    replica.watch(room);
    let there = replica.there(room, move |view| view.incident(id).is_some());
    move || match there.get() {
        Some(true) => replica.peek(|state| state.incident(id).cloned()).map_or_else(|_| gone(), page),
        Some(false) => gone(),
        None => view! { <OnItsWay text=tr!("room.not_here") /> }.into_any(),
    }
}

fn gone() -> AnyView {
    view! {
        <Gone
            title=tr!("room.gone_title")
            text=tr!("room.gone_text")
            address="/incidents"
            name=tr!("room.all_incidents")
        />
    }
    .into_any()
}
