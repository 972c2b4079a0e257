//! Typed ids. Each is a `UUIDv7` made by the caller, so that a browser can name a thing before the server has seen it.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Uuid);

        impl $name {
            /// Wraps an id; for a new thing, a fresh `UUIDv7`.
            pub const fn new(id: Uuid) -> Self {
                Self(id)
            }

            /// The bare id, for storage and for addresses.
            pub const fn uuid(self) -> Uuid {
                self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A department of the company.
    DepartmentId,
    /// A person of the company; stays after the person has left.
    PersonId,
    /// A project space.
    ProjectId,
    /// A milestone of a project.
    MilestoneId,
    /// A task.
    TaskId,
    /// A column of a project's board.
    ColumnId,
    /// An item of a task's checklist.
    ItemId,
    /// A comment on a task.
    CommentId,
    /// A deliverable of a project.
    DeliverableId,
    /// An incident.
    IncidentId,
    /// A line of an incident's timeline.
    EntryId,
    /// Something that somebody is to do in an incident.
    AssignmentId,
    /// A turn of the duty roster.
    ShiftId,
    /// A preventive measure of an incident's report.
    MeasureId,
    /// An article of the knowledge base.
    ArticleId,
    /// An uploaded file.
    FileId,
    /// One run of the app in one browser tab: the owner of a queue of commands.
    ClientId,
    /// One command, however often it is sent.
    CommandId,
    /// The history of the journal since the last restore: cursors of another epoch mean nothing.
    Epoch,
}
