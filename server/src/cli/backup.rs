//! `qibu backup` and `qibu restore`.

use std::io::{self, Write as _};
use std::time::Instant;

use super::{BackupOptions, Failure, RestoreOptions};

/// Writes a backup.
pub(super) async fn backup(options: BackupOptions) -> Result<(), Failure> {
    let begun = Instant::now();
    let store = options.database.database.attach().await?;
    let contents = store.backup(&options.file).await?;
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
