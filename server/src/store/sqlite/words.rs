//! How words are written in SQLite's full-text index.

use crate::store::Asked;

/// The words of a text as the index takes them.
pub(super) fn spelled(words: &[String]) -> String {
    words.join(" ")
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
    words.iter().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(between)
}
