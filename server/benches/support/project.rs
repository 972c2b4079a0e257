//! A project to work in.

use std::collections::BTreeMap;

use shared::id::{PersonId, ProjectId};
use shared::project::board::NewColumn;
use shared::project::{ProjectCommand, Register, Registration};
use shared::{Command, Date};

/// Registers a project with these columns and nobody in it but its lead.
pub(crate) fn register(id: ProjectId, lead: PersonId, columns: Vec<NewColumn>) -> Command {
    let registration = Registration {
        name: "Relaunch".to_owned(),
        start: Date::constant(2026, 1, 1),
        contact: String::new(),
        background: String::new(),
        problem: String::new(),
        expected_results: Vec::new(),
        open: false,
    };
    Command::Project(ProjectCommand::Register(Box::new(Register {
        id,
        registration,
        lead,
        draft: false,
        milestones: Vec::new(),
        departments: BTreeMap::new(),
        members: BTreeMap::new(),
        columns,
    })))
}
