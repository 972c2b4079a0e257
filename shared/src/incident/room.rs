//! The room of an incident: one timeline of chat, updates, assignments and stamps, and the report.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{AlarmKind, Assignment, Clock, Incident, Part, Report, Severity};
use crate::Timestamp;
use crate::file::Attachment;
use crate::id::{AssignmentId, EntryId, IncidentId, PersonId};

/// What those see who look at one incident.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Room {
    /// The timeline, oldest first.
    pub entries: BTreeMap<(Timestamp, EntryId), Arc<Entry>>,
    /// The report, as far as it is written.
    pub report: Report,
    /// The incident, once it is over.
    pub incident: Option<Arc<Incident>>,
}

/// A line of the timeline. It is a record: nothing takes it back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Its id.
    pub id: EntryId,
    /// When.
    pub at: Timestamp,
    /// Whose doing; [`SYSTEM`](super::SYSTEM) for what a clock or the policy did.
    pub by: PersonId,
    /// What.
    pub kind: EntryKind,
}

/// What a line of the timeline says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EntryKind {
    /// It was reported.
    Reported,
    /// Somebody else reported the same.
    ReportedToo {
        /// What they saw.
        text: String,
    },
    /// These were called.
    Called {
        /// Who.
        people: BTreeSet<PersonId>,
        /// Because of which alarm; `None` for the policy's own calls, and those of people.
        alarm: Option<AlarmKind>,
    },
    /// Somebody took it.
    Taken,
    /// A team was formed.
    TeamFormed,
    /// Somebody has a role from now on; nobody if it is given up.
    Held {
        /// Which role.
        part: Part,
        /// Who.
        person: Option<PersonId>,
    },
    /// Somebody was given something to do, or it was changed.
    Assigned(Assignment),
    /// It was done, or is open again.
    AssignmentDone {
        /// Which.
        id: AssignmentId,
        /// What it says.
        text: String,
        /// Whether it is done.
        done: bool,
    },
    /// Something was said.
    Said {
        /// Markdown.
        text: String,
        /// Those named with an @.
        mentions: BTreeSet<PersonId>,
        /// What goes along.
        files: Vec<Attachment>,
    },
    /// A progress update of the leader.
    Updated {
        /// Markdown.
        text: String,
        /// Whether it came after it was due.
        late: bool,
    },
    /// Everybody should know this now; empty if nothing any more.
    Pinned {
        /// What.
        text: String,
    },
    /// The severity was changed.
    Severity {
        /// What it was.
        from: Severity,
        /// What it is.
        to: Severity,
        /// Why.
        reason: String,
    },
    /// The harm is contained.
    Mitigated {
        /// How.
        text: String,
    },
    /// It is solved.
    Resolved {
        /// How.
        solution: String,
    },
    /// The reporter, or the duty lead in their stead, confirmed the solution.
    Confirmed,
    /// The solution was refused: it is open again.
    Refused {
        /// Why.
        reason: String,
    },
    /// A deadline was missed.
    Breached {
        /// Which.
        clock: Clock,
        /// When it was due.
        due: Timestamp,
    },
    /// An alarm went off that called nobody new.
    Rang {
        /// Which.
        alarm: AlarmKind,
    },
    /// It was merged into another one.
    MergedInto {
        /// Which.
        into: IncidentId,
        /// Why.
        reason: String,
    },
    /// Another one was merged into this one.
    MergedHere {
        /// Which.
        from: IncidentId,
    },
    /// It is no incident.
    Rejected {
        /// Why.
        reason: String,
    },
    /// The report was filed.
    Filed,
    /// All is done.
    Closed,
}

/// One change of a room.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RoomChange {
    /// A line of the timeline.
    EntryPut(Arc<Entry>),
    /// The report is now so.
    ReportPut(Box<Report>),
    /// The incident is over, and is this from now on.
    IncidentPut(Arc<Incident>),
}
