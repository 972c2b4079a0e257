//! `qibu check`.

use std::io::{self, Write as _};

use super::{DatabaseOptions, Failure};

/// Prints what is wrong with a database, and what it holds.
pub(super) async fn check(options: DatabaseOptions) -> Result<(), Failure> {
    let store = options.database.attach().await?;
    let mut wrong = 0_u64;
    let contents = store
        .check(|finding| {
            wrong += u64::from(!finding.is_harmless());
            println!("{finding}");
        })
        .await?;
    store.close().await;
    let mut out = io::stdout().lock();
    for content in contents.tables() {
        writeln!(out, "{:<16}{:>12}", content.table, content.rows)?;
    }
    writeln!(out, "content {}", contents.hash())?;
    match wrong {
        0 => Ok(()),
        1 => Err("1 thing is wrong with the database".into()),
        _ => Err(format!("{wrong} things are wrong with the database").into()),
    }
}
