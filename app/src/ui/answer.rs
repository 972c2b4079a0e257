//! What is asked of the server besides what is at hand: where its answer stands, and what is shown until it is there.

use leptos::prelude::*;
use rust_i18n::t;
use shared::sync::Link;

use super::Key;
use crate::sync::Replica;

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
    let replica = Replica::expect();
    let is_down = Memo::new(move |_| replica.link() == Link::Down);
    view! {
        <div class="page-body">
            <Show when=move || is_down.get()>
                <div class="notice" role="status">
                    <p>{text.text()}</p>
                </div>
            </Show>
            <div class="skeleton room-skeleton" aria-busy="true"></div>
        </div>
    }
}

/// That the server does not answer, and asking it again.
#[component]
pub fn Silent(
    /// What is not shown for that reason.
    #[prop(into)]
    text: String,
    /// Asks again.
    again: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="notice" data-kind="info" role="alert">
            <p>{text}</p>
            <button type="button" class="button small" on:click=move |_| again.run(())>
                {t!("state.retry")}
            </button>
        </div>
    }
}
