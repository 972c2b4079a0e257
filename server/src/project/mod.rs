//! What project spaces ask of the server besides commands: the activity of a task, what is late; and telling of tasks from
//! before anybody was told.

#[cfg(feature = "ssr")]
mod activity;
pub mod functions;
#[cfg(feature = "ssr")]
mod late;
#[cfg(feature = "ssr")]
mod telling;
mod wire;

#[cfg(feature = "ssr")]
pub(crate) use self::telling::tell;
pub use self::wire::{Activity, LateTask};
