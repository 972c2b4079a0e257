//! Choosing one of a list: a button that says what is chosen, and under it the list, with a search where it is long. On
//! a phone the list is a sheet at the foot of the screen, and the keyboard comes only to whoever wants to search.

use icondata_lu::LuSearch;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlDivElement, HtmlElement, HtmlInputElement, ScrollIntoViewOptions, ScrollLogicalPosition};

use super::combobox::Choice;
use super::initials::{begins, is_meant};
use super::{Icon, fresh_id, tell_change};
use crate::reactive::memo;

/// A list that is longer can be searched.
const SHORT: usize = 8;
/// The most that are drawn at once; the others come up by searching.
const MOST: usize = 200;

/// A choice of one.
#[component]
pub fn Picker(
    /// The id of its button, for a label; its error is `{id}-error`.
    #[prop(into)]
    id: String,
    /// Its accessible name where no label leads to it.
    #[prop(optional_no_strip, into)]
    label: Option<String>,
    /// The value of what is chosen.
    #[prop(into)]
    chosen: Signal<String>,
    /// What there is to choose from.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// One was picked, by its value.
    on_pick: Callback<String>,
    /// `input` in a form; in a bar it has no border.
    #[prop(default = "input")]
    class: &'static str,
    /// Whether it takes the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
) -> AnyView {
    let panel = NodeRef::<html::Div>::new();
    let panel_id = StoredValue::new(fresh_id("picker"));
    let state = State {
        panel,
        id: StoredValue::new(id.clone()),
        label: StoredValue::new(label.clone()),
        list_id: StoredValue::new(format!("{}-list", panel_id.get_value())),
        open: RwSignal::new(false),
        searches: RwSignal::new(false),
        typed: RwSignal::new(String::new()),
        at: RwSignal::new(0),
        chosen,
        options,
        on_pick,
    };
    let words = move || {
        let chosen = chosen.get();
        options.with(|options| {
            options.iter().find(|option| option.value == chosen).map(|option| option.label.trim_start().to_owned())
        })
    };
    let on_key = move |event: KeyboardEvent| {
        if state.open.get_untracked() {
            // The list has the focus with the next frame; whoever types fast is ahead of it.
            state.on_key(&event);
            return;
        }
        let key = event.key();
        let opens = matches!(key.as_str(), "ArrowDown" | "ArrowUp") || is_letter(&event);
        if !opens || event.ctrl_key() || event.meta_key() || event.alt_key() {
            return;
        }
        event.prevent_default();
        event.stop_propagation();
        state.typed.set(if is_letter(&event) { key } else { String::new() });
        state.show();
    };
    let error = format!("{id}-error");
    view! {
        <button
            type="button"
            class=format!("{class} picker")
            role="combobox"
            id=id
            aria-label=label
            aria-haspopup="listbox"
            aria-expanded=move || if state.open.get() { "true" } else { "false" }
            aria-controls=panel_id.get_value()
            aria-describedby=error
            popovertarget=panel_id.get_value()
            autofocus=autofocus
            on:keydown=on_key
        >
            <span>{move || words().unwrap_or_else(|| "\u{a0}".to_owned())}</span>
        </button>
        <div
            class="menu picker-panel"
            popover="auto"
            node_ref=panel
            id=panel_id.get_value()
            on:toggle=move |_| state.toggled()
            on:keydown=move |event| state.on_key(&event)
        >
            {move || state.open.get().then(|| state.contents())}
        </div>
    }
    .into_any()
}

/// What the parts of a picker share.
#[derive(Clone, Copy)]
struct State {
    panel: NodeRef<html::Div>,
    id: StoredValue<String>,
    label: StoredValue<Option<String>>,
    list_id: StoredValue<String>,
    open: RwSignal<bool>,
    /// Whether what is typed leaves out the others; in a short list it leads to one of them.
    searches: RwSignal<bool>,
    typed: RwSignal<String>,
    /// Which of those that are found is active.
    at: RwSignal<usize>,
    chosen: Signal<String>,
    options: Signal<Vec<Choice>>,
    on_pick: Callback<String>,
}

