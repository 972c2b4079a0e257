//! Whether the page is on its way to paper.

use leptos::ev;
use leptos::prelude::*;

/// Whether the page is being printed; tells just before and just after.
pub fn printing() -> ReadSignal<bool> {
    let (printing, set_printing) = signal(false);
    let before = window_event_listener(ev::Custom::<web_sys::Event>::new("beforeprint"), move |_| {
        set_printing.set(true);
    });
    let after = window_event_listener(ev::Custom::<web_sys::Event>::new("afterprint"), move |_| {
        set_printing.set(false);
    });
    on_cleanup(move || {
        before.remove();
        after.remove();
    });
    printing
}
