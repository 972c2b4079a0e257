//! The report of an incident (紧急问题处理报告): why it happened, and what keeps it from happening again (incident: report).

use serde::{Deserialize, Serialize};

use super::IncidentRefusal;
use crate::id::{MeasureId, PersonId, ProjectId, TaskId};
use crate::text::{LINE, NAME, line, long, required_line};
use crate::{Date, Field, Reason, Rejection, State};

/// How many times it is asked why.
pub const WHYS: usize = 5;
const MOST_MEASURES: usize = 50;

/// The report. Its timeline is the room's, and its times against the policy are computed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Report {
    /// How it was noticed.
    pub noticed: String,
    /// Whom it hit and how, in words.
    pub impact: String,
    /// How many it hit.
    pub affected: Option<u32>,
    /// For how many minutes.
    pub minutes: Option<u32>,
    /// What contributed to it.
    pub factors: String,
    /// The answers to why, each asked of the one before (五问法); empty ones at the end are left out.
    pub whys: Vec<String>,
    /// The root cause (根本原因).
    pub root_cause: String,
    /// What was done at once.
    pub temporary_fix: String,
    /// What mends it for good.
    pub permanent_fix: String,
    /// What worked in the response.
    pub worked: String,
    /// What did not.
    pub did_not: String,
    /// What keeps it from happening again (预防措施).
    pub measures: Vec<Measure>,
}

/// Something that keeps it from happening again; filing makes a task of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measure {
    /// Its id.
    pub id: MeasureId,
    /// What is to be done.
    pub text: String,
    /// By whom.
    pub owner: PersonId,
    /// Until when.
    pub due: Date,
    /// The task that it became.
    pub task: Option<(ProjectId, TaskId)>,
}

/// A new value for a part of the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // the fields of `Report`
pub enum ReportEdit {
    Noticed(String),
    Impact(String),
    Affected(Option<u32>),
    Minutes(Option<u32>),
    Factors(String),
    Whys(Vec<String>),
    RootCause(String),
    TemporaryFix(String),
    PermanentFix(String),
    Worked(String),
    DidNot(String),
    /// A new measure, or a changed one.
    PutMeasure(Measure),
    /// A measure less.
    RemoveMeasure(MeasureId),
}

impl Report {
    /// The report with a part changed.
    pub(super) fn edited(&self, state: &State, edit: &ReportEdit) -> Result<Self, Rejection> {
        let mut report = self.clone();
        match edit {
            ReportEdit::Noticed(text) => report.noticed = long(Field::Noticed, text)?,
            ReportEdit::Impact(text) => report.impact = long(Field::Impact, text)?,
            ReportEdit::Affected(number) => report.affected = *number,
            ReportEdit::Minutes(number) => report.minutes = *number,
            ReportEdit::Factors(text) => report.factors = long(Field::Factors, text)?,
            ReportEdit::Whys(whys) => report.whys = checked_whys(whys)?,
            ReportEdit::RootCause(text) => report.root_cause = long(Field::RootCause, text)?,
            ReportEdit::TemporaryFix(text) => report.temporary_fix = long(Field::TemporaryFix, text)?,
            ReportEdit::PermanentFix(text) => report.permanent_fix = long(Field::PermanentFix, text)?,
            ReportEdit::Worked(text) => report.worked = long(Field::Worked, text)?,
            ReportEdit::DidNot(text) => report.did_not = long(Field::DidNot, text)?,
            ReportEdit::PutMeasure(measure) => report.put(state, measure)?,
            ReportEdit::RemoveMeasure(id) => report.measures.retain(|measure| measure.id != *id),
        }
        Ok(report)
    }

    fn put(&mut self, state: &State, measure: &Measure) -> Result<(), Rejection> {
        state.active(measure.owner).map_err(|refusal| Rejection::of(Field::Owner, refusal.reason))?;
        let text = required_line(Field::Measure, &measure.text, NAME)?;
        if let Some(other) = self.measures.iter_mut().find(|other| other.id == measure.id) {
            *other = Measure { text, task: other.task, ..measure.clone() };
        } else if self.measures.len() >= MOST_MEASURES {
            return Err(Rejection::of(Field::Measure, Reason::TooMany { max: MOST_MEASURES }));
        } else {
            self.measures.push(Measure { text, task: None, ..measure.clone() });
        }
        Ok(())
    }

    /// What is missing for it to be filed, in the order of the form (incident: report).
    pub fn missing(&self) -> Vec<Field> {
        let texts = [
            (Field::Noticed, self.noticed.is_empty()),
            (Field::Impact, self.impact.is_empty()),
            (Field::Whys, self.whys.first().is_none_or(String::is_empty)),
            (Field::RootCause, self.root_cause.is_empty()),
            (Field::TemporaryFix, self.temporary_fix.is_empty() && self.permanent_fix.is_empty()),
            (Field::Measure, self.measures.is_empty()),
        ];
        texts.into_iter().filter(|(_, missing)| *missing).map(|(field, _)| field).collect()
    }

    pub(super) fn complete(&self) -> Result<(), Rejection> {
        match self.missing().first() {
            Some(field) => Err(Rejection::of(*field, Reason::Incident(IncidentRefusal::ReportIncomplete))),
            None => Ok(()),
        }
    }
}

fn checked_whys(whys: &[String]) -> Result<Vec<String>, Rejection> {
    if whys.len() > WHYS {
        return Err(Rejection::of(Field::Whys, Reason::TooMany { max: WHYS }));
    }
    let mut whys = whys.iter().map(|why| line(Field::Whys, why, LINE)).collect::<Result<Vec<_>, _>>()?;
    while whys.last().is_some_and(String::is_empty) {
        whys.pop();
    }
    Ok(whys)
}
