//! What lies over every page: the command palette, the sheet of shortcuts, the outbox.

use leptos::prelude::*;

/// Which of them is open.
#[derive(Clone, Copy, Debug)]
pub struct Overlays {
    /// The command palette.
    pub palette: RwSignal<bool>,
    /// The sheet of shortcuts.
    pub shortcuts: RwSignal<bool>,
    /// What has not arrived.
    pub outbox: RwSignal<bool>,
}

impl Overlays {
    /// Makes them for the pages inside.
    pub fn provide() -> Self {
        let [palette, shortcuts, outbox] = std::array::from_fn(|_| RwSignal::new(false));
        let overlays = Self { palette, shortcuts, outbox };
        provide_context(overlays);
        overlays
    }

    /// Those here.
    pub fn expect() -> Self {
        expect_context()
    }
}
