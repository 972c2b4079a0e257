//! The severity matrix: two plain questions that advise how grave it is, and what that means.

use leptos::prelude::*;
use shared::Field;
use shared::incident::{Hindrance, Reach, Severity, Span, Terms};

use super::draft::Draft;
use crate::incident::words;
use crate::reactive::derived;
use crate::sync::Replica;
use crate::ui::Errors;

/// The questions, the advice and the choice.
#[component]
pub fn SeverityFields(draft: Draft, errors: Errors) -> impl IntoView {
    let refused = move || errors.of(Field::Severity).filter(|_| draft.severity().is_none());
    let is_refused = derived(move || refused().is_some());
    view! {
        <div class="matrix">
            <fieldset class="field">
                <legend>{t!("report_form.reach")}</legend>
                {Reach::ALL
                    .map(|reach| {
                        let is = move || draft.reach.get() == Some(reach);
                        view! {
                            <label class="check">
                                <input
                                    type="radio"
                                    name="reach"
                                    prop:checked=is
                                    on:change=move |_| draft.reach.set(Some(reach))
                                />
                                <span>{words::reach(reach)}</span>
                            </label>
                        }
                    })
                    .collect_view()}
            </fieldset>
            <fieldset class="field">
                <legend>{t!("report_form.hindrance")}</legend>
                {Hindrance::ALL
                    .map(|hindrance| {
                        let is = move || draft.hindrance.get() == Some(hindrance);
                        view! {
                            <label class="check">
                                <input
                                    type="radio"
                                    name="hindrance"
                                    prop:checked=is
                                    on:change=move |_| draft.hindrance.set(Some(hindrance))
                                />
                                <span>{words::hindrance(hindrance)}</span>
                            </label>
                        }
                    })
                    .collect_view()}
            </fieldset>
        </div>
        <fieldset
            class="field"
            id="report-severity"
            data-invalid=move || refused().map(|_| "")
            aria-describedby="report-severity-hint report-severity-error"
        >
            <legend>{t!("report_form.severity")}</legend>
            <p class="hint" id="report-severity-hint">
                {t!("report_form.severity_hint")}
            </p>
            <div class="segments">
                {Severity::ALL.map(|severity| view! { <Choice draft severity is_refused /> }).collect_view()}
            </div>
            <p class="matrix-meaning" role="status">
                {move || draft.severity().map(|severity| meaning(draft, severity))}
            </p>
            <p class="error" role="alert" id="report-severity-error">
                {refused}
            </p>
        </fieldset>
    }
}

#[component]
fn Choice(draft: Draft, severity: Severity, is_refused: Signal<bool>) -> impl IntoView {
    let is = move || draft.severity() == Some(severity);
    view! {
        <label class="segment" data-severity=words::severity_key(severity)>
            <input
                type="radio"
                name="severity"
                prop:checked=is
                aria-invalid=move || is_refused.get().then_some("true")
                on:change=move |_| draft.chosen.set(Some(severity))
            />
            <span class="severity" data-severity=words::severity_key(severity)>
                {words::severity(severity)}
            </span>
        </label>
    }
}

/// Why it is advised, and what follows from it by the policy.
fn meaning(draft: Draft, severity: Severity) -> String {
    let replica = Replica::expect();
    let terms = replica.read(|view| view.incidents().policy.terms(severity));
    let advice = match draft.advised() {
        Some(advised) if advised == severity => t!("report_form.advised"),
        Some(advised) => t!("report_form.not_advised", severity = words::severity(advised)),
        None => t!("report_form.chosen"),
    };
    format!("{advice} {}", consequences(terms))
}

fn consequences(terms: Terms) -> String {
    let resolve = match terms.resolve {
        Span::Minutes(minutes) if minutes % 60 == 0 => t!("report_form.hours", count = minutes / 60),
        Span::Minutes(minutes) => t!("report_form.minutes", count = minutes),
        Span::WorkingDays(1) => t!("report_form.working_day"),
        Span::WorkingDays(days) => t!("report_form.working_days", count = days),
    };
    let consequences = if let Some(take) = terms.take {
        t!("report_form.resolve_and_take", resolve = resolve, take = take)
    } else {
        t!("report_form.resolve", resolve = resolve)
    };
    consequences.into_owned()
}
