//! Keys that belong to an input method, as for Chinese, reach no listener of ours: nothing is renamed, added, picked or
//! sent half-typed, in whichever field.
//!
//! Most browsers say of such a key that it composes. Safari ends the composition first and then tells of the Enter,
//! Escape or arrow that ended it: there the code 229 alone says that the input method has had the key (UI Events, 4.3).

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::KeyboardEvent;

/// The code of a key that an input method has taken.
const TAKEN: u32 = 229;

/// Keeps such keys from all listeners, for as long as the page is there. Before any of them is made.
pub fn keep_composing_keys() {
    let guard = Closure::<dyn Fn(KeyboardEvent)>::new(|event: KeyboardEvent| {
        let is_taken = event.key_code() == TAKEN;
        if !is_taken && !event.is_composing() {
            return;
        }
        event.stop_immediate_propagation();
        // What a browser does by itself, such as sending the form: what is composed yet is the input method's.
        if is_taken && !event.is_composing() && matches!(event.key().as_str(), "Enter" | "Escape") {
            event.prevent_default();
        }
    });
    let listener = guard.as_ref().unchecked_ref();
    let _ = window().add_event_listener_with_callback_and_bool("keydown", listener, true);
    guard.forget();
}
