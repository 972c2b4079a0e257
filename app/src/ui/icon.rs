//! Icons of the Lucide set, drawn in the colour of the text.

use icondata_core::IconData;
use leptos::prelude::*;

/// An icon beside a word, or inside a button that has a label: hidden from screen readers.
#[component]
pub fn Icon(
    /// Which, of `icondata_lu`.
    icon: &'static IconData,
    /// Whether it stands beside small text.
    #[prop(optional)]
    small: bool,
) -> impl IntoView {
    view! {
        <svg
            class="icon"
            class:small=small
            width="16"
            height="16"
            viewBox=icon.view_box
            fill="none"
            stroke="currentColor"
            stroke-width="1.75"
            stroke-linecap="round"
            stroke-linejoin="round"
            aria-hidden="true"
            inner_html=icon.data
        ></svg>
    }
}
