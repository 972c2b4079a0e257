//! The order of cards and columns: keys that leave room between any two (ARCHITECTURE, "One way through the program").

use fractional_index::FractionalIndex;
use serde::{Deserialize, Serialize};

/// A key longer than this makes the command that needed it rewrite the keys of its whole column, in bytes.
pub const LONGEST: usize = 24;

/// Where a thing stands among its neighbours; compares as the order on screen.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(#[serde(with = "fractional_index::stringify")] FractionalIndex);

impl Key {
    /// A key between two neighbours; `None` if they leave no room, which distinct neighbours in order always do.
    pub fn between(before: Option<&Self>, after: Option<&Self>) -> Option<Self> {
        FractionalIndex::new(before.map(|key| &key.0), after.map(|key| &key.0)).map(Self)
    }

    /// Its length in bytes.
    pub fn len(&self) -> usize {
        self.0.as_bytes().len()
    }

    /// Never true: a key has at least its terminator.
    pub fn is_empty(&self) -> bool {
        self.0.as_bytes().is_empty()
    }
}

/// `count` keys in order with even room between them, each a few bytes long.
pub fn spread(count: usize) -> Vec<Key> {
    fn fill(keys: &mut [Option<Key>], before: Option<&Key>, after: Option<&Key>) {
        if keys.is_empty() {
            return;
        }
        let middle = keys.len() / 2;
        let key = Key::between(before, after);
        let (left, rest) = keys.split_at_mut(middle);
        fill(left, before, key.as_ref());
        fill(&mut rest[1..], key.as_ref(), after);
        rest[0] = key;
    }
    let mut keys = vec![None; count];
    fill(&mut keys, None, None);
    keys.into_iter().flatten().collect()
}

/// `count` keys between two neighbours, in order; `None` where they would grow past [`LONGEST`] or leave no room.
pub fn between(before: Option<&Key>, after: Option<&Key>, count: usize) -> Option<Vec<Key>> {
    let mut keys: Vec<Key> = Vec::with_capacity(count);
    for _ in 0..count {
        let key = Key::between(keys.last().or(before), after)?;
        if key.len() > LONGEST {
            return None;
        }
        keys.push(key);
    }
    Some(keys)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ten_thousand_keys_spread_short_and_in_order() {
        let keys = spread(10_000);
        assert_eq!(keys.len(), 10_000);
        assert!(keys.is_sorted_by(|a, b| a < b));
        assert!(keys.iter().all(|key| key.len() <= 5));
    }

    proptest! {
        #[test]
        fn there_is_always_room_between_neighbours(places in proptest::collection::vec(any::<u16>(), 1..200)) {
            let mut keys: Vec<Key> = Vec::new();
            for place in places {
                let at = usize::from(place) % (keys.len() + 1);
                let before = at.checked_sub(1).map(|i| &keys[i]);
                let key = Key::between(before, keys.get(at)).expect("distinct neighbours leave room");
                keys.insert(at, key);
            }
            prop_assert!(keys.is_sorted_by(|a, b| a < b));
        }
    }
}
