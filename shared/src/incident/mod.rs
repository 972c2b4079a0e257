//! Incidents (紧急问题): from the first report to the measures that keep it from happening again (SPEC 7).
//!
//! [`Incidents`] is what everybody has at hand: the policy, the roster, and each incident that is not over, with its stamps
//! and people. A [`Room`] is what those see who look at one incident: its timeline with the chat, its report, and the
//! incident itself once it is over. So what everybody has at hand does not grow with the years.

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
pub(crate) use clock::{day_of, end_of};
pub use command::{Impact, IncidentCommand, IncidentIntent, NewAssignment, NewIncident};
pub use decide::SYSTEM;
pub use figures::{Figures, Lap, laps};
pub use kept::{IncidentThing, RoomThing};
pub use policy::{Callee, Policy, Rule, Span, Team, Terms};
pub use report::{Measure, Report, ReportEdit, WHYS};
pub use room::{Entry, EntryKind, Room, RoomChange};
pub use roster::{Roster, Shift};
pub use severity::{Hindrance, Reach, Severity};
pub use similar::similarity;

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
        running.sort_by_key(|incident| {
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

/// Where an incident stands (SPEC 7).
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
