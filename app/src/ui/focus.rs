//! Moving the focus to where the work goes on.

use leptos::prelude::*;
use wasm_bindgen::JsCast;

/// Moves the focus to the element of an id; `false` if it is not there.
pub fn focus(id: &str) -> bool {
    let element = document().get_element_by_id(id).and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// Moves the focus to an element that is about to be drawn.
pub fn focus_later(id: String) {
    request_animation_frame(move || {
        focus(&id);
    });
}
