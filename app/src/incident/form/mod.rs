//! Reporting an incident: under a minute, also on a phone (incident: reporting).

mod alike;
mod draft;
mod severity;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::incident::{IncidentCommand, IncidentKind};
use shared::{Command, Field, Reason, Rejection};

use self::alike::Alike;
use self::draft::Draft;
use self::severity::SeverityFields;
use crate::incident::{room_address, words};
use crate::reactive::{derived, memo};
use crate::sync::{Replica, now};
use crate::ui::{
    Along, Attach, Errors, Field as Labelled, MomentInput, PageHead, Restored, Text, TextInput, Unsent, Way,
    focus_error, kept_form, moment_error, page_title,
};
use crate::words::person_name;

/// The page behind `/incidents/new`.
#[component]
pub fn ReportIncident() -> impl IntoView {
    page_title(|| t!("report_form.title"));
    view! {
        <PageHead title=tr!("report_form.title") above=vec![Way::to("/incidents", tr!("room.incidents"))] />
        {kept_form("incident", form)}
    }
}

fn form(unsent: Unsent) -> AnyView {
    let replica = Replica::expect();
    let draft = unsent.of(Draft::new());
    let along = Along::of(draft.attachments);
    let errors = Errors::new();
    let navigate = StoredValue::new_local(use_navigate());
    let send = Callback::new(move |()| {
        errors.clear();
        if !draft.affected.get_untracked().trim().is_empty()
            && draft.affected.get_untracked().trim().parse::<u32>().is_err()
        {
            errors.add(Rejection::of(Field::Affected, Reason::OutOfRange { min: 0, max: 1_000_000_000 }));
        }
        if draft.since.with_untracked(|since| moment_error(since)).is_some() {
            errors.add(Rejection::of(Field::Since, Reason::Required));
        }
        let severity = untrack(|| draft.severity());
        if severity.is_none() {
            errors.add(Rejection::of(Field::Severity, Reason::Required));
        }
        if draft.title.with_untracked(|title| title.trim().is_empty()) {
            errors.add(Rejection::of(Field::Title, Reason::Required));
        }
        let Some(severity) = severity.filter(|_| !errors.any()) else {
            focus_error();
            return;
        };
        if !along.are_here() {
            return;
        }
        let form = draft.filled(severity);
        let address = room_address(form.id);
        if errors.keep(replica.act(Command::Incident(IncidentCommand::Report(Box::new(form))))).is_some() {
            unsent.forget();
            navigate.with_value(|navigate| navigate(&address, NavigateOptions::default()));
        } else {
            focus_error();
        }
    });
    let submitted = move |event: SubmitEvent| {
        event.prevent_default();
        send.run(());
    };
    view! {
        <div class="page-body report-form">
            <form class="form" novalidate aria-label=t!("report_form.title") on:submit=submitted>
                <Restored unsent />
                {move || errors.of_form().map(|text| view! { <p class="error" role="alert">{text}</p> })}
                <TextInput
                    id="report-title"
                    label=t!("report_form.what")
                    hint=t!("report_form.what_hint")
                    value=draft.title
                    error=derived(move || errors.of(Field::Title))
                    autofocus=true
                />
                <Alike draft />
                <Kinds draft />
                <SeverityFields draft errors />
                <TextInput
                    id="report-impact"
                    label=t!("report_form.impact")
                    hint=t!("report_form.impact_hint")
                    kind=Text::Lines
                    value=draft.impact
                    error=derived(move || errors.of(Field::Impact))
                />
                <div class="field-row">
                    <TextInput
                        id="report-affected"
                        label=t!("report_form.affected")
                        value=draft.affected
                        error=derived(move || errors.of(Field::Affected))
                    />
                    <Labelled
                        id="report-since"
                        label=t!("report_form.since")
                        error=derived(move || draft.since.with(|since| moment_error(since)).or_else(|| errors.of(Field::Since)))
                    >
                        <MomentInput id="report-since" value=draft.since />
                    </Labelled>
                </div>
                <TextInput
                    id="report-suggestion"
                    label=t!("report_form.suggestion")
                    kind=Text::Lines
                    value=draft.suggestion
                    error=derived(move || errors.of(Field::Suggestion))
                />
                <Attach along send />
                <WhoIsCalled draft />
                <div class="form-actions">
                    <button type="submit" class="button primary">
                        {t!("report_form.submit")}
                    </button>
                </div>
            </form>
        </div>
    }
    .into_any()
}

#[component]
fn Kinds(draft: Draft) -> impl IntoView {
    view! {
        <fieldset class="field">
            <legend>{t!("report_form.kind")}</legend>
            <div class="segments">
                {IncidentKind::ALL
                    .map(|kind| {
                        view! {
                            <label class="segment">
                                <input
                                    type="radio"
                                    name="kind"
                                    prop:checked=move || draft.kind.get() == kind
                                    on:change=move |_| draft.kind.set(kind)
                                />
                                <span>{words::kind(kind)}</span>
                            </label>
                        }
                    })
                    .collect_view()}
            </div>
        </fieldset>
    }
}

/// Who will be called, before anybody is.
#[component]
fn WhoIsCalled(draft: Draft) -> impl IntoView {
    let replica = Replica::expect();
    let people = memo(move || {
        let (kind, severity) = (draft.kind.get(), draft.severity()?);
        let called = replica.read(|view| {
            let policy = &view.incidents().policy;
            let mut called = policy.callees(view.company(), kind, severity, replica.me());
            called.extend(view.incidents().roster.on_duty(view.company(), now()));
            called
        });
        Some(called.into_iter().map(|person| person_name(replica, person)).collect::<Vec<_>>())
    });
    move || {
        people.get().map(|people| {
            let text = if people.is_empty() {
                t!("report_form.calls_admins")
            } else {
                t!("report_form.calls", people = people.join(&t!("room.list_comma")))
            };
            view! { <p class="form-note">{text}</p> }
        })
    }
}
