//! The project space: list, registration (template one), overview with members and milestones.

mod due;
mod list;
mod overview;
mod projects;
mod register;
mod rows;
mod select;

pub use list::ProjectList;
pub use overview::Overview;
pub use register::RegisterProject;

pub use due::due;
pub use projects::{
    board_address, overview_address, project_page, project_tabs, said_address, said_at, stage_key, task_address,
};
pub use select::department_choices;
