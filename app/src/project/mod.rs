//! Projects: list, registration, overview, board, tasks and deliverables.
//!
//! The rules: [`shared::project`], with its `board`, `task` and `deliverable`.

mod area;
pub mod board;
mod deliverable;
pub mod space;
pub mod task;
mod told;

pub use area::{AREA, about, about_deliverable, about_task, task_found};
use space::{Overview, ProjectList, RegisterProject};
pub use space::{deliverable_address, overview_address, said_address, stage_key, task_address};
pub use told::{told, told_of_board, told_of_deliverables, told_of_tasks};
