//! Projects: list, registration, overview, board and tasks.

pub mod board;
mod space;
mod task;

pub use space::{Overview, ProjectList, RegisterProject};
