//! The page of a thing that is not there, or not for who looks.

use leptos::prelude::*;

use super::key::Key;
use super::page_title::page_title;

/// Says so, with none of what the thing held, and leads on.
#[component]
pub fn Gone(
    /// What is gone, in a few words.
    title: Key,
    /// What that may mean.
    text: Key,
    /// Where things like it are.
    address: &'static str,
    /// What that page is called.
    name: Key,
) -> impl IntoView {
    page_title(move || title.text());
    view! {
        <div class="page-body">
            <div class="refusal" role="alert">
                <h1>{title.text()}</h1>
                <p>{text.text()}</p>
                <a class="button" href=address>
                    {name.text()}
                </a>
            </div>
        </div>
    }
    .into_any()
}
