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
    sort: Sort,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sort {
    /// Goes by itself.
    Passing,
    /// The same, and makes the one before go: it says how things stand after a series of steps.
    Latest,
    /// Stays until it is dismissed.
    Refusal,
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
        self.pass(text.into(), Sort::Passing);
    }

    /// The same in the place of what was said so last.
    pub fn say_latest(self, text: impl Into<String>) {
        self.pass(text.into(), Sort::Latest);
    }

    fn pass(self, text: String, sort: Sort) {
        let id = self.put(text, sort);
        set_timeout(move || self.dismiss(id), STAY);
    }

    /// Says why something did not happen, until it is dismissed.
    pub fn say_refused(self, text: impl Into<String>) {
        self.put(text.into(), Sort::Refusal);
    }

    /// Says why a command was refused, until it is dismissed.
    pub fn refuse(self, rejection: &Rejection) {
        self.say_refused(words::reason(&rejection.reason));
    }

    fn put(self, text: String, sort: Sort) -> usize {
        let id = self.1.with_value(|last| last + 1);
        self.1.set_value(id);
        self.0.update(|all| {
            // The same words twice say no more than once.
            all.retain(|toast| toast.text != text && (sort != Sort::Latest || toast.sort != sort));
            let surplus = (all.len() + 1).saturating_sub(MOST);
            all.drain(..surplus);
            all.push(Toast { id, text, sort });
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
                <div class="toast" data-kind=(toast.sort == Sort::Refusal).then_some("refused")>
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
