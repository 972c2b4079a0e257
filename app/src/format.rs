//! Dates and instants as a person reads them, in their own time zone, by the browser's own `Intl`: no table of it is
//! shipped. Hours are counted to 24 everywhere.

use std::cell::RefCell;

use jiff::civil::DateTime;
use jiff::tz::Offset;
use js_sys::{Array, Function, Intl, Object, Reflect};
use shared::{Date, Timestamp};
use wasm_bindgen::{JsCast, JsValue};

use crate::sync::now;
use crate::words::language_tag;

/// The company's zone as long as no admin has chosen one: that of the working calendar.
pub const FIRST_ZONE: &str = "Asia/Shanghai";

/// What is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// A day of this year.
    Day,
    /// A day of any year.
    DayOfYear,
    /// A day with its weekday, in full.
    LongDay,
    /// A day of this year with its weekday, short.
    Weekday,
    /// A day and the time of the clock.
    Instant,
    /// The time of the clock.
    Time,
    /// A month of its year.
    Month,
    /// A month of any year, short.
    MonthName,
    /// The name of a weekday, as short as can be.
    WeekdayLetter,
    /// The name of a weekday, in full.
    WeekdayName,
    /// All that a clock and a calendar show, in the form that is read back here.
    Fields,
}

/// Ways of writing, in one language and one zone: to make one takes longer than to write a thousand.
struct Formats {
    zone: String,
    language: &'static str,
    made: Vec<(Shape, Function)>,
}

impl Formats {
    const NONE: Self = Self { zone: String::new(), language: "", made: Vec::new() };
}

/// Whose clocks are looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Whose {
    /// The person's own.
    Own,
    /// The company's.
    Company,
}

thread_local! {
    static OWN: RefCell<Formats> = const { RefCell::new(Formats::NONE) };
    static COMPANY: RefCell<Formats> = const { RefCell::new(Formats::NONE) };
}

/// From now on instants are written in a person's zone, by its IANA name, and what goes by the company's clocks in the
/// company's: that is also the person's if theirs is empty or the browser does not know it.
pub fn live_in(own: &str, company: &str) {
    let known = |zone: &&str| !zone.is_empty() && made(Shape::Instant, language_tag(), zone).is_some();
    let company = Some(company).filter(known).unwrap_or(FIRST_ZONE);
    let own = Some(own).filter(known).unwrap_or(company);
    for (formats, zone) in [(&OWN, own), (&COMPANY, company)] {
        formats.with_borrow_mut(|formats| {
            if formats.zone != zone {
                *formats = Formats { zone: zone.to_owned(), ..Formats::NONE };
            }
        });
    }
}

/// What clock and calendar show at an instant.
pub fn local(at: Timestamp) -> DateTime {
    shown(Whose::Own, at)
}

/// The same of the company's.
pub fn company_local(at: Timestamp) -> DateTime {
    shown(Whose::Company, at)
}

fn shown(whose: Whose, at: Timestamp) -> DateTime {
    written_for(whose, Shape::Fields, at).parse().unwrap_or_default()
}

/// The instant at which clock and calendar show something; of a time that is left out or comes twice, one near it.
pub fn instant_of(local_time: DateTime) -> Timestamp {
    instant_shown(Whose::Own, local_time)
}

/// The same of the company's.
pub fn company_instant(local_time: DateTime) -> Timestamp {
    instant_shown(Whose::Company, local_time)
}

fn instant_shown(whose: Whose, local_time: DateTime) -> Timestamp {
    let as_utc = utc_of(local_time);
    let ahead = |at: i64| utc_of(shown(whose, Timestamp::from_micros(at))) - at;
    // The zone's offset there is first guessed from the offset some hours away.
    let near = as_utc - ahead(as_utc);
    Timestamp::from_micros(as_utc - ahead(near))
}

/// Today.
pub fn today() -> Date {
    day_of(now())
}

/// The day of an instant.
pub fn day_of(at: Timestamp) -> Date {
    local(at).date()
}

/// A day, short, in the order of the language; with its year unless that is this one.
pub fn day(date: Date) -> String {
    let shape = if date.year() == today().year() { Shape::Day } else { Shape::DayOfYear };
    written(shape, Timestamp::from_micros(utc_of(date.into())))
}

/// A day with its year, as one reads it back.
pub fn whole_day(date: Date) -> String {
    written(Shape::DayOfYear, Timestamp::from_micros(utc_of(date.into())))
}

/// The month of a day.
pub fn month(date: Date) -> String {
    written(Shape::Month, Timestamp::from_micros(utc_of(date.into())))
}

/// What the month of a day is called, short.
pub fn name_of_month(date: Date) -> String {
    written(Shape::MonthName, Timestamp::from_micros(utc_of(date.into())))
}

/// What the weekday of a day is called, as short as can be and in full.
pub fn names_of_weekday(date: Date) -> (String, String) {
    let at = Timestamp::from_micros(utc_of(date.into()));
    (written(Shape::WeekdayLetter, at), written(Shape::WeekdayName, at))
}

/// A day in full, with its weekday.
pub fn long_day(date: Date) -> String {
    written(Shape::LongDay, Timestamp::from_micros(utc_of(date.into())))
}

/// A day with its weekday, short.
pub fn weekday(date: Date) -> String {
    written(Shape::Weekday, Timestamp::from_micros(utc_of(date.into())))
}

/// An instant, exact: day and time of the clock.
pub fn instant(at: Timestamp) -> String {
    written(Shape::Instant, at)
}

/// The time of day, to the minute.
pub fn time_of_day(at: Timestamp) -> String {
    written(Shape::Time, at)
}

/// The instant in a `MomentInput`; `None` if there is none.
pub fn read_local(text: &str) -> Option<Timestamp> {
    text.parse().ok().map(instant_of)
}

