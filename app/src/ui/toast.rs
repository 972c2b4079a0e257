//! Short messages at the edge of the page, read out by a live region.

use std::time::Duration;

use icondata_lu::LuX;
use leptos::prelude::*;
use shared::Rejection;

use super::Icon;
use crate::reactive::For;
use crate::words;

/// How long a message stays. A refusal stays until the person has dismissed it.
const STAY: Duration = Duration::from_secs(6);
/// The most messages at once; the oldest makes room.
const MOST: usize = 4;

/// The messages that are on screen.
#[derive(Clone, Copy, Debug)]
pub struct Toasts(RwSignal<Vec<Toast>>, StoredValue<usize>);

#[derive(Clone, Debug)]
struct Toast {
    id: usize,
    text: String,
    is_refusal: bool,
}

impl Toasts {
    /// Makes the stack that the whole app uses.
    pub fn provide() {
        provide_context(Self(RwSignal::new(Vec::new()), StoredValue::new(0)));
    }

    /// The stack here.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Says something for a while.
    pub fn say(self, text: impl Into<String>) {
        let id = self.put(text.into(), false);
        set_timeout(move || self.dismiss(id), STAY);
    }

    /// Says why something did not happen, until it is dismissed.
    pub fn say_refused(self, text: impl Into<String>) {
        self.put(text.into(), true);
    }

    /// Says why a command was refused, until it is dismissed.
    pub fn refuse(self, rejection: &Rejection) {
        self.say_refused(words::reason(&rejection.reason));
    }

    fn put(self, text: String, is_refusal: bool) -> usize {
        let id = self.1.with_value(|last| last + 1);
        self.1.set_value(id);
        self.0.update(|all| {
            // The same words twice say no more than once.
            all.retain(|toast| toast.text != text);
            let surplus = (all.len() + 1).saturating_sub(MOST);
            all.drain(..surplus);
            all.push(Toast { id, text, is_refusal });
        });
        id
    }

    fn dismiss(self, id: usize) {
        self.0.update(|all| all.retain(|toast| toast.id != id));
    }
}

/// Where the messages show.
#[component]
pub fn ToastStack() -> impl IntoView {
    let toasts = Toasts::expect();
    view! {
        <div class="toasts" role="status" aria-live="polite" aria-label=t!("toast.label")>
            <For each=move || toasts.0.get() key=|toast| toast.id let(toast)>
                <div class="toast" data-kind=toast.is_refusal.then_some("refused")>
                    <p>{toast.text}</p>
                    <button
                        type="button"
                        class="button small ghost icon"
                        aria-label=t!("toast.dismiss")
                        on:click=move |_| toasts.dismiss(toast.id)
                    >
                        <Icon icon=LuX />
                    </button>
                </div>
            </For>
        </div>
    }
}
