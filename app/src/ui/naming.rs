//! `@` in a text offers those who may be named.

use std::collections::BTreeSet;

use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use shared::id::PersonId;
use web_sys::{Event, EventInit};

use super::{Choice, Choices, fresh_id, people_named};
use crate::reactive::memo;
use crate::sync::Replica;

/// The longest name that is searched for after an `@`, in bytes.
const LONGEST: usize = 120;

/// The name that is being typed after an `@`, and who is meant by it.
#[derive(Clone, Copy)]
pub struct Naming {
    /// Where it is typed.
    pub area: NodeRef<html::Textarea>,
    /// Those who were picked.
    pub picked: StoredValue<BTreeSet<PersonId>>,
    text: RwSignal<String>,
    /// Where the name after an @ lies that the caret is at the end of, in bytes of the text.
    span: RwSignal<Option<(usize, usize)>>,
    found: Memo<Vec<Choice>>,
    shown: Memo<bool>,
    at: RwSignal<usize>,
    list: StoredValue<String>,
}

impl Naming {
    /// In a text, of those whom `people` lets in.
    pub fn new(text: RwSignal<String>, people: Callback<PersonId, bool>) -> Self {
        let replica = Replica::expect();
        let span = RwSignal::new(None::<(usize, usize)>);
        let found = memo(move || {
            let Some((from, to)) = span.get() else { return Vec::new() };
            let name = text.with(|text| text.get(from + 1..to).map(str::to_owned)).unwrap_or_default();
            people_named(replica, &name, |person| people.run(person))
        });
        Self {
            area: NodeRef::new(),
            picked: StoredValue::default(),
            text,
            span,
            found,
            shown: memo(move || found.with(|found| !found.is_empty())),
            at: RwSignal::new(0),
            list: StoredValue::new(fresh_id("mentions")),
        }
    }

    /// The id of the list that is offered.
    pub fn list(self) -> String {
        self.list.get_value()
    }

    /// The name of the anchor that the list opens at.
    pub fn anchor(self) -> String {
        format!("--{}", self.list())
    }

    /// The id of the person whom Enter picks; tracked.
    pub fn active(self) -> Option<String> {
        self.shown.get().then(|| format!("{}-{}", self.list(), self.at.get()))
    }

    /// The text or the caret is another.
    pub fn look(self) {
        let caret = self.area.get_untracked().and_then(|area| area.selection_start().ok().flatten());
        self.at.set(0);
        self.span.set(caret.and_then(|caret| self.text.with_untracked(|text| name_at(text, caret))));
    }

    /// Offers nobody any more.
    pub fn close(self) {
        self.span.set(None);
    }

    /// A key; whether it was for the list.
    pub fn on_key(self, event: &KeyboardEvent) -> bool {
        let count = self.found.with_untracked(Vec::len);
        if count == 0 {
            return false;
        }
        match event.key().as_str() {
            "ArrowDown" => self.at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" => self.at.update(|at| *at = (*at + count - 1) % count),
            "Enter" | "Tab" if !event.ctrl_key() && !event.meta_key() => {
                let choice = self.found.with_untracked(|found| found.get(self.at.get_untracked()).cloned());
                if let Some(choice) = choice {
                    self.pick(&choice);
                }
            }
            "Escape" => {
                self.close();
                event.stop_propagation();
            }
            _ => return false,
        }
        event.prevent_default();
        true
    }

    fn pick(self, choice: &Choice) {
        let Some((from, to)) = self.span.get_untracked() else { return };
        let Some(area) = self.area.get_untracked() else { return };
        let inserted = format!("@{} ", choice.label);
        let mut text = self.text.get_untracked();
        let caret = utf16_length(&text[..from]) + utf16_length(&inserted);
        text.replace_range(from..to, &inserted);
        self.picked.update_value(|picked| picked.extend(choice.value.parse::<PersonId>()));
        // As if it had been typed, so that whoever keeps what is typed keeps this.
        area.set_value(&text);
        let _ = area.focus();
        let _ = area.set_selection_range(caret, caret);
        let bubbles = EventInit::new();
        bubbles.set_bubbles(true);
        if let Ok(typed) = Event::new_with_event_init_dict("input", &bubbles) {
            let _ = area.dispatch_event(&typed);
        }
        self.close();
    }

    /// The list.
    pub fn offer(self) -> AnyView {
        view! {
            <Choices
                id=self.list()
                label=t!("task.people_to_mention")
                anchor=self.anchor()
                shown=self.shown
                found=self.found
                at=self.at
                on_pick=Callback::new(move |choice: Choice| self.pick(&choice))
            />
        }
        .into_any()
    }
}

/// Where the name lies that is being typed at a caret: from its `@` to the caret, in bytes.
fn name_at(text: &str, caret: u32) -> Option<(usize, usize)> {
    let mut units = 0;
    let end = text
        .char_indices()
        .find(|(_, c)| {
            let here = units >= caret as usize;
            units += c.len_utf16();
            here
        })
        .map_or(text.len(), |(at, _)| at);
    let at = text[..end].rfind('@')?;
    let is_address = text[..at].chars().next_back().is_some_and(|before| before.is_ascii_alphanumeric());
    let is_name = end - at <= LONGEST && !text[at..end].contains('\n');
    (is_name && !is_address).then_some((at, end))
}

fn utf16_length(text: &str) -> u32 {
    text.chars().map(|c| if c.len_utf16() == 2 { 2 } else { 1 }).sum()
}
