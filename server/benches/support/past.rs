//! Years of incidents that are over, written as the server would have left them, many in one batch: by commands it
//! would take an hour.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use shared::command::{Change, Command, ScopedChanges};
use shared::id::{CommandId, EntryId, IncidentId, MeasureId, PersonId};
use shared::incident::{
    Entry as Line, EntryKind, Impact, Incident, IncidentChange, IncidentCommand, IncidentIntent, IncidentKind, Measure,
    Part, Policy, Report, RoomChange, Round, Severity, Stage, Stamp, Tenure,
};
use shared::state::{Fate, Thing};
use shared::sync::{Delta, Seq};
use shared::{Date, Scope, State, Timestamp};
use uuid::Uuid;

use qibu::clock::now;
use qibu::store::{Batch, Entry, Row, Store};

use super::Failure;

/// How many incidents are written at once.
const BATCH: usize = 400;
/// A minute and a day in microseconds.
const MINUTE: i64 = 60 * 1_000_000;
const DAY: i64 = 24 * 60 * MINUTE;
/// Over how many years they are spread.
const YEARS: i64 = 5;

const WHAT: [&str; 8] = [
    "支付页面打不开",
    "短信验证码收不到",
    "库存数量对不上",
    "订单导出超时",
    "客户投诉退款迟迟未到账",
    "登录接口响应缓慢",
    "门店收银机离线",
    "报表数据缺失",
];
const WHERE: [&str; 6] = ["华东仓", "华南门店", "官网", "小程序", "客服系统", "财务系统"];
const SAID: [&str; 4] = [
    "看了**监控**, 错误率从 9:40 开始升高, 正在查网关日志。",
    "数据库连接池已满, 先扩容再看慢查询。",
    "客服已统一口径, 客户群里发了公告。",
    "回滚到上一版后恢复, 继续观察半小时。",
];
const SOLUTION: &str = "回滚了昨晚的发布, 重建索引并补跑了失败的任务。\n\n- 连接池上限调到 200\n- 增加慢查询告警";

/// What has been written so far.
pub(crate) struct Past {
    store: Store,
    people: Vec<PersonId>,
    /// With the incidents' policy and their highest numbers.
    state: State,
    last: Seq,
    /// The last row of the incidents as a whole.
    upto: Seq,
}

impl Past {
    /// Goes on where the store's journal ends.
    pub(crate) async fn of(store: Store, people: Vec<PersonId>) -> Result<Self, Failure> {
        let (last, upto) = (store.last().await?, store.load(Scope::Incidents).await?.upto);
        Ok(Self { store, people, state: State::default(), last, upto })
    }

    /// Writes so many.
    pub(crate) async fn write(mut self, incidents: usize) -> Result<(), Failure> {
        let all: Vec<usize> = (0..incidents).collect();
        let (now, policy) = (now(), Policy::default());
        for some in all.chunks(BATCH) {
            let mut batch = Batch { at: now, ..Batch::default() };
            for nth in some {
                let case = self.case(*nth, incidents, now, &policy)?;
                self.add(&mut batch, case.came_and_went())?;
                self.add(&mut batch, case.room())?;
                self.state.forget(case.room);
            }
            self.store.commit(&batch).await?;
        }
        Ok(())
    }

    fn case(&self, nth: usize, of: usize, now: Timestamp, policy: &Policy) -> Result<Case, Failure> {
        let (done, all) = (i64::try_from(nth)?, i64::try_from(of)?);
        let at = now.micros() - (all - done) * (YEARS * 365 * DAY / all) - DAY;
        let year = i16::try_from(1_970 + at / (DAY * 365 + DAY / 4))?;
        let number = self.state.incidents.over.get(&year).copied().unwrap_or_default() + 1;
        let id = IncidentId::new(Uuid::now_v7());
        let person = |way: usize| self.people[(nth * 7 + way * 13) % self.people.len()];
        let incident = incident(id, (nth, year, number), (person(0), person(1)), at, policy);
        Ok(Case { room: Scope::Room(id), nth, incident })
    }

    /// A row of the journal, with the things that it leaves.
    fn add(&mut self, batch: &mut Batch, part: ScopedChanges) -> Result<(), Failure> {
        let scope = part.scope;
        self.last = Seq(self.last.0 + 1);
        let seq = self.last;
        let prev = if scope == Scope::Incidents { std::mem::replace(&mut self.upto, seq) } else { Seq(0) };
        let mut touched: BTreeMap<Thing, Fate> = BTreeMap::new();
        for change in &part.changes {
            self.state.touched(scope, change, &mut |thing, fate| {
                touched.insert(thing, fate);
            });
            self.state.change(scope, change);
        }
        for (thing, fate) in touched {
            let body = self.state.write(scope, &thing).transpose()?.unwrap_or_default();
            let (kind, id) = thing.name();
            batch.rows.push(Row { kind, scope, id, seq, gone: fate != Fate::Put, body });
        }
        let (command, actor) = (CommandId::new(Uuid::now_v7()), self.people[0]);
        let delta = Arc::new(Delta { seq, prev, command, actor, at: batch.at, part });
        batch.entries.push(Entry { delta, command: Some(taken(scope)) });
        Ok(())
    }
}

/// An incident that is over, and where it is.
struct Case {
    room: Scope,
    nth: usize,
    incident: Arc<Incident>,
}

