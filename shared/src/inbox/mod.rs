//! The inbox: what asks something of a person.
//!
//! What asks is never stored: [`asks`] finds it in the state, so that nothing asks that was dealt with. Stored is what a
//! person says of an ask, that it is done for them or not now, and what they are told of tasks: boards are not at hand
//! everywhere, so whoever changes one tells those concerned (task: telling).
//!
//! # Rules
//!
//! The steps that are asked for are those of the guide (2.1, 2.3); that one list asks for all of them is ours.
//!
//! - **What asks.** Of an incident: to take it or to help, of whoever was called; the next update, the report and
//!   closing, of its leader; what was assigned; to confirm, of the reporter, and of who runs it once they may; to read
//!   where one was named. Of an active project: a milestone that is late, of its lead. Of a task, unless its project is
//!   over or no longer one's to read: that somebody else made one its owner or collaborator, until one begins with it;
//!   that it is due by the next working day, or late, of its owner until it is handed in; to read where one was named or
//!   one's task was commented on; that it waits for one, or for the department that one answers for.
//!   Of a deliverable: to hand it in, or in again after a return, of who produces it; to accept or return what was handed
//!   in, of who accepts it; to know that it was accepted.
//! - **Once.** Nothing is told twice: who is named in a comment is not told of the comment as well, a task that one was
//!   just given asks with its date rather than beside it, and of several comments or mentions in one task the latest asks.
//!   Nobody is asked by what they did themselves.
//! - **Order.** What presses first: urgent and untaken, or late. Then incidents that nobody has taken, which have less time
//!   than any task. Then by when it is due, then by since when it asks.
//! - **Marks.** Put aside, or not before a time, and either is taken back. A mark holds as long as the same is asked: the
//!   next round, the next update, another date of a milestone or a task, the next comment asks anew. A call to take an incident takes no mark: it
//!   stands until somebody has taken it.
//! - **Who reads.** Its person alone, who alone may mark. Others' commands tell them of tasks, and see nothing of it.

mod ask;
mod kept;
mod task;
#[cfg(test)]
mod tests;
mod told;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use ask::{About, Ask, AskKind, asks};
pub use kept::InboxThing;
pub(crate) use kept::readers;
pub use task::late_for_lead;
pub use told::{BoardDeliverable, BoardTask, Card, Delivery, DeliveryAsk, Duty, News, Note, NoteKey, Source};

use crate::command::{Change, Changes, Command, Rules, ScopedChanges};
use crate::id::PersonId;
use crate::incident::IncidentRefusal;
use crate::text::{LINE, required_line};
use crate::{Context, Field, Reason, Rejection, Scope, State, Timestamp};

/// How many marks are kept: the oldest go first.
const MOST_MARKS: usize = 500;

/// What a person has said of what asks something of them, and what they are told of tasks.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inbox {
    /// By the key of the ask.
    pub marks: BTreeMap<String, Mark>,
    /// The tasks that they own or help with and that are not over.
    pub duties: BTreeMap<BoardTask, Duty>,
    /// What they were told once.
    pub notes: BTreeMap<NoteKey, Note>,
    /// The deliverables that ask something of them.
    pub deliveries: BTreeMap<BoardDeliverable, Delivery>,
}

/// What a person says of an ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// When they said so.
    pub at: Timestamp,
    /// Until when it is put off; `None`: for good.
    pub until: Option<Timestamp>,
}

/// An intent on one's own inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct InboxCommand {
    /// Whose; only the actor's own.
    pub person: PersonId,
    /// Which ask.
    pub key: String,
    /// What is said of it; `None` takes back what was.
    pub mark: Option<Intent>,
}

/// What is said of an ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Intent {
    /// It is put aside for good.
    Done,
    /// Not before then.
    Snooze(Timestamp),
}

/// One change of an inbox.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InboxChange {
    /// This was said of an ask.
    MarkPut(String, Mark),
    /// It was taken back, or is too old to be kept.
    MarkGone(String),
    /// This task is theirs from now on.
    DutyGiven(BoardTask, Duty),
    /// This task of theirs is now so. Since when it is theirs stays as it was known.
    DutyPut(BoardTask, Duty),
    /// This task is theirs no more, or is over.
    DutyGone(BoardTask),
    /// They are told this; too many notes are one less.
    NotePut(Note),
    /// This is past: whatever was told last, or only if it stands there.
    NoteGone(NoteKey, Option<Source>),
    /// This deliverable asks this of them.
    DeliveryPut(BoardDeliverable, Delivery),
    /// This deliverable asks nothing of them any more.
    DeliveryGone(BoardDeliverable),
}

impl Inbox {
    /// Whether an ask is to be shown now.
    pub fn shows(&self, key: &str, now: Timestamp) -> bool {
        self.marks.get(key).is_none_or(|mark| mark.until.is_some_and(|until| until <= now))
    }
}

impl Rules for InboxCommand {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Company, Scope::Incidents, Scope::Inbox(self.person)]
    }

    fn decide(&self, state: &State, context: &Context) -> Result<Changes, Rejection> {
        decide(state, self, context)
    }

    fn inverse(&self, before: &State, _changes: &Changes) -> Vec<Command> {
        let was = before.inboxes.get(&self.person).and_then(|inbox| inbox.marks.get(&self.key));
        let mark = was.map(|mark| mark.until.map_or(Intent::Done, Intent::Snooze));
        vec![Command::Inbox(Self { mark, ..self.clone() })]
    }
}

/// Whether the actor is called to take an incident under this key.
fn calls(state: &State, context: &Context, key: &str) -> bool {
    asks(state, context.actor, context.now).iter().any(|ask| ask.kind == AskKind::Take && ask.key == key)
}

/// Decides a command on an inbox.
fn decide(state: &State, command: &InboxCommand, context: &Context) -> Result<Changes, Rejection> {
    state.active(context.actor)?;
    if command.person != context.actor {
        return Err(Reason::NotAllowed.into());
    }
    let key = required_line(Field::Search, &command.key, LINE)?;
    let empty = Inbox::default();
    let inbox = state.inboxes.get(&command.person).map_or(&empty, |inbox| inbox);
    if command.mark.is_some() && calls(state, context, &key) {
        return Err(Reason::Incident(IncidentRefusal::CallStands).into());
    }
    let mut changes = Vec::new();
    match command.mark {
        None if !inbox.marks.contains_key(&key) => return Ok(Vec::new()),
        None => changes.push(InboxChange::MarkGone(key)),
        Some(intent) => {
            let until = if let Intent::Snooze(until) = intent { Some(until) } else { None };
            if inbox.marks.len() >= MOST_MARKS && !inbox.marks.contains_key(&key) {
                let oldest = inbox.marks.iter().min_by_key(|(_, mark)| mark.at).map(|(key, _)| key.clone());
                changes.extend(oldest.map(InboxChange::MarkGone));
            }
            changes.push(InboxChange::MarkPut(key, Mark { at: context.now, until }));
        }
    }
    let changes = changes.into_iter().map(Change::Inbox).collect();
    Ok(vec![ScopedChanges { scope: Scope::Inbox(command.person), changes }])
}
