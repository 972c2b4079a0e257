//! The server's clock: the one place where the time is read.
//!
//! Where several nodes share a database, its clock is theirs: each compares its machine's with it whenever it looks at
//! the head of the journal, and takes off what the machine's is ahead. A machine whose clock is far off says so, and its
//! node decides nothing: what it would do besides is not to be trusted either.

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use shared::Timestamp;

use crate::metrics;

/// By how much a machine's clock may be off, in microseconds. Clocks that are kept by a time server differ by less than a
/// second.
const MOST_DRIFT: i64 = 30_000_000;
/// How often the file that moves the clock is read.
const LOOK: Duration = Duration::from_millis(50);

/// By how much tests have moved the clock on, in microseconds.
static SHIFT: AtomicI64 = AtomicI64::new(0);
/// By how much tests have this machine's clock be wrong, in microseconds.
static WRONG: AtomicI64 = AtomicI64::new(0);
/// By how much the machine's clock is ahead of the database's, in microseconds, as far as can be told.
static DRIFT: AtomicI64 = AtomicI64::new(0);

/// The time now, in UTC.
pub fn now() -> Timestamp {
    Timestamp::from_micros(machine().micros().saturating_add(shift()).saturating_sub(drift()))
}

/// What the machine's clock says.
#[expect(clippy::disallowed_methods, reason = "the one place where the time is read")]
pub fn machine() -> Timestamp {
    // Before 1970 or after the year 294,000 a clock is wrong beyond use; the epoch is as good as any other answer.
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let micros = i64::try_from(since.as_micros()).unwrap_or_default();
    Timestamp::from_micros(micros.saturating_add(WRONG.load(Ordering::Relaxed)))
}

/// Compares the machine's clock with the database's, which was read somewhen between two looks at the machine's.
pub fn compare(before: Timestamp, database: Timestamp, after: Timestamp) {
    let known = drift();
    let drift = narrowed(known, (before, database, after));
    DRIFT.store(drift, Ordering::Relaxed);
    metrics::drift(drift);
    let seconds = drift / 1_000_000;
    match (is_far(known), is_far(drift)) {
        (false, true) => {
            tracing::error!(seconds, "this machine's clock is not the database's: no commands are decided");
        }
        (true, false) => tracing::info!(seconds, "this machine's clock is right again"),
        _ => {}
    }
}

/// What is known of a drift stays if it may be so; a look that took long says little.
fn narrowed(known: i64, (before, database, after): (Timestamp, Timestamp, Timestamp)) -> i64 {
    let ahead = |machine: Timestamp| machine.micros().saturating_sub(database.micros());
    let (least, most) = (ahead(before), ahead(after));
    // The machine's clock was put back meanwhile.
    if least > most { known } else { known.clamp(least, most) }
}

/// By how much the machine's clock is ahead of the database's, in microseconds.
pub fn drift() -> i64 {
    DRIFT.load(Ordering::Relaxed)
}

/// Whether the machine's clock is off by more than may be.
pub fn is_off() -> bool {
    is_far(drift())
}

const fn is_far(drift: i64) -> bool {
    drift.saturating_abs() > MOST_DRIFT
}

/// What time it is so long after another.
pub fn later(time: Timestamp, by: Duration) -> Timestamp {
    Timestamp::from_micros(time.micros().saturating_add(i64::try_from(by.as_micros()).unwrap_or(i64::MAX)))
}

/// By how much the clock is ahead of the machine's and the database's, in microseconds: 0 but in tests.
pub fn shift() -> i64 {
    SHIFT.load(Ordering::Relaxed)
}

/// Follows a file with a number of seconds by which the clock is ahead, for tests of what takes hours, which several
/// servers may share; and with a second one by which this machine's alone is wrong.
pub async fn follow(file: PathBuf) {
    loop {
        let text = fs::read_to_string(&file).unwrap_or_default();
        let seconds = text.split_whitespace().map_while(|word| word.parse::<i64>().ok());
        for (seconds, moved) in seconds.zip([&SHIFT, &WRONG]) {
            moved.store(seconds.saturating_mul(1_000_000), Ordering::Relaxed);
        }
        tokio::time::sleep(LOOK).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drift_is_known_as_well_as_the_best_look_told() {
        let look = |known, before, database, after| {
            narrowed(
                known,
                (Timestamp::from_micros(before), Timestamp::from_micros(database), Timestamp::from_micros(after)),
            )
        };
        assert_eq!(look(0, 100, 105, 110), 0, "as good as none");
        assert_eq!(look(0, 150, 100, 152), 50, "at the least");
        assert_eq!(look(0, 100, 150, 103), -47);
        assert_eq!(look(50, 100, 100, 200), 50, "a long look says nothing against it");
        assert_eq!(look(50, 120, 100, 121), 21, "a short one does");
        assert_eq!(look(50, 120, 100, 110), 50, "put back while it was looked at");
        assert!(!is_far(MOST_DRIFT) && is_far(MOST_DRIFT + 1) && is_far(i64::MIN));
    }
}
