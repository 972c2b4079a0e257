//! What is being typed into a field that others may change too.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ui::Unsent;

/// Follows the value until somebody types; then it keeps what was typed, whatever the others do.
#[derive(Clone, Copy)]
pub struct Draft {
    value: Memo<String>,
    typed: RwSignal<Option<Typed>>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Typed {
    base: String,
    text: String,
}

impl Draft {
    /// Nothing typed yet.
    pub fn new(value: Memo<String>) -> Self {
        Self { value, typed: RwSignal::new(None) }
    }

    /// The same as it was left at a place, where it is kept.
    pub fn kept_at(place: &str, value: Memo<String>) -> Self {
        Self { value, typed: Unsent::at(place).fill(RwSignal::new(None)) }
    }

    /// What the input shows; tracked.
    pub fn shown(self) -> String {
        self.typed.with(|typed| typed.as_ref().map(|typed| typed.text.clone())).unwrap_or_else(|| self.value.get())
    }

    /// What the input shows, once.
    pub fn text(self) -> String {
        let typed = self.typed.with_untracked(|typed| typed.as_ref().map(|typed| typed.text.clone()));
        typed.unwrap_or_else(|| self.value.get_untracked())
    }

    /// Somebody types.
    pub fn type_in(self, text: String) {
        let began = self.typed.with_untracked(|typed| typed.as_ref().map(|typed| typed.base.clone()));
        let base = began.unwrap_or_else(|| self.value.get_untracked());
        self.typed.set(Some(Typed { base, text }));
    }

    /// What was typed, if it differs from the value.
    pub fn changed(self) -> Option<String> {
        let typed = self.typed.with_untracked(|typed| typed.as_ref().map(|typed| typed.text.clone()));
        typed.filter(|text| self.value.with_untracked(|value| value != text.trim()))
    }

    /// Whether something is being typed.
    pub fn is_open(self) -> bool {
        self.typed.with_untracked(Option::is_some)
    }

    /// Lets go of what was typed: it is saved, or not wanted.
    pub fn close(self) {
        self.typed.set(None);
    }

    /// What others made of the value since the typing began; tracked.
    pub fn overtaken(self) -> Option<String> {
        let base = self.typed.with(|typed| typed.as_ref().map(|typed| typed.base.clone()))?;
        let now = self.value.get();
        (base != now).then_some(now)
    }
}
