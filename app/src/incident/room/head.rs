//! What one sees first: what it is, where it stands, how long is left, and what everybody should know.

use leptos::prelude::*;
use shared::incident::{Clock, Deadline};

use super::here::{Action, Here};
use crate::format;
use crate::incident::{SeverityMark, StageMark, words};
use crate::reactive::{For, Show};
use crate::ui::{Countdown, PageHead, Way};

/// The head of the room.
#[component]
pub fn Head() -> impl IntoView {
    let here = Here::expect();
    let title = here.map(|incident| incident.title.clone());
    let number = here.map(shared::incident::Incident::number);
    let marks = here.map(|incident| (incident.severity, incident.stage));
    let subtitle = view! {
        <span class="number">{move || number.get()}</span>
        {move || {
            let (severity, stage) = marks.get();
            view! {
                <SeverityMark severity runs=stage.is_running() />
                <StageMark stage />
            }
        }}
    };
    view! {
        <PageHead
            title
            above=vec![Way::to("/incidents", tr!("room.incidents"))]
            subtitle=view! { <p class="page-subtitle room-marks">{subtitle}</p> }.into_any()
            beside=view! { <Clocks /> }.into_any()
        />
        <Pinned />
    }
}

/// The clocks that run, large; those that were missed, on record.
#[component]
fn Clocks() -> impl IntoView {
    let here = Here::expect();
    let clocks = here.map(shared::incident::Incident::clocks);
    let missed = here.map(|incident| incident.breaches.iter().map(|breach| breach.clock).collect::<Vec<Clock>>());
    view! {
        <dl class="room-clocks" aria-label=t!("room.clocks")>
            <For each=move || clocks.get() key=|deadline| (deadline.clock, deadline.due) let(deadline)>
                <LargeClock deadline />
            </For>
            <Show when=move || missed.with(|missed| !missed.is_empty())>
                <div class="room-missed">
                    <dt>{t!("room.missed")}</dt>
                    <dd>
                        {move || {
                            let names: Vec<String> = missed.get().into_iter().map(words::clock).collect();
                            names.join(&t!("room.list_comma"))
                        }}
                    </dd>
                </div>
            </Show>
        </dl>
    }
}

#[component]
fn LargeClock(deadline: Deadline) -> impl IntoView {
    let name = words::clock(deadline.clock);
    view! {
        <div class="room-clock">
            <dt>{name.clone()}</dt>
            <dd>
                <Countdown deadline=Signal::stored(Some(deadline)) label=Signal::stored(name) />
                <span class="paper-only">{t!("room.until", time = format::instant(deadline.due))}</span>
            </dd>
        </div>
    }
}

/// What everybody should know now.
#[component]
fn Pinned() -> impl IntoView {
    let here = Here::expect();
    let pinned = here.map(|incident| incident.pinned.clone());
    let is_over = here.map(|incident| incident.stage.is_over());
    let edits = move || here.runs.get() && !is_over.get();
    view! {
        <Show when=move || edits() || pinned.with(|pinned| !pinned.is_empty())>
            <div class="room-pinned" data-empty=move || pinned.with(String::is_empty).then_some("")>
                <strong>{t!("room.pinned")}</strong>
                <p>{move || if pinned.with(String::is_empty) { t!("room.nothing_pinned").into_owned() } else { pinned.get() }}</p>
                <Show when=edits>
                    <button
                        type="button"
                        class="button ghost small"
                        on:click=move |_| here.asking.set(Some(Action::Pin))
                    >
                        {t!("room.edit_pinned")}
                    </button>
                </Show>
            </div>
        </Show>
    }
}
