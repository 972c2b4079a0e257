//! The texts of the pages, in both languages. A key is looked up while the app is compiled: each text travels with the code
//! that says it, and the browser gets neither keys nor what nothing says.

use std::borrow::Cow;
use std::fmt::{Display, Write as _};
use std::sync::atomic::{AtomicBool, Ordering};

use shared::organisation::Locale;

// Made by `build.rs` from `locales`: all texts, in the order of their keys.
include!(concat!(env!("OUT_DIR"), "/texts.rs"));

static CHINESE: AtomicBool = AtomicBool::new(false);

/// A text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Chinese.
    pub zh: &'static str,
}

impl Text {
    /// As the page speaks.
    pub fn spoken(&self) -> &'static str {
        match spoken() {
            Locale::Zh => self.zh,
            Locale::En => self.en,
        }
    }
}

/// Takes a language.
pub fn speak(locale: Locale) {
    CHINESE.store(locale == Locale::Zh, Ordering::Relaxed);
}

/// The language of the page.
pub fn spoken() -> Locale {
    if CHINESE.load(Ordering::Relaxed) { Locale::Zh } else { Locale::En }
}

/// Finds a text while the app is compiled; a key that no text has ends that.
pub const fn text(key: &str) -> Text {
    let (mut low, mut high) = (0, TEXTS.len());
    while low < high {
        let middle = usize::midpoint(low, high);
        match compare(TEXTS[middle].0.as_bytes(), key.as_bytes()) {
            0 => return TEXTS[middle].1,
            1.. => high = middle,
            _ => low = middle + 1,
        }
    }
    panic!("no text has this key")
}

const fn compare(one: &[u8], other: &[u8]) -> i32 {
    let mut at = 0;
    while at < one.len() && at < other.len() {
        if one[at] != other[at] {
            return one[at] as i32 - other[at] as i32;
        }
        at += 1;
    }
    (one.len() > at) as i32 - (other.len() > at) as i32
}

/// Says a text. Not inlined, like its sister: they are called some two thousand times.
#[inline(never)]
pub fn said(text: &Text) -> Cow<'static, str> {
    Cow::Borrowed(text.spoken())
}

/// Says a text with values in the places that are named `%{so}`.
#[inline(never)]
pub fn filled(text: &Text, values: &[(&str, &dyn Display)]) -> Cow<'static, str> {
    let mut parts = text.spoken().split("%{");
    let mut said = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (name, rest) = part.split_once('}').unwrap_or((part, ""));
        if let Some((_, value)) = values.iter().find(|(known, _)| *known == name) {
            // Writing to a string does not fail.
            let _ = write!(said, "{value}");
        }
        said.push_str(rest);
    }
    Cow::Owned(said)
}

/// Says a text by its key, with values by name if it has places for them.
macro_rules! t {
    ($key:literal $(,)?) => {
        $crate::texts::said(const { &$crate::texts::text($key) })
    };
    ($key:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::texts::filled(
            const { &$crate::texts::text($key) },
            &[$((stringify!($name), &$value as &dyn ::std::fmt::Display)),+],
        )
    };
}

/// Names a text by its key, for tables and for what is said later: see [`crate::ui::Key`].
macro_rules! tr {
    ($key:literal) => {
        $crate::ui::Key(const { &$crate::texts::text($key) })
    };
}
