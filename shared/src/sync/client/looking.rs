//! What is looked at: asked for while it is not here, and let go of once nobody looks.

use std::collections::BTreeSet;
use std::collections::btree_map::Entry;

use super::Client;
use crate::Scope;
use crate::sync::{ClientFrame, Effect, Seq};

impl Client {
    /// Wants a board, from now on.
    pub fn watch(&mut self, scope: Scope) {
        if self.watched.insert(scope) && !self.cursors.contains_key(&scope) && !self.loading.contains_key(&scope) {
            self.loading.insert(scope, Vec::new());
            self.effects.push(Effect::Recall(scope));
        }
    }

    /// Does not want a board any more: forgets it as soon as no command on it waits.
    pub fn unwatch(&mut self, scope: Scope) {
        if self.watched.remove(&scope) {
            self.let_go();
        }
    }

    /// What everybody has at hand may tell of something that is looked at and was not there before this row.
    pub(super) fn may_be_there(&mut self, row: Seq) {
        let missing = self.watched.iter().filter(|scope| !self.cursors.contains_key(scope));
        self.made.extend(missing.map(|scope| (*scope, row)));
        self.fetch_missing();
    }

    pub(super) fn fetch(&mut self, scope: Scope) {
        if let Entry::Vacant(waiting) = self.loading.entry(scope) {
            waiting.insert(Vec::new());
            self.effects.push(Effect::Fetch(scope));
        }
    }

    /// Asks for the boards that are looked at and not here.
    pub(super) fn fetch_missing(&mut self) {
        for scope in self.watched.clone() {
            if !self.cursors.contains_key(&scope) {
                self.fetch(scope);
            }
        }
    }

    /// Forgets the boards that nobody looks at, but those on which commands wait.
    pub(super) fn let_go(&mut self) {
        let here: BTreeSet<Scope> = self.cursors.keys().chain(self.loading.keys()).copied().collect();
        for scope in here.into_iter().filter(|scope| !scope.is_light()) {
            let waits = self.queue.iter().any(|pending| pending.scopes().any(|changed| changed == scope));
            if !waits && !self.watched.contains(&scope) {
                self.drop_scope(scope);
                self.send(ClientFrame::Unwatch(scope));
            }
        }
    }
}
