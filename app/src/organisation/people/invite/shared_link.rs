//! How long a link for many holds, and for how many.

use jiff::ToSpan;
use leptos::prelude::*;
use shared::{Field as FieldName, Reason, Rejection};

use crate::format;
use crate::reactive::derived;
use crate::ui::{Errors, Field, TextInput};

/// For how many days it may hold.
const DAYS: [u32; 4] = [1, 7, 30, 90];
/// For how many people it is at first.
const USES: &str = "50";

/// What was chosen.
#[derive(Clone, Copy)]
pub struct Terms {
    days: RwSignal<u32>,
    uses: RwSignal<String>,
}

impl Terms {
    /// A week, for a department.
    pub fn new() -> Self {
        Self { days: RwSignal::new(DAYS[1]), uses: RwSignal::new(USES.to_owned()) }
    }

    /// How many days and how many people; `None`, and why, if that is no number.
    pub fn read(self, errors: Errors) -> Option<(u32, u32)> {
        let Ok(uses) = self.uses.get_untracked().trim().parse() else {
            errors.add(Rejection::of(FieldName::Uses, Reason::OutOfRange { min: 1, max: 500 }));
            return None;
        };
        Some((self.days.get_untracked(), uses))
    }
}

/// The fields.
#[component]
pub fn SharedFields(terms: Terms, errors: Errors) -> impl IntoView {
    let choose = move |event| terms.days.set(event_target_value(&event).parse().unwrap_or(DAYS[1]));
    let option = move |days: u32| {
        let until = format::today().checked_add(i64::from(days).days()).map(format::day).unwrap_or_default();
        view! {
            <option value=days.to_string() prop:selected=move || terms.days.get() == days>
                {t!("invite.days", count = days, until = until)}
            </option>
        }
    };
    view! {
        <Field
            id="invite-days"
            label=t!("invite.holds")
            error=derived(move || errors.of(FieldName::Date))
        >
            <select class="input" id="invite-days" aria-describedby="invite-days-error" on:change=choose>
                {DAYS.map(option)}
            </select>
        </Field>
        <TextInput
            id="invite-uses"
            label=t!("invite.uses")
            value=terms.uses
            error=derived(move || errors.of(FieldName::Uses))
        />
    }
}
