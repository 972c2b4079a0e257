//! Which file the database is. One that lies elsewhere, or another in its place, is written to by nobody.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use sqlx::sqlite::SqlitePoolOptions;
use sqlx::{Connection as _, Executor as _, SqliteConnection};

/// The file as it was when it was opened.
#[derive(Clone)]
pub(super) struct Home {
    path: Arc<PathBuf>,
    opened: Identity,
    /// Whether the one connection that writes is kept from it.
    shut: Arc<AtomicBool>,
}

/// A file's device and number.
type Identity = (u64, u64);

impl Home {
    /// The one that lies there now.
    pub(super) fn at(path: &Path) -> io::Result<Self> {
        Ok(Self { path: Arc::new(path.to_owned()), opened: identity(path)?, shut: Arc::default() })
    }

    /// Whether it still lies there.
    pub(super) fn is_there(&self) -> bool {
        identity(&self.path).is_ok_and(|now| now == self.opened)
    }

    /// The connection that writes. While the file is not there it only reads: what it wrote would be lost with a file that
    /// was removed, and damage one that was put in its place.
    pub(super) fn writer(&self) -> SqlitePoolOptions {
        let (made, lent) = (self.clone(), self.clone());
        lasting(1)
            .after_connect(move |connection, _| {
                made.shut.store(false, Ordering::Relaxed);
                let turn = made.turn();
                Box::pin(async move { turned(connection, turn).await })
            })
            .before_acquire(move |connection, _| {
                let turn = lent.turn();
                Box::pin(async move {
                    turned(connection, turn).await?;
                    Ok(is_free(connection))
                })
            })
    }

    /// Those that read, all of them from the beginning: one that is made later might be made to another file.
    pub(super) fn readers(count: u32) -> SqlitePoolOptions {
        let readers = lasting(count).min_connections(count);
        readers.before_acquire(|connection, _| Box::pin(async move { Ok(is_free(connection)) }))
    }

    /// What is to be said to the connection that writes since the file has gone or come back.
    fn turn(&self) -> Option<&'static str> {
        let is_there = self.is_there();
        let was_shut = self.shut.swap(!is_there, Ordering::Relaxed);
        match (was_shut, is_there) {
            (false, false) => Some("PRAGMA query_only = on"),
            (true, true) => Some("PRAGMA query_only = off"),
            _ => None,
        }
    }
}

async fn turned(connection: &mut SqliteConnection, turn: Option<&'static str>) -> sqlx::Result<()> {
    if let Some(turn) = turn {
        connection.execute(turn).await?;
    }
    Ok(())
}

/// Whether a connection may be lent. What fails for want of room, or since the file cannot be read, ends SQLite's
/// transaction by itself; the library then takes it to go on for as long as the connection lasts, and no other can begin
/// there.
fn is_free(connection: &SqliteConnection) -> bool {
    !connection.is_in_transaction()
}

fn lasting(most: u32) -> SqlitePoolOptions {
    SqlitePoolOptions::new().max_connections(most).max_lifetime(None).idle_timeout(None)
}

fn identity(path: &Path) -> io::Result<Identity> {
    fs::metadata(path).map(|file| (file.dev(), file.ino()))
}

#[cfg(test)]
mod tests {
    use crate::store::Store;

    #[tokio::test]
    async fn nothing_is_taken_once_another_file_lies_there_or_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let (path, aside) = (folder.path().join("qibu.sqlite"), folder.path().join("aside.sqlite"));
        let opened = async |path: &std::path::Path| Store::open(&format!("sqlite:{}", path.display())).await;
        let store = opened(&path).await.expect("it opens");
        let other = opened(&folder.path().join("other.sqlite")).await.expect("it opens");
        other.close().await;
        assert!(store.is_well().await && store.try_writing().await.is_ok());

        std::fs::rename(&path, &aside).expect("moved");
        assert!(!store.is_well().await && store.try_writing().await.is_err());
        assert!(!path.exists(), "none is made in its place");

        std::fs::rename(folder.path().join("other.sqlite"), &path).expect("replaced");
        assert!(!store.is_well().await && store.try_writing().await.is_err());

        std::fs::rename(&aside, &path).expect("back");
        assert!(store.is_well().await && store.try_writing().await.is_ok());
    }
}
