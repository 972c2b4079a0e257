//! How incidents of the demo are written down: as commands on one, or as the story of one that is long over.

use shared::Timestamp;
use shared::command::Command;
use shared::id::{ArticleId, AssignmentId, EntryId, IncidentId};
use shared::incident::{Impact, IncidentCommand, IncidentIntent, IncidentKind, NewAssignment, NewIncident, Severity};

use super::people::mentioned;
use super::review::{Facts, Review};
use super::script::{Line, Script, When};
use super::{id, person, project};

/// An incident, and who reports it.
pub(super) struct Case {
    pub(super) slug: &'static str,
    pub(super) reporter: &'static str,
}

impl Case {
    pub(super) fn id(&self) -> IncidentId {
        IncidentId::new(id("incident", self.slug))
    }

    pub(super) fn report(&self, kind: IncidentKind, severity: Severity, title: &str, impact: Impact) -> Line {
        let form = NewIncident {
            id: self.id(),
            entry: self.entry("report"),
            kind,
            severity,
            title: title.to_owned(),
            impact,
            suggestion: String::new(),
            attachments: Vec::new(),
        };
        (person(self.reporter), Command::Incident(IncidentCommand::Report(Box::new(form))))
    }

    pub(super) fn on(&self, who: &str, step: &str, intent: IncidentIntent) -> Line {
        let command = IncidentCommand::On { incident: self.id(), entry: self.entry(step), intent };
        (person(who), Command::Incident(command))
    }

    fn entry(&self, step: &str) -> EntryId {
        EntryId::new(id("entry", &format!("{}/{step}", self.slug)))
    }
}

/// Something that is said in a room; an `@` before a name mentions them.
pub(super) fn said(text: &str) -> IncidentIntent {
    IncidentIntent::Say { text: text.to_owned(), mentions: mentioned(text), files: Vec::new() }
}

/// A command of the past, and when it is given.
pub(super) struct Moment {
    pub(super) at: Timestamp,
    pub(super) line: Line,
}

