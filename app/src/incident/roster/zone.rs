//! The company's time zone, in which turns begin and end: UTC+08:00, which has no summer time.

use jiff::civil::DateTime;
use jiff::tz::Offset;
use shared::Timestamp;

use crate::format;

const ZONE: Offset = Offset::constant(8);

/// What the company's clocks show at an instant.
pub fn local(at: Timestamp) -> DateTime {
    ZONE.to_datetime(jiff::Timestamp::from_microsecond(at.micros()).unwrap_or_default())
}

/// The instant at which the company's clocks show something.
pub fn instant(local: DateTime) -> Timestamp {
    // Only the last hours of the year 9999 are no instant.
    Timestamp::from_micros(ZONE.to_timestamp(local).unwrap_or(jiff::Timestamp::MAX).as_microsecond())
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
