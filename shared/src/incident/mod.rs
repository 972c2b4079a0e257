//! Incidents (紧急问题): from the first report to the measures that keep it from happening again.
//!
//! [`Incidents`] is what everybody has at hand: the policy, the roster, and each incident that is not over, with its stamps
//! and people. A [`Room`] is what those see who look at one incident: its timeline with the chat, its report, and the
//! incident itself once it is over. So what everybody has at hand does not grow with the years.
//!
//! # Rules
//!
//! - **Reporting** (问题上报; guide 2.3). Anybody, with a title; type, severity, scope of impact, suggestion and files
//!   go along. What is like it is shown beside the form, of what goes on also what only names the same thing, and
//!   whoever has the same problem joins instead of reporting it twice.
//! - **Severity** (一般/严重/紧急; guide 2.3). A matrix advises the reporter (ours). While it runs it may be changed
//!   with a reason: the policy's terms apply anew, from the report on. Raised, it calls those who were not called yet,
//!   and what is past by then is a breach at once; lowered, its breaches stay.
//! - **Clocks** (guide 2.3: urgent solved within 1 hour; severe with a team within 2 hours and solved within 4; an
//!   update every 30 minutes; the rest ours). Taken within 5 minutes (urgent) or 15 (severe); normal solved within 1
//!   working day; the report filed within 3 working days (urgent) or 5. Minutes are elapsed time, day and night. All of
//!   this is the policy as it is shipped, which admins edit: a change holds for what is reported, or changes its
//!   severity, from then on. A deadline missed is a breach; done late, it stays one. How long it lasted is something else: that
//!   counts from when the reporter says that it began.
//! - **Calls** (guide 2.3: 立即拉通). The duty lead, else the fallback, else all admins, those who have left passed over; and whom the policy names: for
//!   urgent ones the heads of technology, customer service and management, for severe ones the head whom the type
//!   concerns. Nobody is called twice. What nobody has taken asks whoever is on duty by now, called or not.
//! - **Alarms** (ours). Nobody took it: who is on duty by now and the fallback (all admins, if one of them has left), and
//!   after as long again all admins.
//!   No team: the duty lead. Not solved: management. An update: the leader 5 minutes before, deputy and duty lead when
//!   it is due, management 10 minutes later. Each goes off once, however late, and not for what was dealt with
//!   meanwhile.
//! - **Who runs it** (ours). Leader, deputy, who took it, whoever is on duty, admins. Whoever was called, and the
//!   fallback, may take it. All others read and talk along.
//! - **Stages** (guide 2.3; merging and rejecting: ours). Reported → responding → team formed → mitigated → resolved →
//!   confirmed → closed, each stamped; a team and mitigation may be left out. While it runs it may be rejected, with a
//!   reason, or merged into another one.
//! - **Team** (组长通常为部门负责人, 分工; guide 2.3). At least one assignment, each with a due time. There is always a
//!   leader once it is taken; the form keeps them, and names the head whom the type concerns. Roles keep from when to when. Roles and
//!   what was given go on to others until it is over.
//! - **Confirming** (提交人确认处理结果; guide 2.3). The reporter; who runs it after a working day, or if the reporter
//!   has left. The reporter is reminded after 4 hours.
//! - **Rounds** (ours). A refused solution opens a new round with clocks of its own, and stays on record; the whole
//!   counts as if the clock had never stopped.
//! - **Report** (紧急问题处理报告; guide 2.3). It says how it was noticed, the impact, at least one why, the root
//!   cause, a fix and a measure; the reporter's words on the impact, how many it hit and how long it lasted stand there
//!   from the solution on. Filed, each measure becomes a task; closing demands that, and makes an article of it.
//! - **Roster** (值班负责人: guide 2.3; the rest ours). Turns of up to 31 days that do not overlap, with a lead and
//!   perhaps a fallback. Admins plan it; the duty lead hands over what is left of a turn.
//! - **Over** (ours). What is closed, merged or rejected goes to its room, and is listed and counted by the server.
//! - **Who reads** (ours). Every active person.

mod alarm;
mod clock;
mod command;
mod decide;
mod figures;
mod kept;
mod policy;
mod report;
mod room;
mod roster;
mod severity;
mod similar;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use alarm::{Alarm, AlarmKind};
pub use clock::{Clock, Deadline};
pub(crate) use clock::{day_of, end_of, next_working_day};
pub use command::{Impact, IncidentCommand, IncidentIntent, NewAssignment, NewIncident};
pub use decide::SYSTEM;
pub use figures::{Figures, Lap, laps};
pub use kept::{IncidentThing, RoomThing};
pub use policy::{Callee, Policy, Rule, Span, Team, Terms};
pub use report::{Measure, Report, ReportEdit, WHYS};
pub use room::{Entry, EntryKind, Room, RoomChange};
pub use roster::{Roster, Shift};
pub use severity::{Hindrance, Reach, Severity};
pub use similar::{share_a_word, similarity};

use crate::arrange::Arrange as _;
use crate::file::Attachment;
use crate::id::{ArticleId, AssignmentId, IncidentId, PersonId, ShiftId};
use crate::{Reason, Rejection, Timestamp};

