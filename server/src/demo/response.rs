//! Incidents under way, the roster and the policy behind them, and what the company knows.

use std::collections::BTreeSet;

use jiff::civil::Weekday;
use shared::Timestamp;
use shared::command::Command;
use shared::id::{ArticleId, AssignmentId, ShiftId};
use shared::incident::{
    Impact, IncidentCommand, IncidentIntent, IncidentKind, NewAssignment, Policy, Severity, Shift, Team,
};
use shared::knowledge::{ArticleKind, KnowledgeCommand, KnowledgeIntent, NewArticle, Readers};

use super::case::{Case, said};
use super::people::FOUNDER;
use super::script::{Line, Script};
use super::{DemoError, department, id, person};
use crate::clock::now;

/// Who is duty lead in turn; the next one stands in.
const TURNS: [&str; 4] = ["daniel.chen", "priya.nair", "zhou.ning", "li.qiang"];
/// How many weekly turns lie behind, and how many are planned from this week on.
const WEEKS: (i32, i32) = (24, 8);

/// Loads the policy and the roster.
pub(super) async fn prepare(script: &Script) -> Result<(), DemoError> {
    script.run(preparation(script)).await
}

/// Loads the incidents under way and what the company knows.
pub(super) async fn load(script: &Script) -> Result<(), DemoError> {
    for line in incidents() {
        script.run_one(line).await?;
    }
    script.run(articles()).await
}

fn preparation(script: &Script) -> Vec<Line> {
    let teams = [
        (Team::Technology, department("tech")),
        (Team::CustomerService, department("service")),
        (Team::PublicRelations, department("marketing")),
        (Team::Management, department("office")),
    ];
    let policy = Policy { teams: teams.into(), ..Policy::default() };
    let policy = IncidentCommand::SetPolicy(Box::new(policy));
    let turns = (-WEEKS.0..WEEKS.1).map(|week| IncidentCommand::PutShift(turn(script, week)));
    std::iter::once(policy).chain(turns).map(|command| (person(FOUNDER), Command::Incident(command))).collect()
}

/// From nine on a Monday to nine on the next one. Daniel has this week and the next.
fn turn(script: &Script, week: i32) -> Shift {
    let nine = |week: i32| script.instant((week, Weekday::Monday, 9, 0));
    let who = |week: i32| TURNS[usize::try_from(week.div_euclid(2).rem_euclid(4)).unwrap_or_default()];
    Shift {
        id: ShiftId::new(id("shift", &week.to_string())),
        from: nine(week),
        until: nine(week + 1),
        lead: person(who(week)),
        fallback: Some(person(who(week + 2))),
        note: String::new(),
        handed_over_by: None,
    }
}

fn incidents() -> Vec<Line> {
    let pay = Case { slug: "coupons", reporter: "han.bing" };
    let print = Case { slug: "printer", reporter: "zheng.jia" };
    let search = Case { slug: "search", reporter: "emma.wilson" };
    let hits = |affected| Impact { affected: Some(affected), ..Impact::default() };
    let mut lines = vec![
        search.report(IncidentKind::Technical, Severity::Severe, "Search returns no results for new items", hits(240)),
        search.on("daniel.chen", "take", IncidentIntent::Take),
        search.on(
            "daniel.chen",
            "found",
            IncidentIntent::Update("The index job has been down since the release.".into()),
        ),
        search.on(
            "daniel.chen",
            "fixed",
            IncidentIntent::Resolve("Restarted the index job and gave it more memory.".into()),
        ),
        pay.report(IncidentKind::Complaint, Severity::Severe, "优惠券无法叠加，客户集中投诉", hits(86)),
        pay.on("daniel.chen", "take", IncidentIntent::Take),
    ];
    let given = |nth: u8, text: &str, who: &str, minutes: i64| NewAssignment {
        id: AssignmentId::new(id("assignment", &format!("coupons {nth}"))),
        text: text.to_owned(),
        person: person(who),
        due: Timestamp::from_micros(now().micros() + minutes * 60_000_000),
    };
    let team = IncidentIntent::FormTeam {
        leader: person("cao.ying"),
        deputy: Some(person("daniel.chen")),
        assignments: vec![
            given(1, "技术：排查原因", "li.qiang", 60),
            given(2, "客服：安抚客户", "ma.chao", 40),
            given(3, "公关：准备话术", "tang.yue", 90),
        ],
    };
    lines.extend([
        pay.on("daniel.chen", "team", team),
        pay.on("li.qiang", "said", said("@曹颖 已复现：昨晚的发布改了叠加规则的校验顺序。")),
        pay.on("ma.chao", "answered", said("@李强 客户问何时恢复，先按 2 小时答复。")),
        pay.on("cao.ying", "pin", IncidentIntent::Pin("已定位，正在回滚；客服统一答复口径已下发。".into())),
        pay.on("cao.ying", "update", IncidentIntent::Update("已定位到校验顺序，正在回滚，预计 40 分钟内恢复。".into())),
        print.report(IncidentKind::Other, Severity::Normal, "三楼打印机无法联网", hits(12)),
    ]);
    lines
}

fn articles() -> Vec<Line> {
    let article = |slug: &str, who: &str, kind, title: &str, tags: &[&str], body: &str, readers| {
        let new = NewArticle {
            kind,
            title: title.to_owned(),
            body: body.to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            readers,
            source: None,
        };
        let intent = KnowledgeIntent::Create(Box::new(new));
        (person(who), Command::Knowledge(KnowledgeCommand { article: ArticleId::new(id("article", slug)), intent }))
    };
    vec![
        article(
            "rollback",
            "li.qiang",
            ArticleKind::HowTo,
            "支付服务回滚步骤",
            &["支付", "发布"],
            "## 何时回滚\n\n发布后十分钟内错误率超过 1%，或有客户无法付款。\n\n## 步骤\n\n1. 在发布平台选择上一个稳定版本。\n2. 先回滚一台，观察两分钟。\n3. 全部回滚，并在紧急问题的时间线中说明。\n",
            Readers::Company,
        ),
        article(
            "answering",
            "cao.ying",
            ArticleKind::Decision,
            "投诉答复时限：首次响应 10 分钟",
            &["客服"],
            "会议决定：客户投诉首次响应不超过 10 分钟，升级后由组长统一口径。\n",
            Readers::Departments(BTreeSet::from([department("service")])),
        ),
        article(
            "on-call",
            "daniel.chen",
            ArticleKind::HowTo,
            "First steps when you are on call",
            &["on call"],
            "1. Take it within five minutes, even if you do not know the cause yet.\n2. Form a team and say who does what until when.\n3. Post an update every 30 minutes, even if there is nothing new.\n",
            Readers::Company,
        ),
    ]
}
