//! Incidents like the one that is being reported: open ones to join, so that nothing is reported twice.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use qibu::knowledge::functions::similar;
use qibu::knowledge::{IncidentCard, Similar};
use shared::Command;
use shared::arrange::Arrange as _;
use shared::id::{EntryId, IncidentId};
use shared::incident::{Incident, IncidentCommand, IncidentIntent, IncidentKind, share_a_word, similarity};
use uuid::Uuid;

use super::draft::Draft;
use crate::incident::{SeverityMark, StageMark, incident, room_address};
use crate::reactive::{For, Show, effect, memo};
use crate::sync::{Replica, TrackedView};
use crate::ui::{Pause, Toasts};

/// From here on two texts speak of the same.
const ALIKE: f32 = 0.3;
/// How many are shown of each sort.
const MOST: usize = 4;

/// The incidents beside the form.
#[component]
pub fn Alike(draft: Draft) -> impl IntoView {
    let replica = Replica::expect();
    let typed = paused(draft);
    let open = memo(move || {
        let (text, _) = typed.get();
        replica.read(|view| open(view, &text))
    });
    let solved = from_server(typed);
    let cards = memo(move || {
        let (running, resolved) = open.get();
        let mut cards = solved.get();
        cards.retain(|card| !running.contains(&card.incident.id) && !resolved.contains(&card.incident.id));
        cards.truncate(MOST - resolved.len());
        cards
    });
    let is_empty =
        move || open.with(|(running, resolved)| running.is_empty() && resolved.is_empty()) && cards.with(Vec::is_empty);
    view! {
        <aside class="alike" aria-labelledby="alike-title" aria-live="polite">
            <h2 id="alike-title">{t!("report_form.alike")}</h2>
            <Show when=is_empty>
                <p class="section-note">{t!("report_form.none_alike")}</p>
            </Show>
            <ul>
                <For each=move || open.get().0 key=|id| *id let(id)>
                    <One id draft joins=true />
                </For>
                <For each=move || open.get().1 key=|id| *id let(id)>
                    <One id draft />
                </For>
                <For each=move || cards.get() key=|card| (card.incident.id, card.incident.stage) let(card)>
                    <li>{told(card)}</li>
                </For>
            </ul>
        </aside>
    }
}

/// Those that go on and are alike: first those that run, then those that are resolved.
fn open(view: &TrackedView, text: &str) -> (Vec<IncidentId>, Vec<IncidentId>) {
    let scored = view.incidents().all.values().map(|incident| (similarity(text, &incident.title), incident));
    // Of the few that go on rather one too many: to join is better than to report twice.
    let is_alike = |score: f32, incident: &Incident| score >= ALIKE || share_a_word(text, &incident.title);
    let mut scored: Vec<_> = scored.filter(|(score, incident)| is_alike(*score, incident)).collect();
    scored.arrange_by(|a, b| b.0.total_cmp(&a.0).then(b.1.id.cmp(&a.1.id)));
    let of = |running: bool| {
        let some = scored.iter().filter(|(_, incident)| incident.stage.is_running() == running);
        some.take(MOST).map(|(_, incident)| incident.id).collect()
    };
    (of(true), of(false))
}

/// What is typed, each time that one pauses.
fn paused(draft: Draft) -> RwSignal<(String, IncidentKind)> {
    let typed = RwSignal::new((untrack(|| draft.text()), draft.kind.get_untracked()));
    let pause = Pause::new();
    effect(move || {
        let now = (draft.text(), draft.kind.get());
        pause.then(move || {
            if typed.with_untracked(|typed| *typed != now) {
                typed.set(now);
            }
        });
    });
    typed
}

/// The solved incidents that the server finds in all that is written of them; none while it is away.
fn from_server(typed: RwSignal<(String, IncidentKind)>) -> RwSignal<Vec<Similar>> {
    let found = RwSignal::new(Vec::new());
    effect(move || {
        let asked = typed.get();
        if asked.0.trim().is_empty() {
            found.set(Vec::new());
            return;
        }
        spawn_local(async move {
            let answer = similar(asked.0.clone(), Some(asked.1)).await;
            // One that comes late is of what was typed before.
            if typed.try_with_untracked(|typed| *typed == asked) == Some(true)
                && let Ok(answer) = answer
            {
                found.try_set(answer);
            }
        });
    });
    found
}

#[component]
fn One(id: IncidentId, draft: Draft, #[prop(optional)] joins: bool) -> impl IntoView {
    let replica = Replica::expect();
    let toasts = Toasts::expect();
    let navigate = StoredValue::new_local(use_navigate());
    let incident = incident(replica, id);
    let join = move |_| {
        let intent = IncidentIntent::ReportToo(draft.text().trim().to_owned());
        let entry = EntryId::new(Uuid::now_v7());
        match replica.act(Command::Incident(IncidentCommand::On { incident: id, entry, intent })) {
            Ok(()) => {
                navigate.with_value(|navigate| navigate(&room_address(id), NavigateOptions::default()));
            }
            Err(rejection) => toasts.refuse(&rejection),
        }
    };
    view! {
        <li>
            {move || incident.get().map(|incident| told(card(&incident)))}
            {joins
                .then(|| {
                    view! {
                        <button type="button" class="button small" on:click=join>
                            {t!("report_form.join")}
                        </button>
                    }
                })}
        </li>
    }
}

/// What is shown of an incident that goes on.
fn card(incident: &Incident) -> Similar {
    Similar {
        incident: IncidentCard {
            id: incident.id,
            number: incident.number(),
            kind: incident.kind,
            severity: incident.severity,
            stage: incident.stage,
            reported_at: incident.reported_at,
            article: incident.article,
            solution: incident.round.solution.clone(),
        },
        title: incident.title.clone(),
    }
}

fn told(Similar { incident, title }: Similar) -> impl IntoView {
    let solution = incident.solution;
    view! {
        <a href=room_address(incident.id)>
            <span class="number">{incident.number}</span>
            " "
            {title}
        </a>
        <p class="alike-marks">
            <SeverityMark severity=incident.severity runs=incident.stage.is_running() />
            <StageMark stage=incident.stage />
        </p>
        {(!solution.is_empty()).then(|| view! { <p class="alike-solution">{solution}</p> })}
    }
}
