//! The service worker from the page's side: the Rust face of `worker.js`.

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(module = "/src/sync/worker.js")]
extern "C" {
    /// Has the shell kept for a start without a network, once there is nothing better to do.
    #[wasm_bindgen(js_name = serveOffline)]
    pub fn serve_offline();

    /// Loads the page anew, from the server alone.
    #[wasm_bindgen(js_name = loadAnew)]
    pub fn load_anew();
}
