//! What stands in the place of the board: its shape while it comes, words when it may not be seen.

use leptos::prelude::*;
use rust_i18n::t;
use shared::sync::Link;

use crate::sync::Replica;
use crate::ui::page_title;

/// The shape of a board that is on its way.
fn skeleton() -> AnyView {
    let column = |cards: usize| {
        view! {
            <section class="column">
                <header class="column-head"></header>
                <div class="column-body">
                    {(0..cards).map(|_| view! { <div class="skeleton-card" aria-hidden="true"></div> }).collect_view()}
                </div>
            </section>
        }
    };
    view! {
        <div class="board-area" aria-busy="true">
            <p class="visually-hidden" role="status">
                {t!("board.loading")}
            </p>
            <div class="filters"></div>
            <div class="board">{[6, 4, 5, 3].map(column).into_iter().collect_view()}</div>
        </div>
    }
    .into_any()
}

/// The shape of a board that cannot come now, and why.
#[component]
pub fn OnItsWay() -> impl IntoView {
    let replica = Replica::expect();
    let is_down = Memo::new(move |_| replica.link() == Link::Down);
    view! {
        <Show when=move || is_down.get()>
            <div class="notice" role="status">
                <p>{t!("board.not_here")}</p>
            </div>
        </Show>
        {skeleton()}
    }
}

/// There is no such board for this person, with none of what it held.
#[component]
pub fn Gone(
    /// Whether it was there a moment ago.
    was_here: bool,
) -> impl IntoView {
    page_title(|| t!("board.gone_title"));
    let (title, text) = if was_here {
        (t!("board.revoked_title"), t!("board.revoked_text"))
    } else {
        (t!("board.gone_title"), t!("board.gone_text"))
    };
    view! {
        <div class="page-body">
            <div class="refusal" role="alert">
                <h1>{title}</h1>
                <p>{text}</p>
                <a class="button" href="/projects">
                    {t!("board.all_projects")}
                </a>
            </div>
        </div>
    }
    .into_any()
}
