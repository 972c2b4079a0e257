//! Backups: one SQLite file with the same tables, whichever engine it comes from, so that it goes back into either.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use shared::id::Epoch;
use tempfile::{NamedTempFile, TempDir};
use uuid::Uuid;

use super::copy::{ArchiveError, Damage, checked, fill};
use super::stream::Contents;
use super::table::{DEVICE, SESSION, Table, all};
use super::{Moment, Store};
use crate::store::sqlite::Sqlite;

impl Store {
    /// Writes everything but the sign-ins into a new file, as it is at one moment; nobody waits for it. The file is
    /// there when it is whole and on the disk.
    pub async fn backup(&self, file: &Path) -> Result<Contents, ArchiveError> {
        if file.exists() {
            return Err(failed(file)(io::ErrorKind::AlreadyExists.into()));
        }
        let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let beside = NamedTempFile::with_prefix_in(".qibu-backup-", folder).map_err(failed(folder))?;
        let contents = self.write_out(beside.path()).await?;
        beside.as_file().sync_all().map_err(failed(file))?;
        beside.persist_noclobber(file).map_err(|refused| failed(file)(refused.error))?;
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed(folder))?;
        Ok(contents)
    }

    async fn write_out(&self, file: &Path) -> Result<Contents, ArchiveError> {
        let mut from = self.moment().await?;
        let backup = Sqlite::fill(file).await?;
        let mut to = Moment::Sqlite(backup.whole().await?);
        let contents = fill(&mut from, &mut to, kept()).await?;
        // Its own: somebody may serve the file as it is, and the journal goes on in another way there.
        to.settle(Epoch::new(Uuid::now_v7())).await?;
        if let Moment::Sqlite(to) = &mut to {
            to.note_content(&contents.hash()).await?;
        }
        to.commit().await?;
        backup.close().await;
        Ok(contents)
    }

    /// Fills this database, which must be empty, from a backup, and begins a new epoch: browsers may have seen rows that
    /// came after it. All is checked before anything stays.
    pub async fn restore(&self, file: &Path, damage: Damage) -> Result<Contents, ArchiveError> {
        File::open(file).map_err(failed(file))?;
        let mut backup = Sqlite::attach(file).await?;
        // The file itself stays as it is: one of an older version is brought up to date elsewhere.
        let mut elsewhere: Option<TempDir> = None;
        if !backup.is_current().await? {
            backup.close().await;
            let folder = tempfile::tempdir().map_err(failed(file))?;
            let copy = folder.path().join("backup.sqlite");
            fs::copy(file, &copy).map_err(failed(file))?;
            backup = Sqlite::fill(&copy).await?;
            elsewhere = Some(folder);
        }
        let mut from = backup.moment().await?;
        let hash = from.content().await?.filter(|_| elsewhere.is_none());
        let mut to = self.whole().await?;
        let contents = fill(&mut Moment::Sqlite(from), &mut to, kept()).await?;
        if hash.is_some_and(|hash| hash != contents.hash()) && damage == Damage::Refused {
            return Err(ArchiveError::Altered);
        }
        to.settle(Epoch::new(Uuid::now_v7())).await?;
        if checked(&mut to, damage).await?.hash() != contents.hash() {
            return Err(ArchiveError::Differs);
        }
        to.commit().await?;
        backup.close().await;
        Ok(contents)
    }
}

/// What a backup has: no sign-ins, since whoever gets hold of it must not learn who is signed in where.
fn kept() -> impl Iterator<Item = &'static Table> {
    all().filter(|table| table.name != SESSION.name && table.name != DEVICE.name)
}

fn failed(path: &Path) -> impl FnOnce(io::Error) -> ArchiveError {
    let path = path.to_owned();
    move |error| ArchiveError::File { path, error }
}
