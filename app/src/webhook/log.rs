//! What was told to whom, and what became of it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::webhook::functions::{deliveries, send_again};
use qibu::webhook::{Delivery, DeliveryState};
use uuid::Uuid;

use crate::format;
use crate::reactive::{Show, effect};
use crate::ui::Toasts;
use crate::words;

/// The latest deliveries; looked at again with each change of `looked`, and by hand.
#[component]
pub fn Log(looked: RwSignal<u32>) -> impl IntoView {
    let all = RwSignal::new(Vec::<Delivery>::new());
    effect(move || {
        looked.track();
        spawn_local(async move {
            if let Ok(answer) = deliveries().await {
                all.try_set(answer);
            }
        });
    });
    view! {
        <section class="section" aria-labelledby="webhook-log-title">
            <header class="section-head">
                <h2 id="webhook-log-title">{t!("webhook.log")}</h2>
                <div class="section-actions">
                    <button
                        type="button"
                        class="button ghost small"
                        on:click=move |_| looked.update(|looked| *looked += 1)
                    >
                        {t!("webhook.refresh")}
                    </button>
                </div>
            </header>
            <Show
                when=move || all.with(|all| !all.is_empty())
                fallback=|| view! { <p class="section-note">{t!("webhook.log_empty")}</p> }
            >
                <div class="table-wrap">
                    <table class="table">
                        <thead>
                            <tr>
                                <th scope="col">{t!("webhook.message")}</th>
                                <th scope="col">{t!("webhook.when")}</th>
                                <th scope="col">{t!("webhook.target")}</th>
                                <th scope="col">{t!("webhook.state")}</th>
                                <th scope="col" class="figure">
                                    {t!("webhook.attempts")}
                                </th>
                                <th scope="col">{t!("webhook.failure")}</th>
                            </tr>
                        </thead>
                        <tbody>
                            {move || all.get().into_iter().map(|delivery| row(delivery, looked)).collect_view()}
                        </tbody>
                    </table>
                </div>
            </Show>
        </section>
    }
}

fn row(delivery: Delivery, looked: RwSignal<u32>) -> AnyView {
    let (state, shape) = match delivery.state {
        DeliveryState::Waiting => (t!("webhook.waiting"), "in_progress"),
        DeliveryState::Sent => (t!("webhook.sent"), "done"),
        DeliveryState::GivenUp => (t!("webhook.given_up"), "blocked"),
        DeliveryState::Ended => (t!("webhook.ended"), "cancelled"),
    };
    let failed = matches!(delivery.state, DeliveryState::GivenUp | DeliveryState::Ended);
    let status = delivery.status.map(|status| format!("HTTP {status}"));
    let next = delivery.next.map(|next| t!("webhook.next", time = format::instant(next)).into_owned());
    let wrong: Vec<String> = [status, delivery.failure, next].into_iter().flatten().collect();
    view! {
        <tr>
            <th scope="row">{delivery.message.title}</th>
            <td data-label=t!("webhook.when")>{format::instant(delivery.at)}</td>
            <td data-label=t!("webhook.target")>{delivery.webhook}</td>
            <td data-label=t!("webhook.state")>
                <span class="status" data-status=shape>
                    {state}
                </span>
            </td>
            <td class="figure" data-label=t!("webhook.attempts")>
                {delivery.attempts}
            </td>
            <td data-label=t!("webhook.failure")>
                {wrong.join(" · ")}
                {failed.then(|| again(delivery.id, looked))}
            </td>
        </tr>
    }
    .into_any()
}

fn again(id: Uuid, looked: RwSignal<u32>) -> AnyView {
    let toasts = Toasts::expect();
    let send = move |_| {
        spawn_local(async move {
            match send_again(id).await {
                Ok(()) => looked.update(|looked| *looked += 1),
                Err(fault) => toasts.say_refused(words::fault(&fault)),
            }
        });
    };
    view! {
        " "
        <button type="button" class="button small" on:click=send>
            {t!("webhook.again")}
        </button>
    }
    .into_any()
}
