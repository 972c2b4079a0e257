//! What was reported, and how long it has gone on.

use leptos::prelude::*;

use super::here::Here;
use crate::format;
use crate::incident::{room_address, words};
use crate::reactive::{Show, memo};
use crate::ui::Seconds;

/// The facts of the report, and the rounds.
#[component]
pub fn Facts() -> impl IntoView {
    let here = Here::expect();
    let seconds = Seconds::expect();
    let facts = here.map(|incident| {
        let impact = &incident.impact;
        [
            (t!("room.kind").into_owned(), words::kind(incident.kind)),
            (t!("room.reported_at").into_owned(), format::instant(incident.reported_at)),
            (t!("room.impact").into_owned(), impact.text.clone()),
            (t!("room.affected").into_owned(), impact.affected.map(|count| count.to_string()).unwrap_or_default()),
            (t!("room.since").into_owned(), impact.since.map(format::instant).unwrap_or_default()),
            (t!("room.suggestion").into_owned(), incident.suggestion.clone()),
        ]
    });
    let earlier =
        here.map(|incident| incident.earlier.iter().map(|round| round.solution.clone()).collect::<Vec<String>>());
    let span = here.map(|incident| (incident.began(), incident.round.resolved.map(|resolved| resolved.at)));
    let lasted = memo(move || {
        let (from, until) = span.get();
        words::stretch(until.unwrap_or_else(|| seconds.get()).micros_since(from))
    });
    let is_dismissed = here.map(|incident| incident.dismissed.is_some());
    let merged_into = here.map(|incident| incident.dismissed.as_ref().and_then(|dismissed| dismissed.into));
    let into = memo(move || {
        let other = merged_into.get()?;
        let named = here.replica.read(|view| view.incident(other).map(|it| format!("{} {}", it.number(), it.title)));
        Some((other, named.unwrap_or_else(|| t!("entry.another_incident").into_owned())))
    });
    view! {
        <section class="section" aria-labelledby="facts-title">
            <header class="section-head">
                <h2 id="facts-title">{t!("room.facts")}</h2>
            </header>
            <dl class="facts">
                {move || {
                    facts
                        .get()
                        .into_iter()
                        .filter(|(_, value)| !value.is_empty())
                        .map(|(name, value)| {
                            view! {
                                <dt>{name}</dt>
                                <dd>{value}</dd>
                            }
                        })
                        .collect_view()
                }}
                {move || into.get().map(|(other, name)| {
                    view! {
                        <dt>{t!("room.merged_into")}</dt>
                        <dd>
                            <a class="link" href=room_address(other)>{name}</a>
                        </dd>
                    }
                })}
                <Show when=move || !is_dismissed.get()>
                    <dt>{t!("room.lasted")}</dt>
                    <dd class="number" aria-live="off">
                        {move || lasted.get()}
                    </dd>
                </Show>
                {move || {
                    earlier
                        .get()
                        .into_iter()
                        .map(|solution| {
                            view! {
                                <dt>{t!("room.refused_solution")}</dt>
                                <dd>{solution}</dd>
                            }
                        })
                        .collect_view()
                }}
            </dl>
        </section>
    }
}
