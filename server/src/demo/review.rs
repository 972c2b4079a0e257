//! What the demo's company learned from its incidents: the report of each, its measures, and the article that it becomes.

use jiff::ToSpan as _;
use shared::command::Command;
use shared::id::{MeasureId, ProjectId, TaskId};
use shared::incident::{IncidentKind, Measure, ReportEdit, Severity};
use shared::organisation::Locale;
use shared::project::task::{Place, TaskEdit, TaskIntent};
use shared::{Date, Timestamp};

use super::case::Moment;
use super::follow_ups::{DONE, SLUG};
use super::people::PEOPLE;
use super::project::column_id;
use super::script::{Script, at, date_of, edit, on_tasks, weekday_from};
use super::{id, person, project};

/// A report, as it is filled in. What is empty was left out.
pub(super) struct Review {
    pub(super) noticed: &'static str,
    pub(super) impact: &'static str,
    pub(super) affected: u32,
    pub(super) minutes: u32,
    pub(super) factors: &'static str,
    pub(super) whys: &'static [&'static str],
    pub(super) root_cause: &'static str,
    pub(super) temporary_fix: &'static str,
    pub(super) permanent_fix: &'static str,
    pub(super) worked: &'static str,
    pub(super) did_not: &'static str,
    /// What, who, and how many days after the report is filed.
    pub(super) measures: &'static [(&'static str, &'static str, i32)],
}

impl Review {
    /// One in which nothing is filled in.
    pub(super) const EMPTY: Self = Self {
        noticed: "",
        impact: "",
        affected: 0,
        minutes: 0,
        factors: "",
        whys: &[],
        root_cause: "",
        temporary_fix: "",
        permanent_fix: "",
        worked: "",
        did_not: "",
        measures: &[],
    };

    /// All that is written into the report of an incident.
    pub(super) fn edits(&self, slug: &str, filed: Timestamp) -> Vec<ReportEdit> {
        let mut edits = vec![
            ReportEdit::Noticed(self.noticed.to_owned()),
            ReportEdit::Impact(self.impact.to_owned()),
            ReportEdit::Affected(Some(self.affected)),
            ReportEdit::Minutes(Some(self.minutes)),
            ReportEdit::Factors(self.factors.to_owned()),
            ReportEdit::Whys(self.whys.iter().map(|why| (*why).to_owned()).collect()),
            ReportEdit::RootCause(self.root_cause.to_owned()),
            ReportEdit::TemporaryFix(self.temporary_fix.to_owned()),
            ReportEdit::PermanentFix(self.permanent_fix.to_owned()),
            ReportEdit::Worked(self.worked.to_owned()),
            ReportEdit::DidNot(self.did_not.to_owned()),
        ];
        edits.extend(self.measures.iter().map(|(text, owner, days)| {
            ReportEdit::PutMeasure(Measure {
                id: measure(slug, text),
                text: (*text).to_owned(),
                owner: person(owner),
                due: due(filed, *days),
                task: None,
            })
        }));
        edits
    }

    /// The tasks that its measures became are done on the day on which they are due, if that is over.
    pub(super) fn done(&self, slug: &str, script: &Script, filed: Timestamp) -> Vec<Moment> {
        let past = self.measures.iter().map(|(text, owner, days)| (text, owner, due(filed, *days)));
        let past = past.filter(|(_, _, due)| *due < script.monday());
        past.flat_map(|(text, owner, due)| {
            let task = TaskId::new(measure(slug, text).uuid());
            let board = project(SLUG);
            let at = at(due, 16, 0);
            finished(board, task).map(|command| Moment { at, line: (person(owner), command) })
        })
        .collect()
    }

    /// What the app makes of it when `closer` closes the incident.
    pub(super) fn article(&self, closer: &str, facts: &Facts) -> String {
        let words = if locale(closer) == Locale::En { &ENGLISH } else { &CHINESE };
        let whys: Vec<String> = self.whys.iter().enumerate().map(|(nth, why)| format!("{}. {why}", nth + 1)).collect();
        let measure = |(text, owner, days): &(&str, &str, i32)| {
            format!("- {text} ({}, {})", name(owner), due(facts.filed, *days))
        };
        let measures: Vec<String> = self.measures.iter().map(measure).collect();
        let said = [
            self.noticed,
            self.impact,
            self.factors,
            &whys.join("\n"),
            self.root_cause,
            self.temporary_fix,
            self.permanent_fix,
            self.worked,
            self.did_not,
            facts.solution,
            &measures.join("\n"),
        ];
        let parts = words.headings.iter().zip(said).filter(|(_, said)| !said.is_empty());
        let parts = parts.map(|(heading, said)| format!("## {heading}\n\n{said}"));
        let facts = format!("{} · {}", words.kind(facts.kind), words.severity(facts.severity));
        std::iter::once(facts).chain(parts).collect::<Vec<_>>().join("\n\n")
    }
}

/// What an article says besides the report.
pub(super) struct Facts {
    pub(super) kind: IncidentKind,
    pub(super) severity: Severity,
    pub(super) solution: &'static str,
    pub(super) filed: Timestamp,
}

/// What the app calls things.
struct Words {
    headings: [&'static str; 11],
    kinds: [&'static str; 4],
    severities: [&'static str; 3],
}

const CHINESE: Words = Words {
    headings: [
        "如何发现",
        "影响",
        "促成因素",
        "五个为什么",
        "根本原因",
        "临时措施",
        "彻底修复",
        "做得好的",
        "不足之处",
        "最终解决方案",
        "预防措施",
    ],
    kinds: ["技术故障", "客诉", "信息安全", "其他"],
    severities: ["紧急", "严重", "一般"],
};

const ENGLISH: Words = Words {
    headings: [
        "How it was noticed",
        "Impact",
        "Contributing factors",
        "Five whys",
        "Root cause",
        "Temporary fix",
        "Permanent fix",
        "What worked",
        "What did not work",
        "The final solution",
        "Preventive measures",
    ],
    kinds: ["Technical fault", "Customer complaint", "Security", "Other"],
    severities: ["Urgent", "Severe", "Normal"],
};

impl Words {
    fn kind(&self, kind: IncidentKind) -> &'static str {
        named(&IncidentKind::ALL, &self.kinds, kind)
    }

    fn severity(&self, severity: Severity) -> &'static str {
        named(&Severity::ALL, &self.severities, severity)
    }
}

fn named<T: PartialEq + Copy>(all: &[T], names: &[&'static str], one: T) -> &'static str {
    all.iter().zip(names).find(|(other, _)| **other == one).map_or("", |(_, name)| name)
}

fn measure(slug: &str, text: &str) -> MeasureId {
    MeasureId::new(id("measure", &format!("{slug}/{text}")))
}

fn due(filed: Timestamp, days: i32) -> Date {
    weekday_from(date_of(filed).saturating_add(days.days()))
}

fn finished(board: ProjectId, task: TaskId) -> [Command; 2] {
    let progress = TaskEdit::Progress { percent: 100, note: String::new() };
    let done = TaskIntent::Move { tasks: vec![task], column: column_id(SLUG, &DONE), place: Place::Last };
    [edit(board, task, progress), on_tasks(board, done)]
}

fn locale(slug: &str) -> Locale {
    PEOPLE.iter().find(|colleague| colleague.slug == slug).map_or(Locale::Zh, |colleague| colleague.locale)
}

fn name(slug: &str) -> &'static str {
    PEOPLE.iter().find(|colleague| colleague.slug == slug).map_or("", |colleague| colleague.name)
}