/// What every active person has at hand of incidents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incidents {
    /// The response policy.
    pub policy: Policy,
    /// The duty roster (值班表).
    pub roster: Roster,
    /// The incidents that are not over, by id.
    pub all: BTreeMap<IncidentId, Arc<Incident>>,
    /// The highest number of those that are over, by year; see [`Incident::number`].
    pub over: BTreeMap<i16, u32>,
}

/// One change of [`Incidents`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IncidentChange {
    /// The response policy is now so.
    PolicyPut(Box<Policy>),
    /// This turn of the roster is now so.
    ShiftPut(Shift),
    /// This turn of the roster is gone.
    ShiftGone(ShiftId),
    /// This incident is now so.
    Put(Arc<Incident>),
    /// This incident is over, and goes on in its room.
    Over(IncidentId),
}

impl Incidents {
    /// An incident that is here.
    pub fn incident(&self, id: IncidentId) -> Result<&Incident, Rejection> {
        self.all.get(&id).map(Arc::as_ref).ok_or_else(|| Reason::Gone.into())
    }

    /// The number that the next incident of a year gets.
    fn next_number(&self, year: i16) -> u32 {
        let open = self.all.values().filter(|incident| incident.year == year).map(|incident| incident.nth);
        let over = self.over.get(&year).copied();
        open.chain(over).max().unwrap_or_default().saturating_add(1)
    }

    /// Those that nobody has resolved yet: the gravest first, then the one whose time runs out first.
    pub fn running(&self) -> Vec<Arc<Incident>> {
        let mut running: Vec<_> = self.all.values().filter(|incident| incident.stage.is_running()).cloned().collect();
        running.arrange_by_key(|incident| {
            (std::cmp::Reverse(incident.severity), incident.deadline(Clock::Resolve), incident.id)
        });
        running
    }
}

/// One incident: its facts, its stamps, who is called and who does what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incident {
    /// Its id.
    pub id: IncidentId,
    /// The year in which it was reported, in the company's time zone.
    pub year: i16,
    /// Its place among those of the year, from 1; see [`Incident::number`].
    pub nth: u32,
    /// What sort of problem it is (问题类型).
    pub kind: IncidentKind,
    /// How grave it is (严重程度).
    pub severity: Severity,
    /// What has happened, in a line.
    pub title: String,
    /// Whom it hits (影响范围).
    pub impact: Impact,
    /// What the reporter would do first (初步处理建议).
    pub suggestion: String,
    /// What came with the report.
    pub attachments: Vec<Attachment>,
    /// Who found it (提交人).
    pub reporter: PersonId,
    /// When it was reported: what all deadlines count from.
    pub reported_at: Timestamp,
    /// Where it stands.
    pub stage: Stage,
    /// What the policy demanded of it when its severity was last set.
    pub terms: Terms,
    /// The rounds whose solution the reporter refused, oldest first.
    pub earlier: Vec<Round>,
    /// The round that goes on, or the last one.
    pub round: Round,
    /// Who held which role, and from when to when.
    pub tenures: Vec<Tenure>,
    /// Who was called, and when first.
    pub called: BTreeMap<PersonId, Timestamp>,
    /// Who does what until when (分工).
    pub assignments: Vec<Assignment>,
    /// What everybody should know now; empty for nothing.
    pub pinned: String,
    /// The deadlines that were missed. What is here stays.
    pub breaches: Vec<Breach>,
    /// The alarms that have gone off, so that none does twice.
    pub rung: BTreeSet<Alarm>,
    /// Who was named in the room and when last.
    pub mentions: BTreeMap<PersonId, Timestamp>,
    /// Why it was merged or rejected, and by whom.
    pub dismissed: Option<Dismissal>,
    /// When its report was filed, and by whom.
    pub filed: Option<Stamp>,
    /// When it was closed, and by whom.
    pub closed: Option<Stamp>,
    /// The article that its report became.
    pub article: Option<ArticleId>,
}

/// What sort of problem an incident is (问题类型).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum IncidentKind {
    /// 技术故障.
    Technical,
    /// 客诉.
    Complaint,
    /// 信息安全.
    Security,
    /// 其他.
    Other,
}

impl IncidentKind {
    /// All of them, as forms list them.
    pub const ALL: [Self; 4] = [Self::Technical, Self::Complaint, Self::Security, Self::Other];
}

/// Where an incident stands (incident: stages).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Stage {
    /// Nobody has taken it yet.
    Reported,
    /// The reporter refused the solution, and nobody has taken it again yet.
    Reopened,
    /// Somebody has taken it.
    Responding,
    /// A team works on it (临时处理小组).
    TeamFormed,
    /// The harm is contained, the cause is not mended.
    Mitigated,
    /// A solution is there; the reporter is to confirm it.
    Resolved,
    /// The reporter has confirmed it; the report is due.
    Confirmed,
    /// All is done.
    Closed,
    /// It is another incident's: see [`Incident::dismissed`].
    Merged,
    /// It is none.
    Rejected,
}

