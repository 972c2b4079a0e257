//! Times in the journal that cannot be right, since the clock of a machine was wrong: telling them, and putting right
//! ones in their place.
//!
//! # Why so
//!
//! - **The fewest rows change.** Rows are in the order of their numbers, so their times must be too, and none lies in the
//!   future. Of all ways to make that so, the one is taken in which most rows keep their time. A row that does not gets
//!   that of the last one before it that does: the latest of which it is certain that it was past.
//! - **A moment is changed wherever it is.** What a row has changed holds its time as well: when something was reported,
//!   made, said. So the same number becomes the same other one in rows, snapshots and things, and a check of the whole
//!   says that they still fit before anything stays. What people have set by hand, such as a date, and what was reckoned
//!   from a moment and kept stays.
//! - **Rewritten, not appended.** An entry of the journal that says "read that row as of then" would have to be understood
//!   for good by whatever reads times: lists, figures, reports, browsers. Rows have no signatures that a change would
//!   break. Browsers are made to take everything anew.

use std::collections::HashMap;

use serde_json::Value;
use shared::Timestamp;
use shared::id::Epoch;
use shared::sync::Seq;
use uuid::Uuid;

use super::copy::{ArchiveError, Damage, checked};
use super::replay::{Kept, kept};
use super::stream::Stream;
use super::table::{JOURNAL, SNAPSHOT, THING};
use super::{Moment, Store};
use crate::store::StoreError;
use crate::store::columns::seq;

/// The fewest digits of a moment in microseconds since 1970, for those after 2001.
const DIGITS: usize = 15;

/// A row of the journal whose time cannot be right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WrongTime {
    /// Which.
    pub seq: Seq,
    /// What it says.
    pub was: Timestamp,
    /// What is put in its place.
    pub is: Timestamp,
}

impl Store {
    /// The rows whose times cannot be right, by their numbers.
    pub async fn wrong_times(&self, now: Timestamp) -> Result<Vec<WrongTime>, StoreError> {
        Ok(wrong(&self.moment().await?.times().await?, now.micros()))
    }

    /// Puts right times in their place, and begins a new epoch. No server may use the database meanwhile. All is checked
    /// before anything stays.
    pub async fn heal_times(&self, now: Timestamp) -> Result<Vec<WrongTime>, ArchiveError> {
        let mut moment = self.whole().await?;
        let wrong = wrong(&moment.times().await?, now.micros());
        let Some(first) = wrong.first() else { return Ok(wrong) };
        let first = first.seq;
        let heal = Heal {
            rows: wrong.iter().map(|row| (row.seq, row.is)).collect(),
            moments: wrong.iter().map(|row| (row.was.micros(), row.is.micros())).collect(),
        };
        heal.journal(&mut moment, first).await?;
        heal.snapshots(&mut moment).await?;
        heal.things(&mut moment, first).await?;
        // What was planned by the wrong clock is looked at when the server starts.
        moment.hasten(now).await?;
        moment.settle(Epoch::new(Uuid::now_v7())).await?;
        checked(&mut moment, Damage::Refused).await?;
        moment.commit().await?;
        Ok(wrong)
    }
}

/// What becomes of which times.
struct Heal {
    rows: HashMap<Seq, Timestamp>,
    moments: HashMap<i64, i64>,
}

impl Heal {
    async fn journal(&self, moment: &mut Moment, first: Seq) -> Result<(), StoreError> {
        let mut rows = Stream::new(&JOURNAL);
        while let Some(row) = rows.next(moment).await? {
            let number = seq(row.number(1)?);
            if number < first {
                continue;
            }
            let (at, changes) = (self.rows.get(&number), self.text(row.text(7)?)?);
            if at.is_some() || changes.is_some() {
                let at = at.map_or(row.number(5)?, |at| at.micros());
                let changes = changes.as_deref().unwrap_or(row.text(7)?);
                moment.rewrite_row((row.text(0)?, row.number(1)?), at, changes).await?;
            }
        }
        Ok(())
    }

    async fn snapshots(&self, moment: &mut Moment) -> Result<(), StoreError> {
        let mut rows = Stream::new(&SNAPSHOT);
        while let Some(row) = rows.next(moment).await? {
            let mut things = kept(row.text(2)?)?;
            let mut changed = false;
            for Kept(_, name, .., body) in &mut things {
                if let Some(healed) = self.name(name) {
                    (*name, changed) = (healed, true);
                }
                if let Some(healed) = self.text(body)? {
                    (*body, changed) = (healed, true);
                }
            }
            if changed {
                moment.rewrite_snapshot(row.text(0)?, &serde_json::to_string(&things)?).await?;
            }
        }
        Ok(())
    }

    async fn things(&self, moment: &mut Moment, first: Seq) -> Result<(), StoreError> {
        let mut rows = Stream::new(&THING);
        while let Some(row) = rows.next(moment).await? {
            if seq(row.number(3)?) < first {
                continue;
            }
            let (name, body) = (self.name(row.text(2)?), self.text(row.text(5)?)?);
            if name.is_some() || body.is_some() {
                let now = (name.as_deref().unwrap_or(row.text(2)?), body.as_deref().unwrap_or(row.text(5)?));
                moment.rewrite_thing([row.text(0)?, row.text(1)?, row.text(2)?], now).await?;
            }
        }
        Ok(())
    }

