//! A command is an intent on one thing; the rules turn it into changes, or refuse it.

#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::id::PersonId;
use crate::inbox::InboxCommand;
use crate::incident::IncidentCommand;
use crate::knowledge::KnowledgeCommand;
use crate::organisation::OrganisationCommand;
use crate::project::ProjectCommand;
use crate::project::board::BoardCommand;
use crate::project::deliverable::DeliverableCommand;
use crate::project::task::TaskCommand;
pub use crate::state::Change;
use crate::{Rejection, Scope, State, Timestamp};

/// The rules of an area, as its commands say them.
pub(crate) trait Rules {
    /// The scopes that the rules read to decide it; the same ones hold all that it changes, but for what it tells people
    /// in their inboxes. Of others' inboxes a rule reads only what is to be taken back there: the server has all of them,
    /// a browser its person's own, which is all that it shows.
    fn scopes(&self) -> Vec<Scope>;

    /// What it changes in `state`, or why it is refused. The same on both sides of the wire.
    fn decide(&self, state: &State, context: &Context) -> Result<Changes, Rejection>;

    /// The commands that take it back, in the order in which they are to run, given the state before it and what it
    /// changed there; none if it cannot be taken back.
    fn inverse(&self, _before: &State, _changes: &Changes) -> Vec<Command> {
        Vec::new()
    }

    /// Whether what it changed is as it left it. If not, somebody has gone on from there, and it is not taken back.
    fn stands(&self, _state: &State, _changes: &Changes) -> bool {
        true
    }
}

/// The commands, a line per area. The order is that of the wire: a new one goes to the end.
macro_rules! commands {
    ($($(#[$doc:meta])* $area:ident($command:ty),)*) => {
        /// What a person wants done, as it travels from the browser to the journal.
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Command {
            $($(#[$doc])* $area($command),)*
        }

        impl Command {
            /// The scopes that the rules read to decide this command; see [`Rules::scopes`].
            pub fn scopes(&self) -> Vec<Scope> {
                match self {
                    $(Self::$area(command) => Rules::scopes(command),)*
                }
            }

            /// The commands that take this one back; see [`Rules::inverse`].
            pub(crate) fn inverse(&self, before: &State, changes: &Changes) -> Vec<Command> {
                match self {
                    $(Self::$area(command) => command.inverse(before, changes),)*
                }
            }

            /// Whether what it changed is as it left it; see [`Rules::stands`].
            pub(crate) fn stands(&self, state: &State, changes: &Changes) -> bool {
                match self {
                    $(Self::$area(command) => command.stands(state, changes),)*
                }
            }
        }

        /// The rules: what `command` changes in `state`, or why it is refused. The same on both sides of the wire.
        pub fn decide(state: &State, command: &Command, context: &Context) -> Result<Changes, Rejection> {
            match command {
                $(Command::$area(command) => command.decide(state, context),)*
            }
        }
    };
}

commands! {
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
    /// The deliverables of a project.
    Deliverable(DeliverableCommand),
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