impl Stage {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Reported,
        Self::Reopened,
        Self::Responding,
        Self::TeamFormed,
        Self::Mitigated,
        Self::Resolved,
        Self::Confirmed,
        Self::Closed,
        Self::Merged,
        Self::Rejected,
    ];

    /// Whether nobody has taken it.
    pub const fn is_untaken(self) -> bool {
        matches!(self, Self::Reported | Self::Reopened)
    }

    /// Whether it goes on: it is neither resolved nor dismissed.
    pub const fn is_running(self) -> bool {
        matches!(self, Self::Reported | Self::Reopened | Self::Responding | Self::TeamFormed | Self::Mitigated)
    }

    /// Whether nothing is to be done any more.
    pub const fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Merged | Self::Rejected)
    }
}

/// That something was done: when and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: PersonId,
}

/// One way from an open problem to a solution.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Round {
    /// The report, or the refusal of the solution before.
    pub begun: Stamp,
    /// Who took it (接手).
    pub taken: Option<Stamp>,
    /// Who formed the team.
    pub team: Option<Stamp>,
    /// Who contained the harm.
    pub mitigated: Option<Stamp>,
    /// Who solved it.
    pub resolved: Option<Stamp>,
    /// The solution (最终解决方案); empty until there is one.
    pub solution: String,
    /// Who confirmed the solution.
    pub confirmed: Option<Stamp>,
    /// Who refused it: what stopped the clock is kept.
    pub refused: Option<Stamp>,
    /// The last progress update.
    pub updated: Option<Stamp>,
}

impl Round {
    fn begin(begun: Stamp) -> Self {
        Self {
            begun,
            taken: None,
            team: None,
            mitigated: None,
            resolved: None,
            solution: String::new(),
            confirmed: None,
            refused: None,
            updated: None,
        }
    }
}

/// What somebody is in an incident.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Part {
    /// Leads the response (组长).
    Leader,
    /// Stands in for the leader.
    Deputy,
}

/// That somebody held a role: roles keep when each person took and gave them up.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tenure {
    /// Who.
    pub person: PersonId,
    /// Which role.
    pub part: Part,
    /// From when.
    pub from: Timestamp,
    /// Until when; `None` while it lasts.
    pub until: Option<Timestamp>,
}

/// Something that somebody is to do (分工), with its clock.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    /// Its id.
    pub id: AssignmentId,
    /// What.
    pub text: String,
    /// Who.
    pub person: PersonId,
    /// Until when.
    pub due: Timestamp,
    /// When it was given, and by whom.
    pub given: Stamp,
    /// When it was done, and by whom.
    pub done: Option<Stamp>,
}

/// A deadline that was missed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Breach {
    /// Which clock ran out.
    pub clock: Clock,
    /// In which round, from 0.
    pub round: u32,
    /// When it was due.
    pub due: Timestamp,
    /// When what was due was done after all.
    pub made_good: Option<Timestamp>,
}

/// That an incident is no incident of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dismissal {
    /// When and by whom.
    pub stamp: Stamp,
    /// The incident that it belongs to; `None` if it was rejected.
    pub into: Option<IncidentId>,
    /// Why.
    pub reason: String,
}

/// Why the rules of incidents refuse something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum IncidentRefusal {
    /// It is not at a stage from which this is possible.
    WrongStage(Stage),
    /// Somebody has taken it already.
    Taken(PersonId),
    /// It is over and changes no more.
    Over,
    /// It is the same severity.
    SameSeverity,
    /// An incident cannot be merged into itself, or into one that is over.
    NotMergeable,
    /// The report lacks something that closing demands.
    ReportIncomplete,
    /// The report is not filed yet.
    ReportMissing,
    /// A measure has no due date or owner's project to become a task in.
    MeasuresNeedAProject,
    /// Two turns of the roster overlap.
    ShiftsOverlap,
    /// Nobody is their own fallback.
    OwnFallback,
    /// Nobody is on duty who could hand over.
    NotOnDuty,
    /// The reporter still has time to confirm.
    ReporterHasTime,
    /// This alarm is not due, or was dealt with.
    NotDue,
    /// A call stands until somebody takes the incident.
    CallStands,
}

impl Incident {
    /// Its number as people write it, `I-2026-001`.
    pub fn number(&self) -> String {
        format!("I-{}-{:03}", self.year, self.nth)
    }

    /// Which round goes on, from 0.
    pub fn round_index(&self) -> u32 {
        u32::try_from(self.earlier.len()).unwrap_or(u32::MAX)
    }

    /// Who holds a role now.
    pub fn holder(&self, part: Part) -> Option<PersonId> {
        self.tenures.iter().rev().find(|tenure| tenure.part == part && tenure.until.is_none()).map(|held| held.person)
    }

    /// Who leads the response now (组长).
    pub fn leader(&self) -> Option<PersonId> {
        self.holder(Part::Leader)
    }

    /// Everybody who has something to do with it: called, reporting, leading, assigned.
    pub fn involved(&self) -> BTreeSet<PersonId> {
        let people = self.called.keys().copied().chain([self.reporter]);
        let people = people.chain(self.tenures.iter().map(|tenure| tenure.person));
        people.chain(self.assignments.iter().map(|assignment| assignment.person)).collect()
    }
}
