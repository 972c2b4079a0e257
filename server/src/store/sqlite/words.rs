//! How words are written in SQLite's full-text index.

use std::fmt::Write as _;

use crate::store::Asked;

/// The words of a text as the index takes them.
pub(super) fn spelled(words: &[String]) -> String {
    words.iter().map(|word| lettered(word)).collect::<Vec<_>>().join(" ")
}

/// A word in letters that SQLite takes for letters: of emoji it knows none, and its tables end with an older Unicode.
fn lettered(word: &str) -> String {
    let mut lettered = String::with_capacity(word.len());
    for c in word.chars() {
        if c.is_alphanumeric() && c < '\u{10000}' {
            lettered.push(c);
        } else {
            // Of one length, so that the beginning of a word stays one.
            // Writing to a string does not fail.
            let _ = write!(lettered, "x{:06x}", u32::from(c));
        }
    }
    lettered
}

/// What is asked of the index.
pub(super) fn expression(asked: &Asked) -> String {
    match asked {
        Asked::All(words, begun) => {
            let mut all = joined(words, " AND ");
            if *begun && !all.is_empty() {
                all.push('*');
            }
            all
        }
        Asked::Any(words) => joined(words, " OR "),
        Asked::Text(text) => text.clone(),
    }
}

fn joined(words: &[String], between: &str) -> String {
    words.iter().map(|word| format!("\"{}\"", lettered(word))).collect::<Vec<_>>().join(between)
}
