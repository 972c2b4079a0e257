//! A link with a secret in it, shown once, with a button that copies it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use rust_i18n::t;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::ui::Toasts;

/// A link that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// Its path; the page's own origin goes before it.
    pub path: String,
    /// What it is.
    pub title: String,
    /// What to do with it, and until when it holds.
    pub note: String,
}

/// The button of the form that makes a link, and the link once it is made.
#[component]
pub fn Making(made: Signal<Option<Made>>) -> impl IntoView {
    view! {
        <div class="form-actions">
            <button type="submit" class="button primary">
                {t!("invite.make")}
            </button>
        </div>
        <div role="status">{move || made.get().map(|made| view! { <Link made /> })}</div>
    }
}

#[component]
fn Link(made: Made) -> impl IntoView {
    let Made { path, title, note } = made;
    let toasts = Toasts::expect();
    let mut link = path;
    link.insert_str(0, &window().location().origin().unwrap_or_default());
    let copied = RwSignal::new(false);
    let text = link.clone();
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move {
            if copy_text(&text).await {
                copied.try_set(true);
            } else {
                toasts.say_refused(t!("invite.copy_yourself"));
            }
        });
    };
    view! {
        <section class="section">
            <header class="section-head">
                <h3>{title}</h3>
            </header>
            <p class="section-note">{note}</p>
            <div class="secret-row">
                <code class="secret">{link}</code>
                <button type="button" class="button" on:click=copy>
                    {move || if copied.get() { t!("invite.copied") } else { t!("invite.copy") }}
                </button>
            </div>
        </section>
    }
}

/// Whether the browser let us write to the clipboard: it has none on an address that is not secure.
async fn copy_text(text: &str) -> bool {
    let navigator = window().navigator();
    let has_clipboard =
        js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")).is_ok_and(|found| found.is_object());
    has_clipboard && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
