//! The filters of one board as the address holds them, and the text as it is typed.

use std::time::Duration;

use leptos::prelude::*;
use shared::project::task::Priority;

use super::address::Address;
use super::filter::{DueIn, Filter};
use crate::words;

/// How long after the last key the text goes into the address.
const SETTLED: Duration = Duration::from_millis(300);
/// The parameters of the address that filter.
const KEYS: [&str; 6] = ["q", "owner", "department", "label", "priority", "due"];

/// The filters of one board.
#[derive(Clone, Copy)]
pub struct Filters {
    address: Address,
    /// The text, which filters before it is in the address.
    pub text: RwSignal<String>,
    /// All of them.
    pub filter: Memo<Filter>,
    waiting: StoredValue<Option<TimeoutHandle>>,
}

impl Filters {
    /// Those in the address.
    pub fn of(address: Address) -> Self {
        let text = RwSignal::new(String::new());
        let query = Memo::new(move |_| address.get("q").unwrap_or_default());
        Effect::new(move |_| {
            let query = query.get();
            // A space at the end is still being typed: the address holds none.
            if text.with_untracked(|text| text.trim() != query) {
                text.set(query);
            }
        });
        let filter = Memo::new(move |_| Filter {
            text: text.with(|text| text.trim().to_owned()),
            owner: address.get("owner").and_then(|id| id.parse().ok()),
            department: address.get("department").and_then(|id| id.parse().ok()),
            label: address.get("label"),
            priority: address.get("priority").as_deref().and_then(priority),
            due: address.get("due").as_deref().and_then(due),
        });
        Self { address, text, filter, waiting: StoredValue::new(None) }
    }

    /// One parameter as it stands in the address; tracked.
    pub fn get(self, key: &str) -> String {
        self.address.get(key).unwrap_or_default()
    }

    /// Asks for something, or with an empty value for nothing.
    pub fn set(self, key: &str, value: &str) {
        self.wait(None);
        let text = self.text.get_untracked();
        let some = |value| Some(value).filter(|value: &&str| !value.is_empty());
        self.address.set(&[("q", some(text.trim())), (key, some(value))], false);
    }

    /// The text has changed by a key.
    pub fn type_text(self, text: String) {
        self.text.set(text);
        self.wait(set_timeout_with_handle(move || self.settle(), SETTLED).ok());
    }

    /// Puts the text into the address, in the place of the entry that is there.
    fn settle(self) {
        let Some(text) = self.text.try_get_untracked() else { return };
        let text = Some(text.trim()).filter(|text| !text.is_empty());
        self.address.set(&[("q", text)], true);
    }

    /// Shows everything again.
    pub fn clear(self) {
        self.wait(None);
        self.text.set(String::new());
        self.address.set(&KEYS.map(|key| (key, None)), false);
    }

    fn wait(self, next: Option<TimeoutHandle>) {
        let before = self.waiting.try_update_value(|waiting| std::mem::replace(waiting, next));
        if let Some(before) = before.flatten() {
            before.clear();
        }
    }
}

fn priority(key: &str) -> Option<Priority> {
    [Priority::High, Priority::Medium, Priority::Low].into_iter().find(|priority| words::priority_key(*priority) == key)
}

fn due(key: &str) -> Option<DueIn> {
    match key {
        "overdue" => Some(DueIn::Overdue),
        "week" => Some(DueIn::Week),
        "none" => Some(DueIn::Never),
        _ => None,
    }
}
