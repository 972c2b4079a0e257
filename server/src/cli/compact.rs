//! `qibu compact`.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::time::Instant;

use shared::Timestamp;

use super::{CompactOptions, Failure};
use crate::clock::now;

/// How long a day is, in microseconds.
const DAY: i64 = 24 * 3_600 * 1_000_000;

/// Takes out of the journal what is older than some days.
pub(super) async fn compact(options: CompactOptions) -> Result<(), Failure> {
    let store = options.database.database.attach().await?;
    let before = Timestamp::from_micros(now().micros() - i64::from(options.keep_days) * DAY);
    let (mut rows, mut scopes) = (0, BTreeSet::new());
    loop {
        let begun = Instant::now();
        let Some(step) = store.compact(before).await? else { break };
        rows += step.rows;
        scopes.insert(step.scope);
        // Half of the time is for the server that may be running.
        tokio::time::sleep(begun.elapsed()).await;
    }
    store.close().await;
    writeln!(io::stdout(), "{rows} rows of the journal are in the snapshots of {} scopes now", scopes.len())?;
    Ok(())
}
