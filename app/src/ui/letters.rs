//! Single keys, which never do anything while somebody types or a dialog is open, and can be switched off (WCAG 2.1.4).

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::Element;

use crate::kept::{keep, kept};

const KEPT: &str = "qibu.letters";

/// Whether single keys do something here.
pub fn letters_are_on() -> bool {
    kept(KEPT).as_deref() != Some("off")
}

/// Switches single keys on or off.
pub fn switch_letters(on: bool) {
    keep(KEPT, (!on).then_some("off"));
}

/// The single key of a press that is meant as a shortcut, in lower case: `None` with a modifier, while somebody types,
/// under a dialog, when somebody else has taken it, and when single keys are switched off.
pub fn letter(event: &KeyboardEvent) -> Option<String> {
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key();
    let taken = event.default_prevented() || event.repeat();
    if modified || taken || is_typing(event) || dialog_is_open() || !letters_are_on() {
        return None;
    }
    Some(event.key().to_lowercase())
}

/// Where keys are text, or choose an option by its first letter.
const FIELDS: &str = "input:not([type=checkbox], [type=radio], [type=range]), textarea, select, [contenteditable]";

/// Whether a key goes into a field.
pub fn is_typing(event: &KeyboardEvent) -> bool {
    let element = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    element.is_some_and(|element| element.closest(FIELDS).is_ok_and(|field| field.is_some()))
}

/// Whether a dialog is open.
pub fn dialog_is_open() -> bool {
    document().query_selector("dialog[open]").is_ok_and(|dialog| dialog.is_some())
}
