//! One WebSocket, with its callbacks; dropped, it closes and falls silent.

use js_sys::{ArrayBuffer, Uint8Array};
use leptos::prelude::window;
use shared::sync::{ClientFrame, ServerFrame, decode, encode};
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{BinaryType, MessageEvent, WebSocket};

/// What happens to a socket.
pub enum SocketEvent {
    /// It is open.
    Open,
    /// A frame has come.
    Frame(ServerFrame),
    /// It is closed, or never opened.
    Closed,
}

/// An open or opening socket.
pub struct Socket {
    inner: WebSocket,
    _on_open: Closure<dyn FnMut()>,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_close: Closure<dyn FnMut()>,
}

impl Socket {
    /// Opens a socket to the server that the page came from; `None` if the browser refuses.
    pub fn open(on_event: impl Fn(SocketEvent) + Clone + 'static) -> Option<Self> {
        let location = window().location();
        let scheme = if location.protocol().ok()? == "https:" { "wss" } else { "ws" };
        let socket = WebSocket::new(&format!("{scheme}://{}/sync/socket", location.host().ok()?)).ok()?;
        socket.set_binary_type(BinaryType::Arraybuffer);

        let heard = on_event.clone();
        let on_open = Closure::<dyn FnMut()>::new(move || heard(SocketEvent::Open));
        let heard = on_event.clone();
        let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
            let Ok(buffer) = event.data().dyn_into::<ArrayBuffer>() else { return };
            if let Ok(frame) = decode(&Uint8Array::new(&buffer).to_vec()) {
                heard(SocketEvent::Frame(frame));
            }
        });
        let on_close = Closure::<dyn FnMut()>::new(move || on_event(SocketEvent::Closed));
        socket.set_onopen(Some(on_open.as_ref().unchecked_ref()));
        socket.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        socket.set_onclose(Some(on_close.as_ref().unchecked_ref()));
        Some(Self { inner: socket, _on_open: on_open, _on_message: on_message, _on_close: on_close })
    }

    /// Sends a frame. One that does not go out is sent again after the cut that kept it.
    pub fn send(&self, frame: &ClientFrame) {
        if let Ok(bytes) = encode(frame) {
            let _ = self.inner.send_with_u8_array(&bytes);
        }
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        self.inner.set_onopen(None);
        self.inner.set_onmessage(None);
        self.inner.set_onclose(None);
        let _ = self.inner.close();
    }
}
