//! The article that a report becomes, written out as Markdown in the language of who closes the incident.

use std::sync::Arc;

use leptos::prelude::GetUntracked as _;
use shared::incident::{Entry, Measure, Report};

use super::facts::{lines, times};
use super::here::Here;
use crate::format;
use crate::incident::{sentence, text, words};
use crate::words::person_name;

/// The text of the article.
pub fn body(here: Here) -> String {
    let report = here.report.get_untracked();
    let incident = here.incident.get_untracked();
    let facts = [incident.number(), words::kind(incident.kind), words::severity(incident.severity)].join(" · ");
    let measure = |measure: &Measure| {
        format!("- {} ({}, {})", measure.text, person_name(here.replica, measure.owner), format::day(measure.due))
    };
    let happened = |entry: &Arc<Entry>| {
        let said = here.replica.peek(|state| sentence(state, entry));
        let quoted =
            text(&entry.kind).map(|text| format!("\n  > {}", text.replace('\n', "\n  > "))).unwrap_or_default();
        format!("- {} {} {said}{quoted}", format::instant(entry.at), words::actor_name(here.replica, entry.by))
    };
    let measures: Vec<String> = report.measures.iter().map(measure).collect();
    let steps: Vec<String> =
        times(&incident).iter().map(|time| format!("- {}: {} / {}", time.step, time.took, time.allowed)).collect();
    let happened: Vec<String> = lines(here).iter().map(happened).collect();
    let mut parts = sections(&report);
    parts.extend([
        (t!("room.solution").into_owned(), incident.round.solution.clone()),
        (t!("incident_report.measures").into_owned(), measures.join("\n")),
        (t!("incident_report.times").into_owned(), steps.join("\n")),
        (t!("room.timeline").into_owned(), happened.join("\n")),
    ]);
    parts.retain(|(_, said)| !said.trim().is_empty());
    let parts = parts.into_iter().map(|(title, said)| format!("## {title}\n\n{}", said.trim()));
    std::iter::once(facts).chain(parts).collect::<Vec<_>>().join("\n\n")
}

fn sections(report: &Report) -> Vec<(String, String)> {
    let whys: Vec<String> = report.whys.iter().enumerate().map(|(nth, why)| format!("{}. {why}", nth + 1)).collect();
    vec![
        (t!("incident_report.noticed").into_owned(), report.noticed.clone()),
        (t!("incident_report.impact").into_owned(), report.impact.clone()),
        (t!("incident_report.factors").into_owned(), report.factors.clone()),
        (t!("incident_report.whys").into_owned(), whys.join("\n")),
        (t!("incident_report.root_cause").into_owned(), report.root_cause.clone()),
        (t!("incident_report.temporary_fix").into_owned(), report.temporary_fix.clone()),
        (t!("incident_report.permanent_fix").into_owned(), report.permanent_fix.clone()),
        (t!("incident_report.worked").into_owned(), report.worked.clone()),
        (t!("incident_report.did_not").into_owned(), report.did_not.clone()),
    ]
}
