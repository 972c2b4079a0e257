//! The database that a verb works on, held by one program at a time.

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use thiserror::Error;

use super::{Failure, StorageOptions};
use crate::store::Store;

/// Where the database is.
#[derive(Clone, Debug)]
pub(super) struct Database {
    url: String,
    path: PathBuf,
}

/// Why a database cannot be used.
#[derive(Debug, Error)]
pub(super) enum DatabaseError {
    /// Not a URL of a kind that is served.
    #[error("expected sqlite:PATH; PostgreSQL is not served yet")]
    UnknownKind,
    /// A server, most likely.
    #[error("another qibu is using {0}; stop it first")]
    InUse(PathBuf),
}

impl FromStr for Database {
    type Err = DatabaseError;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        let path = url.strip_prefix("sqlite:").ok_or(DatabaseError::UnknownKind)?;
        let path = path.trim_start_matches("//");
        if path.is_empty() || path == ":memory:" {
            return Err(DatabaseError::UnknownKind);
        }
        Ok(Self { url: url.to_owned(), path: path.into() })
    }
}

/// An open store, and the lock that keeps other programs from it. The engine answers from memory: what a second
/// program wrote would never be seen, and overwritten.
pub(super) struct Storage {
    pub(super) store: Store,
    _lock: File,
}

impl StorageOptions {
    /// Makes what is not there, takes the lock and opens the store.
    pub(super) async fn open(&self) -> Result<Storage, Failure> {
        let Database { url, path } = &self.database;
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            made(folder)?;
        }
        made(&self.data)?;
        let mut lock = path.clone().into_os_string();
        lock.push(".lock");
        let lock = File::create(&lock).map_err(|error| at(Path::new(&lock), &error))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(DatabaseError::InUse(path.clone()).into()),
            Err(TryLockError::Error(error)) => return Err(at(path, &error)),
        }
        Ok(Storage { store: Store::open(url).await?, _lock: lock })
    }
}

fn made(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| at(folder, &error))
}

fn at(path: &Path, error: &std::io::Error) -> Failure {
    format!("{}: {error}", path.display()).into()
}
