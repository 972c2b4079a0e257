//! The commands of one browser that the server has not confirmed, or has refused.

use super::kept::{Keep, KeptCommand};
use super::protocol::Cursor;
use crate::command::{Changes, Command, Context, decide};
use crate::id::{CommandId, PersonId};
use crate::{Rejection, Scope, State, Timestamp};

/// A command whose effect is shown, but not yet part of what is confirmed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// Its place in this client's queue; see [`ClientFrame::Act`](super::ClientFrame::Act).
    pub number: u64,
    /// Its id.
    pub id: CommandId,
    /// The intent.
    pub command: Command,
    /// When the person acted.
    pub at: Timestamp,
    /// What was decided here, without the scopes whose rows have come.
    pub(super) changes: Changes,
    /// Whether some of its rows have come.
    pub(super) begun: bool,
    /// When it was last sent over a socket that still stands.
    pub(super) sent: Option<Timestamp>,
    /// Where the server says it is in the journal.
    pub(super) rows: Option<Vec<Cursor>>,
}

impl Pending {
    /// What is kept of it while it waits.
    pub(super) fn to_keep(&self) -> Keep {
        let (id, command, at) = (self.id, self.command.clone(), self.at);
        Keep::Command(Box::new(KeptCommand { id, command, at, refused: None }))
    }

    /// The scopes that it changes and whose rows have not come.
    pub(super) fn scopes(&self) -> impl Iterator<Item = Scope> {
        self.changes.iter().map(|part| part.scope)
    }

    /// The row of one scope has come; `false` if no other is known to follow.
    pub(super) fn waits_after(&mut self, scope: Scope) -> bool {
        self.begun = true;
        self.changes.retain(|part| part.scope != scope);
        self.changes.iter().any(|part| !part.changes.is_empty())
    }

    /// Shows it in `state`. What the rules now refuse is left out; the server will say so. Of what has come in part,
    /// the rest is as it was decided before: the rules would take the part for something that was there already.
    pub(super) fn show(&self, state: &mut State, person: PersonId) {
        if self.begun {
            state.apply_all(&self.changes);
        } else if let Ok(changes) = seen_by(person, state, &self.command, self.at) {
            state.apply_all(&changes);
        }
    }
}

/// What a command changes, without what it tells others: that is theirs to read, and the server's to tell. Nor with what
/// it tells oneself without effect: the server writes no row for it.
pub(super) fn seen_by(
    person: PersonId,
    state: &State,
    command: &Command,
    now: Timestamp,
) -> Result<Changes, Rejection> {
    let mut changes = decide(state, command, &Context { actor: person, now })?;
    changes.retain(|part| part.scope.owner().is_none_or(|owner| owner == person && state.is_touched_by(part)));
    Ok(changes)
}

/// A command that the server refused: kept until the person has seen why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parked {
    /// Its id.
    pub id: CommandId,
    /// The intent, with all that was typed.
    pub command: Command,
    /// When the person acted.
    pub at: Timestamp,
    /// Why it was refused.
    pub rejection: Rejection,
}

impl Parked {
    /// What is kept of it until the person has seen why.
    pub(super) fn to_keep(&self) -> Keep {
        let (id, command, at, refused) = (self.id, self.command.clone(), self.at, Some(self.rejection.clone()));
        Keep::Command(Box::new(KeptCommand { id, command, at, refused }))
    }
}
