//! What stands in the place of the board: its shape while it comes, words when it cannot.

use leptos::prelude::*;

use crate::ui::NotAtHand;

/// The shape of a board that cannot come now, and why.
#[component]
pub fn OnItsWay() -> impl IntoView {
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
            <NotAtHand text=tr!("board.not_here") />
            <div class="board">{[6, 4, 5, 3].map(column).into_iter().collect_view()}</div>
        </div>
    }
    .into_any()
}