    /// The name of a thing with right moments in it; `None` if it has no wrong one.
    fn name(&self, name: &str) -> Option<String> {
        let right =
            |part: &str| part.parse().ok().and_then(|moment: i64| self.moments.get(&moment)).map(i64::to_string);
        let parts: Vec<Option<String>> = name.split('/').map(right).collect();
        parts.iter().any(Option::is_some).then(|| {
            let named = name.split('/').zip(parts).map(|(was, is)| is.unwrap_or_else(|| was.to_owned()));
            named.collect::<Vec<_>>().join("/")
        })
    }

    /// A JSON text with right moments in the place of wrong ones; `None` if it has none of these.
    fn text(&self, text: &str) -> Result<Option<String>, StoreError> {
        let numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() >= DIGITS);
        let mut moments = numbers.filter_map(|digits| digits.parse::<i64>().ok());
        if !moments.any(|moment| self.moments.contains_key(&moment)) {
            return Ok(None);
        }
        let mut value: Value = serde_json::from_str(text)?;
        self.value(&mut value);
        Ok(Some(serde_json::to_string(&value)?))
    }

    fn value(&self, value: &mut Value) {
        match value {
            Value::Number(number) => {
                if let Some(right) = number.as_i64().and_then(|number| self.moments.get(&number)) {
                    *value = (*right).into();
                }
            }
            Value::Array(values) => values.iter_mut().for_each(|value| self.value(value)),
            Value::Object(fields) => fields.values_mut().for_each(|value| self.value(value)),
            Value::Null | Value::Bool(_) | Value::String(_) => {}
        }
    }
}

/// The rows that must get another time, given all of them by number: the fewest that make the times of all go forward, and
/// none be after now.
fn wrong(rows: &[(i64, i64)], now: i64) -> Vec<WrongTime> {
    // The longest part that goes forward: of each length the row at whose end its time is the least, and before each row
    // the one that it follows.
    let (mut ends, mut before): (Vec<usize>, Vec<Option<usize>>) = (Vec::new(), vec![None; rows.len()]);
    for (index, (_, at)) in rows.iter().enumerate().filter(|(_, (_, at))| *at <= now) {
        let length = ends.partition_point(|end| rows[*end].1 <= *at);
        before[index] = length.checked_sub(1).map(|shorter| ends[shorter]);
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }
    let mut right = vec![false; rows.len()];
    let mut at = ends.last().copied();
    while let Some(index) = at {
        right[index] = true;
        at = before[index];
    }
    let first = right.iter().position(|right| *right).map_or(now, |first| rows[first].1);
    let mut last = first;
    let mut wrong = Vec::new();
    for ((number, at), right) in rows.iter().zip(right) {
        if right {
            last = *at;
        } else {
            let [was, is] = [*at, last].map(Timestamp::from_micros);
            wrong.push(WrongTime { seq: seq(*number), was, is });
        }
    }
    wrong
}

#[cfg(test)]
mod tests {
    use rand::rngs::SmallRng;
    use rand::{Rng as _, SeedableRng as _};

    use super::*;

    fn healed(times: &[i64], now: i64) -> Vec<i64> {
        let rows: Vec<(i64, i64)> = (1..).zip(times.iter().copied()).collect();
        let mut healed = times.to_vec();
        for row in wrong(&rows, now) {
            healed[usize::try_from(row.seq.0).expect("a row") - 1] = row.is.micros();
        }
        healed
    }

    #[test]
    fn the_fewest_rows_change() {
        assert!(healed(&[], 9).is_empty());
        assert_eq!(healed(&[1, 2, 2, 5], 9), [1, 2, 2, 5], "none");
        assert_eq!(healed(&[1, 2, 90, 91, 3, 4], 99), [1, 2, 2, 2, 3, 4], "a clock that was ahead");
        assert_eq!(healed(&[5, 6, 1, 7, 8], 9), [5, 6, 6, 7, 8], "one that was behind");
        assert_eq!(healed(&[0, 5, 6, 7], 9), [0, 5, 6, 7]);
        assert_eq!(healed(&[90, 5, 6, 7], 99), [5, 5, 6, 7], "the first");
        assert_eq!(healed(&[1, 90, 91, 92, 2], 50), [1, 1, 1, 1, 2], "more than are right, but after now");
        assert_eq!(healed(&[90, 91], 50), [50, 50]);
    }

    #[test]
    fn healed_times_go_forward_and_stay_so() {
        let mut dice = SmallRng::seed_from_u64(7);
        for _ in 0..2_000 {
            let length = dice.random_range(0..30);
            let times: Vec<i64> = (0..length).map(|_| dice.random_range(0..40)).collect();
            let now = dice.random_range(0..50);
            let once = healed(&times, now);
            assert!(once.is_sorted() && once.iter().all(|at| *at <= now), "{times:?} at {now}: {once:?}");
            assert_eq!(healed(&once, now), once, "{times:?} at {now}");
        }
    }
}
