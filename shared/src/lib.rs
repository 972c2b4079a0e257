//! Qibu's domain: the types and rules that run alike in the browser and on the server.
//!
//! Nothing here performs I/O, reads a clock or draws a random number: the time and the ids come as arguments,
//! so that both sides decide the same, and a simulation can replay any history. The areas (`organisation`,
//! `project`, `incident`, `knowledge`, `inbox`) hold the rules; [`state`] is what they read and change; [`sync`] keeps browsers and server in step;
//! [`calendar`] counts working days.

pub mod calendar;
pub mod command;
pub mod file;
pub mod id;
pub mod inbox;
pub mod incident;
pub mod knowledge;
pub mod order;
pub mod organisation;
pub mod project;
pub mod rejection;
pub mod state;
pub mod sync;
#[cfg(test)]
mod testing;
pub mod text;
pub mod time;

pub use command::{Actor, Change, Command, Context};
pub use rejection::{Field, Reason, Rejection};
pub use state::{Scope, State};
pub use time::{Date, Timestamp};
