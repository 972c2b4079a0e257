//! What the first pages do not run is in files of its own (`app/cut.mjs`): they come once the first page is there, or at
//! once when something of them is called before that.

use std::time::Duration;

use leptos::prelude::set_timeout;
use wasm_bindgen::prelude::*;

/// So long the first page has the browser for itself.
pub const FIRST_PAGE: Duration = Duration::from_millis(100);

#[wasm_bindgen(raw_module = "qibu-later")]
extern "C" {
    fn bring(at_once: bool);
}

/// Brings the rest of the app when the first page has had its time.
pub fn bring_soon() {
    set_timeout(|| bring(false), FIRST_PAGE);
}
