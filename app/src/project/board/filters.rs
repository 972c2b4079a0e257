//! What the filters of a board ask for.

use leptos::prelude::*;
use shared::project::task::Priority;

use super::filter::{DueIn, Filter};
use crate::reactive::memo;
use crate::ui::{Address, Filters};
use crate::words;

/// What a board is filtered by beside a text, as the address names it.
const CHOICES: [&str; 5] = ["owner", "department", "label", "priority", "due"];

/// The filters of a board, and what they ask for. The back button undoes a choice.
pub fn board_filters(address: Address) -> (Filters, Memo<Filter>) {
    let filters = Filters::of(address, &CHOICES, true);
    let filter = memo(move || Filter {
        text: filters.text.get(),
        owner: filters.get("owner").parse().ok(),
        department: filters.get("department").parse().ok(),
        label: Some(filters.get("label")).filter(|label| !label.is_empty()),
        priority: priority(&filters.get("priority")),
        due: due(&filters.get("due")),
    });
    (filters, filter)
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
