//! The order of cards and columns: keys that leave room between any two, so that a move writes only what it moves.
//!
//! Such keys are known as fractional indices. They are made here, since the crate `fractional_index` (2.0.2) comes to
//! keys with a byte 0 after 127 things at the same place, and then fails or makes a key that another has.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A key longer than this makes the command that needed it rewrite the keys of its whole column, in bytes.
pub const LONGEST: usize = 24;
/// The last byte of every key: half of all keys that begin with the same bytes are less.
const END: u8 = 128;

/// Where a thing stands among its neighbours; compares as the order on screen. Written in hexadecimal digits.
///
/// No byte of it is 0, so that there is always a lesser key that begins with the same bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Key(Vec<u8>);

/// A text that is no key.
#[derive(Debug, Error)]
#[error("not a key: {0:?}")]
pub struct NotAKey(String);

impl TryFrom<String> for Key {
    type Error = NotAKey;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let digit = |digit: u8| char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        let pairs = text.as_bytes().chunks(2).map(|pair| match pair {
            [high, low] => Some(digit(*high)? * 16 + digit(*low)?).filter(|byte| *byte != 0),
            _ => None,
        });
        let bytes: Option<Vec<u8>> = pairs.collect();
        bytes.filter(|bytes| bytes.last() == Some(&END)).map(Self).ok_or(NotAKey(text))
    }
}

impl From<Key> for String {
    fn from(key: Key) -> Self {
        let digit = |digit: u8| char::from_digit(digit.into(), 16).unwrap_or_default();
        key.0.iter().flat_map(|byte| [digit(byte / 16), digit(byte % 16)]).collect()
    }
}

impl Key {
    /// A key between two neighbours, or before or after one; `None` if they are not in order.
    pub fn between(before: Option<&Self>, after: Option<&Self>) -> Option<Self> {
        let mut bytes = match (before, after) {
            (None, None) => Vec::new(),
            (Some(Self(low)), None) => greater(low),
            (None, Some(Self(high))) => less(high),
            (Some(Self(low)), Some(Self(high))) => amid(low, high)?,
        };
        bytes.push(END);
        Some(Self(bytes))
    }

