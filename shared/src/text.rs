//! What a text may be: trimmed, of limited length, without control characters; names and titles without what nobody sees.

use icu_properties::CodePointSetData;
use icu_properties::props::DefaultIgnorableCodePoint;

use crate::{Field, Reason, Rejection};

/// The longest name of a person, department, project, task or column, in characters.
pub const NAME: usize = 120;
/// The longest single line other than a name, in characters.
pub const LINE: usize = 300;
/// The longest text of several lines, in characters.
pub const LONG: usize = 20_000;

/// A line that must be there.
pub fn required_line(field: Field, text: &str, max: usize) -> Result<String, Rejection> {
    let text = line(field, text, max)?;
    if text.is_empty() {
        return Err(Rejection::of(field, Reason::Required));
    }
    Ok(text)
}

/// A line that may be empty: a name, a title. What nobody sees in it is not kept.
pub fn line(field: Field, text: &str, max: usize) -> Result<String, Rejection> {
    checked(field, seen(text), max, |_| false)
}

/// A text of several lines that may be empty.
pub fn long(field: Field, text: &str) -> Result<String, Rejection> {
    checked(field, text.trim().replace("\r\n", "\n"), LONG, |c| matches!(c, '\n' | '\t'))
}

/// A text of several lines that must be there.
pub fn required_long(field: Field, text: &str) -> Result<String, Rejection> {
    let text = long(field, text)?;
    if seen(&text).is_empty() {
        return Err(Rejection::of(field, Reason::Required));
    }
    Ok(text)
}

fn checked(field: Field, text: String, max: usize, allowed: fn(char) -> bool) -> Result<String, Rejection> {
    if text.chars().count() > max {
        return Err(Rejection::of(field, Reason::TooLong { max }));
    }
    if text.chars().any(|c| c.is_control() && !allowed(c)) {
        return Err(Rejection::of(field, Reason::Unprintable));
    }
    Ok(text)
}

/// A line as people see it, trimmed: two names that look alike are not told apart by what has no look, nothing turns the
/// direction of what follows, and what shapes the signs beside it stays: variants, the joiners inside Persian and Indic
/// words and inside emoji, the tags of a flag.
pub fn seen(text: &str) -> String {
    let mut seen = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if !is_invisible(c) || shapes(c, seen.chars().next_back(), rest.peek().copied()) {
            seen.push(c);
        }
    }
    let blank = |c: char| c.is_whitespace() || c == BLANK;
    let trimmed = seen.trim_matches(blank);
    if trimmed.len() == seen.len() { seen } else { trimmed.to_owned() }
}

/// The blank of Braille: a symbol by its properties, without a dot.
const BLANK: char = '\u{2800}';

/// Whether a character has no look of its own, as Unicode has it. Annotation is meant for programs alone.
fn is_invisible(c: char) -> bool {
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c) || matches!(c, '\u{FFF9}'..='\u{FFFB}')
}

/// Whether what has no look changes that of what is beside it.
fn shapes(c: char, before: Option<char>, after: Option<char>) -> bool {
    let Some(before) = before.filter(|before| !before.is_whitespace() && *before != BLANK) else { return false };
    match c {
        // As a picture or as a sign: emoji, and the digits of keys.
        '\u{FE0E}' | '\u{FE0F}' => !before.is_alphabetic(),
        // Variants of Han, of Mongolian and of what is used in mathematics. Latin letters have none.
        '\u{FE00}'..='\u{FE0D}' | '\u{E0100}'..='\u{E01EF}' | '\u{180B}'..='\u{180D}' | '\u{180F}' => {
            !before.is_ascii_alphabetic()
        }
        // Joiners.
        '\u{200C}' | '\u{200D}' => joins(before) && after.is_some_and(|after| joins(after) && !is_invisible(after)),
        // Tags, as in the flag of Wales.
        '\u{E0020}'..='\u{E007F}' => matches!(before, '\u{1F3F4}' | '\u{E0020}'..='\u{E007F}'),
        _ => false,
    }
}

/// Whether a joiner beside a character may mean something: not beside scripts whose letters stand alone.
fn joins(c: char) -> bool {
    let stands_alone = c.is_ascii() || c.is_whitespace() || c == BLANK || c.is_lowercase() || c.is_uppercase();
    !stands_alone && !is_east_asian(c)
}

/// Whether a character is of Chinese, Japanese or Korean, as a letter or as punctuation.
pub(crate) const fn is_east_asian(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11FF}'
        | '\u{2E80}'..='\u{A4CF}'
        | '\u{AC00}'..='\u{D7FF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{FE30}'..='\u{FE4F}'
        | '\u{FF00}'..='\u{FFEF}'
        | '\u{20000}'..='\u{3FFFD}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_line_is_trimmed_and_counted_in_characters() {
        assert_eq!(required_line(Field::Name, "  积分商城  ", 4), Ok("积分商城".into()));
        assert_eq!(
            required_line(Field::Name, "积分商城一", 4),
            Err(Rejection::of(Field::Name, Reason::TooLong { max: 4 }))
        );
        assert_eq!(required_line(Field::Name, " \n ", 4), Err(Rejection::of(Field::Name, Reason::Required)));
        assert_eq!(line(Field::Name, "a\u{0}b", 4), Err(Rejection::of(Field::Name, Reason::Unprintable)));
        assert_eq!(line(Field::Name, "a\nb", 4), Err(Rejection::of(Field::Name, Reason::Unprintable)));
    }

    #[test]
    fn what_nobody_sees_is_no_name() {
        for unseen in [
            '\u{200B}',
            '\u{2060}',
            '\u{AD}',
            '\u{3164}',
            '\u{2800}',
            '\u{FEFF}',
            '\u{200F}',
            '\u{E0041}',
            '\u{FE0F}',
            '\u{200D}',
        ] {
            let missing = Err(Rejection::of(Field::Name, Reason::Required));
            assert_eq!(required_line(Field::Name, &format!("{unseen} {unseen}"), NAME), missing, "{unseen:?}");
            assert!(required_long(Field::Description, &unseen.to_string()).is_err(), "{unseen:?}");
            assert_eq!(required_line(Field::Name, &format!("{unseen}王{unseen}"), 1), Ok("王".into()), "{unseen:?}");
        }
        assert_eq!(line(Field::Name, "A\u{200D}n\u{FE0F}n\u{202E}", NAME), Ok("Ann".into()), "looks like Ann");
    }

    #[test]
    fn what_shapes_the_signs_beside_it_stays() {
        for name in [
            "👨\u{200D}👩\u{200D}👧 ❤\u{FE0F}\u{200D}🔥 1\u{FE0F}\u{20E3}",
            "🏴\u{E0067}\u{E0062}\u{E0077}\u{E006C}\u{E0073}\u{E007F}",
            "می\u{200C}خواهم",
            "क्\u{200D}ष",
            "葛\u{E0100}城",
            "⠓⠀⠑",
        ] {
            assert_eq!(line(Field::Name, name, NAME), Ok(name.into()));
        }
    }

    proptest! {
        #[test]
        fn what_is_seen_is_seen_as_it_is(text in r"[aé王م🏴❤ \u{200B}-\u{200F}\u{FE0F}\u{E0067}\u{2800}\u{202E}]{0,12}") {
            let once = seen(&text);
            prop_assert_eq!(seen(&once), once);
        }
    }

    #[test]
    fn a_long_text_keeps_its_lines() {
        assert_eq!(long(Field::Description, "a\r\nb\n"), Ok("a\nb".into()));
    }
}
