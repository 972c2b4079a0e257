//! Pages for when there is no page: starting, no answer from the server, an address that shows nothing.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::session::CurrentSession;
use crate::ui::{ask_again, page_title};

/// While it is not known who is signed in: the shape of what comes.
#[component]
pub fn Starting() -> impl IntoView {
    view! {
        <div class="shell">
            <div class="rail" aria-hidden="true">
                <span class="rail-item"></span>
            </div>
            <main class="page" aria-busy="true">
                <h1 class="visually-hidden">{t!("state.starting")}</h1>
                <div class="page-head" aria-hidden="true"></div>
                <div class="page-body">
                    <div class="skeleton" aria-hidden="true">
                        {["32%", "64%", "56%", "72%", "48%"]
                            .map(|width| view! { <span class="skeleton-line" style:--width=width></span> })
                            .into_iter()
                            .collect_view()}
                    </div>
                </div>
            </main>
        </div>
    }
}

/// The server does not answer, and nothing is kept here.
#[component]
pub fn Unreachable() -> impl IntoView {
    page_title(|| t!("state.unreachable_title"));
    let session = CurrentSession::expect();
    let busy = RwSignal::new(false);
    let retry = move || {
        if !busy.get_untracked() {
            busy.set(true);
            spawn_local(async move {
                session.enter().await;
                busy.try_set(false);
            });
        }
    };
    ask_again(retry);
    view! {
        <main class="page">
            <div class="page-body">
                <div class="refusal">
                    <h1>{t!("state.unreachable_title")}</h1>
                    <p role="status">{t!("state.unreachable_text")}</p>
                    <button
                        type="button"
                        class="button primary"
                        aria-busy=move || busy.get().then_some("true")
                        on:click=move |_| retry()
                    >
                        {move || if busy.get() { t!("state.retrying") } else { t!("state.retry") }}
                    </button>
                </div>
            </div>
        </main>
    }
}

/// An address that shows nothing.
#[component]
pub fn NotFound() -> impl IntoView {
    page_title(|| t!("state.not_found_title"));
    view! {
        <div class="page-body">
            <div class="refusal">
                <h1>{t!("state.not_found_title")}</h1>
                <p>{t!("state.not_found_text")}</p>
                <a class="button" href="/">
                    {t!("state.not_found_home")}
                </a>
            </div>
        </div>
    }
}
