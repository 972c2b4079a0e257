//! A modal dialog on the browser's own `<dialog>`: focus stays inside, Escape closes, focus returns.

use icondata_lu::LuX;
use leptos::ev::SubmitEvent;
use leptos::html;
use leptos::prelude::*;

use super::{Errors, Icon, focus_error, fresh_id};
use crate::reactive::{Show, effect};

/// A dialog that is open while `open` is true.
#[component]
pub fn Dialog(
    /// Whether it is open; set to false when the person closes it.
    open: RwSignal<bool>,
    /// Its heading, which names it.
    #[prop(into)]
    title: Signal<String>,
    /// `dialog`, or `sheet` for a side panel.
    #[prop(default = "dialog")]
    class: &'static str,
    /// Its contents, in the parts `.dialog-body` and `.dialog-foot`; made anew each time that it opens.
    children: ChildrenFn,
) -> impl IntoView {
    let element = NodeRef::<html::Dialog>::new();
    let heading = StoredValue::new(fresh_id("dialog"));
    effect(move || {
        let Some(dialog) = element.get() else { return };
        if open.get() && !dialog.open() {
            // Its contents are drawn before the next frame: a browser gives the focus only to what is there.
            request_animation_frame(move || {
                if open.try_get_untracked() == Some(true) && !dialog.open() {
                    let _ = dialog.show_modal();
                }
            });
        } else if !open.get() && dialog.open() {
            dialog.close();
        }
    });
    view! {
        <dialog class=class node_ref=element aria-labelledby=heading.get_value() on:close=move |_| open.set(false)>
            <Show when=move || open.get()>
                <header class="dialog-head">
                    <h2 id=heading.get_value()>{move || title.get()}</h2>
                    <button
                        type="button"
                        class="button ghost icon"
                        aria-label=t!("ui.close")
                        on:click=move |_| open.set(false)
                    >
                        <Icon icon=LuX />
                    </button>
                </header>
                {children()}
            </Show>
        </dialog>
    }
}

/// A dialog that asks something: fields, a button that does it, a button that does not.
#[component]
pub fn FormDialog(
    /// Whether it is open; the caller closes it when it is done.
    open: RwSignal<bool>,
    /// Its heading, which names it.
    #[prop(into)]
    title: Signal<String>,
    /// The verb on the button that does it.
    #[prop(into)]
    submit: Signal<String>,
    /// Whether it takes something away.
    #[prop(optional)]
    danger: bool,
    /// Whether it cannot be done: then the button that does it is left out.
    #[prop(optional, into)]
    is_barred: Signal<bool>,
    /// What was refused; what belongs to no field stands above the fields.
    errors: Errors,
    /// Does it.
    on_submit: Callback<()>,
    /// The fields, or the question.
    children: ChildrenFn,
) -> impl IntoView {
    let children = StoredValue::new(children);
    let form = StoredValue::new(fresh_id("form"));
    let class = if danger { "button primary danger" } else { "button primary" };
    let on_submit = move |event: SubmitEvent| {
        event.prevent_default();
        on_submit.run(());
        if errors.any() {
            focus_error();
        }
    };
    view! {
        <Dialog open title>
            <div class="dialog-body">
                <form class="form" id=form.get_value() novalidate on:submit=on_submit>
                    {move || {
                        errors
                            .of_form()
                            .map(|text| view! { <div class="field"><p class="error" role="alert">{text}</p></div> })
                    }}
                    {children.get_value()()}
                </form>
            </div>
            <footer class="dialog-foot">
                <Show when=move || !is_barred.get()>
                    <button type="submit" class=class form=form.get_value()>{move || submit.get()}</button>
                </Show>
                <button type="button" class="button" on:click=move |_| open.set(false)>{t!("ui.cancel")}</button>
            </footer>
        </Dialog>
    }
}
