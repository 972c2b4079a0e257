//! Why a command was refused: typed, naming the field, translated by the page that shows it.
//!
//! **Bad input.** The same rules refuse it in the browser before it is sent and on the server, which trusts nothing
//! that a browser says; the page tells why beside the field, and nothing that was typed is lost.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use crate::incident::{IncidentRefusal, Team};
use crate::project::ProjectRefusal;
use crate::project::board::BoardRefusal;
use crate::project::deliverable::DeliverableRefusal;
use crate::project::task::TaskRefusal;

/// A refusal of one command or form: what is wrong, and with which field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Error)]
#[error("{field:?}: {reason:?}")]
pub struct Rejection {
    /// The field that the message belongs beside; `None` when it is about the whole.
    pub field: Option<Field>,
    /// What is wrong.
    pub reason: Reason,
}

impl Rejection {
    /// A refusal that belongs beside `field`.
    pub const fn of(field: Field, reason: Reason) -> Self {
        Self { field: Some(field), reason }
    }
}

impl From<Reason> for Rejection {
    fn from(reason: Reason) -> Self {
        Self { field: None, reason }
    }
}

/// The input that a refusal is about. One name for a field wherever it appears.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)] // the names are the fields of the areas' forms
pub enum Field {
    CompanyName,
    Name,
    Email,
    Phone,
    Zone,
    Password,
    Department,
    Parent,
    Head,
    Role,
    StartDate,
    Lead,
    Contact,
    Background,
    Problem,
    ExpectedResults,
    Milestone,
    Date,
    Representative,
    Duty,
    Member,
    Description,
    Owner,
    Collaborators,
    Due,
    Estimate,
    Dependencies,
    Progress,
    Note,
    Label,
    ChecklistItem,
    Comment,
    Awaiting,
    AwaitedFrom,
    WipLimit,
    Column,
    Search,
    Reason,
    Attachments,
    IncidentKind,
    Severity,
    Title,
    Impact,
    Affected,
    Since,
    Suggestion,
    Assignment,
    Leader,
    Deputy,
    Update,
    Pinned,
    Solution,
    Mitigation,
    Message,
    MergeInto,
    Minutes,
    Noticed,
    Factors,
    Whys,
    RootCause,
    TemporaryFix,
    PermanentFix,
    Worked,
    DidNot,
    Measure,
    MeasureProject,
    Team(Team),
    Callees,
    TakeWithin,
    TeamWithin,
    ResolveWithin,
    UpdateEvery,
    ReportWithin,
    DutyLead,
    Fallback,
    Body,
    Tags,
    Readers,
    Url,
    Secret,
    Invitees,
    Uses,
    Criteria,
    Producer,
    Accepter,
    Version,
    Why,
    Task,
}

/// What is wrong with a command or a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Reason {
    /// Nothing was given where something must be.
    Required,
    /// More characters than the field takes.
    TooLong {
        /// The most characters that it takes.
        max: usize,
    },
    /// Fewer characters than the field needs.
    TooShort {
        /// The fewest characters that it needs.
        min: usize,
    },
    /// Control characters, which no name or text has.
    Unprintable,
    /// More entries than the list takes.
    TooMany {
        /// The most entries that it takes.
        max: usize,
    },
    /// A number outside its limits.
    OutOfRange {
        /// The smallest number allowed.
        min: u32,
        /// The largest number allowed.
        max: u32,
    },
    /// Not an email address.
    NotAnEmail,
    /// Another person has this email address.
    EmailTaken,
    /// A password that is guessed first.
    PasswordTooCommon,
    /// Another thing of this name stands beside it.
    NameTaken,
    /// The thing is gone or was never there.
    Gone,
    /// The actor's role does not allow this.
    NotAllowed,
    /// The person has left the company.
    Deactivated,
    /// The last active admin cannot leave or stop being one.
    LastAdmin,
    /// The department cannot be under itself.
    DepartmentCycle,
    /// The department still has people or departments.
    DepartmentInUse,
    /// The lead leads: name another lead first.
    LeadStays,
    /// A project that is closed or cancelled does not change.
    ProjectOver,
    /// The project cannot go from its stage to that one.
    WrongStage,
    /// The person is not in the project.
    NotAMember,
    /// The id is taken: the thing was made already.
    Exists,
    /// The earlier date lies after the later one.
    DatesReversed,
    /// Somebody changed the same lines of this text meanwhile.
    TextConflict,
    /// This command was refused before a restart; the reason is no longer known.
    RefusedBefore,
    /// A file is larger than any may be.
    FileTooLarge {
        /// The most bytes.
        max: u64,
    },
    /// A file did not arrive at the server.
    NotSent,
    /// Not the address of a web hook.
    NotAUrl,
    /// The same address stands there before.
    NamedTwice,
    /// About an incident.
    Incident(IncidentRefusal),
    /// About a task.
    Task(TaskRefusal),
    /// About a board.
    Board(BoardRefusal),
    /// A day or a time that nobody can mean.
    FarOff,
    /// About a project space.
    Project(ProjectRefusal),
    /// About a deliverable.
    Deliverable(DeliverableRefusal),
}
