//! A text of the report, kept as soon as one leaves its field, or pauses in it.

use std::time::Duration;

use leptos::prelude::*;
use leptos::{ev, html};
use shared::incident::{Report, ReportEdit};
use wasm_bindgen::JsCast;
use web_sys::InputEvent;

use super::here::Here;
use crate::reactive::{derived, effect, memo};
use crate::ui::{Errors, Field, Key, Pause};

/// How long nobody types when what was typed is kept.
const REST: Duration = Duration::from_secs(2);

/// A text of several lines.
#[component]
pub fn ReportText(
    /// Its id, which links to what is missing go to.
    id: &'static str,
    /// What is asked.
    label: Key,
    /// What it says.
    of: fn(&Report) -> String,
    /// Says something else.
    to: fn(String) -> ReportEdit,
    /// The name that a refusal has.
    field: shared::Field,
    /// Whether a line is enough.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let kept = memo(move || here.report.with(of));
    let text = RwSignal::new(kept.get_untracked());
    let area = NodeRef::<html::Textarea>::new();
    let has_focus = move || {
        let focused = document().active_element();
        area.get_untracked().is_some_and(|area| focused.is_some_and(|focused| area.is_same_node(Some(&focused))))
    };
    // What others write shows at once, but not under one's hands.
    effect(move || {
        let kept = kept.get();
        if !has_focus() {
            text.set(kept);
        }
    });
    let pause = Pause::of(REST);
    let save_if_allowed = move || {
        pause.forget();
        // A field that is removed while it has the focus loses it then, and says so: its text may be gone already.
        let Some(written) = text.try_get_untracked().filter(|_| here.writes.get_untracked()) else { return };
        errors.clear();
        if written.trim() != kept.get_untracked() {
            let _ = errors.keep(here.edit(to(written)));
        }
    };
    let typed = move |event: ev::Event| {
        text.set(event_target_value(&event));
        // Letters from which Chinese is still being made are nothing to be seen by others.
        if event.unchecked_ref::<InputEvent>().is_composing() {
            pause.forget();
        } else {
            pause.then(save_if_allowed);
        }
    };
    view! {
        <Field id label=label.text() error=derived(move || errors.of(field).or_else(|| errors.of_form()))>
            {move || {
                if here.writes.get() {
                    view! {
                        <textarea
                            class="input"
                            class:short=short
                            id=id
                            node_ref=area
                            prop:value=move || text.get()
                            on:input=typed
                            on:blur=move |_| save_if_allowed()
                        ></textarea>
                        <p class="report-said paper-only">{move || text.get()}</p>
                    }
                    .into_any()
                } else {
                    view! { <p class="report-said" id=id>{move || kept.get()}</p> }.into_any()
                }
            }}
        </Field>
    }
}
