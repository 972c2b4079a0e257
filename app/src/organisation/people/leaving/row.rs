//! One thing that is held: who takes it over, and what became of it.

use leptos::prelude::*;
use rust_i18n::t;
use shared::id::PersonId;

use super::held::{Outcome, Row};
use crate::sync::Replica;
use crate::ui::{PersonOptions, fresh_id};
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
    let Row { to, outcome, text, .. } = row;
    // Everybody is offered once somebody is to be chosen here: rows by the dozen would each list the whole company.
    let asked = RwSignal::new(false);
    let of =
        Callback::new(move |(other, _): (PersonId, _)| other != leaves && (asked.get() || to.get() == Some(other)));
    let choose = move |event| {
        to.set(event_target_value(&event).parse().ok());
        outcome.set(Outcome::Open);
    };
    let says = move || match outcome.get() {
        Outcome::Open if over.get() => view! { <span class="handing-note">{t!("handing.stayed")}</span> }.into_any(),
        Outcome::Open => ().into_any(),
        Outcome::Working => view! { <span class="handing-note">{t!("handing.working")}</span> }.into_any(),
        Outcome::Done(to) => {
            let name = words::person_name(replica, to);
            view! { <span class="handing-done">{t!("handing.done", name = name)}</span> }.into_any()
        }
        Outcome::Failed(why) => view! { <span class="error">{t!("handing.failed", why = why)}</span> }.into_any(),
    };
    let is_done = Memo::new(move |_| outcome.with(|outcome| matches!(outcome, Outcome::Done(_))));
    let note = format!("{id}-outcome");
    let described = note.clone();
    let label = text.clone();
    view! {
        <li class="handing-row">
            <span class="handing-what">{text}</span>
            <Show when=move || !is_done.get() && !over.get()>
                <select
                    class="input"
                    aria-label=t!("handing.to", what = label)
                    aria-describedby=described.clone()
                    disabled=move || busy.get()
                    on:focus=move |_| asked.set(true)
                    on:change=choose
                >
                    <option value="" prop:selected=move || to.get().is_none()>
                        {t!("handing.nobody")}
                    </option>
                    <PersonOptions of chosen=to />
                </select>
            </Show>
            <span class="handing-outcome" role="status" id=note>
                {says}
            </span>
        </li>
    }
}
