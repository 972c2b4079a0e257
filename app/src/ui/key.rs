//! Texts named in tables: their keys are checked by the build like those of `t!`.

use std::borrow::Cow;

use leptos::prelude::*;

use crate::texts::{Text, said};

/// A text that is said later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(pub &'static Text);

impl From<Key> for Signal<String> {
    fn from(key: Key) -> Self {
        Self::derive(move || key.text().into_owned())
    }
}

impl Key {
    /// The text in the language of the page.
    pub fn text(self) -> Cow<'static, str> {
        said(self.0)
    }

    /// The text in both languages, to be searched.
    pub fn in_both(self) -> String {
        [self.0.en, self.0.zh].join(" ")
    }
}
