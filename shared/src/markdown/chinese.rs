//! Marks beside Chinese: `**注意：**请` is strong.
//!
//! `CommonMark` asks for a space or a punctuation mark on the other side of a mark beside punctuation, as languages have it
//! that put spaces between words; its parsers have no option for others. The amendment that is meant for it (CJK-friendly
//! emphasis) is got with a sign that nobody writes between the two, which is taken out again.

use std::borrow::Cow;

use crate::text::is_east_asian;

/// A noncharacter of Unicode: neither a space nor punctuation, and in no text that is meant to be exchanged.
const SIGN: char = '\u{FDD0}';

/// The text with the sign where a mark is beside punctuation on one side and beside a letter on the other, and either is
/// East Asian.
pub(super) fn loosened(text: &str) -> Cow<'_, str> {
    let mut loosened = String::new();
    let (mut done, mut at) = (0, 0);
    while let Some(next) = text[at..].find(['*', '~']) {
        at += next;
        let mark = if text[at..].starts_with('*') { '*' } else { '~' };
        let end = at + text[at..].len() - text[at..].trim_start_matches(mark).len();
        let (before, after) = (text[..at].chars().next_back(), text[end..].chars().next());
        if let (Some(before), Some(after)) = (before.filter(|before| *before != '\\'), after)
            && (is_east_asian(before) || is_east_asian(after))
        {
            let sign_at = match (side(before), side(after)) {
                (Side::Punctuation, Side::Letter) => Some(at),
                (Side::Letter, Side::Punctuation) => Some(end),
                _ => None,
            };
            if let Some(sign_at) = sign_at {
                loosened.push_str(&text[done..sign_at]);
                loosened.push(SIGN);
                done = sign_at;
            }
        }
        at = end;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    loosened.push_str(&text[done..]);
    Cow::Owned(loosened)
}

/// The text as it was.
pub(super) fn restored(text: &str) -> String {
    text.replace(SIGN, "")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Space,
    Punctuation,
    Letter,
}

fn side(c: char) -> Side {
    if c.is_whitespace() {
        Side::Space
    } else if c.is_alphanumeric() {
        Side::Letter
    } else {
        Side::Punctuation
    }
}