/// An incident of the past, from its report to its end.
pub(super) struct Story {
    pub(super) case: Case,
    reported: When,
    kind: IncidentKind,
    severity: Severity,
    title: &'static str,
    impact: Impact,
    /// Minutes after the report, who, what.
    steps: Vec<(i64, &'static str, Step)>,
    solution: &'static str,
}

enum Step {
    Do(IncidentIntent),
    Team(&'static str, &'static str, &'static [Given]),
    Done(usize),
    File(&'static Review),
    Close(&'static Review),
}

/// What somebody of a team is to do: what, who, until how many minutes after the report, and when they have done it.
pub(super) type Given = (&'static str, &'static str, i64, i64);

/// What was reported, when, and by whom.
pub(super) fn story(
    slug: &'static str,
    (at, reporter): (When, &'static str),
    (kind, severity): (IncidentKind, Severity),
    title: &'static str,
) -> Story {
    let case = Case { slug, reporter };
    Story { case, reported: at, kind, severity, title, impact: Impact::default(), steps: Vec::new(), solution: "" }
}

impl Story {
    pub(super) fn hits(mut self, affected: u32, text: &str) -> Self {
        self.impact = Impact { text: text.to_owned(), affected: Some(affected), since: None };
        self
    }

    pub(super) fn take(self, minutes: i64, who: &'static str) -> Self {
        self.then(minutes, who, IncidentIntent::Take)
    }

    /// A team under a leader and a deputy.
    pub(super) fn team(
        mut self,
        (minutes, who): (i64, &'static str),
        (leader, deputy): (&'static str, &'static str),
        given: &'static [Given],
    ) -> Self {
        self.steps.push((minutes, who, Step::Team(leader, deputy, given)));
        let done = given.iter().enumerate().map(|(nth, (_, whose, _, done))| (*done, *whose, Step::Done(nth)));
        self.steps.extend(done);
        self
    }

    pub(super) fn says(self, minutes: i64, who: &'static str, text: &str) -> Self {
        self.then(minutes, who, said(text))
    }

    pub(super) fn update(self, minutes: i64, who: &'static str, text: &str) -> Self {
        self.then(minutes, who, IncidentIntent::Update(text.to_owned()))
    }

    pub(super) fn contain(self, minutes: i64, who: &'static str, text: &str) -> Self {
        self.then(minutes, who, IncidentIntent::Mitigate(text.to_owned()))
    }

    pub(super) fn resolve(mut self, minutes: i64, who: &'static str, solution: &'static str) -> Self {
        self.solution = solution;
        self.then(minutes, who, IncidentIntent::Resolve(solution.to_owned()))
    }

    pub(super) fn confirm(self, minutes: i64) -> Self {
        let reporter = self.case.reporter;
        self.then(minutes, reporter, IncidentIntent::Confirm)
    }

    pub(super) fn refuse(self, minutes: i64, reason: &str) -> Self {
        let reporter = self.case.reporter;
        self.then(minutes, reporter, IncidentIntent::Refuse(reason.to_owned()))
    }

    pub(super) fn reject(self, minutes: i64, who: &'static str, reason: &str) -> Self {
        self.then(minutes, who, IncidentIntent::Reject(reason.to_owned()))
    }

    pub(super) fn merge(self, minutes: i64, who: &'static str, into: &'static str, reason: &str) -> Self {
        let into = Case { slug: into, reporter: "" }.id();
        self.then(minutes, who, IncidentIntent::MergeInto { into, reason: reason.to_owned() })
    }

    /// The report is filed, and half an hour later, on the same day, all is done.
    pub(super) fn close(mut self, minutes: i64, who: &'static str, review: &'static Review) -> Self {
        self.steps.push((minutes, who, Step::File(review)));
        self.steps.push((minutes + 30, who, Step::Close(review)));
        self
    }

    fn then(mut self, minutes: i64, who: &'static str, intent: IncidentIntent) -> Self {
        self.steps.push((minutes, who, Step::Do(intent)));
        self
    }

    /// How many tasks its report leaves.
    pub(super) fn measures(&self) -> usize {
        let filed = |step: &Step| if let Step::File(review) = step { review.measures.len() } else { 0 };
        self.steps.iter().map(|(_, _, step)| filed(step)).sum()
    }

    /// All of it as commands, not in the order of their times.
    pub(super) fn moments(&self, script: &Script) -> Vec<Moment> {
        let begun = script.instant(self.reported);
        let line = self.case.report(self.kind, self.severity, self.title, self.impact.clone());
        let mut moments = vec![Moment { at: begun, line }];
        for (nth, (minutes, who, step)) in self.steps.iter().enumerate() {
            let at = later(begun, *minutes);
            let step = match step {
                Step::File(review) => {
                    moments.extend(self.filed(script, (at, who), review));
                    continue;
                }
                Step::Do(intent) => intent.clone(),
                Step::Team(leader, deputy, given) => self.team_of(begun, (leader, deputy), given),
                Step::Done(nth) => IncidentIntent::SetDone { assignment: self.assignment(*nth), done: true },
                Step::Close(review) => self.closed(who, at, review),
            };
            moments.push(Moment { at, line: self.case.on(who, &nth.to_string(), step) });
        }
        moments
    }

    fn team_of(&self, begun: Timestamp, (leader, deputy): (&str, &str), given: &[Given]) -> IncidentIntent {
        let assignment = |(nth, (text, who, due, _)): (usize, &Given)| NewAssignment {
            id: self.assignment(nth),
            text: (*text).to_owned(),
            person: person(who),
            due: later(begun, *due),
        };
        IncidentIntent::FormTeam {
            leader: person(leader),
            deputy: Some(person(deputy)),
            assignments: given.iter().enumerate().map(assignment).collect(),
        }
    }

    fn assignment(&self, nth: usize) -> AssignmentId {
        AssignmentId::new(id("assignment", &format!("{} {nth}", self.case.slug)))
    }

    /// The report is written and filed, and what was to be done by now has been done since.
    fn filed(&self, script: &Script, (at, who): (Timestamp, &str), review: &Review) -> Vec<Moment> {
        let edits = review.edits(self.case.slug, at).into_iter().map(IncidentIntent::EditReport);
        let file = IncidentIntent::File { project: Some(project(super::follow_ups::SLUG)) };
        let steps = edits.chain([file]).enumerate();
        let mut moments: Vec<Moment> = steps
            .map(|(nth, intent)| Moment { at, line: self.case.on(who, &format!("report {nth}"), intent) })
            .collect();
        moments.extend(review.done(self.case.slug, script, at));
        moments
    }

    fn closed(&self, who: &str, at: Timestamp, review: &Review) -> IncidentIntent {
        let facts = Facts { kind: self.kind, severity: self.severity, solution: self.solution, filed: at };
        let article = ArticleId::new(id("article", self.case.slug));
        IncidentIntent::Close { article, body: review.article(who, &facts) }
    }
}

fn later(from: Timestamp, minutes: i64) -> Timestamp {
    Timestamp::from_micros(from.micros() + minutes * 60_000_000)
}
