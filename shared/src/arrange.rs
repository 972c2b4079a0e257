//! Sorting that is compiled once: the standard one is compiled anew for each type and comparison, some four kilobytes
//! of the browser's download each time.

use std::cmp::Ordering;

/// Stable sorting of a slice.
pub trait Arrange<T> {
    /// Sorts by the order of its values.
    fn arrange(&mut self)
    where
        T: Ord;

    /// Sorts by a comparison.
    fn arrange_by(&mut self, compare: impl Fn(&T, &T) -> Ordering);

    /// Sorts by a key that is taken at each comparison.
    fn arrange_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K);

    /// Sorts by a key that is taken once for each value.
    fn arrange_by_cached_key<K: Ord>(&mut self, key: impl Fn(&T) -> K);
}

impl<T> Arrange<T> for [T] {
    fn arrange(&mut self)
    where
        T: Ord,
    {
        self.arrange_by(T::cmp);
    }

    fn arrange_by(&mut self, compare: impl Fn(&T, &T) -> Ordering) {
        let order = ordered(self.len(), &|one, other| compare(&self[one], &self[other]));
        permute(self, order);
    }

    fn arrange_by_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        self.arrange_by(|one, other| key(one).cmp(&key(other)));
    }

    fn arrange_by_cached_key<K: Ord>(&mut self, key: impl Fn(&T) -> K) {
        let keys: Vec<K> = self.iter().map(key).collect();
        let order = ordered(self.len(), &|one, other| keys[one].cmp(&keys[other]));
        permute(self, order);
    }
}

/// The places of so many values in their order.
fn ordered(len: usize, compare: &dyn Fn(usize, usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..len).collect();
    order.sort_by(|one, other| compare(*one, *other));
    order
}

/// Puts in each place what stands at the place that `order` names for it.
fn permute<T>(slice: &mut [T], mut order: Vec<usize>) {
    for place in 0..slice.len() {
        let mut from = order[place];
        // What stood at an earlier place was swapped to where that one's value came from.
        while from < place {
            from = order[from];
        }
        // Where it was found: whoever comes by here need not go the same way, which is long where all have moved by one.
        order[place] = from;
        slice.swap(place, from);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn it_sorts_as_the_standard_does(values in prop::collection::vec((0_u8..5, any::<u8>()), 0..40)) {
            let by_first = |value: &(u8, u8)| value.0;
            let mut expected = values.clone();
            expected.sort_by_key(by_first);
            let (mut by_key, mut by_cached, mut by) = (values.clone(), values.clone(), values.clone());
            by_key.arrange_by_key(by_first);
            by_cached.arrange_by_cached_key(by_first);
            by.arrange_by(|one, other| one.0.cmp(&other.0));
            prop_assert_eq!(&by_key, &expected);
            prop_assert_eq!(&by_cached, &expected);
            prop_assert_eq!(&by, &expected);
            let mut all = values.clone();
            all.arrange();
            expected = values;
            expected.sort_unstable();
            prop_assert_eq!(all, expected);
        }
    }
}
