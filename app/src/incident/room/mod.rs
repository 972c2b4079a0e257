//! The room of an incident: status, clocks, people, assignments, and one timeline with the chat (SPEC 7).

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
use leptos_router::hooks::use_params_map;
use rust_i18n::t;
use shared::Scope;
use shared::id::IncidentId;
use shared::incident::Incident;

use self::actions::Actions;
use self::assignments::Assignments;
pub use self::entry::sentence;
use self::facts::Facts;
use self::files::Files;
use self::head::Head;
use self::here::Here;
use self::people::People;
pub use self::questions::PersonSelect;
use self::questions::Questions;
use self::team::FormTeam;
use self::timeline::Timeline;
use self::voice::Voice;
use crate::sync::Replica;
use crate::ui::page_title;

/// The page behind `/incidents/:incident`.
#[component]
pub fn RoomPage() -> impl IntoView {
    let replica = Replica::expect();
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("incident")?.parse::<IncidentId>().ok()));
    let shown = Memo::new(move |_| {
        let id = id.get()?;
        replica.read(|view| view.incidents().all.contains_key(&id)).then_some(id)
    });
    move || {
        let first = shown.get().and_then(|id| replica.peek(|state| state.incidents.all.get(&id).cloned()));
        match first {
            Some(first) => view! { <Room first /> }.into_any(),
            None => view! { <Gone /> }.into_any(),
        }
    }
}

#[component]
fn Gone() -> impl IntoView {
    page_title(|| t!("room.gone_title"));
    view! {
        <div class="page-body">
            <div class="refusal" role="alert">
                <h1>{t!("room.gone_title")}</h1>
                <p>{t!("room.gone_text")}</p>
                <a class="button" href="/incidents">
                    {t!("room.all_incidents")}
                </a>
            </div>
        </div>
    }
}

#[component]
fn Room(first: Arc<Incident>) -> impl IntoView {
    let here = Here::provide(first);
    here.replica.watch(Scope::Room(here.id));
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
