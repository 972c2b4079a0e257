//! Texts named in tables: their keys are checked by the build like those of `t!`.

use std::borrow::Cow;

use leptos::prelude::*;
use rust_i18n::t;

/// The key of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(&'static str);

/// Names a text; the build refuses one that no language has.
pub const fn tr(key: &'static str) -> Key {
    Key(key)
}

impl From<Key> for Signal<String> {
    fn from(key: Key) -> Self {
        Self::derive(move || key.text().into_owned())
    }
}

impl Key {
    /// The text in the language of the page.
    pub fn text(self) -> Cow<'static, str> {
        t!(self.0)
    }

    /// The text in both languages, to be searched.
    pub fn in_both(self) -> String {
        format!("{} {}", t!(self.0, locale = "en"), t!(self.0, locale = "zh"))
    }
}
