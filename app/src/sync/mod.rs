//! The browser's driver of [`shared::sync::Client`]: sockets, fetches, timers, and signals for the pages.
//!
//! All knowledge of the protocol is in `shared`; here is only I/O. Pages read through [`Replica::read`], which tracks
//! the scope that they name, and act through [`Replica::act`], which shows the effect before it returns.

mod fetch;
mod replica;
mod socket;

pub use fetch::{FirstAnswer, fetch_start, start_under_way};
pub use replica::{Replica, now};
