//! Who has to do with it: who leads, who reported, who was called.

use leptos::prelude::*;
use shared::id::PersonId;
use shared::incident::Part;

use super::here::Here;
use crate::incident::words;
use crate::reactive::{For, Show};
use crate::ui::PersonTag;

/// The people of the incident.
#[component]
pub fn People() -> impl IntoView {
    let here = Here::expect();
    let named = here.map(|incident| {
        [
            (t!("incident_part.leader").into_owned(), incident.leader()),
            (t!("incident_part.deputy").into_owned(), incident.holder(Part::Deputy)),
            (t!("room.taken_by").into_owned(), incident.round.taken.map(|taken| taken.by)),
            (t!("room.reporter").into_owned(), Some(incident.reporter)),
        ]
    });
    let called = here.map(|incident| incident.called.keys().copied().collect::<Vec<PersonId>>());
    let former = here.map(|incident| {
        let over = incident.tenures.iter().filter(|tenure| tenure.until.is_some());
        over.map(|tenure| (tenure.part, tenure.person)).collect::<Vec<_>>()
    });
    view! {
        <section class="section" aria-labelledby="people-title">
            <header class="section-head">
                <h2 id="people-title">{t!("room.people")}</h2>
            </header>
            <dl class="facts">
                {move || {
                    named
                        .get()
                        .into_iter()
                        .filter_map(|(name, person)| person.map(|person| (name, person)))
                        .map(|(name, person)| {
                            view! {
                                <dt>{name}</dt>
                                <dd>
                                    <PersonTag person />
                                </dd>
                            }
                        })
                        .collect_view()
                }}
                <dt>{t!("room.called")}</dt>
                <dd class="room-called">
                    <For each=move || called.get() key=|person| *person let(person)>
                        <PersonTag person />
                    </For>
                </dd>
                <Show when=move || former.with(|former| !former.is_empty())>
                    <dt>{t!("room.former")}</dt>
                    <dd class="room-called">
                        {move || {
                            former
                                .get()
                                .into_iter()
                                .map(|(part, person)| {
                                    view! {
                                        <span>
                                            <PersonTag person />
                                            " "
                                            <small>{words::part(part)}</small>
                                        </span>
                                    }
                                })
                                .collect_view()
                        }}
                    </dd>
                </Show>
            </dl>
        </section>
    }
}
