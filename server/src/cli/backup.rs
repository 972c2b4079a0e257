//! `qibu backup` and `qibu restore`.

use std::io::{self, Write as _};
use std::time::Instant;

use super::{BackupOptions, Failure, RestoreOptions};
use crate::clock::now;

/// Writes a backup.
pub(super) async fn backup(options: BackupOptions) -> Result<(), Failure> {
    let begun = Instant::now();
    let store = options.database.database.attach().await?;
    let contents = store.backup(&options.file).await?;
    // That it is there is worth more than that admins see when it was made.
    if let Err(error) = store.note_backup(now()).await {
        tracing::warn!(%error, "it could not be noted that a backup was made");
    }
    store.close().await;
    writeln!(
        io::stdout(),
        "{}: {} rows in {:.1} s",
        options.file.display(),
        contents.rows(),
        begun.elapsed().as_secs_f64()
    )?;
    writeln!(io::stdout(), "content {}", contents.hash())?;
    Ok(())
}

/// Fills an empty database from a backup.
pub(super) async fn restore(options: RestoreOptions) -> Result<(), Failure> {
    let begun = Instant::now();
    let storage = options.database.database.open().await?;
    let contents = storage.store.restore(&options.file, options.damage.into()).await?;
    storage.store.close().await;
    writeln!(io::stdout(), "restored and checked {} rows in {:.1} s", contents.rows(), begun.elapsed().as_secs_f64())?;
    writeln!(io::stdout(), "content {}", contents.hash())?;
    Ok(())
}
