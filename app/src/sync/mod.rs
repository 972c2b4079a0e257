//! The browser's driver of [`shared::sync::Client`]: sockets, fetches, timers, the disk, and signals for the pages.
//!
//! All knowledge of the protocol is in `shared`, also of what is to be kept; here is only I/O. Pages read through
//! [`Replica::read`], which tracks the parts that they ask for, and act through [`Replica::act`], which shows the effect
//! before it returns.

mod clock;
mod disk;
mod driver;
mod fetch;
mod keeping;
mod replica;
mod socket;
mod view;
mod worker;

pub use clock::now;
pub use fetch::{FirstAnswer, fetch_start, is_address_refused, start_under_way};
pub use keeping::{Keeping, Leave};
pub use replica::Replica;
pub use view::TrackedView;
pub use worker::serve_offline;
