//! Short messages at the edge of the page, read out by a live region.

use std::time::Duration;

use leptos::prelude::*;

/// How long a message stays.
const STAY: Duration = Duration::from_secs(6);

/// The messages that are on screen.
#[derive(Clone, Copy, Debug)]
pub struct Toasts(RwSignal<Vec<(usize, String)>>, StoredValue<usize>);

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
        let id = self.1.with_value(|last| last + 1);
        self.1.set_value(id);
        self.0.update(|all| all.push((id, text.into())));
        set_timeout(move || self.0.update(|all| all.retain(|(other, _)| *other != id)), STAY);
    }
}

/// Where the messages show.
#[component]
pub fn ToastStack() -> impl IntoView {
    let Toasts(all, _) = Toasts::expect();
    view! {
        <div class="toasts" role="status" aria-live="polite">
            <For each=move || all.get() key=|(id, _)| *id let((_, text))>
                <p class="toast">{text}</p>
            </For>
        </div>
    }
}