    /// Its length in bytes.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Never true: a key has at least its end.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The beginning of a key that is less than these bytes and as short as can be.
fn less(bytes: &[u8]) -> Vec<u8> {
    let at = bytes.iter().position(|byte| *byte > 1).unwrap_or(0);
    let mut less = bytes[..at].to_vec();
    if bytes[at] <= END {
        less.push(bytes[at] - 1);
    }
    less
}

/// The beginning of a key that is greater than these bytes and as short as can be.
fn greater(bytes: &[u8]) -> Vec<u8> {
    let at = bytes.iter().position(|byte| *byte < u8::MAX).unwrap_or(0);
    let mut greater = bytes[..at].to_vec();
    if bytes[at] >= END {
        greater.push(bytes[at] + 1);
    }
    greater
}

/// The beginning of a key between these two; `None` if they are not in order.
fn amid(low: &[u8], high: &[u8]) -> Option<Vec<u8>> {
    let same = low.iter().zip(high).take_while(|(low, high)| low == high).count();
    let (begin, low, high) = (&low[..same], &low[same..], &high[same..]);
    let (first, rest) = match (low, high) {
        (_, []) => return None,
        ([], high) => (&[][..], less(high)),
        ([l, ..], [h, ..]) if l > h => return None,
        ([l, ..], [h, ..]) if h - l > 1 => (&[][..], vec![l + (h - l) / 2]),
        // Nothing is between the two bytes: a key that begins with one of them, whichever goes on.
        ([_], high) => (&high[..1], less(&high[1..])),
        (low, _) => (&low[..1], greater(&low[1..])),
    };
    Some([begin, first, &rest].concat())
}

/// `count` keys in order with even room between them, each a few bytes long.
pub fn spread(count: usize) -> Vec<Key> {
    // Numbers of equally many digits compare as they count; a digit is a byte that is not 0.
    const DIGITS: usize = 255;
    let mut room = DIGITS;
    let mut places = 1;
    while room <= count {
        room = room.saturating_mul(DIGITS);
        places += 1;
    }
    let step = room / (count + 1);
    let key = |number: usize| {
        let mut bytes = vec![END; places + 1];
        let mut rest = number;
        for byte in bytes[..places].iter_mut().rev() {
            *byte = u8::try_from(rest % DIGITS + 1).ok()?;
            rest /= DIGITS;
        }
        Some(Key(bytes))
    };
    (1..=count).filter_map(|index| key(index * step)).collect()
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

    fn in_order(keys: &[Key]) -> bool {
        keys.is_sorted_by(|above, below| above < below)
    }

    fn edge() -> impl Strategy<Value = Key> {
        let byte = proptest::sample::select(vec![1, 2, 3, 126, 127, 128, 129, 130, 254, 255]);
        proptest::collection::vec(byte, 0..4).prop_map(|mut bytes| {
            bytes.push(END);
            Key(bytes)
        })
    }

    #[test]
    fn keys_are_spread_short_and_in_order() {
        for (count, longest) in [(0, 0), (1, 2), (2, 2), (254, 2), (255, 3), (10_000, 3), (70_000, 4)] {
            let keys = spread(count);
            assert_eq!(keys.len(), count);
            assert!(in_order(&keys));
            assert!(keys.iter().all(|key| key.len() == longest));
        }
    }

    #[test]
    fn a_key_is_written_in_hexadecimal_digits() -> Result<(), serde_json::Error> {
        let key = Key::between(None, None).expect("there is room");
        let above = Key::between(None, Some(&key)).expect("there is room");
        assert_eq!(serde_json::to_string(&[&above, &key])?, r#"["7f80","80"]"#);
        assert_eq!(serde_json::from_str::<[Key; 2]>(r#"["7f80","80"]"#)?, [above, key]);
        Ok(())
    }

    #[test]
    fn a_text_that_no_key_is_written_as_is_refused() {
        let key = |text: &str| Key::try_from(text.to_owned());
        assert!(key("80").is_ok() && key("017f80").is_ok());
        for text in ["", "81", "zz80", "8g80", "é80", "8é080", "80é", "0080", "8", "780", "８０", "+180"] {
            assert!(key(text).is_err(), "{text}");
        }
    }

    #[test]
    fn neighbours_that_are_not_in_order_leave_no_room() {
        let keys = spread(2);
        assert_eq!(Key::between(Some(&keys[1]), Some(&keys[0])), None);
        assert_eq!(Key::between(Some(&keys[0]), Some(&keys[0])), None);
        assert_eq!(between(Some(&keys[0]), Some(&keys[0]), 1), None);
    }

    proptest! {
        /// Where there is no room, all are spread anew, as the commands do.
        #[test]
        fn there_is_always_room_in_the_end(
            places in proptest::collection::vec((0_u8..4, any::<u16>(), 1_usize..4), 1..1_500),
        ) {
            let mut keys: Vec<Key> = Vec::new();
            let mut spread_anew = 0;
            for (end, place, count) in places {
                let at = match end {
                    0 | 1 => 0,
                    2 => keys.len(),
                    _ => usize::from(place) % (keys.len() + 1),
                };
                let above = at.checked_sub(1).map(|above| &keys[above]);
                if let Some(new) = between(above, keys.get(at), count) {
                    keys.splice(at..at, new);
                } else {
                    keys = spread(keys.len() + count);
                    spread_anew += 1;
                }
                prop_assert!(in_order(&keys) && keys.iter().all(|key| key.len() <= LONGEST));
            }
            prop_assert!(spread_anew < 3);
        }

        /// Bytes at the edges are where such keys go wrong.
        #[test]
        fn a_key_goes_between_any_two(edges in proptest::collection::vec(edge(), 2)) {
            let mut two = edges;
            two.sort();
            let [low, high] = &two[..] else { unreachable!() };
            let sound = |key: &Key| !key.0.contains(&0) && key.0.last() == Some(&END);
            for (before, after) in [(None, Some(low)), (Some(low), None), (Some(low), Some(high)), (Some(high), Some(low))] {
                let key = Key::between(before, after);
                if before.zip(after).is_some_and(|(before, after)| before >= after) {
                    prop_assert_eq!(key, None);
                } else {
                    let key = key.expect("two in order leave room");
                    prop_assert!(sound(&key) && before.is_none_or(|it| *it < key) && after.is_none_or(|it| key < *it));
                }
            }
        }

        #[test]
        fn neighbours_with_room_have_it_between_them(count in 2_usize..2_000, at in any::<prop::sample::Index>()) {
            let keys = spread(count);
            let at = at.index(count - 1);
            let new = between(Some(&keys[at]), Some(&keys[at + 1]), 20).expect("a spread leaves room");
            prop_assert!(in_order(&[&keys[at..=at], &new, &keys[at + 1..=at + 1]].concat()));
        }
    }
}
