//! What the server refused after it was shown: said on every page until the person has dismissed it.

use leptos::prelude::*;
use shared::sync::Parked;

use crate::area::Told;
use crate::areas::told;
use crate::reactive::{For, Show, memo};
use crate::sync::Replica;
use crate::words;

/// How many are told one by one.
const MOST: usize = 3;

/// The refused commands, with their reasons and what was typed.
#[component]
pub fn Refused() -> impl IntoView {
    let replica = Replica::expect();
    let parked = memo(move || replica.parked());
    let first = move || parked.with(|all| all.iter().take(MOST).cloned().collect::<Vec<_>>());
    let count = memo(move || parked.with(Vec::len));
    let dismiss_all = move |_| {
        for parked in parked.get_untracked() {
            replica.dismiss(parked.id);
        }
    };
    view! {
        <div role="alert" hidden=move || count.get() == 0>
            <For each=first key=|parked| parked.id let(parked)>
                <Refusal parked />
            </For>
            <Show when=move || { count.get() > 1 }>
                <div class="notice" data-kind="urgent">
                    <p>{move || t!("refused.count", count = count.get())}</p>
                    <button type="button" class="button small" on:click=dismiss_all>
                        {t!("refused.dismiss_all")}
                    </button>
                </div>
            </Show>
        </div>
    }
}

#[component]
fn Refusal(parked: Parked) -> impl IntoView {
    let replica = Replica::expect();
    let Told { what, typed, .. } = replica.peek(|state| told(state, &parked.command));
    let reason = words::reason(&parked.rejection.reason);
    view! {
        <div class="notice" data-kind="urgent">
            <p>
                <strong>{t!("refused.title", what = what)}</strong>
                " "
                {reason}
            </p>
            <button type="button" class="button small" on:click=move |_| replica.dismiss(parked.id)>
                {t!("refused.dismiss")}
            </button>
            {what_was_typed(typed)}
        </div>
    }
}

/// What was typed for a command, so that it can be used again.
pub fn what_was_typed(typed: Option<String>) -> Option<AnyView> {
    let text = typed.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())?;
    let view = view! {
        <details style:flex-basis="100%">
            <summary>{t!("refused.typed")}</summary>
            <p style:white-space="pre-wrap">{text}</p>
        </details>
    };
    Some(view.into_any())
}
