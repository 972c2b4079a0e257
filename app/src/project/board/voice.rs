//! The one live region of the board: what changes by itself or by a key, in words.

use leptos::prelude::*;

/// What is said now.
#[derive(Clone, Copy)]
pub struct Voice(pub RwSignal<String>);

impl Voice {
    /// Silent.
    pub fn new() -> Self {
        Self(RwSignal::new(String::new()))
    }

    /// Says something, also if it is what was said before.
    pub fn say(self, text: impl Into<String>) {
        let mut text = text.into();
        self.0.update(|said| {
            if *said == text {
                // The same words are read again only if the text differs.
                text.push('\u{a0}');
            }
            *said = text;
        });
    }
}
