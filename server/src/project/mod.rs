//! What project spaces ask of the server besides commands: the activity of a task.

#[cfg(feature = "ssr")]
mod activity;
pub mod functions;
mod wire;

pub use self::wire::Activity;
