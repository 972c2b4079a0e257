//! What the client wants kept, and how it begins with what was kept.

use std::sync::Arc;

use super::Client;
use crate::command::ScopedChanges;
use crate::id::{ClientId, CommandId, PersonId};
use crate::sync::connection::Effect;
use crate::sync::kept::{Keep, KeptCommand, KeptScope};
use crate::sync::protocol::{Cursor, Delta, Snapshot};
use crate::sync::queue::{Parked, Pending, seen_by};
use crate::{Scope, Timestamp};

/// After so many changes a scope is kept anew as a whole. A board of 5,000 cards is written in 7 ms, a change in less
/// than one, and reading a change back costs less than writing it.
const MOST_DELTAS: usize = 50;

impl Client {
    /// A client that begins with the scopes that were kept for `person`; boards among them are those looked at. Without
    /// the company there is nothing to begin with, and it knows nothing, as [`Client::new`].
    pub fn reopen(id: ClientId, person: PersonId, scopes: Vec<KeptScope>) -> Self {
        let mut client = Self::new(id, person);
        let company = scopes.iter().find(|kept| kept.snapshot.cursor.scope == Scope::Company);
        client.epoch = company.map(|kept| kept.snapshot.epoch);
        for kept in scopes {
            let scope = kept.snapshot.cursor.scope;
            if client.hold(kept) && !scope.is_light() {
                client.watched.insert(scope);
            }
        }
        client.shown = client.confirmed.clone();
        client
    }

    /// Takes over commands that were kept by a tab that is gone, in the order in which they were given. They get
    /// numbers of this client: the server knows by their ids which of them it has done.
    pub fn adopt(&mut self, commands: Vec<KeptCommand>, now: Timestamp) {
        for KeptCommand { id, command, at, refused } in commands {
            let is_here = self.queue.iter().any(|pending| pending.id == id) || self.parked.iter().any(|it| it.id == id);
            if is_here {
                continue;
            }
            if let Some(rejection) = refused {
                self.parked.push(Parked { id, command, at, rejection });
                continue;
            }
            let decided = seen_by(self.person, &self.shown, &command, at).unwrap_or_default();
            self.shown.apply_all(&decided);
            // What is not here, or is done already, is not shown; the server's answer is waited for all the same.
            let nothing = || command.scopes().into_iter().map(|scope| ScopedChanges { scope, changes: Vec::new() });
            let changes = if decided.is_empty() { nothing().collect() } else { decided };
            self.changed.extend(changes.iter().map(|part| part.scope));
            let number = self.next_number;
            self.next_number += 1;
            self.queue.push_back(Pending { number, id, command, at, changes, begun: false, sent: None, rows: None });
        }
        self.send_queue(now);
    }

    /// What was kept of a board, as [`Effect::Recall`] asked; `None` if nothing that can be read.
    pub fn recalled(&mut self, scope: Scope, kept: Option<KeptScope>) {
        let Some(waiting) = self.loading.remove(&scope) else { return };
        if !kept.is_some_and(|kept| kept.snapshot.cursor.scope == scope && self.hold(kept)) {
            self.loading.insert(scope, waiting);
            self.effects.push(Effect::Fetch(scope));
            return;
        }
        self.rebase(scope);
        self.follow(scope, waiting);
    }

    /// What is to be kept or struck out since the driver last asked, in order.
    pub fn take_kept(&mut self) -> Vec<Keep> {
        std::mem::take(&mut self.kept)
    }

    /// The whole queue, for a disk that has lost it or had no room for it.
    pub fn queue_to_keep(&self) -> Vec<Keep> {
        let refused = self.parked.iter().map(Parked::to_keep);
        refused.chain(self.queue.iter().map(Pending::to_keep)).collect()
    }

    /// Puts a scope among what is confirmed; `false` if it is of another epoch or empty.
    fn hold(&mut self, KeptScope { snapshot, deltas }: KeptScope) -> bool {
        let Cursor { scope, mut upto } = snapshot.cursor;
        let Some(part) = snapshot.part.filter(|_| self.epoch == Some(snapshot.epoch)) else { return false };
        self.confirmed.put(scope, part);
        self.kept_deltas.insert(scope, deltas.len());
        for delta in deltas {
            if delta.part.scope == scope && delta.prev <= upto && delta.seq > upto {
                self.confirmed.apply(&delta.part);
                upto = delta.seq;
            }
        }
        self.cursors.insert(scope, upto);
        true
    }

    /// A scope has come as a whole.
    pub(super) fn keep_scope(&mut self, scope: Scope) {
        let (Some(epoch), Some(part), Some(upto)) =
            (self.epoch, self.confirmed.part(scope), self.cursors.get(&scope).copied())
        else {
            return;
        };
        self.kept_deltas.insert(scope, 0);
        self.kept.push(Keep::Scope(Snapshot { epoch, cursor: Cursor { scope, upto }, part: Some(part) }));
    }

    /// A change has been applied.
    pub(super) fn keep_delta(&mut self, delta: Arc<Delta>) {
        let scope = delta.part.scope;
        match (self.epoch, self.kept_deltas.get_mut(&scope)) {
            (Some(epoch), Some(count)) if *count < MOST_DELTAS => {
                *count += 1;
                self.kept.push(Keep::Delta(epoch, delta));
            }
            _ => self.keep_scope(scope),
        }
    }

    pub(super) fn forget_kept(&mut self, scope: Scope) {
        self.kept_deltas.remove(&scope);
        self.kept.push(Keep::Forget(scope));
    }

    pub(super) fn settle(&mut self, commands: Vec<CommandId>) {
        self.kept.extend(commands.into_iter().map(Keep::Settled));
    }
}
