//! Finding names by what is typed: by a part of them, as they are spelled in letters, or by the first letters of their
//! words.

use super::pinyin::spelled;

/// Whether a name is meant by what is typed, which is trimmed and in lower case.
pub fn is_meant(name: &str, typed: &str) -> bool {
    if typed.is_empty() || name.to_lowercase().contains(typed) {
        return true;
    }
    typed.bytes().all(|letter| letter.is_ascii_lowercase())
        && name.split(['/', '\u{b7}']).map(str::trim).any(|part| begins(part, typed))
}

/// Whether a name begins with what is typed, by its characters, its spelling or its first letters.
pub fn begins(name: &str, typed: &str) -> bool {
    name.to_lowercase().starts_with(typed)
        || spelled(name).split(' ').any(|spelling| spelling.starts_with(typed))
        || initials(name).starts_with(typed)
}

fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).flat_map(char::to_lowercase).collect()
}
