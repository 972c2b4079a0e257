//! Instants and calendar dates as the domain uses them.

use serde::{Deserialize, Serialize};

use crate::{Field, Reason, Rejection};

/// The years in which a company plans and looks back.
const YEARS: std::ops::RangeInclusive<i16> = 1970..=2199;

/// A day of the calendar, without a time zone.
pub use jiff::civil::Date;

/// An instant: microseconds since 1970-01-01T00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

impl Timestamp {
    /// From microseconds since 1970-01-01T00:00Z.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Microseconds since 1970-01-01T00:00Z.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Microseconds from another instant to this one; fewer than none if this one is the earlier.
    pub const fn micros_since(self, other: Self) -> i64 {
        self.0.saturating_sub(other.0)
    }

    /// Milliseconds since 1970-01-01T00:00Z, as browsers count.
    pub const fn millis(self) -> i64 {
        self.0 / 1_000
    }
}

/// A day that somebody names, if anybody could mean it.
pub(crate) fn meant(field: Field, date: Date) -> Result<Date, Rejection> {
    if YEARS.contains(&date.year()) { Ok(date) } else { Err(Rejection::of(field, Reason::FarOff)) }
}
