//! Qibu's domain: the types and rules that run alike in the browser and on the server.
//!
//! Nothing here performs I/O, reads a clock or draws a random number: the time and the ids come as arguments,
//! so that both sides decide the same, and a simulation can replay any history. The areas (`organisation`,
//! `project`, `incident`, `knowledge`, `inbox`) hold the rules; [`holdings`] is what a person holds in them; [`state`] is what they read and change; [`sync`] keeps browsers and server in step;
//! [`calendar`] counts working days.
//!
//! The page of each area states the rules that it keeps, by name and with their source: a section of *the guide*, which
//! is the company's own 《企业标准化沟通协作工具集及其使用指南》, or *ours* where the guide leaves it open. A comment that
//! says *(incident: clocks)* means the rule of that name on that area's page.

pub mod arrange;
pub mod calendar;
pub mod command;
pub mod file;
pub mod holdings;
pub mod id;
pub mod inbox;
pub mod incident;
pub mod knowledge;
pub mod markdown;
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
