//! A link with a secret in it, shown once: to be copied, or read by the camera of a phone.

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::organisation::Qr;
use qibu::organisation::functions::qr;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::ui::Toasts;
use crate::words;

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

/// The link, with what can be done with it.
#[component]
pub fn Link(made: Made) -> impl IntoView {
    let Made { path, title, note } = made;
    let toasts = Toasts::expect();
    let link = at_origin(&path);
    let drawn = RwSignal::new(None::<Qr>);
    let (copied, asked) = (link.clone(), link.clone());
    let draw = move |_| {
        if drawn.with_untracked(Option::is_some) {
            return drawn.set(None);
        }
        let link = asked.clone();
        spawn_local(async move {
            match qr(link).await {
                Ok(code) => {
                    drawn.try_set(Some(code));
                }
                Err(fault) => toasts.say_refused(words::fault(&fault)),
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
                <Copying text=Callback::new(move |()| copied.clone()) label=t!("invite.copy") />
                <button
                    type="button"
                    class="button"
                    aria-expanded=move || drawn.with(Option::is_some).to_string()
                    on:click=draw
                >
                    {t!("invite.qr")}
                </button>
            </div>
            {move || drawn.get().map(|code| view! { <Code code /> })}
        </section>
    }
}

#[component]
fn Code(code: Qr) -> impl IntoView {
    view! {
        <svg class="qr" role="img" aria-label=t!("invite.qr_of_link") viewBox=format!("0 0 {0} {0}", code.size)>
            <path d=code.path />
        </svg>
    }
}

/// A button that copies a text, and says so.
#[component]
pub fn Copying(
    /// What is copied.
    text: Callback<(), String>,
    /// What the button does, read aloud.
    #[prop(into)]
    label: String,
    /// What it says, if not that it copies.
    #[prop(optional, into)]
    says: Option<String>,
) -> impl IntoView {
    let toasts = Toasts::expect();
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let text = text.run(());
        spawn_local(async move {
            if copy_text(&text).await {
                copied.try_set(true);
            } else {
                toasts.say_refused(t!("invite.copy_yourself"));
            }
        });
    };
    let said = says.unwrap_or_else(|| t!("invite.copy").into_owned());
    let name = move || if copied.get() { t!("invite.copied").into_owned() } else { label.clone() };
    view! {
        <button type="button" class="button" aria-label=name on:click=copy>
            {move || if copied.get() { t!("invite.copied").into_owned() } else { said.clone() }}
        </button>
    }
}

/// A path with the page's own origin before it.
pub fn at_origin(path: &str) -> String {
    let mut link = window().location().origin().unwrap_or_default();
    link.push_str(path);
    link
}

/// Whether the browser let us write to the clipboard: it has none on an address that is not secure.
async fn copy_text(text: &str) -> bool {
    let navigator = window().navigator();
    let has_clipboard =
        js_sys::Reflect::get(&navigator, &JsValue::from_str("clipboard")).is_ok_and(|found| found.is_object());
    has_clipboard && JsFuture::from(navigator.clipboard().write_text(text)).await.is_ok()
}
