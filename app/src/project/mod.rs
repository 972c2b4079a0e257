//! Projects: list, registration, overview, board and tasks.

pub mod board;
pub mod space;
pub mod task;

pub use space::{Overview, ProjectList, RegisterProject};
