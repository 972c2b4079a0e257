//! From a solution to the end: confirming, reporting, closing.

use std::collections::BTreeSet;

use super::Draft;
use crate::command::{Rules as _, ScopedChanges};
use crate::id::{ArticleId, ProjectId, TaskId};
use crate::incident::{Clock, EntryKind, IncidentRefusal, Measure, Report, ReportEdit, Round, Stage};
use crate::knowledge::{self, ArticleKind, NewArticle, Readers, Source};
use crate::project::board::Status;
use crate::project::task::{NewTask, Place, Priority, TaskCommand, TaskIntent};
use crate::text::{LINE, required_line, required_long};
use crate::{Field, Reason, Rejection, State, Timestamp};

/// A minute in microseconds.
const MINUTE: i64 = 60 * 1_000_000;

impl Draft<'_> {
    pub(super) fn resolve(&mut self, solution: &str) -> Result<(), Rejection> {
        self.by_who_runs_it()?;
        self.while_responding()?;
        self.incident.round.solution = required_long(Field::Solution, solution)?;
        self.incident.round.resolved = Some(self.stamp());
        self.incident.stage = Stage::Resolved;
        for clock in [Clock::Team, Clock::Resolve, Clock::Update] {
            self.make_good(clock);
        }
        self.tell(EntryKind::Resolved { solution: self.incident.round.solution.clone() });
        self.begin_report();
        Ok(())
    }

    /// What is known already stands in the report, until somebody knows better.
    fn begin_report(&mut self) {
        let Ok(before) = self.written() else { return };
        let began = self.incident.began();
        let minutes = |until: Timestamp| u32::try_from(until.micros_since(began) / MINUTE).ok();
        let earlier = self.incident.earlier.last().and_then(|round| minutes(round.resolved?.at));
        let mut report = before.clone();
        let impact = &self.incident.impact;
        report.affected = report.affected.or(impact.affected);
        if report.impact.is_empty() {
            report.impact.clone_from(&impact.text);
        }
        if report.minutes.is_none() || report.minutes == earlier {
            report.minutes = minutes(self.context.now);
        }
        self.report = (report != *before).then_some(report);
    }

    pub(super) fn confirm(&mut self) -> Result<(), Rejection> {
        self.confirming()?;
        self.incident.round.confirmed = Some(self.stamp());
        self.incident.stage = Stage::Confirmed;
        self.tell(EntryKind::Confirmed);
        Ok(())
    }

    pub(super) fn refuse(&mut self, reason: &str) -> Result<(), Rejection> {
        self.confirming()?;
        let reason = required_line(Field::Reason, reason, LINE)?;
        let stamp = self.stamp();
        let mut refused = std::mem::replace(&mut self.incident.round, Round::begin(stamp));
        refused.refused = Some(stamp);
        self.incident.earlier.push(refused);
        self.incident.stage = Stage::Reopened;
        self.tell(EntryKind::Refused { reason });
        self.note_breaches();
        self.call_by_policy();
        Ok(())
    }

    fn confirming(&self) -> Result<(), Rejection> {
        self.at_stage(&[Stage::Resolved])?;
        let (actor, now) = (self.context.actor, self.context.now);
        if self.incident.may_be_confirmed_by(self.state, actor, now) {
            return Ok(());
        }
        let early = self.incident.is_run_by(self.state, actor, now);
        Err(if early { Reason::Incident(IncidentRefusal::ReporterHasTime) } else { Reason::NotAllowed }.into())
    }

    pub(super) fn edit_report(&mut self, edit: &ReportEdit) -> Result<(), Rejection> {
        self.by_who_runs_it()?;
        self.at_stage(&[Stage::Resolved, Stage::Confirmed])?;
        if self.incident.filed.is_some() {
            return Err(Reason::Incident(IncidentRefusal::Over).into());
        }
        let before = self.written()?;
        let after = before.edited(self.state, edit)?;
        self.report = (after != *before).then_some(after);
        Ok(())
    }

    pub(super) fn file(&mut self, project: Option<ProjectId>) -> Result<(), Rejection> {
        self.by_who_runs_it()?;
        self.at_stage(&[Stage::Confirmed])?;
        if self.incident.filed.is_some() {
            return Err(Reason::Exists.into());
        }
        let mut report = self.written()?.clone();
        report.complete()?;
        self.make_tasks(&mut report, project)?;
        self.report = Some(report);
        self.incident.filed = Some(self.stamp());
        self.make_good(Clock::Report);
        self.tell(EntryKind::Filed);
        Ok(())
    }

    /// The report as far as it is written.
    fn written(&self) -> Result<&Report, Rejection> {
        let room = self.state.rooms.get(&self.incident.id).ok_or(Reason::Gone)?;
        Ok(&room.report)
    }

    /// Each measure becomes a task of the project (incident: report).
    fn make_tasks(&mut self, report: &mut Report, project: Option<ProjectId>) -> Result<(), Rejection> {
        let mut state = self.state.clone();
        let mut made: Vec<ScopedChanges> = Vec::new();
        for measure in report.measures.iter_mut().filter(|measure| measure.task.is_none()) {
            let needs = IncidentRefusal::MeasuresNeedAProject;
            let project = project.ok_or(Rejection::of(Field::MeasureProject, Reason::Incident(needs)))?;
            let task = TaskId::new(measure.id.uuid());
            let command = TaskCommand { project, intent: TaskIntent::Create(task_of(&state, project, measure)?) };
            for part in command.decide(&state, self.context)? {
                state.apply(&part);
                match made.iter_mut().find(|made| made.scope == part.scope) {
                    Some(made) => made.changes.extend(part.changes),
                    None => made.push(part),
                }
            }
            measure.task = Some((project, task));
        }
        self.elsewhere.extend(made);
        Ok(())
    }

    pub(super) fn close(&mut self, article: ArticleId, body: &str) -> Result<(), Rejection> {
        self.by_who_runs_it()?;
        self.at_stage(&[Stage::Confirmed])?;
        if self.incident.filed.is_none() {
            return Err(Reason::Incident(IncidentRefusal::ReportMissing).into());
        }
        let new = NewArticle {
            kind: ArticleKind::IncidentReport,
            title: self.incident.title.clone(),
            body: body.to_owned(),
            tags: BTreeSet::from([self.incident.number()]),
            readers: Readers::Company,
            source: Some(Source::Incident(self.incident.id)),
        };
        let part = knowledge::create(self.state, article, &new, self.context)?;
        self.elsewhere.push(part);
        self.incident.article = Some(article);
        self.incident.closed = Some(self.stamp());
        self.incident.stage = Stage::Closed;
        self.tell(EntryKind::Closed);
        Ok(())
    }
}

/// A measure as a task at the end of the first column of what is to be done.
fn task_of(state: &State, project: ProjectId, measure: &Measure) -> Result<NewTask, Rejection> {
    let board = state.board(project).map_err(|refusal| Rejection::of(Field::MeasureProject, refusal.reason))?;
    let column = board.columns().iter().find(|column| column.status == Status::Todo);
    let column = column.ok_or(Rejection::of(Field::MeasureProject, Reason::Gone))?;
    Ok(NewTask {
        id: TaskId::new(measure.id.uuid()),
        name: measure.text.clone(),
        column: column.id,
        place: Place::Last,
        owner: measure.owner,
        due: Some(measure.due),
        priority: Priority::High,
    })
}
