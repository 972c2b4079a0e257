//! How the server stands, for admins: what an operator's tools are told by `/readyz` and the metrics, in words.

pub mod functions;

#[cfg(feature = "ssr")]
mod look;
mod wire;

pub use self::wire::{Condition, Database, Disk, Readiness};
