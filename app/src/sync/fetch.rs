//! Snapshots over HTTP.

use js_sys::{ArrayBuffer, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use shared::Scope;
use shared::sync::{Snapshot, Start, decode};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// The status of a fault of the server's: the page is from an address that is not its own.
const MISDIRECTED: u16 = 421;

/// What the server says of the first page.
pub enum FirstAnswer {
    /// All that it needs.
    Start(Start),
    /// Nobody is signed in.
    SignedOut,
    /// Nothing that can be read.
    Silence,
}

/// The answer that the page's first script asked for while the WebAssembly was loading, if it saw no replica here.
pub async fn start_under_way() -> FirstAnswer {
    match Reflect::get(&window(), &JsValue::from_str("qibuStart")).map(JsCast::dyn_into::<Promise>) {
        Ok(Ok(promise)) => read_start(promise).await,
        _ => fetch_start().await,
    }
}

/// Asks for all that the first page needs.
pub async fn fetch_start() -> FirstAnswer {
    read_start(window().fetch_with_str("/sync/start")).await
}

/// One scope as it stands; `None`: no answer.
pub async fn fetch_snapshot(scope: Scope) -> Option<Snapshot> {
    let address = format!("/sync/snapshot?scope={scope}");
    let response = response(window().fetch_with_str(&address)).await?;
    decode(&body(&response).await?).ok()
}

async fn read_start(promise: Promise) -> FirstAnswer {
    let Some(response) = response(promise).await else { return FirstAnswer::Silence };
    if response.status() == 401 {
        return FirstAnswer::SignedOut;
    }
    let start = body(&response).await.and_then(|body| decode(&body).ok());
    start.map_or(FirstAnswer::Silence, FirstAnswer::Start)
}

async fn response(promise: Promise) -> Option<Response> {
    JsFuture::from(promise).await.ok()?.dyn_into().ok()
}

async fn body(response: &Response) -> Option<Vec<u8>> {
    if !response.ok() {
        return None;
    }
    let buffer: ArrayBuffer = JsFuture::from(response.array_buffer().ok()?).await.ok()?.dyn_into().ok()?;
    Some(Uint8Array::new(&buffer).to_vec())
}

/// Whether the server refuses sockets since it does not know this page's address as its own.
pub async fn is_address_refused() -> bool {
    let Ok(origin) = window().location().origin() else { return false };
    let address = format!("/sync/address?origin={}", js_sys::encode_uri_component(&origin));
    let response = response(window().fetch_with_str(&address)).await;
    response.is_some_and(|response| response.status() == MISDIRECTED)
}

/// Whether the session still stands; `None`: no answer.
pub async fn is_signed_in() -> Option<bool> {
    use qibu::organisation::Whoami;
    use qibu::organisation::functions::whoami;
    whoami().await.ok().map(|who| matches!(who, Whoami::SignedIn(_)))
}
