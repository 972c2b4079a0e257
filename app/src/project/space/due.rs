//! How near a day is, in words and as the style sheets name it.

use shared::Date;

use crate::format;

/// How near a day is.
pub struct Due {
    /// For `data-due`: `overdue`, `today`, `soon` or `later`.
    pub key: &'static str,
    /// Such as "2 days late".
    pub words: String,
}

/// How near a day is to today. The days are those of the calendar, not working days.
pub fn due(date: Date) -> Due {
    let days = (date - format::today()).get_days();
    let key = match days {
        ..0 => "overdue",
        0 => "today",
        1..=3 => "soon",
        _ => "later",
    };
    let words = match days {
        -1 => t!("project.late_by_one"),
        ..-1 => t!("project.late_by", days = -days),
        0 => t!("project.today"),
        1 => t!("project.tomorrow"),
        _ => t!("project.in_days", days = days),
    };
    Due { key, words: words.into_owned() }
}
