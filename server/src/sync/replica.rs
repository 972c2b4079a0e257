//! The state that everybody reads: what is committed, and no more.

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use shared::id::{Epoch, PersonId};
use shared::state::Part;
use shared::sync::{Delta, Seq};
use shared::{Scope, State};

use crate::store::Loaded;

/// What is committed, as far as it is loaded. The light scopes always are; the others once somebody asked.
#[derive(Debug)]
pub(super) struct Replica {
    epoch: Epoch,
    last: Seq,
    state: State,
    upto: HashMap<Scope, Seq>,
    loading: HashMap<Scope, Loading>,
}

/// A scope that is being read from the store, with the rows that have come meanwhile: the store's answer may be older.
#[derive(Debug, Default)]
struct Loading {
    readers: usize,
    rows: Vec<Arc<Delta>>,
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
    pub(super) fn new(epoch: Epoch, last: Seq, scopes: Vec<(Scope, Loaded)>) -> Self {
        let (state, upto, loading) = (State::default(), HashMap::new(), HashMap::new());
        let mut replica = Self { epoch, last, state, upto, loading };
        for (scope, loaded) in scopes {
            replica.install(scope, loaded);
        }
        replica
    }

    /// The history that its numbers belong to.
    pub(super) fn epoch(&self) -> Epoch {
        self.epoch
    }

    pub(super) fn last(&self) -> Seq {
        self.last
    }

    pub(super) fn state(&self) -> &State {
        &self.state
    }

    /// The last number that changed a scope, 0 if none did yet; `None` if it is not loaded.
    pub(super) fn upto(&self, scope: Scope) -> Option<Seq> {
        let never = || scope.is_always_there().then_some(Seq(0));
        self.upto.get(&scope).copied().or_else(never)
    }

    /// A scope is about to be read from the store: its rows are kept from now on, until [`Self::loaded`].
    pub(super) fn expect(&mut self, scope: Scope) {
        self.loading.entry(scope).or_default().readers += 1;
    }

    /// The store has answered, or failed to. What is here already may be newer and stays.
    pub(super) fn loaded(&mut self, scope: Scope, loaded: Option<Loaded>) {
        let Entry::Occupied(mut loading) = self.loading.entry(scope) else { return };
        loading.get_mut().readers -= 1;
        let rows = if loading.get().readers == 0 { loading.remove().rows } else { loading.get().rows.clone() };
        if let Some(loaded) = loaded
            && self.install(scope, loaded)
        {
            for row in rows {
                self.apply_to_scope(&row);
            }
        }
    }

    fn install(&mut self, scope: Scope, loaded: Loaded) -> bool {
        let Some(part) = loaded.part.filter(|_| !self.upto.contains_key(&scope)) else { return false };
        self.state.put(scope, part);
        self.upto.insert(scope, loaded.upto);
        true
    }

    /// Applies a committed row. One of a scope that nobody here has asked for only moves the number on, and so does one
    /// that its scope had when it was read from the store.
    pub(super) fn apply(&mut self, delta: &Arc<Delta>) {
        if let Some(loading) = self.loading.get_mut(&delta.part.scope) {
            loading.rows.push(delta.clone());
        }
        self.apply_to_scope(delta);
        self.last = delta.seq;
    }

    fn apply_to_scope(&mut self, delta: &Delta) {
        let scope = delta.part.scope;
        let begins = delta.prev == Seq(0);
        let new = match self.upto.get(&scope) {
            Some(upto) => *upto < delta.seq,
            None => begins,
        };
        if new {
            self.upto.insert(scope, delta.seq);
            self.state.apply(&delta.part);
        }
    }

    /// The heavy scopes that are loaded.
    pub(super) fn heavy(&self) -> HashSet<Scope> {
        self.upto.keys().copied().filter(|scope| !scope.is_light()).collect()
    }

    /// Lets go of a scope: it is as if it had not been loaded. One that is being read stays.
    pub(super) fn forget(&mut self, scope: Scope) {
        if !self.loading.contains_key(&scope) {
            self.upto.remove(&scope);
            self.state.forget(scope);
        }
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
        let active = self.state.active(person).ok()?;
        let scopes = self.state.light_scopes(person).into_iter();
        let read = scopes.filter(|scope| self.state.readers(*scope).include(active));
        let scopes = read.map(|scope| (scope, self.upto(scope).unwrap_or_default())).collect();
        Some(Light { last: self.last, scopes })
    }

    /// A scope as one person may have it: `None` if it is not there, and just so if they may not read it.
    pub(super) fn part_for(&self, person: PersonId, scope: Scope) -> Option<Part> {
        if self.state.may_read(person, scope) { self.state.part(scope) } else { None }
    }
}
