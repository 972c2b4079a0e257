//! Projects: list, registration, overview, board and tasks.
//!
//! The rules: [`shared::project`], with its `board` and `task`.

pub mod board;
pub mod space;
pub mod task;

pub use space::{Overview, ProjectList, RegisterProject};
