//! The state of the connection at a glance: live, reconnecting, offline with what is unsent; more on a press.

use std::time::Duration;

use leptos::prelude::*;
use shared::sync::Link;

use super::overlays::Overlays;
use crate::reactive::{Show, effect, memo};
use crate::sync::Replica;
use crate::words::own_address;

/// A cut that heals within this time is only told as reconnecting.
const PATIENCE: Duration = Duration::from_secs(3);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shown {
    Live,
    Connecting,
    Offline,
}

/// Said on every page while the server refuses its address: what has to be set, by whoever runs it.
#[component]
pub fn AddressRefused() -> impl IntoView {
    let replica = Replica::expect();
    let is_refused = memo(move || replica.is_refused());
    view! {
        <div role="alert" hidden=move || !is_refused.get()>
            <Show when=move || is_refused.get()>
                <div class="notice" data-kind="urgent">
                    <div>
                        <p>{t!("connection.refused", address = own_address())}</p>
                        <p>
                            {t!("connection.to_set")} " " <code>{format!("qibu serve --public-url {}", own_address())}</code>
                        </p>
                    </div>
                </div>
            </Show>
        </div>
    }
}

/// A shape over a small word, which opens the outbox; read out when it changes.
#[component]
pub fn Connection() -> impl IntoView {
    let replica = Replica::expect();
    let link = memo(move || replica.link());
    let waited = RwSignal::new(false);
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    effect(move || {
        let down = link.get() == Link::Down;
        waited.set(false);
        waiting.update_value(|waiting| {
            if let Some(waiting) = waiting.take() {
                waiting.clear();
            }
            if down {
                *waiting = set_timeout_with_handle(move || waited.set(true), PATIENCE).ok();
            }
        });
    });
    on_cleanup(move || {
        waiting.update_value(|waiting| {
            if let Some(waiting) = waiting.take() {
                waiting.clear();
            }
        });
    });
    let shown = memo(move || match link.get() {
        Link::Live => Shown::Live,
        Link::Down if waited.get() || !window().navigator().on_line() => Shown::Offline,
        Link::Down | Link::Greeting => Shown::Connecting,
    });
    let key = move || match shown.get() {
        Shown::Live => "live",
        Shown::Connecting => "connecting",
        Shown::Offline => "offline",
    };
    let word = move || match shown.get() {
        Shown::Live => t!("connection.live"),
        Shown::Connecting => t!("connection.connecting"),
        Shown::Offline => t!("connection.offline"),
    };
    // What is on its way over a standing connection is there before anybody could read a number.
    let unsent = memo(move || if shown.get() == Shown::Live { 0 } else { replica.unsent() });
    let told = move || (unsent.get() > 0).then(|| t!("connection.unsent", count = unsent.get()));
    let has_more = memo(move || !replica.parked().is_empty() || !replica.unread().is_empty());
    let outbox = Overlays::expect().outbox;
    view! {
        <div class="connection" data-state=key data-attention=move || has_more.get().then_some("")>
            <button type="button" class="connection-button" aria-haspopup="dialog" on:click=move |_| outbox.set(true)>
                <span class="connection-word">{word}</span>
                {move || told().map(|text| view! { <span class="connection-unsent">{text}</span> })}
                <span class="visually-hidden">{t!("outbox.open")}</span>
            </button>
            <span class="visually-hidden" role="status" aria-live="polite">
                {word}
                " "
                {told}
            </span>
        </div>
    }
}
