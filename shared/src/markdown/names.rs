//! Who is named in a text with an `@`: the one rule for what is marked when it is shown and for who is told.
//!
//! The longest name counts that stands there: "@Anna" does not name Ann, nor does "@Ann-Marie", whoever that is. Code and
//! addresses name nobody.

use std::collections::BTreeSet;

use super::{MOST_OF_A_PAGE, Piece, reading};
use crate::arrange::Arrange as _;
use crate::id::PersonId;
use crate::text::is_east_asian;

/// Everybody who is named in a text; all who share a name that stands there.
pub fn named<'a>(text: &str, people: impl IntoIterator<Item = (PersonId, &'a str)>) -> BTreeSet<PersonId> {
    if !text.contains('@') {
        return BTreeSet::new();
    }
    let names = Names::new(people);
    let pieces = reading(text, &names, MOST_OF_A_PAGE);
    let found = pieces.iter().filter_map(|piece| match piece {
        Piece::Mention(_, name) => name.strip_prefix('@'),
        _ => None,
    });
    found.flat_map(|name| names.of(name)).collect()
}

/// Those who may be named, by their names.
pub(super) struct Names<'a>(Vec<(&'a str, PersonId)>);

impl<'a> Names<'a> {
    pub(super) fn new(people: impl IntoIterator<Item = (PersonId, &'a str)>) -> Self {
        let mut names: Vec<_> = people.into_iter().filter(|(_, name)| !name.is_empty()).collect();
        names.arrange_by_key(|(person, name)| (*name, *person));
        Self(names.into_iter().map(|(person, name)| (name, person)).collect())
    }

    /// The longest name that a text begins with, as a word of its own, and the first who has it.
    pub(super) fn beginning(&self, text: &str) -> Option<(&'a str, PersonId)> {
        let mut most = text;
        loop {
            // Of all that come before it, the last one has the most in common with it.
            let end = self.0.partition_point(|(name, _)| *name <= most);
            let (name, _) = *self.0.get(end.checked_sub(1)?)?;
            let common = common(name, most);
            if common == name.len() {
                if ends(name, &text[common..]) {
                    return self.of(name).next().map(|person| (name, person));
                }
                // A shorter one may be a word: at least a sign less.
                most = shorter(&text[..common])?;
            } else if common == 0 {
                return None;
            } else {
                most = &text[..common];
            }
        }
    }

    fn of(&self, name: &str) -> impl Iterator<Item = PersonId> {
        let from = self.0.partition_point(|(other, _)| *other < name);
        let same = self.0[from..].iter().take_while(move |(other, _)| *other == name);
        same.map(|(_, person)| *person)
    }
}

/// How many bytes two texts have in common at their beginning, in whole signs.
fn common(one: &str, other: &str) -> usize {
    one.chars().zip(other.chars()).take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum()
}

fn shorter(text: &str) -> Option<&str> {
    let last = text.char_indices().next_back()?.0;
    (last > 0).then(|| &text[..last])
}

/// Whether a name ends where the rest begins, rather than going on as a longer word. Chinese goes on without a space.
fn ends(name: &str, rest: &str) -> bool {
    let is_of_a_word = |c: char| (c.is_alphanumeric() || c == '_') && !is_east_asian(c);
    if !name.ends_with(is_of_a_word) {
        return true;
    }
    // "Ann-Marie" is one word, and "Ann's" is Ann's.
    let rest = rest.strip_prefix('-').unwrap_or(rest);
    !rest.starts_with(is_of_a_word)
}
