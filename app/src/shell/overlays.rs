//! What lies over every page: the command palette and the sheet of shortcuts.

use leptos::prelude::*;

/// Which of them is open.
#[derive(Clone, Copy, Debug)]
pub struct Overlays {
    /// The command palette.
    pub palette: RwSignal<bool>,
    /// The sheet of shortcuts.
    pub shortcuts: RwSignal<bool>,
}

impl Overlays {
    /// Makes them for the pages inside.
    pub fn provide() -> Self {
        let overlays = Self { palette: RwSignal::new(false), shortcuts: RwSignal::new(false) };
        provide_context(overlays);
        overlays
    }

    /// Those here.
    pub fn expect() -> Self {
        expect_context()
    }
}
