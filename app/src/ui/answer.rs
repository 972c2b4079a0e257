//! What is asked of the server besides what is at hand: where its answer stands, and what is shown until it is there.

use leptos::prelude::*;
use rust_i18n::t;

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
