//! What the server functions of incidents ask for and answer.

use serde::{Deserialize, Serialize};
use shared::id::{ArticleId, DepartmentId, IncidentId, PersonId};
use shared::incident::{Figures, IncidentKind, Severity, Stage};
use shared::{Date, Timestamp};

/// Which of the incidents that are over count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverFilter {
    /// Only those that say this in their title, their number, the beginning of what is written of them, or the names of
    /// who reported and led; all if it is empty.
    pub text: String,
    /// Only those as grave as this.
    pub severity: Option<Severity>,
    /// Only those of this kind.
    pub kind: Option<IncidentKind>,
    /// Only those that were reported from this department, or from one beneath it.
    pub department: Option<DepartmentId>,
    /// Only those with which the person who asks had to do.
    pub mine: bool,
}

/// A part of the list of incidents that are over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OverPage {
    /// What is in it, the last reported first.
    pub rows: Vec<Over>,
    /// After what the list goes on, if it does.
    pub next: Option<OverPlace>,
}

/// A place in that list: when the last incident before it was reported, and which that is.
pub type OverPlace = (Timestamp, IncidentId);

/// What the list shows of an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Over {
    /// Which.
    pub id: IncidentId,
    /// Its number, `I-2026-001`.
    pub number: String,
    /// What had happened.
    pub title: String,
    /// What sort of problem it was.
    pub kind: IncidentKind,
    /// How grave it was.
    pub severity: Severity,
    /// How it ended.
    pub stage: Stage,
    /// Who reported it.
    pub reporter: PersonId,
    /// Who led the response, if anybody did.
    pub leader: Option<PersonId>,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// The article that its report became.
    pub article: Option<ArticleId>,
}

/// The figures of all incidents since a month, those that go on too.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tally {
    /// Of all together.
    pub sum: Figures,
    /// By the month in which they were reported, the earliest first; months without any are left out.
    pub months: Vec<MonthTally>,
    /// By how grave they are.
    pub severities: Vec<(Severity, Figures)>,
    /// By kind.
    pub kinds: Vec<(IncidentKind, Figures)>,
    /// By the department of who reported them, the one with the most first.
    pub departments: Vec<(Option<DepartmentId>, Figures)>,
}

/// The figures of one month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonthTally {
    /// Its first day.
    pub month: Date,
    /// Of all that were reported in it.
    pub figures: Figures,
    /// How many there were of each severity, in the order of [`Severity::ALL`].
    pub by_severity: [usize; 3],
}
