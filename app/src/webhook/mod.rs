//! Outgoing webhooks: where the company's chat groups and programs are told of incidents. Admins.

mod area;
mod editor;
mod log;

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::Fault;
use qibu::webhook::functions::{remove_webhook, test_webhook, webhooks};
use qibu::webhook::{Format, Webhook};

pub use self::area::AREA;
use self::editor::Editor;
use self::log::Log;
use crate::organisation::{AdminHead, Section};
use crate::reactive::Show;
use crate::ui::{Confirm, Errors, Toasts, page_title};
use crate::words;

/// The page behind `/admin/webhooks`.
#[component]
pub fn Webhooks() -> impl IntoView {
    page_title(|| t!("webhook.title"));
    let all = RwSignal::new(None::<Result<Vec<Webhook>, Fault>>);
    let load = Callback::new(move |()| {
        spawn_local(async move {
            let answer = webhooks().await;
            all.try_set(Some(answer));
        });
    });
    load.run(());
    let looked = RwSignal::new(0_u32);
    let editor = Editor::new();
    let is_shown = move || all.with(|all| matches!(all, Some(Ok(_))));
    view! {
        <AdminHead section=Section::Webhooks>
            <Show when=is_shown>
                <button type="button" class="button primary" on:click=move |_| editor.add()>
                    {t!("webhook.add")}
                </button>
            </Show>
        </AdminHead>
        <div class="page-body webhooks" tabindex="0">
            <p class="form-note">{t!("webhook.about")}</p>
            {move || match all.get() {
                None => view! { <div class="skeleton room-skeleton" aria-busy="true"></div> }.into_any(),
                Some(Err(fault)) => {
                    view! {
                        <p class="error" role="alert">
                            {words::fault(&fault)}
                        </p>
                    }
                    .into_any()
                }
                Some(Ok(all)) if all.is_empty() => {
                    view! {
                        <div class="empty">
                            <h2>{t!("webhook.none_title")}</h2>
                            <p>{t!("webhook.none_text")}</p>
                        </div>
                    }
                    .into_any()
                }
                Some(Ok(all)) => view! { <Targets all editor load looked /> }.into_any(),
            }}
            <Show when=is_shown>
                <Log looked />
            </Show>
            <editor::Dialog editor load />
        </div>
    }
}

/// The format's product.
pub fn format_name(format: Format) -> String {
    match format {
        Format::Feishu => t!("webhook.feishu"),
        Format::DingTalk => t!("webhook.dingtalk"),
        Format::WeCom => t!("webhook.wecom"),
        Format::Standard => t!("webhook.standard"),
    }
    .into_owned()
}

#[component]
fn Targets(all: Vec<Webhook>, editor: Editor, load: Callback<()>, looked: RwSignal<u32>) -> impl IntoView {
    view! {
        <div class="table-wrap">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!("webhook.name")}</th>
                        <th scope="col">{t!("webhook.format")}</th>
                        <th scope="col">{t!("webhook.state")}</th>
                        <th scope="col">{t!("webhook.signed")}</th>
                        <th scope="col">
                            <span class="visually-hidden">{t!("webhook.actions")}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>
                    {all
                        .into_iter()
                        .map(|webhook| view! { <Target webhook editor load looked /> })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}

#[component]
fn Target(webhook: Webhook, editor: Editor, load: Callback<()>, looked: RwSignal<u32>) -> impl IntoView {
    let toasts = Toasts::expect();
    let errors = Errors::new();
    let asking = RwSignal::new(false);
    let id = webhook.id;
    let settings = webhook.settings.clone();
    let name = settings.name.clone();
    let test = move |_| {
        spawn_local(async move {
            match test_webhook(id).await {
                Ok(()) => {
                    toasts.say(t!("webhook.tested"));
                    looked.update(|looked| *looked += 1);
                }
                Err(fault) => toasts.say_refused(words::fault(&fault)),
            }
        });
    };
    let remove = Callback::new(move |()| {
        spawn_local(async move {
            match remove_webhook(id).await {
                Ok(()) => {
                    asking.set(false);
                    load.try_run(());
                }
                Err(fault) => {
                    errors.add_fault(&fault);
                }
            }
        });
    });
    let edited = webhook.clone();
    view! {
        <tr>
            <th scope="row">{name.clone()}</th>
            <td data-label=t!("webhook.format")>{format_name(settings.format)}</td>
            <td data-label=t!("webhook.state")>
                {if settings.active { t!("webhook.on") } else { t!("webhook.off") }}
            </td>
            <td data-label=t!("webhook.signed")>
                {if webhook.has_secret { t!("webhook.yes") } else { t!("webhook.no") }}
            </td>
            <td class="webhook-actions">
                <button
                    type="button"
                    class="button small"
                    aria-label=t!("webhook.test_it", name = name)
                    on:click=test
                >
                    {t!("webhook.test")}
                </button>
                <button
                    type="button"
                    class="button small"
                    aria-label=t!("webhook.edit_it", name = name)
                    on:click=move |_| editor.edit(&edited)
                >
                    {t!("webhook.edit")}
                </button>
                <button
                    type="button"
                    class="button small danger"
                    aria-label=t!("webhook.remove_it", name = name)
                    on:click=move |_| asking.set(true)
                >
                    {t!("webhook.remove")}
                </button>
                <Confirm
                    open=asking
                    title=t!("webhook.remove_it", name = name).into_owned()
                    text=t!("webhook.remove_text").into_owned()
                    submit=t!("webhook.remove").into_owned()
                    on_yes=remove
                    errors
                />
            </td>
        </tr>
    }
}
