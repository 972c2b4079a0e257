//! For a screen on the wall: all incidents that run, legible from across the room.

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::IncidentId;
use shared::incident::{Deadline, Incident};

use super::mark::{SeverityMark, StageMark, incident, room_address};
use super::words;
use crate::format;
use crate::reactive::{For, Show, memo};
use crate::sync::Replica;
use crate::ui::{Countdown, Seconds, page_title};
use crate::words::person_name;

/// How many of the clocks of an incident are shown.
const CLOCKS: usize = 3;

/// The page behind `/incidents/wall`. The rail and the bar step aside while it shows.
#[component]
pub fn Wall() -> impl IntoView {
    page_title(|| t!("wall.title"));
    let replica = Replica::expect();
    let running =
        memo(move || replica.read(|view| view.incidents().running().iter().map(|it| it.id).collect::<Vec<_>>()));
    let count = memo(move || running.with(Vec::len));
    view! {
        <div class="wall" data-many=move || (count.get() > 6).then_some("")>
            <header class="wall-head">
                <h1>{t!("wall.title")}</h1>
                <p class="wall-count" role="status">
                    {move || if count.get() > 0 { t!("wall.count", count = count.get()) } else { "".into() }}
                </p>
                <TimeOfDay />
                <a class="button ghost" href="/incidents">
                    {t!("wall.leave")}
                </a>
            </header>
            <Show when=move || { count.get() > 0 } fallback=|| view! { <Calm /> }>
                <div class="wall-tiles" data-count=move || count.get().min(6)>
                    <For each=move || running.get() key=|id| *id let(id)>
                        <Tile id />
                    </For>
                </div>
            </Show>
        </div>
    }
}

/// The time of day, as all countdowns tell it.
#[component]
fn TimeOfDay() -> impl IntoView {
    let seconds = Seconds::expect();
    let minute = seconds.minute();
    let time = move || {
        minute.track();
        format::time_of_day(seconds.get())
    };
    view! {
        <time class="wall-time" role="timer" aria-live="off">
            {time}
        </time>
    }
}

/// Nothing runs: said as calmly as it is, with who would be called.
#[component]
fn Calm() -> impl IntoView {
    let replica = Replica::expect();
    let seconds = Seconds::expect();
    let minute = seconds.minute();
    let on_duty = move || {
        minute.track();
        let now = crate::sync::now();
        let lead = replica.read(|view| view.incidents().roster.on_duty(view.company(), now));
        lead.map(|lead| t!("wall.on_duty", name = person_name(replica, lead)).into_owned())
    };
    view! {
        <div class="wall-calm">
            <p class="wall-calm-title">{t!("wall.calm")}</p>
            <p>{move || on_duty().unwrap_or_else(|| t!("wall.nobody_on_duty").into_owned())}</p>
        </div>
    }
}

#[component]
fn Tile(id: IncidentId) -> impl IntoView {
    let replica = Replica::expect();
    let incident = incident(replica, id);
    move || incident.get().map(|incident| tile(replica, &incident))
}

fn tile(replica: Replica, incident: &Arc<Incident>) -> impl IntoView + use<> {
    let leader = incident.leader();
    let leader =
        move || leader.map_or_else(|| t!("wall.no_leader").into_owned(), |leader| person_name(replica, leader));
    let pinned = incident.pinned.clone();
    let breaches = incident.breaches.len();
    let clocks: Vec<Deadline> = incident.clocks().into_iter().take(CLOCKS).collect();
    view! {
        <article class="wall-tile" data-severity=words::severity_key(incident.severity)>
            <header class="wall-tile-head">
                <SeverityMark severity=incident.severity runs=true />
                <span class="number">{incident.number()}</span>
                <StageMark stage=incident.stage />
            </header>
            <h2>
                <a href=room_address(incident.id)>{incident.title.clone()}</a>
            </h2>
            <p class="wall-leader">
                <span>{t!("wall.leader")}</span>
                " "
                {leader}
            </p>
            {(!pinned.is_empty()).then(|| view! { <p class="wall-pinned">{pinned}</p> })}
            <ul class="wall-clocks">{clocks.into_iter().map(wall_clock).collect_view()}</ul>
            {(breaches > 0).then(|| view! { <p class="wall-breaches">{t!("wall.breaches", count = breaches)}</p> })}
        </article>
    }
}

fn wall_clock(deadline: Deadline) -> impl IntoView {
    let name = words::clock(deadline.clock);
    view! {
        <li>
            <span class="wall-clock-name" aria-hidden="true">
                {name.clone()}
            </span>
            <Countdown deadline=Signal::stored(Some(deadline)) label=Signal::stored(name) />
        </li>
    }
}
