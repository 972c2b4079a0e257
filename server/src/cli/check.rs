//! `qibu check`.

use std::io::{self, Write as _};

use super::{DatabaseOptions, Failure};
use crate::store::Contents;

/// Prints what is wrong with a database, and what it holds.
pub(super) async fn check(options: DatabaseOptions) -> Result<(), Failure> {
    let store = options.database.attach().await?;
    let (mut wrong, mut older) = (0_u64, false);
    let mut said = Ok(());
    let contents = store
        .check(|finding| {
            wrong += 1;
            older |= finding.is_harmless();
            // Whoever has read enough of it still wants to know how it ends.
            if said.is_ok() {
                said = writeln!(io::stdout(), "{finding}");
            }
        })
        .await?;
    store.close().await;
    let said = said.and_then(|()| tell(&contents));
    if older {
        writeln!(io::stdout(), "`qibu heal-clock` puts right times in the place of those that go back")?;
    }
    match wrong {
        0 => Ok(said?),
        1 => Err("1 thing is wrong with the database".into()),
        _ => Err(format!("{wrong} things are wrong with the database").into()),
    }
}

/// How much there is.
fn tell(contents: &Contents) -> io::Result<()> {
    let mut out = io::stdout().lock();
    for content in contents.tables() {
        writeln!(out, "{:<16}{:>12}", content.table, content.rows)?;
    }
    writeln!(out, "content {}", contents.hash())
}
