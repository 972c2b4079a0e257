//! The company's time zone, in which turns begin and end.

use jiff::civil::DateTime;
use shared::Timestamp;

use crate::format;

/// What the company's clocks show at an instant.
pub fn local(at: Timestamp) -> DateTime {
    format::company_local(at)
}

/// The instant at which the company's clocks show something.
pub fn instant(local: DateTime) -> Timestamp {
    format::company_instant(local)
}

/// An instant as its day and the time of the clock.
pub fn moment(at: Timestamp) -> String {
    let local = local(at);
    format!("{} {:02}:{:02}", format::weekday(local.date()), local.hour(), local.minute())
}

/// An instant as an input of day and time holds it.
pub fn input(at: Timestamp) -> String {
    let local = local(at);
    format!("{}T{:02}:{:02}", local.date(), local.hour(), local.minute())
}

/// What an input of day and time says; `None` while it says nothing.
pub fn from_input(text: &str) -> Option<Timestamp> {
    text.parse().ok().map(instant)
}
