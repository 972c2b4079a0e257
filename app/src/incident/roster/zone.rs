//! The company's time zone, in which turns begin and end: UTC+08:00, which has no summer time.

use jiff::civil::DateTime;
use jiff::tz::Offset;
use js_sys::{Object, Reflect};
use shared::{Date, Timestamp};
use wasm_bindgen::JsValue;

use crate::words::language_tag;

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

/// A day with its weekday, in the order of the language.
pub fn day(date: Date) -> String {
    let options = Object::new();
    for (key, value) in [("month", "short"), ("day", "numeric"), ("weekday", "short")] {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(&options, &JsValue::from_str(key), &JsValue::from_str(value));
    }
    let at = js_sys::Date::new_with_year_month_day(
        date.year().unsigned_abs().into(),
        i32::from(date.month()) - 1,
        date.day().into(),
    );
    at.to_locale_date_string(language_tag(), &options).into()
}

/// An instant as its day and the time of the clock.
pub fn moment(at: Timestamp) -> String {
    let local = local(at);
    format!("{} {:02}:{:02}", day(local.date()), local.hour(), local.minute())
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
