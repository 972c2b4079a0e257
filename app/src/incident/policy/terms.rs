//! How long each step may take, for one severity.

use leptos::prelude::*;
use shared::Field as FieldName;

use super::draft::TermsDraft;
use crate::incident::mark::SeverityMark;
use crate::incident::words;
use crate::reactive::derived;
use crate::ui::{Field, TextInput};

/// The fields of one severity.
#[component]
pub fn TermsFields(
    /// Which.
    terms: TermsDraft,
) -> impl IntoView {
    let key = words::severity_key(terms.severity);
    let id = move |field: &str| format!("policy-{key}-{field}");
    let error = move |field: FieldName| derived(move || terms.errors.of(field));
    view! {
        <section class="form-section" aria-labelledby=id("title")>
            <h2 id=id("title")>
                <SeverityMark severity=terms.severity />
            </h2>
            <div class="policy-terms level">
                <TextInput
                    id=id("take")
                    label=t!("policy.take")
                    value=terms.take
                    error=error(FieldName::TakeWithin)
                />
                <TextInput
                    id=id("team")
                    label=t!("policy.team")
                    value=terms.team
                    error=error(FieldName::TeamWithin)
                />
                <Field id=id("resolve") label=t!("policy.resolve") error=error(FieldName::ResolveWithin)>
                    <div class="policy-span">
                        <input
                            class="input"
                            type="text"
                            inputmode="numeric"
                            autocomplete="off"
                            id=id("resolve")
                            aria-describedby=id("resolve-error")
                            prop:value=move || terms.resolve.get()
                            on:input=move |event| terms.resolve.set(event_target_value(&event))
                        />
                        <select
                            class="input"
                            aria-label=t!("policy.unit")
                            on:change=move |event| terms.in_days.set(event_target_value(&event) == "days")
                        >
                            <option value="minutes" prop:selected=move || !terms.in_days.get()>
                                {t!("policy.minutes")}
                            </option>
                            <option value="days" prop:selected=move || terms.in_days.get()>
                                {t!("policy.working_days")}
                            </option>
                        </select>
                    </div>
                </Field>
                <TextInput
                    id=id("update")
                    label=t!("policy.update")
                    value=terms.update
                    error=error(FieldName::UpdateEvery)
                />
                <TextInput
                    id=id("report")
                    label=t!("policy.report")
                    value=terms.report
                    error=error(FieldName::ReportWithin)
                />
            </div>
        </section>
    }
}
