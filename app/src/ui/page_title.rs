//! The title of the browser's tab.

use leptos::prelude::*;

use crate::reactive::effect;

/// Names the tab after the page while the current owner lives; follows what `title` reads.
pub fn page_title<T: Into<String>>(title: impl Fn() -> T + 'static) {
    effect(move || {
        let title: String = title().into();
        document().set_title(&t!("ui.page_title", title = title));
    });
}
