//! Where one is signed in, and ending those sign-ins.

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::Fault;
use qibu::organisation::SessionInfo;
use qibu::organisation::functions::{end_session, sessions};

use crate::format;
use crate::ui::Toasts;
use crate::words;

/// The section.
#[component]
pub fn SignIns() -> impl IntoView {
    let toasts = Toasts::expect();
    let found = RwSignal::new(None::<Result<Vec<SessionInfo>, Fault>>);
    let load = move || {
        spawn_local(async move {
            let answer = sessions().await;
            found.try_set(Some(answer));
        });
    };
    load();
    let end = Callback::new(move |info: SessionInfo| {
        spawn_local(async move {
            match end_session(info.id).await {
                Ok(()) => toasts.say(t!("account.sign_in_ended")),
                Err(fault) => toasts.say_refused(words::fault(&fault)),
            }
            load();
        });
    });
    view! {
        <section class="section">
            <header class="section-head">
                <h2>{t!("account.sign_ins")}</h2>
            </header>
            {move || match found.get() {
                None => {
                    view! {
                        <div class="skeleton" aria-hidden="true">
                            <span class="skeleton-line" style:--width="60%"></span>
                            <span class="skeleton-line" style:--width="45%"></span>
                        </div>
                    }
                        .into_any()
                }
                Some(Err(fault)) => {
                    view! {
                        <p class="section-note" role="alert">
                            {words::fault(&fault)}
                            " "
                            <button type="button" class="link" on:click=move |_| load()>
                                {t!("state.retry")}
                            </button>
                        </p>
                    }
                        .into_any()
                }
                Some(Ok(all)) => view! { <SignInTable all end /> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn SignInTable(all: Vec<SessionInfo>, end: Callback<SessionInfo>) -> impl IntoView {
    let rows = all.into_iter().map(|info| {
        let browser = browser(&info.agent);
        let last = if info.current {
            view! { {t!("account.this_sign_in")} }.into_any()
        } else {
            let label = t!("account.end_of", browser = browser);
            let ended = info.clone();
            view! {
                <button type="button" class="button small" aria-label=label on:click=move |_| end.run(ended.clone())>
                    {t!("account.end")}
                </button>
            }
            .into_any()
        };
        view! {
            <tr>
                <th scope="row" title=info.agent>
                    {browser}
                </th>
                <td data-label=t!("account.began")>{format::instant(info.created)}</td>
                <td data-label=t!("account.seen") title=format::instant(info.seen)>
                    {format::ago(info.seen)}
                </td>
                <td>{last}</td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!("account.browser")}</th>
                        <th scope="col">{t!("account.began")}</th>
                        <th scope="col">{t!("account.seen")}</th>
                        <th scope="col">
                            <span class="visually-hidden">{t!("people.actions")}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

/// What a browser's name for itself says to a person: the browser and the system.
fn browser(agent: &str) -> String {
    // In this order: most browsers also claim to be those that they descend from.
    let browsers = ["MicroMessenger", "Edg", "OPR", "Firefox", "Chrome", "Safari"];
    let systems = ["Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux"];
    let first = |names: &[&'static str]| names.iter().find(|name| agent.contains(**name)).copied();
    let browser = first(&browsers).map(|name| match name {
        "MicroMessenger" => "WeChat",
        "Edg" => "Edge",
        "OPR" => "Opera",
        name => name,
    });
    let system = first(&systems).map(|name| if name == "Mac OS X" { "macOS" } else { name });
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} · {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => t!("account.unknown_browser").into_owned(),
    }
}
