//! The database that a verb works on. A file is held by one program at a time; PostgreSQL is shared.

use std::fmt;
use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use thiserror::Error;

use super::{Failure, StorageOptions};
use crate::store::Store;

/// Where the database is.
#[derive(Clone)]
pub(super) enum Database {
    /// A file.
    Sqlite(PathBuf),
    /// A server; the URL may hold a password.
    Postgres(String),
}

/// Why a database cannot be used.
#[derive(Debug, Error)]
pub(super) enum DatabaseError {
    /// Not a URL of a kind that is served.
    #[error("expected sqlite:PATH or postgres://USER:PASSWORD@HOST/DATABASE")]
    UnknownKind,
    /// A server, most likely.
    #[error("another qibu is using {0}; stop it first")]
    InUse(PathBuf),
    /// Nothing is there.
    #[error("there is no database at {0}")]
    Absent(PathBuf),
}

impl FromStr for Database {
    type Err = DatabaseError;

    fn from_str(url: &str) -> Result<Self, Self::Err> {
        match url.split_once(':') {
            Some(("postgres" | "postgresql", _)) => Ok(Self::Postgres(url.to_owned())),
            Some(("sqlite", path)) => match path.trim_start_matches("//") {
                "" | ":memory:" => Err(DatabaseError::UnknownKind),
                path => Ok(Self::Sqlite(path.into())),
            },
            _ => Err(DatabaseError::UnknownKind),
        }
    }
}

impl fmt::Debug for Database {
    /// Without the password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sqlite(path) => write!(f, "sqlite:{}", path.display()),
            Self::Postgres(_) => f.write_str("postgres://…"),
        }
    }
}

/// An open store, and the lock that keeps other programs from a file. The engine answers from memory, and nobody tells
/// it what a second program wrote there.
pub(super) struct Storage {
    pub(super) store: Store,
    _lock: Option<File>,
}

impl StorageOptions {
    /// Makes what is not there, takes the lock and opens the store.
    pub(super) async fn open(&self) -> Result<Storage, Failure> {
        made(&self.data)?;
        self.database.database.open().await
    }
}

impl Database {
    /// Makes it if it is not there, takes the lock and opens it.
    pub(super) async fn open(&self) -> Result<Storage, Failure> {
        match self {
            Self::Sqlite(path) => {
                let lock = locked(path)?;
                let store = Store::open(&format!("sqlite:{}", path.display())).await?;
                Ok(Storage { store, _lock: Some(lock) })
            }
            Self::Postgres(url) => Ok(Storage { store: Store::open(url).await?, _lock: None }),
        }
    }

    /// Opens what is there, as it is; it may be in use.
    pub(super) async fn attach(&self) -> Result<Store, Failure> {
        match self {
            Self::Sqlite(path) if !path.is_file() => Err(DatabaseError::Absent(path.to_owned()).into()),
            Self::Sqlite(path) => Ok(Store::attach(&format!("sqlite:{}", path.display())).await?),
            Self::Postgres(url) => Ok(Store::attach(url).await?),
        }
    }

    /// Opens what is there, as it is, and keeps other programs from it where it is a file.
    pub(super) async fn hold(&self) -> Result<Storage, Failure> {
        let store = self.attach().await?;
        let lock = match self {
            Self::Sqlite(path) => Some(locked(path)?),
            Self::Postgres(_) => None,
        };
        Ok(Storage { store, _lock: lock })
    }
}

fn locked(path: &Path) -> Result<File, Failure> {
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        made(folder)?;
    }
    let mut lock = path.as_os_str().to_owned();
    lock.push(".lock");
    let lock = File::create(&lock).map_err(|error| at(Path::new(&lock), &error))?;
    match lock.try_lock() {
        Ok(()) => Ok(lock),
        Err(TryLockError::WouldBlock) => Err(DatabaseError::InUse(path.to_owned()).into()),
        Err(TryLockError::Error(error)) => Err(at(path, &error)),
    }
}

fn made(folder: &Path) -> Result<(), Failure> {
    fs::create_dir_all(folder).map_err(|error| at(folder, &error))
}

fn at(path: &Path, error: &std::io::Error) -> Failure {
    format!("{}: {error}", path.display()).into()
}
