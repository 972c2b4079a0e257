//! A command is an intent on one thing; the rules turn it into changes, or refuse it.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::inbox::{self, InboxChange, InboxCommand};
use crate::incident::{self, IncidentChange, IncidentCommand, RoomChange};
use crate::knowledge::{self, ArticleChange, KnowledgeCommand};
use crate::organisation::{self, OrganisationChange, OrganisationCommand};
use crate::project::board::{self, BoardChange, BoardCommand};
use crate::project::task::{self, TaskCommand};
use crate::project::{self, ProjectChange, ProjectCommand};
use crate::{Rejection, Scope, State, Timestamp};

/// What a person wants done, as it travels from the browser to the journal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Command {
    /// Departments and people.
    Organisation(OrganisationCommand),
    /// A project space.
    Project(ProjectCommand),
    /// Tasks of a project.
    Task(TaskCommand),
    /// The columns of a project's board.
    Board(BoardCommand),
    /// Incidents, their policy and the duty roster.
    Incident(IncidentCommand),
    /// Articles.
    Knowledge(KnowledgeCommand),
    /// One's own inbox.
    Inbox(InboxCommand),
}

impl Command {
    /// The scopes that the rules read to decide this command; the same ones hold all that it changes.
    pub fn scopes(&self) -> Vec<Scope> {
        let project = match self {
            Self::Organisation(_) => return vec![Scope::Company],
            Self::Project(command) => command.project(),
            Self::Task(command) => command.project,
            Self::Board(command) => command.project,
            Self::Incident(command) => return command.scopes(),
            Self::Knowledge(command) => return vec![Scope::Company, Scope::Article(command.article)],
            Self::Inbox(command) => return vec![Scope::Company, Scope::Inbox(command.person)],
        };
        vec![Scope::Company, Scope::Project(project), Scope::Board(project)]
    }
}

/// Who acts, as the sign-in says; never taken from a frame.
pub type Actor = PersonId;

/// What the rules are told beside the command: nothing in `shared` looks at a clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// Who acts.
    pub actor: Actor,
    /// When it is decided: the browser's clock in the browser, the server's on the server.
    pub now: Timestamp,
}

/// One change of the state, complete in itself: applying it needs no rule and cannot fail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Change {
    /// In the company's directory.
    Organisation(OrganisationChange),
    /// In a project space.
    Project(ProjectChange),
    /// On a project's board: tasks, columns, comments.
    Board(BoardChange),
    /// In the list of incidents, the policy or the roster.
    Incident(IncidentChange),
    /// In an incident's room: its timeline, its report.
    Room(RoomChange),
    /// In an article.
    Article(ArticleChange),
    /// In somebody's inbox.
    Inbox(InboxChange),
}

/// The changes of one command in one scope: what one journal row holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScopedChanges {
    /// Whose readers see it.
    pub scope: Scope,
    /// In the order in which they apply.
    pub changes: Vec<Change>,
}

/// All that one command changes, a part per scope. Empty when there was nothing to do.
pub type Changes = Vec<ScopedChanges>;

/// The rules: what `command` changes in `state`, or why it is refused. The same on both sides of the wire.
pub fn decide(state: &State, command: &Command, context: &Context) -> Result<Changes, Rejection> {
    match command {
        Command::Organisation(command) => organisation::decide(state, command, context),
        Command::Project(command) => project::decide(state, command, context),
        Command::Task(command) => task::decide(state, command, context),
        Command::Board(command) => board::decide(state, command, context),
        Command::Incident(command) => incident::decide(state, command, context),
        Command::Knowledge(command) => knowledge::decide(state, command, context),
        Command::Inbox(command) => inbox::decide(state, command, context),
    }
}
