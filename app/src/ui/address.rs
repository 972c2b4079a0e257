//! What the address of a page says after its path. Links, a reload and the back button work by it.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::params::ParamsMap;

/// A path with its parameters; those without a value are left out.
pub fn address<'a>(path: &str, parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> String {
    let mut address = path.to_owned();
    for (key, value) in parameters.into_iter().filter(|(_, value)| !value.is_empty()) {
        address.push(if address.len() == path.len() { '?' } else { '&' });
        address.push_str(key);
        address.push('=');
        // The router decodes twice: a percent sign has to outlive the first time.
        address.extend(js_sys::encode_uri_component(&value.replace('%', "%25")).as_string());
    }
    address
}

/// The address of a page.
#[derive(Clone, Copy)]
pub struct Address {
    path: StoredValue<String>,
    query: Memo<ParamsMap>,
    go: Callback<(String, bool)>,
}

impl Address {
    /// That of the page that is shown, by its path.
    pub fn of(path: String) -> Self {
        let navigate = use_navigate();
        let go = Callback::new(move |(address, replace): (String, bool)| {
            navigate(&address, NavigateOptions { replace, scroll: false, ..NavigateOptions::default() });
        });
        Self { path: StoredValue::new(path), query: use_query_map(), go }
    }

    /// One of its parameters, empty if it has none; tracked.
    pub fn get(self, key: &str) -> String {
        self.query.with(|query| query.get_str(key).unwrap_or_default().to_owned())
    }

    /// The address with some parameters changed, and the others kept; tracked.
    pub fn with(self, changes: &[(&str, &str)]) -> String {
        self.query.with(|query| {
            let is_kept = |key: &str| !changes.iter().any(|(changed, _)| *changed == key);
            let kept = query.latest_values().map(|(key, value)| (&**key, value)).filter(|(key, _)| is_kept(key));
            self.path.with_value(|path| address(path, kept.chain(changes.iter().copied())))
        })
    }

    /// Goes there, so that the back button comes back here.
    pub fn push(self, changes: &[(&str, &str)]) {
        self.go.run((untrack(|| self.with(changes)), false));
    }

    /// Goes there in the place of the address that is shown.
    pub fn replace(self, changes: &[(&str, &str)]) {
        self.go.run((untrack(|| self.with(changes)), true));
    }
}
