//! The article that a report becomes, written out as Markdown in the language of who closes the incident.

use leptos::prelude::GetUntracked as _;
use rust_i18n::t;
use shared::incident::Report;

use super::facts::{lines, times};
use super::here::Here;
use crate::format;
use crate::incident::{sentence, words};
use crate::words::person_name;

/// The text of the article.
pub fn body(here: Here) -> String {
    let report = here.report.get_untracked();
    let incident = here.incident.get_untracked();
    let mut text =
        format!("{} · {} · {}\n", incident.number(), words::kind(incident.kind), words::severity(incident.severity));
    for (title, said) in sections(&report) {
        if !said.trim().is_empty() {
            text.push_str(&format!("\n## {title}\n\n{}\n", said.trim()));
        }
    }
    text.push_str(&format!("\n## {}\n\n{}\n", t!("room.solution"), incident.round.solution));
    let measures: Vec<String> = report
        .measures
        .iter()
        .map(|measure| {
            format!("- {} ({}, {})", measure.text, person_name(here.replica, measure.owner), format::day(measure.due))
        })
        .collect();
    text.push_str(&format!("\n## {}\n\n{}\n", t!("incident_report.measures"), measures.join("\n")));
    let steps: Vec<String> =
        times(&incident).iter().map(|time| format!("- {}: {} / {}", time.step, time.took, time.allowed)).collect();
    text.push_str(&format!("\n## {}\n\n{}\n", t!("incident_report.times"), steps.join("\n")));
    let happened: Vec<String> = lines(here)
        .iter()
        .map(|entry| {
            let said = here.replica.peek(|state| sentence(state, entry));
            format!("- {} {} {said}", format::instant(entry.at), words::actor_name(here.replica, entry.by))
        })
        .collect();
    text.push_str(&format!("\n## {}\n\n{}\n", t!("room.timeline"), happened.join("\n")));
    text
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
