//! One thing that is held: who takes it over, and what became of it.

use leptos::prelude::*;
use shared::id::PersonId;

use super::held::{Outcome, Row};
use crate::reactive::{Show, memo};
use crate::sync::Replica;
use crate::ui::{PersonPicker, fresh_id};
use crate::words;

/// The row.
#[component]
pub fn HeldRow(
    /// What is held.
    row: Row,
    /// Who leaves.
    leaves: PersonId,
    /// Whether things are being handed over.
    busy: RwSignal<bool>,
    /// Whether all is done.
    over: RwSignal<bool>,
) -> impl IntoView {
    let replica = Replica::expect();
    let id = fresh_id("held");
    let opens = {
        let row = row.clone();
        memo(move || !row.is_done() && row.opens())
    };
    let Row { to, outcome, text, .. } = row;
    let of = Callback::new(move |(other, _): (PersonId, _)| other != leaves);
    let on_pick = Callback::new(move |person| {
        to.set(person);
        outcome.set(Outcome::Open);
    });
    let says = move || match outcome.get() {
        Outcome::Open if over.get() => view! { <span class="handing-note">{t!("handing.stayed")}</span> }.into_any(),
        Outcome::Open if opens.get() => view! { <span class="handing-opens">{t!("handing.opens")}</span> }.into_any(),
        Outcome::Open => ().into_any(),
        Outcome::Working => view! { <span class="handing-note">{t!("handing.working")}</span> }.into_any(),
        Outcome::Done(to) => {
            let name = words::person_name(replica, to);
            view! { <span class="handing-done">{t!("handing.done", name = name)}</span> }.into_any()
        }
        Outcome::Failed(why) => view! { <span class="error">{t!("handing.failed", why = why)}</span> }.into_any(),
    };
    let is_done = memo(move || outcome.with(|outcome| matches!(outcome, Outcome::Done(_))));
    // As the picker names what is said of it.
    let note = format!("{id}-error");
    let label = text.clone();
    view! {
        <li class="handing-row">
            <span class="handing-what">{text}</span>
            <Show when=move || !is_done.get() && !over.get()>
                <fieldset class="handing-choice" disabled=move || busy.get()>
                    <PersonPicker
                        id=id.clone()
                        label=t!("handing.to", what = label.clone()).into_owned()
                        chosen=to
                        none=t!("handing.nobody").into_owned()
                        of
                        on_pick
                    />
                </fieldset>
            </Show>
            <span class="handing-outcome" role="status" id=note>
                {says}
            </span>
        </li>
    }
}
