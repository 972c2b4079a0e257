//! Light, dark, or as the system says; `first.js` applies what is kept before the first paint.

use leptos::prelude::*;

use super::key::Key;
use crate::kept::{keep, kept};

const KEPT: &str = "qibu.theme";

/// How the app looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Theme {
    /// As the system says.
    System,
    /// Ink on paper.
    Light,
    /// Light ink on dark paper.
    Dark,
}

impl Theme {
    /// All of them, as they are offered.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];

    /// What is kept here.
    pub fn kept() -> Self {
        match kept(KEPT).as_deref() {
            Some("light") => Self::Light,
            Some("dark") => Self::Dark,
            _ => Self::System,
        }
    }

    /// Looks so, and keeps it.
    pub fn apply(self) {
        let name = match self {
            Self::System => None,
            Self::Light => Some("light"),
            Self::Dark => Some("dark"),
        };
        keep(KEPT, name);
        let Some(root) = document().document_element() else { return };
        let _ = match name {
            Some(name) => root.set_attribute("data-theme", name),
            None => root.remove_attribute("data-theme"),
        };
    }

    /// Its name.
    pub const fn name(self) -> Key {
        match self {
            Self::System => tr!("theme.system"),
            Self::Light => tr!("theme.light"),
            Self::Dark => tr!("theme.dark"),
        }
    }
}
