//! The page at the address of an uploaded file: the server answers there by itself, but for who is not signed in and for
//! a file that there is not. So it shows after a sign-in, and goes on to the file; or it says that there is none.

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestInit, Response};

use crate::ui::{Gone, page_title};

/// What the server says of the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Answer {
    Here,
    Gone,
    Silence,
}

/// The page.
#[component]
pub fn FileLink() -> impl IntoView {
    page_title(|| t!("file.title"));
    let address = StoredValue::new(window().location().pathname().unwrap_or_default());
    let answer = RwSignal::new(None);
    let ask = move || {
        let address = address.get_value();
        answer.set(None);
        spawn_local(async move {
            let said = asked(&address).await;
            if answer.try_set(Some(said)).is_none() && said == Answer::Here {
                let _ = window().location().replace(&address);
            }
        });
    };
    ask();
    move || {
        match answer.get() {
        Some(Answer::Gone) => view! {
            <Gone title=tr!("file.gone_title") text=tr!("file.gone_text") address="/" name=tr!("state.not_found_home") />
        }
        .into_any(),
        Some(Answer::Silence) => view! {
            <div class="page-body">
                <div class="refusal" role="alert">
                    <h1>{t!("state.unreachable_title")}</h1>
                    <button type="button" class="button" on:click=move |_| ask()>
                        {t!("state.retry")}
                    </button>
                </div>
            </div>
        }
        .into_any(),
        // What a browser saves rather than shows leaves this page as it is.
        Some(Answer::Here) | None => view! {
            <div class="page-body">
                <div class="refusal">
                    <h1>{t!("file.title")}</h1>
                    <p role="status">{t!("file.text")}</p>
                    <a class="button" href=address.get_value() rel="external">
                        {t!("file.again")}
                    </a>
                </div>
            </div>
        }
        .into_any(),
    }
    }
}

async fn asked(address: &str) -> Answer {
    let request = RequestInit::new();
    request.set_method("HEAD");
    let answer = JsFuture::from(window().fetch_with_str_and_init(address, &request)).await;
    match answer.and_then(JsCast::dyn_into::<Response>).map_err(|_: JsValue| ()) {
        Ok(answer) if answer.ok() => Answer::Here,
        Ok(answer) if answer.status() == 404 => Answer::Gone,
        _ => Answer::Silence,
    }
}
