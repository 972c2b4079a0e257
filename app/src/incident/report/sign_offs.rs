//! Who signed what off and when, by the company's clocks: what a paper form has at its end.

use leptos::prelude::*;
use shared::Timestamp;
use shared::incident::{Incident, Round, Stamp};

use super::here::Here;
use crate::incident::roster::zone::local;
use crate::reactive::memo;
use crate::ui::{Key, PersonTag};

/// The stamps of the incident, in their order.
#[component]
pub fn SignOffs() -> impl IntoView {
    let here = Here::expect();
    let all = memo(move || here.incident.with(|incident| stamps(incident)));
    let row = |(step, stamp): (Key, Stamp)| {
        view! {
            <tr>
                <th scope="row">{step.text()}</th>
                <td>
                    <PersonTag person=stamp.by />
                </td>
                <td class="number">{company_time(stamp.at)}</td>
            </tr>
        }
    };
    view! {
        <section class="form-section">
            <h2>{t!("incident_report.sign_offs")}</h2>
            <div class="table-wrap">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!("incident_report.step")}</th>
                            <th scope="col">{t!("incident_report.by")}</th>
                            <th scope="col">{t!("incident_report.company_time")}</th>
                        </tr>
                    </thead>
                    <tbody>{move || all.get().into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
}

/// An instant by the company's clocks, to the minute, as `2026-11-25 02:02`.
fn company_time(at: Timestamp) -> String {
    let at = local(at);
    format!("{} {:02}:{:02}", at.date(), at.hour(), at.minute())
}

fn stamps(incident: &Incident) -> Vec<(Key, Stamp)> {
    let reported = Stamp { at: incident.reported_at, by: incident.reporter };
    let mut stamps = vec![(tr!("incident_report.stamp_reported"), Some(reported))];
    stamps.extend(incident.earlier.iter().flat_map(of_round));
    stamps.extend(of_round(&incident.round));
    stamps.push((tr!("incident_report.stamp_filed"), incident.filed));
    stamps.push((tr!("incident_report.stamp_closed"), incident.closed));
    stamps.into_iter().filter_map(|(step, stamp)| Some((step, stamp?))).collect()
}

fn of_round(round: &Round) -> [(Key, Option<Stamp>); 6] {
    [
        (tr!("incident_report.stamp_taken"), round.taken),
        (tr!("incident_report.stamp_team"), round.team),
        (tr!("incident_report.stamp_mitigated"), round.mitigated),
        (tr!("incident_report.stamp_resolved"), round.resolved),
        (tr!("incident_report.stamp_refused"), round.refused),
        (tr!("incident_report.stamp_confirmed"), round.confirmed),
    ]
}
