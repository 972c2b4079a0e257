//! Moving the focus to where the work goes on.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use wasm_bindgen::JsCast;
use web_sys::{Element, ScrollIntoViewOptions, ScrollLogicalPosition};

/// Moves the focus to the element of an id; `false` if it is not there.
pub fn focus(id: &str) -> bool {
    let element = document().get_element_by_id(id).and_then(|found| found.dyn_into::<web_sys::HtmlElement>().ok());
    element.is_some_and(|element| element.focus().is_ok())
}

/// Does something with what is drawn for the changes of now. It is not seen before: a frame later, whoever types at once
/// would go on in another field.
pub fn once_drawn(act: impl FnOnce() + 'static) {
    spawn_local(async move {
        tick().await;
        act();
    });
}

/// Whether a key was pressed in a dialog, which may stand over what hears it.
pub fn in_dialog(event: &KeyboardEvent) -> bool {
    let pressed = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    pressed.is_some_and(|element| element.closest("dialog").ok().flatten().is_some())
}

/// Moves the focus to an element that is about to be drawn.
pub fn focus_later(id: String) {
    once_drawn(move || {
        focus(&id);
    });
}

/// Leads to an element that is about to be drawn: it is scrolled to, marked for a moment, and has the focus. After all else
/// that is drawn with it, which may take the focus as well.
pub fn point_at(id: String) {
    request_animation_frame(move || {
        request_animation_frame(move || {
            let Some(element) = document().get_element_by_id(&id) else { return };
            focus(&id);
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Center);
            element.scroll_into_view_with_scroll_into_view_options(&options);
            // The mark fades by itself; one that cannot be set is one less to see.
            let _ = element.set_attribute("data-found", "");
        });
    });
}
