//! What the report knows by itself: the facts, the times against the policy, the timeline.

use std::sync::Arc;

use leptos::prelude::*;
use shared::Timestamp;
use shared::incident::{Clock, Entry, EntryKind, Incident};

use super::here::Here;
use crate::format;
use crate::incident::{sentence, text, words};
use crate::reactive::memo;
use crate::ui::markdown;
use crate::words::person_name;

/// A line of the facts.
type Fact = (String, String);

/// Number, people and times.
#[component]
pub fn Facts() -> impl IntoView {
    let here = Here::expect();
    let facts = move || {
        here.incident.with(|incident| {
            let leader = incident.leader().map(|leader| person_name(here.replica, leader)).unwrap_or_default();
            let resolved = incident.round.resolved.map(|resolved| both(resolved.at)).unwrap_or_default();
            [
                (t!("incident_report.what").into_owned(), incident.title.clone()),
                (t!("incident_report.number").into_owned(), incident.number()),
                (t!("room.kind").into_owned(), words::kind(incident.kind)),
                (t!("room.severity").into_owned(), words::severity(incident.severity)),
                (t!("room.reporter").into_owned(), person_name(here.replica, incident.reporter)),
                (t!("incident_part.leader").into_owned(), leader),
                (t!("room.since").into_owned(), incident.impact.since.map(both).unwrap_or_default()),
                (t!("room.reported_at").into_owned(), both(incident.reported_at)),
                (t!("incident_report.resolved_at").into_owned(), resolved),
                (t!("room.solution").into_owned(), incident.round.solution.clone()),
            ]
        })
    };
    view! {
        <section class="form-section">
            <h2>{t!("incident_report.facts")}</h2>
            <dl class="facts">
                {move || {
                    facts()
                        .into_iter()
                        .filter(|(_, value)| !value.is_empty())
                        .map(|(name, value): Fact| {
                            view! {
                                <dt>{name}</dt>
                                <dd>{value}</dd>
                            }
                        })
                        .collect_view()
                }}
            </dl>
        </section>
    }
}

/// An instant in the reader's zone and in UTC.
pub fn both(at: Timestamp) -> String {
    t!("incident_report.local_and_utc", local = format::instant(at), utc = format::utc(at)).into_owned()
}

/// How long things took, against the policy.
#[component]
pub fn Times() -> impl IntoView {
    let here = Here::expect();
    let rows = move || here.incident.with(|incident| times(incident));
    view! {
        <section class="form-section">
            <h2>{t!("incident_report.times")}</h2>
            <div class="table-wrap">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!("incident_report.step")}</th>
                            <th scope="col" class="figure">
                                {t!("incident_report.allowed")}
                            </th>
                            <th scope="col" class="figure">
                                {t!("incident_report.took")}
                            </th>
                            <th scope="col">{t!("incident_report.result")}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {move || {
                            rows()
                                .into_iter()
                                .map(|row| {
                                    view! {
                                        <tr>
                                            <th scope="row">{row.step}</th>
                                            <td class="figure">{row.allowed}</td>
                                            <td class="figure">{row.took}</td>
                                            <td>
                                                <span class="due" data-due=if row.missed { "overdue" } else { "later" }>
                                                    {if row.missed {
                                                        t!("incident_report.missed")
                                                    } else {
                                                        t!("incident_report.met")
                                                    }}
                                                </span>
                                            </td>
                                        </tr>
                                    }
                                })
                                .collect_view()
                        }}
                    </tbody>
                </table>
            </div>
        </section>
    }
}

/// A step, against the policy.
pub struct Time {
    pub step: String,
    pub allowed: String,
    pub took: String,
    pub missed: bool,
}

/// Acknowledging, forming a team, resolving: of the first round, and resolving in sum.
pub fn times(incident: &Incident) -> Vec<Time> {
    let first = incident.earlier.first().unwrap_or(&incident.round);
    let begun = incident.reported_at;
    let step = |clock_of: Clock, until: Option<Timestamp>, due: Option<Timestamp>| {
        let (until, due) = (until?, due?);
        Some(Time {
            step: words::clock(clock_of),
            allowed: words::stretch(due.micros_since(begun)),
            took: words::stretch(until.micros_since(begun)),
            missed: until > due,
        })
    };
    let minutes = |minutes: Option<u32>| {
        minutes.map(|minutes| Timestamp::from_micros(begun.micros() + i64::from(minutes) * 60_000_000))
    };
    let at = |stamp: Option<shared::incident::Stamp>| stamp.map(|stamp| stamp.at);
    [
        step(Clock::Take, at(first.taken), minutes(incident.terms.take)),
        step(Clock::Team, at(first.team), minutes(incident.terms.team)),
        step(Clock::Resolve, at(incident.round.resolved), Some(incident.resolve_by())),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The lines of the timeline that belong into a report: all but the chat.
pub fn lines(here: Here) -> Vec<Arc<Entry>> {
    here.replica.read(|view| {
        let entries = view.room(here.id).map(|room| room.entries.values().cloned());
        let entries = entries.into_iter().flatten();
        entries.filter(|entry| !matches!(entry.kind, EntryKind::Said { .. })).collect()
    })
}

/// The timeline, prefilled.
#[component]
pub fn Lines() -> impl IntoView {
    let here = Here::expect();
    let all = memo(move || lines(here));
    view! {
        <section class="form-section">
            <h2>{t!("room.timeline")}</h2>
            <div class="table-wrap">
                <table class="table report-timeline">
                    <thead>
                        <tr>
                            <th scope="col">{t!("incident_report.local")}</th>
                            <th scope="col">{t!("incident_report.utc")}</th>
                            <th scope="col">{t!("incident_report.what_happened")}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {move || {
                            all.get()
                                .into_iter()
                                .map(|entry| {
                                    let said = here.replica.peek(|state| sentence(state, &entry));
                                    let name = words::actor_name(here.replica, entry.by);
                                    view! {
                                        <tr>
                                            <td class="number">{format::instant(entry.at)}</td>
                                            <td class="number">{format::utc(entry.at)}</td>
                                            <td>
                                                <p>{format!("{name} {said}")}</p>
                                                {text(&entry.kind).map(|text| markdown(text, &[], None))}
                                            </td>
                                        </tr>
                                    }
                                })
                                .collect_view()
                        }}
                    </tbody>
                </table>
            </div>
        </section>
    }
}
