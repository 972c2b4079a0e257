//! The areas of the app: a line for each wherever the frame around the pages asks all of them.

use leptos_router::any_nested_route::AnyNestedRoute;
use shared::id::PersonId;
use shared::inbox::{About as AboutWhat, Ask};
use shared::{Command, State};

use crate::area::{Area, Told};
use crate::inbox::{About, AskedAbout};
use crate::sync::TrackedView;
use crate::{home, inbox, incident, knowledge, operation, organisation, project, webhook};

/// All of them, as rail and palette list them.
pub static AREAS: [&Area; 8] = [
    &home::AREA,
    &inbox::AREA,
    &project::AREA,
    &incident::AREA,
    &knowledge::AREA,
    &organisation::AREA,
    &webhook::AREA,
    &operation::AREA,
];

/// What they say of what asks something.
pub const ASKED_ABOUT: AskedAbout = AskedAbout { about, address, deed };

/// All pages.
pub fn routes() -> impl Iterator<Item = AnyNestedRoute> {
    AREAS.iter().flat_map(|area| (area.routes)())
}

/// What is said of a command that waits or was refused.
pub fn told(state: &State, command: &Command) -> Told {
    match command {
        Command::Organisation(command) => organisation::told(state, command),
        Command::Project(command) => project::told(state, command),
        Command::Task(command) => project::told_of_tasks(state, command),
        Command::Board(command) => project::told_of_board(state, command),
        Command::Incident(command) => incident::told(state, command),
        Command::Knowledge(command) => knowledge::told(command),
        Command::Inbox(command) => inbox::told(command),
        Command::Deliverable(command) => project::told_of_deliverables(state, command),
    }
}

fn about(view: &TrackedView, me: PersonId, ask: &Ask) -> About {
    match ask.about {
        AboutWhat::Incident(id) => incident::about(view, ask, id),
        AboutWhat::Milestone(project, milestone) => project::about(view, project, milestone),
        AboutWhat::Task(task) => project::about_task(view, me, ask, task),
        AboutWhat::Deliverable(deliverable) => project::about_deliverable(view, me, deliverable),
    }
}

fn deed(ask: &Ask) -> Option<Command> {
    match ask.about {
        AboutWhat::Incident(id) => incident::ask_deed(ask.kind, id),
        AboutWhat::Milestone(..) | AboutWhat::Task(..) | AboutWhat::Deliverable(_) => None,
    }
}

fn address(ask: &Ask) -> String {
    match ask.about {
        AboutWhat::Incident(id) => incident::ask_address(ask.kind, id),
        AboutWhat::Milestone(project, _) => project::overview_address(project),
        AboutWhat::Task(task) => project::said_address(task, ask.said.map(|(_, source)| source)),
        AboutWhat::Deliverable(on) => project::deliverable_address(on.project, on.deliverable),
    }
}
