//! How near a day is by whose end something is to be done.

use leptos::prelude::*;
use shared::Date;

use crate::format;

/// The day, or by how much it is past; exact on hover.
pub fn due_mark(date: Date) -> AnyView {
    let days = (date - format::today()).get_days();
    let (key, text) = match days {
        -1 => ("overdue", t!("ui.day_late").into_owned()),
        ..-1 => ("overdue", t!("ui.days_late", days = -days).into_owned()),
        0 => ("today", t!("ui.today").into_owned()),
        1..=7 => ("soon", format::day(date)),
        _ => ("later", format::day(date)),
    };
    view! {
        <time class="due" data-due=key datetime=date.to_string() title=format::day(date)>
            {text}
        </time>
    }
    .into_any()
}
