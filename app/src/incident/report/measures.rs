//! What keeps it from happening again: each becomes a task when the report is filed.

use icondata_lu::LuX;
use leptos::prelude::*;
use shared::id::{MeasureId, PersonId};
use shared::incident::{Measure, ReportEdit};
use shared::{Date, Field, Reason, Rejection};
use uuid::Uuid;

use super::here::Here;
use crate::format;
use crate::project::task_address;
use crate::reactive::{For, Show, derived, memo};
use crate::ui::{Errors, FormDialog, Icon, PersonField, PersonTag, Text, TextInput, Toasts, focus_later};

const SECTION: &str = "report-measures";

/// The measures.
#[component]
pub fn Measures() -> impl IntoView {
    let here = Here::expect();
    let all = memo(move || here.report.with(|report| report.measures.clone()));
    let open = RwSignal::new(false);
    view! {
        <section class="form-section" id=SECTION tabindex="-1">
            <h2>{t!("incident_report.measures")}</h2>
            <p class="form-note">{t!("incident_report.measures_hint")}</p>
            <div class="table-wrap">
                <table class="table report-measures">
                    <thead>
                        <tr>
                            <th scope="col">{t!("incident_report.measure")}</th>
                            <th scope="col">{t!("incident_report.owner")}</th>
                            <th scope="col">{t!("incident_report.due")}</th>
                            <th scope="col">{t!("incident_report.task")}</th>
                        </tr>
                    </thead>
                    <tbody>
                        <For
                            each=move || all.get()
                            key=|measure| (measure.id, measure.text.clone(), measure.owner, measure.due, measure.task)
                            let(measure)
                        >
                            <Line measure />
                        </For>
                    </tbody>
                </table>
            </div>
            <Show when=move || here.writes.get()>
                <div>
                    <button type="button" class="button" on:click=move |_| open.set(true)>
                        {t!("incident_report.add_measure")}
                    </button>
                </div>
            </Show>
            <Add open />
        </section>
    }
}

#[component]
fn Line(measure: Measure) -> impl IntoView {
    let here = Here::expect();
    let toasts = Toasts::expect();
    let id = measure.id;
    let remove = move |_| {
        if let Err(rejection) = here.edit(ReportEdit::RemoveMeasure(id)) {
            toasts.refuse(&rejection);
        }
        // The button goes with its line.
        focus_later(SECTION.to_owned());
    };
    let task = measure.task.map(|(project, task)| task_address(project, task));
    let label = t!("incident_report.remove_measure", text = measure.text).into_owned();
    view! {
        <tr>
            <th scope="row">{measure.text.clone()}</th>
            <td data-label=t!("incident_report.owner")>
                <PersonTag person=measure.owner />
            </td>
            <td data-label=t!("incident_report.due")>{format::day(measure.due)}</td>
            <td data-label=t!("incident_report.task")>
                {task.map(|address| view! { <a class="link" href=address>{t!("incident_report.open_task")}</a> })}
                <Show when=move || here.writes.get()>
                    <button type="button" class="button ghost icon small" aria-label=label.clone() on:click=remove>
                        <Icon icon=LuX small=true />
                    </button>
                </Show>
            </td>
        </tr>
    }
}

#[component]
fn Add(open: RwSignal<bool>) -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let text = RwSignal::new(String::new());
    let owner = RwSignal::new(None::<PersonId>);
    let due = RwSignal::new(String::new());
    let send = Callback::new(move |()| {
        errors.clear();
        let (day, person) = (due.get_untracked().parse::<Date>(), owner.get_untracked());
        if day.is_err() {
            errors.add(Rejection::of(Field::Due, Reason::Required));
        }
        if person.is_none() {
            errors.add(Rejection::of(Field::Owner, Reason::Required));
        }
        let (Ok(due), Some(owner)) = (day, person) else {
            crate::ui::focus_error();
            return;
        };
        let id = MeasureId::new(Uuid::now_v7());
        let measure = Measure { id, text: text.get_untracked(), owner, due, task: None };
        if errors.keep(here.edit(ReportEdit::PutMeasure(measure))).is_some() {
            text.set(String::new());
            open.set(false);
        } else {
            crate::ui::focus_error();
        }
    });
    let title = tr!("incident_report.add_measure");
    view! {
        <FormDialog open title submit=title errors on_submit=send>
            <TextInput
                id="measure-text"
                label=t!("incident_report.measure")
                value=text
                error=derived(move || errors.of(Field::Measure))
                autofocus=true
            />
            <PersonField
                id="measure-owner"
                label=t!("incident_report.owner")
                chosen=owner
                error=derived(move || errors.of(Field::Owner))
            />
            <TextInput
                id="measure-due"
                label=t!("incident_report.due")
                kind=Text::Date
                value=due
                error=derived(move || errors.of(Field::Due))
            />
        </FormDialog>
    }
}
