//! What will be there at the end, each measurable: read as a numbered list, edited as rows.

use icondata_lu::LuPencil;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use shared::Field;
use shared::project::{ProjectEdit, ProjectIntent};

use super::super::register::{AddRow, RemoveRow};
use super::super::rows::Rows;
use super::Here;
use crate::reactive::{For, Show, memo};
use crate::ui::{Errors, Icon, focus_later};

/// The expected results.
#[component]
pub fn Results() -> impl IntoView {
    let here = Here::expect();
    let results = here.map(|project| project.registration.expected_results.clone());
    let editing = RwSignal::new(None::<Rows<String>>);
    let is_editing = memo(move || editing.with(Option::is_some) && here.manages.get());
    let owner = StoredValue::new(Owner::current());
    let begin = move |_| {
        let rows = owner.with_value(|owner| {
            let make = || Rows::new(results.get_untracked().into_iter().chain([String::new()]));
            owner.as_ref().map_or_else(make, |owner| owner.with(make))
        });
        if let Some((last, _)) = rows.all().last() {
            focus_later(format!("overview-result-{last}"));
        }
        editing.set(Some(rows));
    };
    view! {
        <section class="section" aria-labelledby="overview-results-title">
            <header class="section-head">
                <h2 id="overview-results-title">{t!("project.expected_results")}</h2>
                <Show when=move || here.manages.get() && !is_editing.get()>
                    <div class="section-actions">
                        <button
                            type="button"
                            class="button ghost icon small"
                            aria-label=t!("project.edit_results")
                            on:click=begin
                        >
                            <Icon icon=LuPencil small=true />
                        </button>
                    </div>
                </Show>
            </header>
            {move || match editing.get().filter(|_| is_editing.get()) {
                Some(rows) => view! { <Edit rows editing results /> }.into_any(),
                None if results.with(Vec::is_empty) => {
                    let note = if here.manages.get() { t!("project.results_hint") } else { t!("project.not_given") };
                    view! { <p class="section-note">{note}</p> }.into_any()
                }
                None => {
                    let lines = results.get().into_iter().map(|text| view! { <li>{text}</li> }).collect_view();
                    view! { <ol class="goals">{lines}</ol> }.into_any()
                }
            }}
        </section>
    }
}

#[component]
fn Edit(rows: Rows<String>, editing: RwSignal<Option<Rows<String>>>, results: Memo<Vec<String>>) -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let began = results.get_untracked();
    let overtaken = memo(move || results.with(|now| *now != began));
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        errors.clear();
        let list = rows.all().into_iter().map(|(_, text)| text).filter(|text| !text.trim().is_empty()).collect();
        let edit = ProjectEdit::ExpectedResults(list);
        if errors.keep(here.act(ProjectIntent::Edit(edit))).is_some() {
            editing.set(None);
        }
    };
    view! {
        <form class="form" style:padding-top="8px" novalidate on:submit=save>
            <Show when=move || overtaken.get()>
                <div class="notice" data-kind="warn" role="status">
                    <p>{t!("project.results_changed_meanwhile")}</p>
                </div>
            </Show>
            <div class="field" data-invalid=move || errors.of(Field::ExpectedResults).map(|_| "")>
                <div class="rows">
                    <For each=move || rows.places() key=|row| *row let((key, place))>
                        <div class="row">
                            <div class="field">
                                <input
                                    class="input"
                                    id=format!("overview-result-{key}")
                                    type="text"
                                    autocomplete="off"
                                    aria-label=t!("project.result_number", number = place)
                                    value=rows.get(key)
                                    on:input=move |event| rows.edit(key, |text| *text = event_target_value(&event))
                                />
                            </div>
                            <RemoveRow
                                label=t!("project.remove_result", number = place)
                                on_remove=move || rows.remove(key)
                            />
                        </div>
                    </For>
                    <AddRow
                        label=t!("project.add_result")
                        on_add=move || focus_later(format!("overview-result-{}", rows.add(String::new())))
                    />
                </div>
                <p class="error" role="alert">
                    {move || errors.of(Field::ExpectedResults).or_else(|| errors.of_form())}
                </p>
            </div>
            <div class="form-actions">
                <button type="submit" class="button primary">
                    {t!("project.save")}
                </button>
                <button type="button" class="button" on:click=move |_| editing.set(None)>
                    {t!("project.discard")}
                </button>
            </div>
        </form>
    }
}
