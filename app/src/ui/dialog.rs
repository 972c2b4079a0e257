//! A modal dialog on the browser's own `<dialog>`: focus stays inside, Escape closes, focus returns.

use leptos::html;
use leptos::prelude::*;

/// A dialog that is open while `open` is true.
#[component]
pub fn Dialog(
    /// Whether it is open; set to false when the person closes it.
    open: RwSignal<bool>,
    /// Its heading, which names it.
    #[prop(into)]
    title: Signal<String>,
    /// `dialog`, or `dialog sheet` for a side panel.
    #[prop(default = "dialog")]
    class: &'static str,
    /// Its contents; made anew each time that it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        let Some(dialog) = element.get() else { return };
        if open.get() && !dialog.open() {
            let _ = dialog.show_modal();
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog class=class node_ref=element aria-label=move || title.get() on:close=move |_| open.set(false)>
            <Show when=move || open.get()>
                <h2 class="dialog-title">{move || title.get()}</h2>
                {children()}
            </Show>
        </dialog>
    }
}
