//! What a person's tabs keep, as the browser's database holds it; and how a crash leaves it.

use std::collections::BTreeMap;
use std::sync::Arc;

use shared::Scope;
use shared::id::{ClientId, CommandId, Epoch, PersonId};
use shared::sync::{Client, Delta, Keep, KeptCommand, KeptScope, Seq, Snapshot};

/// How many batches a tab may have given out that are not yet on the disk.
const UNDER_WAY: usize = 4;

/// One person's database. Several tabs write to it.
#[derive(Default)]
pub(crate) struct Disk {
    scopes: BTreeMap<Scope, Snapshot>,
    deltas: BTreeMap<(Scope, Epoch, Seq), Arc<Delta>>,
    /// In the order in which they were given, each with the tab whose it is.
    commands: Vec<(ClientId, KeptCommand)>,
}

impl Disk {
    /// The commands that wait to be confirmed.
    pub(crate) fn waiting(&self) -> impl Iterator<Item = CommandId> {
        self.commands.iter().filter(|(_, kept)| kept.refused.is_none()).map(|(_, kept)| kept.id)
    }

    /// The commands of tabs that are gone, which are `heir`'s from now on.
    pub(crate) fn adopt(&mut self, heir: ClientId, lives: impl Fn(ClientId) -> bool) -> Vec<KeptCommand> {
        let orphans = self.commands.iter_mut().filter(|(owner, _)| *owner != heir && !lives(*owner));
        let adopted = orphans.map(|(owner, kept)| {
            *owner = heir;
            kept.clone()
        });
        adopted.collect()
    }

    /// What was kept of a scope.
    pub(crate) fn scope(&self, scope: Scope) -> Option<KeptScope> {
        let snapshot = self.scopes.get(&scope)?.clone();
        let of_it = (scope, snapshot.epoch, Seq(0))..=(scope, snapshot.epoch, Seq(u64::MAX));
        let deltas = self.deltas.range(of_it).map(|(_, delta)| delta.clone()).collect();
        Some(KeptScope { snapshot, deltas })
    }

    /// A tab that begins with what is kept, its boards left out or not.
    pub(crate) fn open(&self, id: ClientId, person: PersonId, with_boards: bool) -> Client {
        let wanted = self.scopes.keys().filter(|scope| with_boards || scope.is_light());
        Client::reopen(id, person, wanted.filter_map(|scope| self.scope(*scope)).collect())
    }

    fn write(&mut self, owner: ClientId, keep: Keep) {
        match keep {
            Keep::Scope(snapshot) => {
                let (scope, upto, epoch) = (snapshot.cursor.scope, snapshot.cursor.upto, snapshot.epoch);
                let known = self.scopes.get(&scope).filter(|known| known.epoch == epoch);
                if known.is_none_or(|known| known.cursor.upto < upto) {
                    self.deltas.retain(|(of, in_epoch, seq), _| *of != scope || *in_epoch == epoch && *seq > upto);
                    self.scopes.insert(scope, snapshot);
                }
            }
            Keep::Delta(epoch, delta) => {
                self.deltas.insert((delta.part.scope, epoch, delta.seq), delta);
            }
            Keep::Forget(scope) => {
                self.scopes.remove(&scope);
                self.deltas.retain(|(of, _, _), _| *of != scope);
            }
            Keep::Command(kept) => match self.commands.iter_mut().find(|(_, known)| known.id == kept.id) {
                Some((_, known)) => *known = *kept,
                None => self.commands.push((owner, *kept)),
            },
            Keep::Settled(id) => self.commands.retain(|(_, kept)| kept.id != id),
        }
    }
}

/// What one tab has given out to be kept, oldest first; a batch is written as a whole.
#[derive(Default)]
pub(crate) struct Writing(Vec<Vec<Keep>>);

impl Writing {
    pub(crate) fn give(&mut self, owner: ClientId, batch: Vec<Keep>, disk: &mut Disk) {
        if !batch.is_empty() {
            self.0.push(batch);
        }
        if self.0.len() > UNDER_WAY {
            self.0.remove(0).into_iter().for_each(|keep| disk.write(owner, keep));
        }
    }

    /// Writes all that is under way, but the last `lost` batches, which never reach the disk.
    pub(crate) fn finish(&mut self, owner: ClientId, lost: usize, disk: &mut Disk) {
        self.0.truncate(self.0.len().saturating_sub(lost));
        self.0.drain(..).flatten().for_each(|keep| disk.write(owner, keep));
    }
}
