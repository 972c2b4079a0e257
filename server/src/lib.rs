//! Qibu's server, and the callers' half of its server functions.
//!
//! With the feature `ssr` this is the whole server; without it only what the app links: the signatures of the server
//! functions and the faults that they answer with. The browser never sees the store through any other door than
//! [`sync`] (commands, deltas, snapshots) and these functions.

// Both panic where nobody reads: what is printed is written, and what is noted is logged.
#![warn(clippy::print_stdout, clippy::print_stderr)]

pub mod fault;
pub mod incident;
pub mod knowledge;
pub mod operation;
pub mod organisation;
pub mod project;
pub mod sign_in;
pub mod webhook;

#[cfg(feature = "ssr")]
pub mod cli;
#[cfg(feature = "ssr")]
pub mod clock;
#[cfg(feature = "ssr")]
pub mod demo;
#[cfg(feature = "ssr")]
mod file;
#[cfg(feature = "ssr")]
pub mod metrics;
#[cfg(feature = "ssr")]
pub mod store;
#[cfg(feature = "ssr")]
pub mod sync;
#[cfg(feature = "ssr")]
pub mod timers;
#[cfg(feature = "ssr")]
mod translation;
#[cfg(feature = "ssr")]
pub mod web;

pub use fault::Fault;
