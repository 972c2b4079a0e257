//! Incidents like the one that is being reported: open ones to join, so that nothing is reported twice.

use std::collections::BTreeSet;

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use qibu::knowledge::functions::similar;
use rust_i18n::t;
use shared::Command;
use shared::id::{EntryId, IncidentId};
use shared::incident::{Incident, IncidentCommand, IncidentIntent, IncidentKind, similarity};
use uuid::Uuid;

use super::draft::Draft;
use crate::incident::{SeverityMark, StageMark, incident, room_address};
use crate::sync::Replica;
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
    let found = Memo::new(move |_| {
        let (text, _) = typed.get();
        replica.read(|view| {
            let scored = view.incidents().all.values().filter(|incident| incident.dismissed.is_none());
            let mut scored: Vec<(f32, IncidentId, bool)> = scored
                .map(|incident| (score(&text, incident), incident.id, incident.stage.is_running()))
                .filter(|(score, ..)| *score >= ALIKE)
                .collect();
            scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(b.1.cmp(&a.1)));
            let of = |running: bool| {
                let some = scored.iter().filter(|(_, _, runs)| *runs == running).take(MOST);
                some.map(|(_, id, _)| *id).collect::<Vec<_>>()
            };
            (of(true), of(false))
        })
    });
    let solved = from_server(typed);
    let closed = Memo::new(move |_| {
        let mut closed = found.with(|(_, closed)| closed.clone());
        let known = found.with(|(running, _)| running.clone());
        closed.extend(solved.get().into_iter().filter(|id| !known.contains(id)));
        let mut seen = BTreeSet::new();
        closed.retain(|id| seen.insert(*id));
        closed.truncate(MOST);
        closed
    });
    let is_empty = move || found.with(|(running, _)| running.is_empty()) && closed.with(Vec::is_empty);
    view! {
        <aside class="alike" aria-labelledby="alike-title" aria-live="polite">
            <h2 id="alike-title">{t!("report_form.alike")}</h2>
            <Show when=is_empty>
                <p class="section-note">{t!("report_form.none_alike")}</p>
            </Show>
            <ul>
                <For each=move || found.get().0 key=|id| *id let(id)>
                    <One id draft joins=true />
                </For>
                <For each=move || closed.get() key=|id| *id let(id)>
                    <One id draft />
                </For>
            </ul>
        </aside>
    }
}

/// What is typed, each time that one pauses.
fn paused(draft: Draft) -> RwSignal<(String, IncidentKind)> {
    let typed = RwSignal::new((untrack(|| draft.text()), draft.kind.get_untracked()));
    let pause = Pause::new();
    Effect::new(move |_| {
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
fn from_server(typed: RwSignal<(String, IncidentKind)>) -> RwSignal<Vec<IncidentId>> {
    let found = RwSignal::new(Vec::new());
    Effect::new(move |_| {
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
                found.try_set(answer.into_iter().map(|one| one.incident.id).collect());
            }
        });
    });
    found
}

fn score(text: &str, incident: &Incident) -> f32 {
    similarity(text, &incident.title)
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
            {move || {
                incident
                    .get()
                    .map(|incident| {
                        let solution = incident.round.solution.clone();
                        view! {
                            <a href=room_address(id)>
                                <span class="number">{incident.number()}</span>
                                " "
                                {incident.title.clone()}
                            </a>
                            <p class="alike-marks">
                                <SeverityMark severity=incident.severity runs=incident.stage.is_running() />
                                <StageMark stage=incident.stage />
                            </p>
                            {(!solution.is_empty()).then(|| view! { <p class="alike-solution">{solution}</p> })}
                        }
                    })
            }}
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
