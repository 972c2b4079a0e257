//! Instants and calendar dates as the domain uses them.

use serde::{Deserialize, Serialize};

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

    /// Milliseconds since 1970-01-01T00:00Z, as browsers count.
    pub const fn millis(self) -> i64 {
        self.0 / 1_000
    }
}
