//! Where a state has the contents of one sort of scope: one, or many by their keys.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Contents;

/// A sort of scope, whether there is one of it or many.
pub(super) trait Shelf {
    /// What its scopes hold.
    type Held: Contents;

    /// What a scope holds, if it is here.
    fn held(&self, key: Key<Self>) -> Option<&Arc<Self::Held>>;

    /// Puts it in the place of what was known.
    fn put(&mut self, key: Key<Self>, held: Arc<Self::Held>);

    /// Forgets it.
    fn forget(&mut self, key: Key<Self>);

    /// Applies a change of it.
    fn change(&mut self, key: Key<Self>, change: &Change<Self>);
}

/// What names a scope of a sort.
pub(super) type Key<S> = <<S as Shelf>::Held as Contents>::Key;
/// What changes one.
pub(super) type Change<S> = <<S as Shelf>::Held as Contents>::Change;

impl<T: Contents<Key = ()> + Default> Shelf for Arc<T> {
    type Held = T;

    fn held(&self, (): ()) -> Option<&Self> {
        Some(self)
    }

    fn put(&mut self, (): (), held: Self) {
        *self = held;
    }

    fn forget(&mut self, (): ()) {
        *self = Self::default();
    }

    fn change(&mut self, (): (), change: &T::Change) {
        Self::make_mut(self).apply(change);
    }
}

impl<T: Contents<Key: Ord>> Shelf for BTreeMap<T::Key, Arc<T>> {
    type Held = T;

    fn held(&self, key: T::Key) -> Option<&Arc<T>> {
        self.get(&key)
    }

    fn put(&mut self, key: T::Key, held: Arc<T>) {
        self.insert(key, held);
    }

    fn forget(&mut self, key: T::Key) {
        self.remove(&key);
    }

    fn change(&mut self, key: T::Key, change: &T::Change) {
        if let Some(held) = self.get_mut(&key) {
            Arc::make_mut(held).apply(change);
        } else if let Some(mut begun) = T::begun_by(change) {
            begun.apply(change);
            self.insert(key, Arc::new(begun));
        }
    }
}
