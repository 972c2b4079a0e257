//! What of one's own work has not arrived: what waits, where and since when; what was refused, and why.

use leptos::prelude::*;
use shared::Timestamp;
use shared::sync::{Link, Parked, Pending};

use super::overlays::Overlays;
use super::refused::what_was_typed;
use crate::area::Told;
use crate::areas::told;
use crate::format;
use crate::reactive::{For, Show, memo};
use crate::sync::{Keeping, Replica};
use crate::ui::{Dialog, fresh_id};
use crate::words;

/// How many rows of the queue are drawn; the rest is counted.
const MOST: usize = 100;

/// The side panel behind the state of the connection; open while `Overlays` says so.
#[component]
pub fn Outbox() -> impl IntoView {
    let open = Overlays::expect().outbox;
    view! {
        <Dialog open title=tr!("outbox.title") class="sheet">
            <div class="dialog-body outbox">
                <State />
                <Waiting />
                <Refusals />
                <Unread />
            </div>
        </Dialog>
    }
}

/// Said on every page while work would be lost with the tab.
#[component]
pub fn Unkept() -> impl IntoView {
    let replica = Replica::expect();
    let is_at_risk =
        memo(move || replica.keeping() == Keeping::Nothing && replica.link() != Link::Live && replica.unsent() > 0);
    view! {
        <div role="status" hidden=move || !is_at_risk.get()>
            <Show when=move || is_at_risk.get()>
                <div class="notice" data-kind="warn">
                    <p>{t!("outbox.keeps_nothing")}</p>
                </div>
            </Show>
        </div>
    }
}

#[component]
fn State() -> impl IntoView {
    let replica = Replica::expect();
    let link = move || match replica.link() {
        Link::Live => t!("outbox.live"),
        Link::Greeting => t!("outbox.connecting"),
        Link::Down => t!("outbox.offline"),
    };
    let keeping = move || match replica.keeping() {
        Keeping::Opening => None,
        Keeping::All => Some(t!("outbox.keeps_all")),
        Keeping::Queue => Some(t!("outbox.keeps_queue")),
        Keeping::Nothing => Some(t!("outbox.keeps_nothing")),
    };
    let kind = move || (replica.keeping() == Keeping::Nothing).then_some("warn");
    view! {
        <p>{link}</p>
        {move || keeping().map(|text| view! { <p class="outbox-keeping" data-kind=kind>{text}</p> })}
    }
}

#[component]
fn Waiting() -> impl IntoView {
    let replica = Replica::expect();
    let queue = memo(move || replica.queue());
    let count = memo(move || queue.with(Vec::len));
    let nothing = move || count.get() == 0 && replica.parked().is_empty() && replica.unread().is_empty();
    let heading = StoredValue::new(fresh_id("outbox"));
    view! {
        <Show when=nothing>
            <div class="empty">
                <h3>{t!("outbox.empty_title")}</h3>
                <p>{t!("outbox.empty")}</p>
            </div>
        </Show>
        <Show when=move || { count.get() > 0 }>
            <section aria-labelledby=heading.get_value()>
                <h3 id=heading.get_value()>{move || t!("outbox.waiting", count = count.get())}</h3>
                <ol class="outbox-list">
                    <For
                        each=move || queue.with(|all| all.iter().take(MOST).cloned().collect::<Vec<_>>())
                        key=|pending| pending.id
                        let(pending)
                    >
                        <WaitingRow pending />
                    </For>
                </ol>
                {move || {
                    let more = count.get().saturating_sub(MOST);
                    (more > 0).then(|| view! { <p class="outbox-more">{t!("outbox.more", count = more)}</p> })
                }}
            </section>
        </Show>
    }
}

#[component]
fn WaitingRow(pending: Pending) -> impl IntoView {
    let replica = Replica::expect();
    let Told { what, place, .. } = replica.peek(|state| told(state, &pending.command));
    view! {
        <li>
            <p class="outbox-what">{what}</p>
            <Facts place at=pending.at />
        </li>
    }
}

#[component]
fn Refusals() -> impl IntoView {
    let replica = Replica::expect();
    let parked = memo(move || replica.parked());
    let count = memo(move || parked.with(Vec::len));
    let heading = StoredValue::new(fresh_id("outbox"));
    view! {
        <Show when=move || { count.get() > 0 }>
            <section aria-labelledby=heading.get_value()>
                <h3 id=heading.get_value()>{move || t!("refused.count", count = count.get())}</h3>
                <ol class="outbox-list">
                    <For each=move || parked.get() key=|parked| parked.id let(parked)>
                        <RefusedRow parked />
                    </For>
                </ol>
            </section>
        </Show>
    }
}

#[component]
fn RefusedRow(parked: Parked) -> impl IntoView {
    let replica = Replica::expect();
    let Told { what, place, typed } = replica.peek(|state| told(state, &parked.command));
    let label = t!("outbox.dismiss", what = what);
    view! {
        <li data-refused="">
            <p class="outbox-what">{what}</p>
            <p class="outbox-reason">{words::reason(&parked.rejection.reason)}</p>
            <Facts place at=parked.at />
            <button
                type="button"
                class="button small"
                aria-label=label
                on:click=move |_| replica.dismiss(parked.id)
            >
                {t!("refused.dismiss")}
            </button>
            {what_was_typed(typed)}
        </li>
    }
}

#[component]
fn Unread() -> impl IntoView {
    let replica = Replica::expect();
    let texts = memo(move || replica.unread());
    let heading = StoredValue::new(fresh_id("outbox"));
    view! {
        <Show when=move || !texts.with(Vec::is_empty)>
            <section aria-labelledby=heading.get_value()>
                <h3 id=heading.get_value()>{move || t!("outbox.unread", count = texts.with(Vec::len))}</h3>
                <p>{t!("outbox.unread_text")}</p>
                <ol class="outbox-list">
                    <For each=move || texts.get() key=Clone::clone let(text)>
                        <li>
                            <details>
                                <summary>{t!("outbox.unread_show")}</summary>
                                <pre>{text}</pre>
                            </details>
                        </li>
                    </For>
                </ol>
            </section>
        </Show>
    }
}

/// Where and when.
#[component]
fn Facts(place: String, at: Timestamp) -> impl IntoView {
    view! {
        <p class="outbox-facts">
            <span>{place}</span>
            <time title=format::instant(at)>{format::ago(at)}</time>
        </p>
    }
}
