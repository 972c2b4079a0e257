//! The project space: list, registration (template one), overview with members and milestones.

mod due;
mod list;
mod moves;
mod overview;
mod projects;
mod register;
mod rows;
mod select;

pub use list::ProjectList;
pub use overview::Overview;
pub use register::RegisterProject;

pub use due::due;
pub use moves::Moved;
pub use projects::{
    Tab, board_address, deliverable_address, deliverables_address, overview_address, project_page, project_tabs,
    said_address, said_at, stage_key, standing, standing_key, task_address,
};
pub use select::department_choices;
