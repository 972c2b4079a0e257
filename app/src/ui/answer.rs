//! What is asked of the server besides what is at hand: where its answer stands, and what is shown until it is there.

use std::time::Duration;

use leptos::prelude::*;
use shared::sync::Link;

use super::{Key, Pause};
use crate::reactive::{Show, effect, memo};
use crate::sync::Replica;

/// So long a page waits for its connection before it says that there is none.
const PATIENCE: Duration = Duration::from_secs(2);

/// Where the answer to a question stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stand {
    /// Nothing has come yet.
    OnItsWay,
    /// It is there.
    There,
    /// The server does not answer.
    Silence,
}

/// The shape of rows that are on their way.
#[component]
pub fn RowsOnTheirWay() -> impl IntoView {
    let line = |width: &'static str| view! { <span class="skeleton-line" style:--width=width></span> };
    view! {
        <div class="skeleton" aria-hidden="true">
            {["46%", "88%", "38%", "80%", "52%", "84%"].map(line)}
        </div>
    }
}

/// The shape of a page that is on its way, and why it cannot come while there is no connection.
#[component]
pub fn OnItsWay(
    /// That it is not at hand.
    text: Key,
) -> impl IntoView {
    view! {
        <div class="page-body">
            <NotAtHand text />
            <div class="skeleton room-skeleton" aria-busy="true"></div>
        </div>
    }
}

/// Why something cannot come, while there is no connection.
#[component]
pub fn NotAtHand(
    /// That it is not at hand.
    text: Key,
) -> impl IntoView {
    let replica = Replica::expect();
    let is_down = memo(move || replica.link() == Link::Down);
    // A page begins without a connection, and has one in a moment.
    let (waited, pause) = (RwSignal::new(false), Pause::of(PATIENCE));
    effect(move || {
        waited.set(false);
        if is_down.get() {
            pause.then(move || waited.set(true));
        } else {
            pause.forget();
        }
    });
    view! {
        <Show when=move || { is_down.get() && (waited.get() || !window().navigator().on_line()) }>
            <div class="notice" role="status">
                <p>{text.text()}</p>
            </div>
        </Show>
    }
}

/// Which question counts: an answer to an earlier one is not shown, nor one that comes after the page has gone.
#[derive(Clone, Copy, Debug)]
pub struct Question(StoredValue<u32>);

impl Question {
    /// None is asked yet.
    pub fn new() -> Self {
        Self(StoredValue::new(0))
    }

    /// The one that counts from now on.
    pub fn anew(self) -> u32 {
        self.0.update_value(|question| *question += 1);
        self.current()
    }

    /// The one that counts.
    pub fn current(self) -> u32 {
        self.0.get_value()
    }

    /// Whether an answer to this one is still waited for.
    pub fn counts(self, question: u32) -> bool {
        self.0.try_get_value() == Some(question)
    }
}

/// That the server does not answer, and asking it again: by hand, or when the connection is back.
#[component]
pub fn Silent(
    /// What is not shown for that reason.
    #[prop(into)]
    text: String,
    /// Asks again.
    again: Callback<()>,
) -> impl IntoView {
    let replica = Replica::expect();
    let is_live = memo(move || replica.link() == Link::Live);
    Effect::new(move |was_live: Option<bool>| {
        let is_live = is_live.get();
        if is_live && was_live == Some(false) {
            again.run(());
        }
        is_live
    });
    view! {
        <div class="notice" data-kind="info" role="alert">
            <p>{text}</p>
            <button type="button" class="button small" on:click=move |_| again.run(())>
                {t!("state.retry")}
            </button>
        </div>
    }
}