impl State {
    fn show(self) {
        if let Some(panel) = self.panel.get_untracked() {
            // Refused only if it is open already.
            let _ = panel.show_popover();
            self.begin(panel);
        }
    }

    fn toggled(self) {
        let Some(panel) = self.panel.get_untracked() else { return };
        let is_open = panel.matches(":popover-open").unwrap_or_default();
        if !is_open {
            self.typed.set(String::new());
            self.open.set(false);
        } else if !self.open.get_untracked() {
            self.begin(panel);
        }
    }

    /// Makes the list, what is chosen or typed active in it, and gives it the focus.
    fn begin(self, panel: HtmlDivElement) {
        let is_long = self.options.with_untracked(|options| options.len() > SHORT);
        self.searches.set(is_long);
        self.at.set(0);
        if !is_long || self.typed.with_untracked(String::is_empty) {
            self.go_to(|option, chosen| option.value == chosen);
            self.leap("");
        }
        self.open.set(true);
        request_animation_frame(move || {
            // A finger wants to see the list, not the keyboard over it.
            let is_coarse =
                window().match_media("(pointer: coarse)").ok().flatten().is_some_and(|media| media.matches());
            let part = if is_long && !is_coarse { "input" } else { "[role=listbox]" };
            if self.open.try_get_untracked() != Some(true) {
                return;
            }
            let part = panel.query_selector(part).ok().flatten().and_then(|part| part.dyn_into::<HtmlElement>().ok());
            if let Some(part) = part {
                let _ = part.focus();
            }
            self.reveal();
        });
    }

    /// In a short list, goes to what begins with all that was typed so far, or else with the last letter.
    fn leap(self, letter: &str) {
        let begun = |typed: &str| {
            let typed = typed.to_lowercase();
            move |option: &Choice, _: &str| !typed.is_empty() && begins(option.label.trim_start(), &typed)
        };
        let typed = self.typed.get_untracked() + letter;
        let is_known = self.go_to(begun(&typed));
        if !is_known {
            self.go_to(begun(letter));
        }
        self.typed.set(if is_known { typed } else { letter.to_owned() });
    }

    /// Those that are meant by what is typed; tracked.
    fn found(self) -> Vec<Choice> {
        let typed = if self.searches.get() { self.typed.get().trim().to_lowercase() } else { String::new() };
        let fits = |option: &&Choice| {
            is_meant(option.label.trim_start(), &typed) || !typed.is_empty() && is_meant(&option.note, &typed)
        };
        self.options.with(|options| options.iter().filter(fits).cloned().collect())
    }

    /// Makes the first active that is meant; `false` if there is none.
    fn go_to(self, is_meant: impl Fn(&Choice, &str) -> bool) -> bool {
        let chosen = self.chosen.get_untracked();
        let found = untrack(|| self.found());
        let at = found.iter().position(|option| is_meant(option, &chosen));
        if let Some(at) = at {
            self.at.set(at);
            self.reveal();
        }
        at.is_some()
    }

    fn option_id(self, at: usize) -> String {
        format!("{}-{at}", self.list_id.get_value())
    }

    /// Brings the active one into view.
    fn reveal(self) {
        if let Some(option) = document().get_element_by_id(&self.option_id(self.at.get_untracked())) {
            let options = ScrollIntoViewOptions::new();
            options.set_block(ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&options);
        }
    }

    fn step(self, to: impl Fn(usize, usize) -> usize) {
        let count = untrack(|| self.found()).len().min(MOST);
        if count > 0 {
            self.at.update(|at| *at = to(*at, count));
            self.reveal();
        }
    }

    fn pick(self, value: String) {
        self.close();
        if let Some(panel) = self.panel.get_untracked() {
            tell_change(&panel);
        }
        self.on_pick.run(value);
    }

    /// The button gets the focus back before anything is drawn anew.
    fn close(self) {
        if let Some(panel) = self.panel.get_untracked() {
            // Refused only if it is closed already.
            let _ = panel.hide_popover();
        }
        self.typed.set(String::new());
        self.open.set(false);
    }

