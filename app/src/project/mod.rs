//! Projects: list, registration, overview, board and tasks.
//!
//! The rules: [`shared::project`], with its `board` and `task`.

mod area;
pub mod board;
pub mod space;
pub mod task;
mod told;

pub use area::{AREA, about, about_task, task_found};
use space::{Overview, ProjectList, RegisterProject};
pub use space::{overview_address, said_address, stage_key, task_address};
pub use told::{told, told_of_board, told_of_tasks};
