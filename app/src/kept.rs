//! Small choices that this browser keeps: theme, language, shortcuts.

use leptos::prelude::*;

/// What was kept under a name. Nothing where storage is refused, as in some private windows.
pub fn kept(name: &str) -> Option<String> {
    window().local_storage().ok()??.get_item(name).ok()?
}

/// Keeps a value under a name, or forgets it; without storage the choice holds until the page is left.
pub fn keep(name: &str, value: Option<&str>) {
    let Ok(Some(storage)) = window().local_storage() else { return };
    let _ = match value {
        Some(value) => storage.set_item(name, value),
        None => storage.remove_item(name),
    };
}