    fn on_key(self, event: &KeyboardEvent) {
        let key = event.key();
        let is_in_search = event.target().is_some_and(|target| target.has_type::<HtmlInputElement>());
        match key.as_str() {
            "ArrowDown" => self.step(|at, count| (at + 1) % count),
            "ArrowUp" => self.step(|at, count| (at + count - 1) % count),
            "PageDown" => self.step(|at, count| (at + 10).min(count - 1)),
            "PageUp" => self.step(|at, _| at.saturating_sub(10)),
            _ if key == "Enter" || (key == " " && !is_in_search) => {
                let at = self.at.get_untracked();
                if let Some(option) = untrack(|| self.found()).get(at) {
                    self.pick(option.value.clone());
                }
            }
            // What is around it stays open.
            "Escape" => self.close(),
            "Tab" => return self.close(),
            _ => {
                event.stop_propagation();
                if is_in_search || !is_letter(event) || event.ctrl_key() || event.meta_key() {
                    return;
                }
                if self.searches.get_untracked() {
                    self.at.set(0);
                    self.typed.update(|typed| typed.push_str(&key));
                } else {
                    self.leap(&key);
                }
            }
        }
        event.prevent_default();
        event.stop_propagation();
    }

    /// What is chosen here, as its label says it.
    fn name(self) -> String {
        let labelled = || {
            let label = document().query_selector(&format!("label[for=\"{}\"]", self.id.get_value())).ok().flatten();
            label.and_then(|label| label.text_content()).unwrap_or_default()
        };
        self.label.get_value().unwrap_or_else(labelled)
    }

    /// The search and the list.
    fn contents(self) -> AnyView {
        let label = self.name();
        let found = memo(move || self.found());
        let active = move || (!found.read().is_empty()).then(|| self.option_id(self.at.get()));
        let search = self.searches.get_untracked().then(|| {
            view! {
                <label class="picker-search">
                    <Icon icon=LuSearch small=true />
                    <input
                        type="text"
                        role="combobox"
                        autocomplete="off"
                        aria-label=t!("ui.search_in", what = label.clone())
                        aria-autocomplete="list"
                        aria-expanded="true"
                        aria-controls=self.list_id.get_value()
                        aria-activedescendant=active
                        placeholder=t!("ui.search")
                        prop:value=move || self.typed.get()
                        on:input=move |event| {
                            self.at.set(0);
                            self.typed.set(event_target_value(&event));
                        }
                    />
                </label>
            }
        });
        view! {
            {search}
            <ul
                class="picker-list"
                role="listbox"
                tabindex="-1"
                id=self.list_id.get_value()
                aria-label=label
                aria-activedescendant=active
            >
                {move || self.rows(found.get())}
            </ul>
        }
        .into_any()
    }

    fn rows(self, found: Vec<Choice>) -> AnyView {
        let more = found.len().saturating_sub(MOST);
        if found.is_empty() {
            return said(t!("ui.nothing_fits").into_owned());
        }
        let rows: Vec<AnyView> =
            found.into_iter().take(MOST).enumerate().map(|(at, option)| self.row(at, option)).collect();
        let more = (more > 0).then(|| said(t!("ui.more_by_search", count = more).into_owned()));
        (rows, more).into_any()
    }

    fn row(self, at: usize, option: Choice) -> AnyView {
        let Choice { value, label, note } = option;
        let is_chosen = self.chosen.with_untracked(|chosen| *chosen == value);
        view! {
            <li
                class="menu-item"
                role="option"
                id=self.option_id(at)
                aria-selected=if is_chosen { "true" } else { "false" }
                data-active=move || (self.at.get() == at).then_some("")
                on:click=move |_| self.pick(value.clone())
            >
                <span>{label}</span>
                <small>{note}</small>
            </li>
        }
        .into_any()
    }
}

/// Whether a key writes something other than a space.
fn is_letter(event: &KeyboardEvent) -> bool {
    let key = event.key();
    key != " " && key.chars().count() == 1
}

fn said(text: String) -> AnyView {
    view! {
        <li class="menu-title" role="option" aria-disabled="true">
            {text}
        </li>
    }
    .into_any()
}
