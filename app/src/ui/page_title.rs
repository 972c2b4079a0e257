//! The title of the browser's tab.

use leptos::prelude::*;
use rust_i18n::t;

/// Names the tab after the page while the current owner lives; follows what `title` reads.
pub fn page_title<T: Into<String>>(title: impl Fn() -> T + 'static) {
    Effect::new(move |_| {
        let title: String = title().into();
        document().set_title(&t!("ui.page_title", title = title));
    });
}