/// An instant in UTC, to the minute, as `2026-11-24 18:02`.
pub fn utc(at: Timestamp) -> String {
    String::from(js_date(at).to_iso_string()).chars().take(16).map(|c| if c == 'T' { ' ' } else { c }).collect()
}

/// By how much the clocks of a zone are ahead of UTC now, as `UTC+8`; `None` if the browser does not know the zone.
pub fn ahead_of_utc(zone: &str) -> Option<String> {
    const MINUTE: i64 = 60_000_000;
    let at = now();
    let shown = made(Shape::Fields, language_tag(), zone)?.call1(&JsValue::UNDEFINED, &js_date(at)).ok()?;
    // To the second; what is ahead is so by whole minutes.
    let ahead = utc_of(shown.as_string()?.parse().ok()?) - at.micros();
    let minutes = (ahead + MINUTE / 2).div_euclid(MINUTE);
    let (sign, hours, rest) = (if minutes < 0 { '-' } else { '+' }, minutes.abs() / 60, minutes.abs() % 60);
    Some(if rest == 0 { format!("UTC{sign}{hours}") } else { format!("UTC{sign}{hours}:{rest:02}") })
}

/// An instant within a day as how long ago, else as its day and time.
pub fn ago(at: Timestamp) -> String {
    let seconds = (now().micros_since(at)).max(0) / 1_000_000;
    let (count, unit) = match seconds {
        0..60 => (seconds, "second"),
        60..3_600 => (seconds / 60, "minute"),
        3_600..86_400 => (seconds / 3_600, "hour"),
        _ => return instant(at),
    };
    let options = options(&[("numeric", "auto"), ("style", "short")]);
    #[allow(clippy::cast_precision_loss)] // less than a day of seconds
    let back = -(count as f64);
    let locales = Array::of1(&JsValue::from_str(language_tag()));
    Intl::RelativeTimeFormat::new(&locales, &options).format(back, unit).into()
}

fn utc_of(local: DateTime) -> i64 {
    // Only the last hours of the year 9999 are no instant.
    Offset::UTC.to_timestamp(local).unwrap_or(jiff::Timestamp::MAX).as_microsecond()
}

fn js_date(at: Timestamp) -> js_sys::Date {
    #[allow(clippy::cast_precision_loss)] // milliseconds fit a double for 280,000 years
    js_sys::Date::new(&JsValue::from_f64(at.millis() as f64))
}

fn written(shape: Shape, at: Timestamp) -> String {
    written_for(Whose::Own, shape, at)
}

fn written_for(whose: Whose, shape: Shape, at: Timestamp) -> String {
    let Some(format) = format(whose, shape) else { return String::new() };
    format.call1(&JsValue::UNDEFINED, &js_date(at)).ok().and_then(|text| text.as_string()).unwrap_or_default()
}

/// A way of writing, made when it is first asked for.
fn format(whose: Whose, shape: Shape) -> Option<Function> {
    let language = language_tag();
    let formats = if whose == Whose::Own { &OWN } else { &COMPANY };
    formats.with_borrow_mut(|formats| {
        if formats.language != language {
            formats.language = language;
            formats.made.clear();
        }
        if let Some((_, format)) = formats.made.iter().find(|(of, _)| *of == shape) {
            return Some(format.clone());
        }
        let zone = if formats.zone.is_empty() { FIRST_ZONE } else { &formats.zone };
        let format = made(shape, language, zone)?;
        formats.made.push((shape, format.clone()));
        Some(format)
    })
}

/// `None` if the browser does not know the zone.
fn made(shape: Shape, language: &str, zone: &str) -> Option<Function> {
    let (language, zone, pairs): (_, _, &[(&str, &str)]) = match shape {
        Shape::Day => (language, "UTC", &[("month", "short"), ("day", "numeric")]),
        Shape::DayOfYear => (language, "UTC", &[("year", "numeric"), ("month", "short"), ("day", "numeric")]),
        Shape::LongDay => (language, "UTC", &[("weekday", "long"), ("month", "long"), ("day", "numeric")]),
        Shape::Month => (language, "UTC", &[("year", "numeric"), ("month", "long")]),
        Shape::MonthName => (language, "UTC", &[("month", "short")]),
        Shape::WeekdayLetter => (language, "UTC", &[("weekday", "narrow")]),
        Shape::WeekdayName => (language, "UTC", &[("weekday", "long")]),
        Shape::Weekday => (language, "UTC", &[("month", "short"), ("day", "numeric"), ("weekday", "short")]),
        Shape::Instant => (language, zone, &[("dateStyle", "medium"), ("timeStyle", "short"), ("hourCycle", "h23")]),
        Shape::Time => (language, zone, &[("hour", "2-digit"), ("minute", "2-digit"), ("hourCycle", "h23")]),
        // Swedish writes them as ISO 8601 does.
        Shape::Fields => ("sv-SE", zone, &[("dateStyle", "short"), ("timeStyle", "medium"), ("hourCycle", "h23")]),
    };
    let options = options(pairs);
    set(&options, "timeZone", zone);
    let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl")).ok()?;
    let class: Function = Reflect::get(&intl, &JsValue::from_str("DateTimeFormat")).ok()?.dyn_into().ok()?;
    let arguments = Array::of2(&JsValue::from_str(language), &options);
    let format = Reflect::construct(&class, &arguments).ok()?;
    Some(format.unchecked_into::<Intl::DateTimeFormat>().format())
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (key, value) in pairs {
        set(&options, key, value);
    }
    options
}

fn set(options: &Object, key: &str, value: &str) {
    // Setting a property of a fresh object cannot fail.
    let _ = Reflect::set(options.unchecked_ref(), &JsValue::from_str(key), &JsValue::from_str(value));
}
