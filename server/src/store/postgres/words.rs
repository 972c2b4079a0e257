//! How words are written in PostgreSQL's full-text index.

use crate::store::Asked;

/// The words of a text as the index takes them, each with its place.
pub(super) fn spelled(words: &[String]) -> String {
    let placed = words.iter().enumerate().map(|(at, word)| format!("'{word}':{}", at + 1));
    placed.collect::<Vec<_>>().join(" ")
}

/// What is asked of the index.
pub(super) fn expression(asked: &Asked) -> String {
    match asked {
        Asked::All(words, begun) => {
            let mut all = joined(words, " & ");
            if *begun && !all.is_empty() {
                all.push_str(":*");
            }
            all
        }
        Asked::Any(words) => joined(words, " | "),
        Asked::Text(text) => text.clone(),
    }
}

fn joined(words: &[String], between: &str) -> String {
    words.iter().map(|word| format!("'{word}'")).collect::<Vec<_>>().join(between)
}
