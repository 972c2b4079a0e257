//! The filters of a list: one text and some choices, which the address of the page holds.

use icondata_lu::LuSearch;
use leptos::ev::{self, KeyboardEvent};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlInputElement, InputEvent};

use super::address::Address;
use super::combobox::Choice;
use super::fresh_id;
use super::icon::Icon;
use super::key::Key;
use super::pause::Pause;
use super::picker::Picker;
use crate::reactive::{derived, effect, memo};

/// The parameter that holds the text.
const TEXT: &str = "q";

/// What a choice offers: what the address says, and the words.
pub type Options = Vec<(String, String)>;

/// The filters of a page.
#[derive(Clone, Copy)]
pub struct Filters {
    /// The text as its field has it.
    typed: RwSignal<String>,
    /// What of it is looked for, which is in the address in the next pause in typing.
    pub text: RwSignal<String>,
    address: Address,
    choices: &'static [&'static str],
    /// Whether the back button undoes a choice.
    pushes: bool,
    pause: Pause,
}

impl Filters {
    /// A text and these choices, as the address has them.
    pub fn of(address: Address, choices: &'static [&'static str], pushes: bool) -> Self {
        let asked = memo(move || address.get(TEXT));
        let (typed, text) = (RwSignal::new(asked.get_untracked()), RwSignal::new(asked.get_untracked()));
        effect(move || {
            let asked = asked.get();
            // A space at the end is still being typed: the address holds none.
            if typed.with_untracked(|typed| typed.trim() != asked) {
                typed.set(asked.clone());
                text.set(asked);
            }
        });
        Self { typed, text, address, choices, pushes, pause: Pause::new() }
    }

    /// One parameter as it stands in the address; tracked.
    pub fn get(self, key: &str) -> String {
        self.address.get(key)
    }

    /// The text as it stands in the address; tracked.
    pub fn settled_text(self) -> String {
        self.get(TEXT)
    }

    /// Chooses something, or with an empty value nothing.
    pub fn set(self, key: &str, value: &str) {
        self.pause.forget();
        self.go(&[(TEXT, &self.text.get_untracked()), (key, value)]);
    }

    /// The text has changed by a key. Letters from which Chinese is still being made are not looked for.
    pub fn type_text(self, typed: String, is_composing: bool) {
        let text = typed.trim().to_owned();
        self.typed.set(typed);
        if is_composing {
            self.pause.forget();
            return;
        }
        self.text.set(text);
        self.pause.then(move || self.address.replace(&[(TEXT, &self.text.get_untracked())]));
    }

    /// Shows everything again. The button that asks for it goes then: the focus stays with the filters.
    pub fn clear(self) {
        self.pause.forget();
        self.typed.set(String::new());
        self.text.set(String::new());
        let changes: Vec<_> = self.choices.iter().chain([&TEXT]).map(|key| (*key, "")).collect();
        self.go(&changes);
        let search = document().query_selector(".filter-search input").ok().flatten();
        if let Some(search) = search.and_then(|search| search.dyn_into::<HtmlInputElement>().ok()) {
            let _ = search.focus();
        }
    }

    fn go(self, changes: &[(&str, &str)]) {
        if self.pushes { self.address.push(changes) } else { self.address.replace(changes) }
    }
}

/// The field of the text.
#[component]
pub fn FilterText(
    /// Whose text.
    filters: Filters,
    /// Its id, if something else leads to it.
    #[prop(optional)]
    id: Option<&'static str>,
    /// What it is for.
    label: Key,
    /// What can be typed.
    hint: Key,
    /// Which single key leads to it.
    #[prop(optional)]
    shortcut: Option<&'static str>,
    /// What keys do in it.
    #[prop(optional, into)]
    on_key: Option<Callback<KeyboardEvent>>,
) -> impl IntoView {
    let on_input = move |event: ev::Event| {
        let is_composing = event.unchecked_ref::<InputEvent>().is_composing();
        filters.type_text(event_target_value(&event), is_composing);
    };
    view! {
        <label class="filter-search">
            <Icon icon=LuSearch small=true />
            <input
                id=id
                type="search"
                autocomplete="off"
                aria-label=label.text()
                aria-keyshortcuts=shortcut
                placeholder=hint.text()
                prop:value=move || filters.typed.get()
                on:input=on_input
                on:compositionend=move |event| filters.type_text(event_target_value(&event), false)
                on:keydown=move |event| {
                    if let Some(on_key) = on_key {
                        on_key.run(event);
                    }
                }
            />
        </label>
    }
}

/// A choice in the bar.
#[component]
pub fn FilterSelect(
    /// Whose choice.
    filters: Filters,
    /// Its parameter.
    key: &'static str,
    /// What is chosen.
    label: Key,
    /// What choosing nothing is called.
    any: Key,
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Options>,
) -> impl IntoView {
    let chosen = memo(move || filters.get(key));
    let id = fresh_id("filter");
    view! {
        <div class="filter" data-set=move || (!chosen.read().is_empty()).then_some("")>
            <label for=id.clone()>{label.text()}</label>
            <Picker
                id
                chosen
                options=filter_choices(any, options)
                on_pick=Callback::new(move |value: String| filters.set(key, &value))
                class=""
            />
        </div>
    }
}

/// What a choice offers, with nothing as the first.
pub fn filter_choices(any: Key, options: Signal<Options>) -> Signal<Vec<Choice>> {
    derived(move || {
        let choices = options.get().into_iter().map(|(value, words)| Choice::new(value, words));
        std::iter::once(Choice::none(any.text())).chain(choices).collect()
    })
}
