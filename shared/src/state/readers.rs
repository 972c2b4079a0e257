//! Who may read a scope.

use std::collections::BTreeMap;

use crate::State;
use crate::id::PersonId;
use crate::organisation::Person;
use crate::project::Role;

/// The readers of a scope, as the state has them. Only active people read anything.
pub enum Readers<'a> {
    /// Every active person.
    Everybody,
    /// Those who have a role in it.
    Members(&'a BTreeMap<PersonId, Role>),
    /// One person.
    Only(PersonId),
    /// Those of whom this is so: it follows from what the directory says of them.
    Whoever(Box<dyn Fn(&Person) -> bool + 'a>),
    /// Nobody: the scope is not there.
    Nobody,
}

impl Readers<'_> {
    /// Whether an active person is one of them.
    pub fn include(&self, person: &Person) -> bool {
        match self {
            Self::Everybody => true,
            Self::Members(members) => members.contains_key(&person.id),
            Self::Only(one) => *one == person.id,
            Self::Whoever(reads) => reads(person),
            Self::Nobody => false,
        }
    }
}

/// Those of a scope that everybody reads.
pub(super) fn everybody<K>(_: &State, _: K) -> Readers<'_> {
    Readers::Everybody
}
