//! The part of the history that is about incidents, articles and the inbox: each kind of thing is made, changed and,
//! where that can be, removed.

use std::collections::BTreeSet;

use qibu::sync::Engine;
use shared::id::{ArticleId, AssignmentId, DepartmentId, EntryId, IncidentId, MeasureId, PersonId, ShiftId};
use shared::inbox::{InboxCommand, Intent};
use shared::incident::{
    Impact, IncidentCommand, IncidentIntent, IncidentKind, Measure, NewAssignment, NewIncident, Policy, ReportEdit,
    Severity, Shift, Team,
};
use shared::knowledge::{ArticleKind, KnowledgeCommand, KnowledgeIntent, NewArticle, Readers};
use shared::{Command, Date, Scope, Timestamp};
use uuid::Uuid;

use crate::history::{History, Work, register};

/// A day, in microseconds.
const DAY: i64 = 24 * 3_600 * 1_000_000;

/// What this part has left.
pub(crate) struct Aftermath {
    lead: PersonId,
    pub(crate) incident: IncidentId,
    /// What became of it.
    pub(crate) written: ArticleId,
    /// One for a department alone.
    pub(crate) guide: ArticleId,
    /// Where its measures became tasks.
    work: Work,
}

impl Aftermath {
    pub(crate) fn new(lead: PersonId) -> (Self, Command) {
        let (work, registered) = register(lead, &[]);
        let incident = IncidentId::new(Uuid::now_v7());
        let (written, guide) = (ArticleId::new(Uuid::now_v7()), ArticleId::new(Uuid::now_v7()));
        (Self { lead, incident, written, guide, work }, registered)
    }

    pub(crate) fn scopes(&self) -> Vec<Scope> {
        vec![
            Scope::Project(self.work.project),
            self.work.board(),
            Scope::Incidents,
            Scope::Room(self.incident),
            Scope::Article(self.written),
            Scope::Article(self.guide),
            Scope::Inbox(self.lead),
        ]
    }

    /// Everything, by the lead, who is an admin.
    pub(crate) async fn play(&self, history: &History, engine: &Engine, department: DepartmentId) {
        let mut commands = self.duty(department);
        commands.extend(self.response());
        commands.extend(self.knowledge(department));
        commands.extend(self.inbox());
        for command in commands {
            history.act(engine, command).await;
        }
    }

    /// The policy, and the roster in years that are over.
    fn duty(&self, department: DepartmentId) -> Vec<Command> {
        let shift = |from: i64| Shift {
            id: ShiftId::new(Uuid::now_v7()),
            from: Timestamp::from_micros(from * DAY),
            until: Timestamp::from_micros((from + 7) * DAY),
            lead: self.lead,
            fallback: None,
            note: "第一周".to_owned(),
            handed_over_by: None,
        };
        let (stays, gone) = (shift(0), shift(7));
        let mut policy = Policy::default();
        policy.teams.insert(Team::Technology, department);
        let commands = [
            IncidentCommand::SetPolicy(Box::new(policy)),
            IncidentCommand::PutShift(stays.clone()),
            IncidentCommand::PutShift(gone.clone()),
            IncidentCommand::PutShift(Shift { note: "\"Quotes\"".to_owned(), ..stays }),
            IncidentCommand::RemoveShift(gone.id),
        ];
        commands.map(Command::Incident).into()
    }

    /// An incident from its report to its article.
    fn response(&self) -> Vec<Command> {
        let entry = || EntryId::new(Uuid::now_v7());
        let report = NewIncident {
            id: self.incident,
            entry: entry(),
            kind: IncidentKind::Technical,
            severity: Severity::Urgent,
            title: "支付页面打不开".to_owned(),
            impact: Impact { text: "全部用户".to_owned(), affected: Some(1_200), since: None },
            suggestion: String::new(),
            attachments: Vec::new(),
        };
        let assignment = AssignmentId::new(Uuid::now_v7());
        let given = NewAssignment {
            id: assignment,
            text: "查日志".to_owned(),
            person: self.lead,
            due: Timestamp::from_micros(i64::from(u32::MAX) * 1_000_000),
        };
        let measure = |text: &str| Measure {
            id: MeasureId::new(Uuid::now_v7()),
            text: text.to_owned(),
            owner: self.lead,
            due: Date::constant(2026, 3, 2),
            task: None,
        };
        let dropped = measure("Dropped");
        let said = IncidentIntent::Say {
            text: "谁在看？\n\n- \"我\"".to_owned(),
            mentions: BTreeSet::from([self.lead]),
            files: Vec::new(),
        };
        let edits = [
            ReportEdit::Noticed("监控报警".to_owned()),
            ReportEdit::Impact("无法付款".to_owned()),
            ReportEdit::Whys(vec!["证书过期".to_owned()]),
            ReportEdit::RootCause("没有提醒".to_owned()),
            ReportEdit::PermanentFix("自动续期".to_owned()),
            ReportEdit::PutMeasure(dropped.clone()),
            ReportEdit::PutMeasure(measure("续期提醒")),
            ReportEdit::RemoveMeasure(dropped.id),
        ];
        let before = [
            IncidentIntent::Take,
            IncidentIntent::FormTeam { leader: self.lead, deputy: None, assignments: vec![given] },
            said,
            IncidentIntent::SetDone { assignment, done: true },
            IncidentIntent::Pin("回滚中".to_owned()),
            IncidentIntent::SetSeverity { severity: Severity::Severe, reason: "备用通道可用".to_owned() },
            IncidentIntent::Resolve("换了证书".to_owned()),
            IncidentIntent::Confirm,
        ];
        let after = [
            IncidentIntent::File { project: Some(self.work.project) },
            IncidentIntent::Close { article: self.written, body: "# 报告\n\n证书过期。".to_owned() },
        ];
        let intents = before.into_iter().chain(edits.map(IncidentIntent::EditReport)).chain(after);
        let on = |intent| IncidentCommand::On { incident: self.incident, entry: entry(), intent };
        let commands = std::iter::once(IncidentCommand::Report(Box::new(report))).chain(intents.map(on));
        commands.map(Command::Incident).collect()
    }

    fn knowledge(&self, department: DepartmentId) -> Vec<Command> {
        let new = NewArticle {
            kind: ArticleKind::HowTo,
            title: "换证书".to_owned(),
            body: "第一步".to_owned(),
            tags: BTreeSet::from(["证书".to_owned()]),
            readers: Readers::Company,
            source: None,
        };
        let write = KnowledgeIntent::Write {
            base: 1, title: "换证书".to_owned(), body: "第一步\n\n第二步".to_owned()
        };
        let intents = [
            KnowledgeIntent::Create(Box::new(new)),
            write,
            KnowledgeIntent::Sort { kind: ArticleKind::Decision, tags: BTreeSet::new() },
            KnowledgeIntent::SetReaders(Readers::Departments(BTreeSet::from([department]))),
            KnowledgeIntent::SetArchived(true),
        ];
        intents.map(|intent| Command::Knowledge(KnowledgeCommand { article: self.guide, intent })).into()
    }

    fn inbox(&self) -> Vec<Command> {
        let mark = |key: &str, mark| Command::Inbox(InboxCommand { person: self.lead, key: key.to_owned(), mark });
        vec![
            mark("incident:1:take:0", Some(Intent::Done)),
            mark("incident:2:\"odd\"", Some(Intent::Snooze(Timestamp::from_micros(DAY)))),
            mark("incident:2:\"odd\"", Some(Intent::Done)),
            mark("taken back", Some(Intent::Done)),
            mark("taken back", None),
        ]
    }
}
