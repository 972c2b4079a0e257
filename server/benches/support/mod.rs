//! What the benchmarks share: the real server in a process of its own, a project, sockets that cost little, figures beside budgets.

#![allow(dead_code, reason = "each benchmark uses a part of it")]

pub(crate) mod company;
pub(crate) mod figure;
pub(crate) mod past;
pub(crate) mod process;
pub(crate) mod project;
pub(crate) mod socket;

use std::error::Error;
use std::ffi::OsString;

/// What went wrong, for the person at the terminal.
pub(crate) type Failure = Box<dyn Error + Send + Sync>;

/// The folder for databases: `QIBU_BENCH_DIR` says on which disk.
pub(crate) fn disk() -> OsString {
    std::env::var_os("QIBU_BENCH_DIR").unwrap_or_else(|| ".".into())
}
