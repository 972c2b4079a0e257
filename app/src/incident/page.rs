//! A page about the incident that the address names.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use shared::id::IncidentId;
use shared::incident::Incident;

use crate::sync::Replica;
use crate::ui::{Gone, tr};

/// A page of the incident, or that there is none.
pub fn incident_page(page: fn(Arc<Incident>) -> AnyView) -> impl IntoView {
    let replica = Replica::expect();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("incident")?.parse::<IncidentId>().ok()));
    let shown = Memo::new(move |_| {
        let id = id.get()?;
        replica.read(|view| view.incidents().all.contains_key(&id)).then_some(id)
    });
    move || {
        let first = shown.get().and_then(|id| replica.peek(|state| state.incidents.all.get(&id).cloned()));
        first.map_or_else(gone, page)
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
