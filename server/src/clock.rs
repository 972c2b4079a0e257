//! The server's clock: the one place where the time is read.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use shared::Timestamp;

/// By how much tests have moved the clock on, in microseconds.
static SHIFT: AtomicI64 = AtomicI64::new(0);
/// How often the file that moves it is read.
const LOOK: Duration = Duration::from_millis(50);

/// The time now, in UTC.
#[expect(clippy::disallowed_methods, reason = "the one place where the time is read")]
pub fn now() -> Timestamp {
    // Before 1970 or after the year 294,000 a clock is wrong beyond use; the epoch is as good as any other answer.
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Timestamp::from_micros(i64::try_from(since.as_micros()).unwrap_or_default().saturating_add(shift()))
}

/// What time it is so long after another.
pub fn later(time: Timestamp, by: Duration) -> Timestamp {
    Timestamp::from_micros(time.micros().saturating_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)))
}

/// By how much the clock is ahead of the machine's, in microseconds: 0 but in tests.
pub fn shift() -> i64 {
    SHIFT.load(Ordering::Relaxed)
}

/// Moves the clock on, for tests.
pub fn set_shift(micros: i64) {
    SHIFT.store(micros, Ordering::Relaxed);
}

/// Follows a file with a number of seconds by which the clock is ahead: for tests of what takes hours, which several
/// servers may share.
pub async fn follow(file: PathBuf) {
    loop {
        if let Some(seconds) = fs::read_to_string(&file).ok().and_then(|text| text.trim().parse::<i64>().ok()) {
            set_shift(seconds.saturating_mul(1_000_000));
        }
        tokio::time::sleep(LOOK).await;
    }
}
