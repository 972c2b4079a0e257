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

/// The product's mark.
#[component]
pub fn BrandMark() -> impl IntoView {
    view! {
        <svg class="brand-mark" viewBox="0 0 28 28" aria-hidden="true">
            <path d="M14 2v5M3.5 7.5h21M20 8c-2.5 5-8 8.5-15.5 10M8 8c3 5 8.5 8.5 15.5 10M10 16.5v3c0 3.2-1.5 5.3-4.5 6.5M18 16.5V26"></path>
        </svg>
    }
}
