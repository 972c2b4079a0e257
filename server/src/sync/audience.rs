//! Who may have a row of the journal.

use std::sync::Arc;

use shared::id::PersonId;
use shared::state::Readers;
use shared::{Scope, State};

/// Who may have a row, as it was when the row was written.
#[derive(Clone, Debug)]
pub(super) struct Audience {
    /// Those who read the scope right after the row.
    after: Group,
    /// Those who read it before, if the row may have changed that: they may have to be told that they do no more.
    before: Option<Group>,
}

/// Some people; only the active ones among them count.
#[derive(Clone, Debug)]
pub(super) enum Group {
    Everybody,
    /// These, in order.
    These(Arc<[PersonId]>),
    /// Those who may read the scope when the row is sent on: that follows from the directory too, where many rows may
    /// come between, or the scope is not loaded yet when the row comes from another node.
    Readers,
}

impl Audience {
    /// That of a row that has just changed `scope`, with its [readers before](Group::before).
    pub(super) fn of(scope: Scope, before: Option<Group>, state: &State) -> Self {
        Self { after: Group::of(&state.readers(scope)), before }
    }

    /// Whether an active person may have the row; `reads` says whether they may read its scope now.
    pub(super) fn has(&self, person: PersonId, reads: impl FnOnce() -> bool) -> bool {
        match &self.after {
            Group::Everybody => true,
            Group::These(people) => people.binary_search(&person).is_ok(),
            Group::Readers => reads(),
        }
    }

    /// Whose sockets are to be told, also that they may not have it; `None` for all.
    pub(super) fn people(&self) -> Option<Vec<PersonId>> {
        let mut people = Vec::new();
        for group in self.before.iter().chain([&self.after]) {
            let Group::These(these) = group else { return None };
            people.extend_from_slice(these);
        }
        people.sort_unstable();
        people.dedup();
        Some(people)
    }
}

impl Group {
    /// The readers of a scope that a row is about to change; `None` if it changes them in no case.
    pub(super) fn before(state: &State, scope: Scope) -> Option<Self> {
        // Who is told by another scope stays the same, and of what is new nobody has to be told before.
        let readers = (scope.judge() == Some(scope)).then(|| state.readers(scope));
        readers.filter(|readers| !matches!(readers, Readers::Nobody)).map(|readers| Self::of(&readers))
    }

    fn of(readers: &Readers) -> Self {
        match readers {
            Readers::Everybody => Self::Everybody,
            Readers::Members(members) => Self::These(members.keys().copied().collect()),
            Readers::Only(person) => Self::These([*person].into()),
            Readers::Whoever(_) | Readers::Nobody => Self::Readers,
        }
    }
}
