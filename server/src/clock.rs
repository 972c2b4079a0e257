//! The server's clock: the one place where the time is read.

use std::time::{SystemTime, UNIX_EPOCH};

use shared::Timestamp;

/// The time now, in UTC.
pub fn now() -> Timestamp {
    // Before 1970 or after the year 294,000 a clock is wrong beyond use; the epoch is as good as any other answer.
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_micros(i64::try_from(since.as_micros()).unwrap_or_default())
}
