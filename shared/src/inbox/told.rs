//! What a person is told of tasks, since boards are not at hand: which are theirs, and what was said to them once.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Inbox, InboxChange};
use crate::id::{CommentId, DeliverableId, PersonId, ProjectId, TaskId};
use crate::project::board::Status;
use crate::project::task::{AwaitedFrom, Priority};
use crate::{Date, Timestamp};

/// How many notes are kept: the oldest goes.
pub(super) const MOST_NOTES: usize = 200;

/// A task by the board that it is on: its id is its own only there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BoardTask {
    /// Whose board.
    pub project: ProjectId,
    /// Which task.
    pub task: TaskId,
}

/// A task that is not over and that a person owns or helps with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Duty {
    /// What is to be known of the task.
    pub card: Card,
    /// Since when it is theirs.
    pub since: Timestamp,
    /// Who made it so.
    pub by: PersonId,
}

/// What is to be known of a task without its board.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Card {
    /// Its number in its project.
    pub number: u32,
    /// Its name.
    pub name: String,
    /// When it is due.
    pub due: Option<Date>,
    /// Its priority.
    pub priority: Priority,
    /// Where it stands.
    pub status: Status,
    /// Whether it is the person's own, rather than one that they help with.
    pub owned: bool,
}

/// Something of a task that a person is told once.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The task.
    pub task: BoardTask,
    /// What is told.
    pub news: News,
    /// Where it stands.
    pub source: Source,
    /// The task's number in its project.
    pub number: u32,
    /// Its name then.
    pub name: String,
    /// Whose doing it was.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// What a note tells. Of each task there is one note of each, the latest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum News {
    /// One was named.
    Mentioned,
    /// Somebody commented on a task of one's own.
    Commented,
    /// The task waits for one.
    Awaited,
}

/// Where that stands which a note tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// In a comment.
    Comment(CommentId),
    /// In the description.
    Description,
    /// In what the task waits for.
    Block(AwaitedFrom),
}

/// Names a note.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct NoteKey {
    /// The task.
    pub task: BoardTask,
    /// What is told of it.
    pub news: News,
}

/// A deliverable by the project that hands it over: its id is its own only there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct BoardDeliverable {
    /// Whose.
    pub project: ProjectId,
    /// Which.
    pub deliverable: DeliverableId,
}

/// What a deliverable asks of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivery {
    /// What.
    pub ask: DeliveryAsk,
    /// Of which version; 0 before the first one.
    pub version: u32,
    /// Its name then.
    pub name: String,
    /// Whose doing it was.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// What is asked of a deliverable's people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DeliveryAsk {
    /// Hand it in.
    HandIn,
    /// Accept or return what was handed in.
    Accept,
    /// Hand in another version of what was returned.
    Revise,
    /// Know that it is accepted.
    Accepted,
}

impl fmt::Display for BoardDeliverable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.project, self.deliverable)
    }
}

impl fmt::Display for BoardTask {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.project, self.task)
    }
}

impl Note {
    /// What names it.
    pub fn key(&self) -> NoteKey {
        NoteKey { task: self.task, news: self.news }
    }
}

impl Inbox {
    /// Applies a decided change; passes over what no longer fits.
    pub(super) fn change(&mut self, change: &InboxChange) {
        match change {
            InboxChange::MarkPut(key, mark) => {
                self.marks.insert(key.clone(), *mark);
            }
            InboxChange::MarkGone(key) => {
                self.marks.remove(key);
            }
            InboxChange::DutyGiven(task, duty) => {
                self.duties.insert(*task, duty.clone());
            }
            InboxChange::DutyPut(task, duty) => {
                let known = self.duties.entry(*task).or_insert_with(|| duty.clone());
                known.card.clone_from(&duty.card);
            }
            InboxChange::DutyGone(task) => {
                self.duties.remove(task);
            }
            InboxChange::NotePut(note) => {
                self.notes.insert(note.key(), note.clone());
                if self.notes.len() > MOST_NOTES
                    && let Some(oldest) = self.oldest_note()
                {
                    self.notes.remove(&oldest);
                }
            }
            InboxChange::NoteGone(key, source) => {
                if self.has_note(key, *source) {
                    self.notes.remove(key);
                }
            }
            InboxChange::DeliveryPut(on, delivery) => {
                self.deliveries.insert(*on, delivery.clone());
            }
            InboxChange::DeliveryGone(on) => {
                self.deliveries.remove(on);
            }
        }
    }

    /// Whether a note is there that is from this source, if that is said.
    pub(super) fn has_note(&self, key: &NoteKey, source: Option<Source>) -> bool {
        self.notes.get(key).is_some_and(|note| source.is_none_or(|source| source == note.source))
    }

    /// The note that goes when there are too many.
    pub(super) fn oldest_note(&self) -> Option<NoteKey> {
        self.notes.iter().min_by_key(|(key, note)| (note.at, **key)).map(|(key, _)| *key)
    }
}
