//! The report of an incident, filled in where it stands and printed as a form (incident: report).

mod article;
mod ending;
mod facts;
mod field;
mod here;
mod measures;
mod sign_offs;
mod whys;

use std::sync::Arc;

use leptos::prelude::*;
use shared::incident::{Incident, ReportEdit};
use shared::{Field, Scope};

use self::ending::Ending;
use self::facts::{Facts, Lines, Times};
use self::field::ReportText;
use self::here::Here;
use self::measures::Measures;
use self::sign_offs::SignOffs;
use self::whys::Whys;
use crate::incident::page::incident_page;
use crate::incident::room_address;
use crate::reactive::{For, Show, memo};
use crate::ui::{PageHead, PersonTag, Way, page_title};

/// The page behind `/incidents/:incident/report`.
#[component]
pub fn ReportPage() -> impl IntoView {
    incident_page(|first| view! { <Sheet first /> }.into_any())
}

#[component]
fn Sheet(first: Arc<Incident>) -> impl IntoView {
    page_title(|| t!("incident_report.title"));
    let here = Here::provide(first);
    let title = memo(move || here.incident.with(|incident| incident.title.clone()));
    let is_here = memo(move || here.replica.holds(Scope::Room(here.id)));
    let room = Way { address: room_address(here.id), name: title.into(), is_here: false };
    let above = vec![Way::to("/incidents", tr!("room.incidents")), room];
    view! {
        <PageHead title=tr!("incident_report.title") above>
            <button
                type="button"
                class="button"
                on:click=move |_| {
                    let _ = window().print();
                }
            >
                {t!("incident_report.print")}
            </button>
        </PageHead>
        <div class="page-body">
            <Show
                when=move || is_here.get()
                fallback=|| view! { <div class="skeleton room-skeleton" aria-busy="true"></div> }
            >
                <Parts />
            </Show>
        </div>
    }
}

#[component]
fn Parts() -> impl IntoView {
    let here = Here::expect();
    let responders = memo(move || here.incident.with(|incident| incident.involved().into_iter().collect::<Vec<_>>()));
    view! {
        <div class="form report-sheet">
            <Facts />
            <Lines />
            <section class="form-section">
                <h2>{t!("incident_report.what_it_did")}</h2>
                <ReportText id="report-noticed" label=tr!("incident_report.noticed") field=Field::Noticed of=|report| report.noticed.clone() to=ReportEdit::Noticed />
                <ReportText id="report-impact" label=tr!("incident_report.impact") field=Field::Impact of=|report| report.impact.clone() to=ReportEdit::Impact />
                <div class="field-row">
                    <ReportText id="report-affected" label=tr!("incident_report.affected") field=Field::Affected short=true of=|report| number(report.affected) to=|text| ReportEdit::Affected(text.trim().parse().ok()) />
                    <ReportText id="report-minutes" label=tr!("incident_report.minutes") field=Field::Minutes short=true of=|report| number(report.minutes) to=|text| ReportEdit::Minutes(text.trim().parse().ok()) />
                </div>
                <ReportText id="report-factors" label=tr!("incident_report.factors") field=Field::Factors of=|report| report.factors.clone() to=ReportEdit::Factors />
            </section>
            <Whys />
            <section class="form-section">
                <h2>{t!("incident_report.cause_and_fix")}</h2>
                <ReportText id="report-root-cause" label=tr!("incident_report.root_cause") field=Field::RootCause of=|report| report.root_cause.clone() to=ReportEdit::RootCause />
                <ReportText id="report-temporary-fix" label=tr!("incident_report.temporary_fix") field=Field::TemporaryFix of=|report| report.temporary_fix.clone() to=ReportEdit::TemporaryFix />
                <ReportText id="report-permanent-fix" label=tr!("incident_report.permanent_fix") field=Field::PermanentFix of=|report| report.permanent_fix.clone() to=ReportEdit::PermanentFix />
            </section>
            <section class="form-section">
                <h2>{t!("incident_report.response")}</h2>
                <div class="room-called">
                    <For each=move || responders.get() key=|person| *person let(person)>
                        <PersonTag person />
                    </For>
                </div>
                <ReportText id="report-worked" label=tr!("incident_report.worked") field=Field::Worked of=|report| report.worked.clone() to=ReportEdit::Worked />
                <ReportText id="report-did-not" label=tr!("incident_report.did_not") field=Field::DidNot of=|report| report.did_not.clone() to=ReportEdit::DidNot />
            </section>
            <Measures />
            <Times />
            <SignOffs />
            <Ending />
        </div>
    }
}

fn number(number: Option<u32>) -> String {
    number.map(|number| number.to_string()).unwrap_or_default()
}
