//! The intents on incidents, the policy and the roster.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Alarm, IncidentKind, Part, Policy, ReportEdit, Severity, Shift};
use crate::Timestamp;
use crate::file::Attachment;
use crate::id::{ArticleId, AssignmentId, EntryId, IncidentId, PersonId, ProjectId, ShiftId};

/// An intent on incidents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IncidentCommand {
    /// Somebody reports a problem (问题上报).
    Report(Box<NewIncident>),
    /// An intent on an incident that exists.
    On {
        /// Which.
        incident: IncidentId,
        /// The id of the line that it leaves in the timeline, made by the caller; further lines take the ids after it.
        entry: EntryId,
        /// What.
        intent: IncidentIntent,
    },
    /// Another response policy. Admins.
    SetPolicy(Box<Policy>),
    /// A new turn of the roster, or a changed one. Admins.
    PutShift(Shift),
    /// A turn less. Admins.
    RemoveShift(ShiftId),
    /// What is left of the turn that runs goes to somebody else. The duty lead, and admins.
    HandOver {
        /// The id of what is left, made by the caller.
        rest: ShiftId,
        /// Who takes over.
        to: PersonId,
        /// What they should know.
        note: String,
    },
}

/// A report as it is filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewIncident {
    /// The new incident's id.
    pub id: IncidentId,
    /// The id of the first line of its timeline; further lines take the ids after it.
    pub entry: EntryId,
    /// 问题类型.
    pub kind: IncidentKind,
    /// 严重程度.
    pub severity: Severity,
    /// What has happened, in a line.
    pub title: String,
    /// 影响范围.
    pub impact: Impact,
    /// 初步处理建议.
    pub suggestion: String,
    /// What goes along.
    pub attachments: Vec<Attachment>,
}

/// Whom an incident hits (影响范围).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Impact {
    /// Who and how, in words; may be empty.
    pub text: String,
    /// How many; `None` if nobody knows yet.
    pub affected: Option<u32>,
    /// Since when; `None` if nobody knows.
    pub since: Option<Timestamp>,
}

/// Something that somebody is to do, as it is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewAssignment {
    /// Its id.
    pub id: AssignmentId,
    /// What.
    pub text: String,
    /// Who.
    pub person: PersonId,
    /// Until when.
    pub due: Timestamp,
}

/// An intent on an incident that exists. Who runs it: its leader and deputy, who took it, whoever is on duty, and admins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IncidentIntent {
    /// The actor takes it (接手处理). Whoever was called or is on duty, and admins.
    Take,
    /// A team is formed (组建临时小组). Who runs it.
    FormTeam {
        /// Who leads it.
        leader: PersonId,
        /// Who stands in.
        deputy: Option<PersonId>,
        /// Who does what until when.
        assignments: Vec<NewAssignment>,
    },
    /// A role goes to somebody, or nobody has it any more; a leader there always is. Who runs it.
    SetPart {
        /// Which role.
        part: Part,
        /// Whose from now on.
        person: Option<PersonId>,
    },
    /// Somebody is given something to do, or what was given changes. Who runs it.
    Assign(NewAssignment),
    /// It is done, or open again. Whose it is, and who runs the incident.
    SetDone {
        /// Which.
        assignment: AssignmentId,
        /// Whether it is done.
        done: bool,
    },
    /// Something is said in the room. Everybody, until it is over.
    Say {
        /// Markdown; may be empty where files go along.
        text: String,
        /// Those named with an @.
        mentions: BTreeSet<PersonId>,
        /// What goes along.
        files: Vec<Attachment>,
    },
    /// A progress update (进度更新): the clock begins anew. Who runs it.
    Update(String),
    /// What everybody should know now; empty for nothing. Who runs it.
    Pin(String),
    /// The harm is contained. Who runs it.
    Mitigate(String),
    /// It is solved (最终解决方案). Who runs it.
    Resolve(String),
    /// The solution is good. The reporter; after a working day who runs it.
    Confirm,
    /// The solution is not: it is open again. The reporter; after a working day who runs it.
    Refuse(String),
    /// It is graver, or less grave. Who runs it.
    SetSeverity {
        /// What it is.
        severity: Severity,
        /// Why.
        reason: String,
    },
    /// It is no incident. Who runs it.
    Reject(String),
    /// It is part of another one. Who runs it.
    MergeInto {
        /// Which.
        into: IncidentId,
        /// Why.
        reason: String,
    },
    /// The actor has the same problem: joins instead of reporting it twice. Everybody.
    ReportToo(String),
    /// A part of the report. Who runs it, once it is resolved.
    EditReport(ReportEdit),
    /// The report is complete: its measures become tasks. Who runs it, once it is confirmed.
    File {
        /// Where the measures become tasks; needed where there are some that are none yet.
        project: Option<ProjectId>,
    },
    /// All is done; the report becomes an article. Who runs it, once the report is filed.
    Close {
        /// The new article's id.
        article: ArticleId,
        /// What it says, written out from the report in the language of who closes it, as Markdown.
        body: String,
    },
    /// An alarm goes off. The server alone.
    Ring(Alarm),
    /// It is over since a time at which such incidents stayed among the others: it goes to its room. The server alone.
    Leave,
    /// Somebody else is called to it. Who runs it, until it is resolved.
    Call(PersonId),
}
