//! Commands as text, which every version reads whose commands have the same names: in a part of their own, since a first page
//! needs no such text.
#![allow(unsafe_code, clippy::unnecessary_wraps, reason = "what is in another file is imported, and may not come")]

use leptos::wasm_split::{SplitLoaderError, wasm_split};
use shared::sync::KeptCommand;

/// A command as text.
#[wasm_split(plain, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn written(command: &KeptCommand) -> Result<String, SplitLoaderError> {
    // A command has no keys that are no texts, which is all that could fail.
    Ok(serde_json::to_string(command).unwrap_or_default())
}

/// What a text says, if it is one of a command.
#[wasm_split(plain, wasm_split_path = ::leptos::wasm_split, fallible)]
pub fn read(text: String) -> Result<Option<Box<KeptCommand>>, SplitLoaderError> {
    Ok(serde_json::from_str(&text).ok())
}
