//! What is said of how the server stands.

use serde::{Deserialize, Serialize};
use shared::Timestamp;

/// How a node stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Condition {
    /// Whether it can do its work.
    pub readiness: Readiness,
    /// What keeps everything.
    pub database: Database,
    /// By how much the clock of its machine is ahead of the database's, in microseconds; `None` where both are one.
    pub drift: Option<i64>,
    /// How many browsers are connected to it.
    pub sockets: usize,
    /// The disk on which it keeps what is uploaded, and the file of the database if there is one; `None` if the system
    /// does not say.
    pub disk: Option<Disk>,
    /// When the last backup was made by `qibu backup`; `None` if none is known.
    pub backed_up: Option<Timestamp>,
    /// Which version it is.
    pub version: String,
}

/// Whether a server can do its work, and if not, why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Readiness {
    /// It can.
    Ready,
    /// It is being stopped.
    Stopping,
    /// The database does not answer.
    Silent,
    /// The file of the database is damaged.
    Damaged,
    /// The database takes nothing that is written.
    Unwritable,
    /// The database cannot be read.
    Unreadable,
    /// It does not know all that is in the database.
    Behind,
    /// The machine's clock is not the database's.
    Untimely,
    /// The database takes too long.
    Late,
}

/// What keeps everything.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Database {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

/// A disk, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Disk {
    /// What is free.
    pub free: u64,
    /// What there is.
    pub size: u64,
}

impl Disk {
    /// Whether so little is free that somebody should look: a twentieth, and less than 10 GB.
    pub const fn is_short(self) -> bool {
        self.free < self.size / 20 && self.free < 10_000_000_000
    }
}
