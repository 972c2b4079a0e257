//! Dates and instants as a person reads them, by the browser's own `Intl`: no table of it is shipped.

use js_sys::{Array, Intl, Object, Reflect};
use shared::{Date, Timestamp};
use wasm_bindgen::{JsCast, JsValue};

/// Today, in the browser's time zone.
pub fn today() -> Date {
    date_of(&js_sys::Date::new_0())
}

/// The day of an instant, in the browser's time zone.
pub fn day_of(at: Timestamp) -> Date {
    date_of(&js_date(at))
}

/// A day, short, in the order of the language; with its year unless that is this one.
pub fn day(date: Date) -> String {
    let options: &[(&str, &str)] = if date.year() == today().year() {
        &[("month", "short"), ("day", "numeric")]
    } else {
        &[("year", "numeric"), ("month", "short"), ("day", "numeric")]
    };
    let at = js_sys::Date::new_with_year_month_day(
        date.year().unsigned_abs().into(),
        i32::from(date.month()) - 1,
        date.day().into(),
    );
    formatted(&at, options)
}

/// An instant, exact: day and time of the clock in the browser's zone.
pub fn instant(at: Timestamp) -> String {
    formatted(&js_date(at), &[("dateStyle", "medium"), ("timeStyle", "short")])
}

/// The time of day, to the minute, in the browser's zone.
pub fn time_of_day(at: Timestamp) -> String {
    formatted(&js_date(at), &[("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")])
}

/// The instant in a `datetime-local` input, in the browser's zone; `None` if there is none.
pub fn read_local(text: &str) -> Option<Timestamp> {
    let millis = js_sys::Date::parse(text);
    #[allow(clippy::cast_possible_truncation)] // milliseconds since 1970 fit for 280,000 years
    (!text.is_empty() && millis.is_finite()).then(|| Timestamp::from_micros(millis as i64 * 1_000))
}

/// An instant in UTC, to the minute, as `2026-11-24 18:02`.
pub fn utc(at: Timestamp) -> String {
    String::from(js_date(at).to_iso_string()).chars().take(16).map(|c| if c == 'T' { ' ' } else { c }).collect()
}

/// An instant within a day as how long ago, else as its day and time.
pub fn ago(at: Timestamp) -> String {
    let seconds = (crate::sync::now().micros() - at.micros()).max(0) / 1_000_000;
    let (count, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3_600 => (seconds / 60, "minute"),
        3_600..86_400 => (seconds / 3_600, "hour"),
        _ => return instant(at),
    };
    let options = options(&[("numeric", "auto"), ("style", "short")]);
    #[allow(clippy::cast_precision_loss)] // less than a day of seconds
    let back = -(count as f64);
    Intl::RelativeTimeFormat::new(&locales(), &options).format(back, unit).into()
}

fn js_date(at: Timestamp) -> js_sys::Date {
    #[allow(clippy::cast_precision_loss)] // milliseconds fit a double for 280,000 years
    js_sys::Date::new(&JsValue::from_f64(at.millis() as f64))
}

fn date_of(date: &js_sys::Date) -> Date {
    #[allow(clippy::cast_possible_truncation)] // a year, a month and a day
    let date = Date::new(date.get_full_year() as i16, date.get_month() as i8 + 1, date.get_date() as i8);
    date.unwrap_or(Date::ZERO)
}

fn formatted(at: &js_sys::Date, pairs: &[(&str, &str)]) -> String {
    let format = Intl::DateTimeFormat::new(&locales(), &options(pairs)).format();
    format.call1(&JsValue::UNDEFINED, at).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

fn locales() -> Array {
    Array::of1(&JsValue::from_str(crate::words::language_tag()))
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (key, value) in pairs {
        // Setting a property of a fresh object cannot fail.
        let _ = Reflect::set(options.unchecked_ref(), &JsValue::from_str(key), &JsValue::from_str(value));
    }
    options
}
