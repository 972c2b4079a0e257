//! An input that finds one of many by what is typed: people, tasks, departments.

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;

use super::fresh_id;
use crate::reactive::{effect, memo};

/// One of the many.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What picking it says: an id, or a word of an address.
    pub value: String,
    /// Its name.
    pub label: String,
    /// What tells it from another of the same name.
    pub note: String,
}

impl Choice {
    /// One whose name tells it from the others.
    #[allow(clippy::needless_pass_by_value, reason = "ids and texts alike are given away")]
    pub fn new(value: impl ToString, label: impl Into<String>) -> Self {
        Self { value: value.to_string(), label: label.into(), note: String::new() }
    }

    /// That nothing is chosen.
    pub fn none(label: impl Into<String>) -> Self {
        Self::new("", label)
    }
}

/// An input with a list of what fits the text in it. Arrows choose, Enter picks, Escape closes the list.
#[component]
pub fn Combobox(
    /// Its id, for a label or an error.
    #[prop(into)]
    id: String,
    /// Its accessible name.
    #[prop(into)]
    label: String,
    /// What is typed; the caller empties it, or leaves the name of what was picked.
    text: RwSignal<String>,
    /// The few that fit a text, best first.
    find: Callback<String, Vec<Choice>>,
    /// One was picked.
    on_pick: Callback<Choice>,
    /// What is shown while it is empty.
    #[prop(optional, into)]
    placeholder: String,
    /// Whether it takes the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
) -> impl IntoView {
    let open = RwSignal::new(false);
    let at = RwSignal::new(0_usize);
    let found = memo(move || if open.get() { find.run(text.get()) } else { Vec::new() });
    let shown = memo(move || open.get() && found.with(|found| !found.is_empty() || !text.read().is_empty()));
    let list_id = StoredValue::new(fresh_id("choices"));
    let option_id = move |index: usize| format!("{}-{index}", list_id.get_value());
    let anchor = format!("--{}", list_id.get_value());
    let pick = move |choice: Choice| {
        open.set(false);
        at.set(0);
        on_pick.run(choice);
    };
    let step = move |forward: bool| {
        let count = found.with(Vec::len);
        if count > 0 {
            at.update(|at| *at = if forward { (*at + 1) % count } else { (*at + count - 1) % count });
        }
    };
    let on_key = move |event: KeyboardEvent| {
        match event.key().as_str() {
            "ArrowDown" if !open.get_untracked() => open.set(true),
            "ArrowDown" => step(true),
            "ArrowUp" => step(false),
            "Enter" => {
                let Some(choice) = found.with(|found| found.get(at.get_untracked()).cloned()) else { return };
                pick(choice);
            }
            "Escape" if open.get_untracked() => {
                open.set(false);
                event.stop_propagation();
            }
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <input
            class="input"
            type="text"
            role="combobox"
            autocomplete="off"
            id=id
            aria-label=label.clone()
            aria-autocomplete="list"
            aria-expanded=move || if shown.get() { "true" } else { "false" }
            aria-controls=list_id.get_value()
            aria-activedescendant=move || (shown.get() && !found.read().is_empty()).then(|| option_id(at.get()))
            placeholder=placeholder
            autofocus=autofocus
            style:anchor-name=anchor.clone()
            prop:value=move || text.get()
            on:input=move |event| {
                text.set(event_target_value(&event));
                at.set(0);
                open.set(true);
            }
            on:click=move |_| open.set(true)
            on:keydown=on_key
            on:blur=move |_| open.set(false)
        />
        <Choices id=list_id.get_value() label anchor shown found at on_pick=Callback::new(pick) />
    }
}

/// The list under an input: what fits, one of it active. The input keeps the focus and names the list and the active
/// option, whose id is `{id}-{place}`.
#[component]
pub fn Choices(
    /// Its id.
    #[prop(into)]
    id: String,
    /// Its accessible name.
    #[prop(into)]
    label: String,
    /// The `anchor-name` of the input that it stands under.
    #[prop(into)]
    anchor: String,
    /// Whether it shows.
    shown: Memo<bool>,
    /// What fits.
    found: Memo<Vec<Choice>>,
    /// Which is active.
    at: RwSignal<usize>,
    /// One was picked.
    on_pick: Callback<Choice>,
) -> impl IntoView {
    let list = NodeRef::<html::Ul>::new();
    let option_id = StoredValue::new(id.clone());
    effect(move || {
        let Some(list) = list.get() else { return };
        // Already as wanted: nothing to do.
        let _ = if shown.get() { list.show_popover() } else { list.hide_popover() };
    });
    let option = move |(index, choice): (usize, Choice)| {
        let (label, note) = (choice.label.clone(), choice.note.clone());
        view! {
            <li
                class="menu-item"
                role="option"
                id=format!("{}-{index}", option_id.get_value())
                aria-selected=move || if at.get() == index { "true" } else { "false" }
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| on_pick.run(choice.clone())
            >
                <span>{label}</span>
                <small>{note}</small>
            </li>
        }
    };
    view! {
        <ul
            class="menu"
            role="listbox"
            popover="manual"
            node_ref=list
            id=id
            aria-label=label
            // Under its input also where menus are sheets at the foot: there the keyboard of a phone would hide it.
            style:position-anchor=anchor
            style:position-area="block-end span-inline-end"
            style:inset="auto"
            style:inline-size="max-content"
        >
            {move || {
                let choices = found.get();
                if choices.is_empty() {
                    view! {
                        <li class="menu-title" role="option" aria-disabled="true">
                            {t!("ui.nothing_fits")}
                        </li>
                    }
                    .into_any()
                } else {
                    choices.into_iter().enumerate().map(option).collect_view().into_any()
                }
            }}
        </ul>
    }
}
