//! Instants in words that stay true while one looks.

use std::time::Duration;

use leptos::prelude::*;
use shared::Timestamp;
use wasm_bindgen::JsValue;

use crate::format;
use crate::sync::now;

const MINUTE: Duration = Duration::from_mins(1);

/// Ticks once a minute for all instants of a panel.
#[derive(Clone, Copy)]
pub struct Minutes(RwSignal<u32>);

impl Minutes {
    /// Begins to tick, until the current owner is gone.
    pub fn provide() {
        let minutes = Self(RwSignal::new(0));
        if let Ok(interval) = set_interval_with_handle(move || minutes.0.update(|count| *count += 1), MINUTE) {
            on_cleanup(move || interval.clear());
        }
        provide_context(minutes);
    }

    /// The ticks around here, if anything ticks.
    pub fn find() -> Option<Self> {
        use_context()
    }

    /// Runs again with each minute.
    pub fn track(self) {
        self.0.track();
    }
}

/// How long ago; exact on hover.
#[component]
pub fn Ago(at: Timestamp) -> impl IntoView {
    #[allow(clippy::cast_precision_loss)] // milliseconds fit a double for 280,000 years
    let date = js_sys::Date::new(&JsValue::from_f64(at.millis() as f64));
    let minutes = Minutes::find();
    let words = move || {
        if let Some(minutes) = minutes {
            minutes.track();
        }
        format::ago(at)
    };
    view! {
        <time datetime=String::from(date.to_iso_string()) title=format::instant(at)>
            {words}
        </time>
    }
}

/// For how long something has lasted, such as a block.
pub fn age(since: Timestamp) -> String {
    let hours = (now().micros_since(since)).max(0) / 3_600_000_000;
    match hours {
        0 => t!("task.age_new"),
        1..24 => t!("task.age_hours", hours = hours),
        _ => t!("task.age_days", days = hours / 24),
    }
    .into_owned()
}
