//! What this browser keeps by name: small choices such as theme, language and shortcuts, and texts that were not sent.

use leptos::prelude::*;
use shared::id::PersonId;
use web_sys::Storage;

/// What was kept under a name. Nothing where storage is refused, as in some private windows.
pub fn kept(name: &str) -> Option<String> {
    storage()?.get_item(name).ok()?
}

/// Keeps a value under a name, or forgets it; without storage the choice holds until the page is left.
pub fn keep(name: &str, value: Option<&str>) {
    let Some(storage) = storage() else { return };
    let _ = match value {
        Some(value) => storage.set_item(name, value),
        None => storage.remove_item(name),
    };
}

/// The name of what a person has typed at a place and not sent.
pub fn unsent_name(person: PersonId, place: &str) -> String {
    format!("qibu.unsent.{person}.{place}")
}

/// Forgets all that a person has typed and not sent.
pub fn forget_unsent(person: PersonId) {
    let Some(storage) = storage() else { return };
    let theirs = unsent_name(person, "");
    let names = (0..storage.length().unwrap_or_default()).filter_map(|index| storage.key(index).ok().flatten());
    let names: Vec<String> = names.filter(|name| name.starts_with(&theirs)).collect();
    for name in names {
        let _ = storage.remove_item(&name);
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}
