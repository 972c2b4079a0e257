//! The state that everybody reads: what is committed, and no more.

use std::collections::{BTreeMap, HashMap};

use shared::id::PersonId;
use shared::state::Part;
use shared::sync::{Delta, Seq};
use shared::{Scope, State};

use crate::store::Loaded;

/// What is committed, as far as it is loaded. The directory and all projects always are; boards once somebody asked.
#[derive(Debug, Default)]
pub(super) struct Replica {
    last: Seq,
    state: State,
    upto: HashMap<Scope, Seq>,
}

/// What one person may read without asking for it, at one moment.
#[derive(Clone, Debug)]
pub(super) struct Light {
    /// The last number of the journal.
    pub(super) last: Seq,
    /// The scopes, with the last number that changed each.
    pub(super) scopes: BTreeMap<Scope, Seq>,
}

impl Replica {
    /// From the store's light scopes.
    pub(super) fn new(last: Seq, scopes: Vec<(Scope, Loaded)>) -> Self {
        let mut replica = Self { last, ..Self::default() };
        for (scope, loaded) in scopes {
            replica.install(scope, loaded);
        }
        replica
    }

    pub(super) fn last(&self) -> Seq {
        self.last
    }

    pub(super) fn state(&self) -> &State {
        &self.state
    }

    /// The last number that changed a scope; `None` if it is not loaded.
    pub(super) fn upto(&self, scope: Scope) -> Option<Seq> {
        self.upto.get(&scope).copied()
    }

    /// Takes in a scope from the store, unless it is here: what is here may be newer. While it is not here, nothing
    /// can have changed it since it was read, for the writer brings in what a command touches first.
    pub(super) fn install(&mut self, scope: Scope, loaded: Loaded) {
        if let Some(part) = loaded.part
            && !self.upto.contains_key(&scope)
        {
            self.state.put(scope, part);
            self.upto.insert(scope, loaded.upto);
        }
    }

    /// Applies a committed row; one that a scope had when it was read from the store only moves the number on.
    pub(super) fn apply(&mut self, delta: &Delta) {
        let upto = self.upto.entry(delta.part.scope).or_default();
        if *upto < delta.seq {
            *upto = delta.seq;
            self.state.apply(&delta.part);
        }
        self.last = delta.seq;
    }

    /// Some of the state, with the number of the moment.
    pub(super) fn extract(&self, scopes: &[Scope]) -> (Seq, State) {
        let mut state = State::default();
        for scope in scopes {
            if let Some(part) = self.state.part(*scope) {
                state.put(*scope, part);
            }
        }
        (self.last, state)
    }

    /// What a person may read without asking for it; `None` if they may do nothing.
    pub(super) fn light(&self, person: PersonId) -> Option<Light> {
        self.state.active(person).ok()?;
        let projects = self.state.projects.values().filter(|project| project.is_read_by(person));
        let scopes = std::iter::once(Scope::Company).chain(projects.map(|project| Scope::Project(project.id)));
        let scopes = scopes.map(|scope| (scope, self.upto(scope).unwrap_or_default())).collect();
        Some(Light { last: self.last, scopes })
    }

    /// A scope as one person may have it: `None` if it is not there, and just so if they may not read it.
    pub(super) fn part_for(&self, person: PersonId, scope: Scope) -> Option<Part> {
        if self.state.may_read(person, scope) { self.state.part(scope) } else { None }
    }
}