impl Case {
    /// What it leaves among the incidents that are not over: that it was there.
    fn came_and_went(&self) -> ScopedChanges {
        let Incident { id, reporter, reported_at, .. } = *self.incident;
        let reported = Incident {
            stage: Stage::Reported,
            round: begun(reported_at, reporter),
            tenures: Vec::new(),
            mentions: BTreeMap::new(),
            filed: None,
            closed: None,
            ..self.incident.as_ref().clone()
        };
        let changes = [IncidentChange::Put(Arc::new(reported)), IncidentChange::Over(id)];
        ScopedChanges { scope: Scope::Incidents, changes: changes.map(Change::Incident).into() }
    }

    /// Its timeline, its report, and itself.
    fn room(&self) -> ScopedChanges {
        let lines = self.lines().map(|line| RoomChange::EntryPut(Arc::new(line)));
        let left = [RoomChange::ReportPut(Box::new(self.report())), RoomChange::IncidentPut(self.incident.clone())];
        ScopedChanges { scope: self.room, changes: lines.chain(left).map(Change::Room).collect() }
    }

    fn lines(&self) -> impl Iterator<Item = Line> {
        let Incident { reporter, reported_at, .. } = *self.incident;
        let leader = self.incident.leader().unwrap_or(reporter);
        let text = SAID[self.nth % SAID.len()].to_owned();
        let said = EntryKind::Said { text, mentions: BTreeSet::from([leader]), files: Vec::new() };
        let kinds = [
            (reporter, EntryKind::Reported),
            (leader, EntryKind::Taken),
            (reporter, said),
            (leader, EntryKind::Resolved { solution: SOLUTION.to_owned() }),
            (reporter, EntryKind::Confirmed),
            (leader, EntryKind::Closed),
        ];
        let mut at = reported_at.micros();
        kinds.into_iter().map(move |(by, kind)| {
            at += 5 * MINUTE;
            Line { id: EntryId::new(Uuid::now_v7()), at: Timestamp::from_micros(at), by, kind }
        })
    }

    fn report(&self) -> Report {
        Report {
            noticed: "监控告警, 随后有客户来电。".to_owned(),
            impact: format!("{}约 {} 位客户无法下单。", WHERE[self.nth % WHERE.len()], self.nth % 900 + 20),
            affected: u32::try_from(self.nth % 900 + 20).ok(),
            minutes: Some(45),
            whys: vec!["连接池用尽".to_owned(), "慢查询没有索引".to_owned(), "评审时没有看执行计划".to_owned()],
            root_cause: "新功能的查询没有索引, 发布前没有用生产规模的数据验证。".to_owned(),
            temporary_fix: "回滚发布。".to_owned(),
            permanent_fix: "补上索引, 评审清单里加上执行计划。".to_owned(),
            measures: vec![Measure {
                id: MeasureId::new(Uuid::now_v7()),
                text: "评审清单加上执行计划".to_owned(),
                owner: self.incident.reporter,
                due: Date::constant(2026, 6, 30),
                task: None,
            }],
            ..Report::default()
        }
    }
}

/// A closed one.
fn incident(
    id: IncidentId,
    (nth, year, number): (usize, i16, u32),
    (reporter, leader): (PersonId, PersonId),
    at: i64,
    policy: &Policy,
) -> Arc<Incident> {
    let after = |minutes: i64| Timestamp::from_micros(at + minutes * MINUTE);
    let stamp = |minutes, by| Some(Stamp { at: after(minutes), by });
    let severity = [Severity::Normal, Severity::Severe, Severity::Urgent][nth % 3];
    let round = Round {
        taken: stamp(3, leader),
        mitigated: stamp(25, leader),
        resolved: stamp(45, leader),
        solution: SOLUTION.to_owned(),
        confirmed: stamp(60, reporter),
        updated: stamp(30, leader),
        ..begun(after(0), reporter)
    };
    Arc::new(Incident {
        id,
        year,
        nth: number,
        kind: IncidentKind::ALL[nth % IncidentKind::ALL.len()],
        severity,
        title: format!("{}{}({nth})", WHERE[nth % WHERE.len()], WHAT[nth / WHERE.len() % WHAT.len()]),
        impact: Impact { text: "部分客户无法下单".to_owned(), affected: Some(120), since: None },
        suggestion: "先回滚, 再查日志。".to_owned(),
        attachments: Vec::new(),
        reporter,
        reported_at: after(0),
        stage: Stage::Closed,
        terms: policy.terms(severity),
        earlier: Vec::new(),
        round,
        tenures: vec![Tenure { person: leader, part: Part::Leader, from: after(3), until: None }],
        called: BTreeMap::from([(leader, after(0))]),
        assignments: Vec::new(),
        pinned: String::new(),
        breaches: Vec::new(),
        rung: BTreeSet::new(),
        mentions: BTreeMap::from([(leader, after(15))]),
        dismissed: None,
        filed: stamp(1_000, leader),
        closed: stamp(1_100, leader),
        article: None,
    })
}

/// A round in which nothing is done yet.
fn begun(at: Timestamp, by: PersonId) -> Round {
    Round {
        begun: Stamp { at, by },
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

/// The journal keeps a command with each row; which one makes no difference here.
fn taken(scope: Scope) -> Arc<Command> {
    let incident = match scope {
        Scope::Room(id) => id,
        _ => IncidentId::new(Uuid::nil()),
    };
    let entry = EntryId::new(Uuid::nil());
    Arc::new(Command::Incident(IncidentCommand::On { incident, entry, intent: IncidentIntent::Take }))
}
