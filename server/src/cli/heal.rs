//! `qibu heal-clock`.

use std::io::{self, Write as _};

use shared::Timestamp;

use super::{Failure, HealOptions};
use crate::clock::now;
use crate::store::WrongTime;

/// Says which rows of the journal a wrong clock has written, and what they become; does it where that is asked for.
pub(super) async fn heal(options: HealOptions) -> Result<(), Failure> {
    let store = options.database.database.attach().await?;
    let wrong = store.wrong_times(now()).await?;
    for stretch in wrong.chunk_by(|one, next| one.is == next.is && one.seq.0 + 1 == next.seq.0) {
        tell(stretch)?;
    }
    let mut out = io::stdout();
    if wrong.is_empty() {
        writeln!(out, "all times in the journal go forward: there is nothing to heal")?;
    } else if options.yes {
        let healed = store.heal_times(now()).await?.len();
        writeln!(out, "{healed} rows have another time now; browsers take everything anew")?;
    } else {
        writeln!(
            out,
            "nothing was changed: stop all servers of this database, make a backup, then say --yes ({} rows)",
            wrong.len()
        )?;
    }
    store.close().await;
    Ok(())
}

/// Rows in a stretch that get the same time.
fn tell(stretch: &[WrongTime]) -> Result<(), Failure> {
    let (Some(first), Some(last)) = (stretch.first(), stretch.last()) else { return Ok(()) };
    let rows =
        if first == last { format!("row {}", first.seq.0) } else { format!("rows {} to {}", first.seq.0, last.seq.0) };
    let was = if first.was == last.was {
        shown(first.was)?
    } else {
        format!("{} … {}", shown(first.was)?, shown(last.was)?)
    };
    writeln!(io::stdout(), "{rows}: {was} → {}", shown(first.is)?)?;
    Ok(())
}

fn shown(time: Timestamp) -> Result<String, Failure> {
    let seconds = jiff::Timestamp::from_second(time.micros().div_euclid(1_000_000))?;
    Ok(seconds.to_string())
}
