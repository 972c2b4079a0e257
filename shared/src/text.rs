//! What a text may be: trimmed, of limited length, without control characters.

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

/// A line that may be empty.
pub fn line(field: Field, text: &str, max: usize) -> Result<String, Rejection> {
    checked(field, text, max, |_| false)
}

/// A text of several lines that may be empty.
pub fn long(field: Field, text: &str) -> Result<String, Rejection> {
    checked(field, text, LONG, |c| matches!(c, '\n' | '\t'))
}

/// A text of several lines that must be there.
pub fn required_long(field: Field, text: &str) -> Result<String, Rejection> {
    let text = long(field, text)?;
    if text.is_empty() {
        return Err(Rejection::of(field, Reason::Required));
    }
    Ok(text)
}

fn checked(field: Field, text: &str, max: usize, allowed: fn(char) -> bool) -> Result<String, Rejection> {
    let text = text.trim().replace("\r\n", "\n");
    if text.chars().count() > max {
        return Err(Rejection::of(field, Reason::TooLong { max }));
    }
    if text.chars().any(|c| c.is_control() && !allowed(c)) {
        return Err(Rejection::of(field, Reason::Unprintable));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
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
    fn a_long_text_keeps_its_lines() {
        assert_eq!(long(Field::Description, "a\r\nb\n"), Ok("a\nb".into()));
    }
}
