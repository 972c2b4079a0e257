//! The lists of the form: expected results and milestones.

use icondata_lu::{LuPlus, LuX};
use leptos::prelude::*;

use super::super::rows::Rows;
use super::check::Problems;
use super::draft::MilestoneRow;
use crate::reactive::{For, derived};
use crate::ui::{DateInput, Field, Icon, day_error, focus_later};

/// What will be there at the end, a line each.
#[component]
pub fn Results(rows: Rows<String>) -> impl IntoView {
    let problems = Problems::expect();
    view! {
        <fieldset class="field">
            <legend>{t!("project.expected_results")}</legend>
            <p class="hint">{t!("project.results_hint")}</p>
            <div class="rows">
                <For each=move || rows.places() key=|row| *row let((key, place))>
                    <div class="row">
                        <Field
                            id=format!("result-{key}")
                            label=t!("project.result_number", number = place)
                            error=problems.of(format!("result-{key}"))
                            quiet=true
                        >
                            <input
                                class="input"
                                id=format!("result-{key}")
                                type="text"
                                autocomplete="off"
                                aria-describedby=format!("result-{key}-error")
                                value=rows.get(key)
                                on:input=move |event| rows.edit(key, |text| *text = event_target_value(&event))
                            />
                        </Field>
                        <RemoveRow
                            label=t!("project.remove_result", number = place)
                            on_remove=move || rows.remove(key)
                        />
                    </div>
                </For>
                <AddRow
                    label=t!("project.add_result")
                    on_add=move || focus_later(format!("result-{}", rows.add(String::new())))
                />
            </div>
        </fieldset>
    }
}

/// The plan: what is reached when.
#[component]
pub fn Milestones(rows: Rows<MilestoneRow>) -> impl IntoView {
    let problems = Problems::expect();
    let row = move |key: u32, place: usize| {
        let begun = rows.get(key).unwrap_or_default();
        let date = RwSignal::new(begun.date);
        let refused = problems.of(format!("milestone-date-{key}"));
        let on_change = Callback::new(move |day: String| {
            rows.edit(key, |row| row.date.clone_from(&day));
            date.set(day);
        });
        view! {
            <div class="row" role="group" aria-label=t!("project.milestone_number", number = place)>
                <Field
                    id=format!("milestone-{key}")
                    label=t!("project.milestone_name")
                    error=problems.of(format!("milestone-{key}"))
                >
                    <input
                        class="input"
                        id=format!("milestone-{key}")
                        type="text"
                        autocomplete="off"
                        aria-describedby=format!("milestone-{key}-error")
                        value=begun.name
                        on:input=move |event| rows.edit(key, |row| row.name = event_target_value(&event))
                    />
                </Field>
                <Field
                    id=format!("milestone-date-{key}")
                    label=t!("project.milestone_date")
                    error=derived(move || date.with(|date| day_error(date)).or_else(|| refused.get()))
                    fixed=true
                >
                    <DateInput id=format!("milestone-date-{key}") value=date on_change />
                </Field>
                <label class="check" style:margin-block-start="calc(1.5em + 5px)">
                    <input
                        type="checkbox"
                        prop:checked=begun.done
                        on:change=move |event| rows.edit(key, |row| row.done = event_target_checked(&event))
                    />
                    <span>{t!("project.done")}</span>
                </label>
                <RemoveRow
                    label=t!("project.remove_milestone_number", number = place)
                    on_remove=move || rows.remove(key)
                />
            </div>
        }
    };
    view! {
        <div class="rows">
            <For each=move || rows.places() key=|row| *row let((key, place))>
                {row(key, place)}
            </For>
            <AddRow
                label=t!("project.add_milestone")
                on_add=move || focus_later(format!("milestone-{}", rows.add(MilestoneRow::default())))
            />
        </div>
    }
}

/// Takes its row away.
#[component]
pub fn RemoveRow(
    /// Which row.
    #[prop(into)]
    label: String,
    /// Does it.
    on_remove: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button type="button" class="button ghost icon" aria-label=label on:click=move |_| on_remove()>
            <Icon icon=LuX />
        </button>
    }
}

/// Adds a row under the others.
#[component]
pub fn AddRow(
    /// What is added.
    #[prop(into)]
    label: String,
    /// Does it.
    on_add: impl Fn() + 'static,
) -> impl IntoView {
    view! {
        <button type="button" class="button ghost rows-add" on:click=move |_| on_add()>
            <Icon icon=LuPlus />
            {label}
        </button>
    }
}
