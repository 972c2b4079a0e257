//! What runs and what asks: the top of home.

use leptos::prelude::*;
use shared::id::IncidentId;
use shared::inbox::{Ask, AskKind};

use crate::inbox::{Asks, ask_due, sentence};
use crate::incident::{NamedClock, SeverityMark, StageMark, incident, next_clock, room_address};
use crate::reactive::{For, Show, memo};
use crate::sync::Replica;

/// How many asks are shown; the inbox has them all.
const MOST: usize = 5;

/// The incidents that run, with their clocks; nothing while none does.
#[component]
pub fn Running() -> impl IntoView {
    let replica = Replica::expect();
    let running =
        memo(move || replica.read(|view| view.incidents().running().iter().map(|it| it.id).collect::<Vec<_>>()));
    view! {
        <Show when=move || running.with(|running| !running.is_empty())>
            <section class="section home-running">
                <header class="section-head">
                    <h2>{t!("home.running")}</h2>
                    <div class="section-actions">
                        <a class="link" href="/incidents">
                            {t!("home.all_incidents")}
                        </a>
                    </div>
                </header>
                <ul class="home-list">
                    <For each=move || running.get() key=|id| *id let(id)>
                        <RunningRow id />
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn RunningRow(id: IncidentId) -> impl IntoView {
    let incident = incident(Replica::expect(), id);
    view! {
        <li>
            {move || {
                incident
                    .get()
                    .map(|incident| {
                        let clock = next_clock(&incident);
                        view! {
                            <a class="home-row" href=room_address(id)>
                                <SeverityMark severity=incident.severity runs=true />
                                <span class="home-title">
                                    <span class="number">{incident.number()}</span>
                                    " "
                                    {incident.title.clone()}
                                </span>
                                <span class="home-where">
                                    <StageMark stage=incident.stage />
                                </span>
                                <NamedClock deadline=Signal::stored(clock) />
                            </a>
                        }
                    })
            }}
        </li>
    }
}

/// Whether the lists of tasks or of milestones say it.
const fn is_listed(kind: AskKind) -> bool {
    use AskKind as A;
    matches!(kind, A::Owned | A::Helps | A::DueSoon | A::Overdue | A::Milestone)
}

/// What asks something of me besides, the first few; nothing while nothing does. How many there are in all the inbox says,
/// here as in the rail.
#[component]
pub fn MyAsks() -> impl IntoView {
    let asks = Asks::expect();
    let open = memo(move || {
        let open = asks.open().into_iter().filter(|ask| !is_listed(ask.kind));
        open.collect::<Vec<_>>()
    });
    let first = memo(move || open.with(|open| open.iter().take(MOST).cloned().collect::<Vec<_>>()));
    view! {
        <Show when=move || open.with(|open| !open.is_empty())>
            <section class="section home-asks">
                <header class="section-head">
                    <h2>{t!("home.asks")}</h2>
                    <div class="section-actions">
                        <a class="link" href="/inbox">
                            {t!("home.to_inbox")} " "
                            <span class="badge" data-urgent=move || asks.presses().then_some("")>
                                {move || asks.count()}
                            </span>
                        </a>
                    </div>
                </header>
                <ul class="home-list">
                    <For each=move || first.get() key=|ask| (ask.key.clone(), ask.due) let(ask)>
                        <AskRow ask />
                    </For>
                </ul>
            </section>
        </Show>
    }
}

#[component]
fn AskRow(ask: Ask) -> impl IntoView {
    let asks = Asks::expect();
    let about = {
        let ask = ask.clone();
        memo(move || asks.about(&ask))
    };
    view! {
        <li>
            <a class="home-row" href=asks.address(&ask)>
                <span class="home-title">
                    {sentence(ask.kind)} " "
                    <span class="number">{move || about.get().number}</span>
                </span>
                <span class="home-where">{move || about.get().name}</span>
                {ask_due(&ask)}
            </a>
        </li>
    }
}
