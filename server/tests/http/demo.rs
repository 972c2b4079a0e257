//! The demo's company: that the rules take it, and that it is worth looking at.

use std::collections::BTreeSet;

use qibu::clock::now;
use qibu::demo::{self, DemoError, PASSWORD};
use qibu::incident::{OverFilter, list, tally};
use qibu::knowledge::{Filter, Found};
use qibu::knowledge::{Indexer, search, similar};
use qibu::store::Store;
use qibu::sync::Engine;
use serde_json::json;
use shared::id::PersonId;
use shared::inbox::{About, asks};
use shared::incident::{Clock, Figures, Incident, Severity, Stage, laps};
use shared::organisation::Locale;
use shared::project::board::Status;
use shared::{Scope, State};
use tempfile::TempDir;

use crate::support::TestServer;

#[tokio::test]
async fn the_demo_fills_an_empty_database_once() {
    let server = TestServer::start().await;
    let services = server.services();
    let summary = demo::load(&services.store, &services.engine, 25).await.expect("loaded");
    assert_eq!(summary.sign_ins.len(), 3);
    assert!(matches!(demo::load(&services.store, &services.engine, 0).await, Err(DemoError::NotEmpty)));

    let mall = demo::project("points-mall");
    let slugs = ["points-mall", "relaunch", "helpdesk", "restructuring", "benchmark"];
    let scopes: Vec<Scope> = slugs
        .iter()
        .map(|slug| demo::project(slug))
        .flat_map(|id| [Scope::Project(id), Scope::Board(id)])
        .chain([Scope::Company])
        .collect();
    let (_, state) = services.engine.read(&scopes).await.expect("read");
    assert_eq!(state.company.people.len(), summary.people);
    assert!(state.company.departments.values().all(|department| department.head.is_some()));
    let locales: BTreeSet<bool> = state.company.people.values().map(|person| person.locale == Locale::En).collect();
    assert_eq!(locales.len(), 2, "both languages");

    let board = state.board(mall).expect("the board");
    assert_eq!(board.columns().len(), 5);
    assert!(board.columns().iter().all(|column| board.cards(column.id).len() >= 5));
    assert!(board.tasks().values().any(|task| board.status(task) == Status::Blocked));
    let design = board.task(demo::task("points-mall", "积分商城UI设计")).expect("the guide's task");
    assert_eq!(design.progress.percent, 80);
    assert_eq!(design.dependencies[0].on, demo::task("points-mall", "需求文档确认"));
    let comments = board.comments(design.id);
    assert!(comments[0].mentions.contains(&demo::person("su.wan")));
    assert_eq!(comments.len(), 3);
    assert_eq!(comments[0].author, demo::person("lin.xiao"), "in the order in which they were said");

    let secret = demo::project("restructuring");
    for outsider in ["lin.xiao", "daniel.chen"] {
        assert!(!state.may_read(demo::person(outsider), Scope::Project(secret)), "{outsider}");
    }
    assert_eq!(state.board(demo::project("benchmark")).expect("the board").tasks().len(), 25);

    for sign_in in summary.sign_ins {
        let browser = server.stranger();
        let answer = browser.call::<PersonId>("sign_in", json!({ "email": sign_in.email, "password": PASSWORD })).await;
        assert!(answer.is_ok(), "{sign_in:?}: {answer:?}");
    }
}

/// The demo in a database of its own, which nobody serves.
struct Demo {
    store: Store,
    state: State,
    _folder: TempDir,
}

impl Demo {
    async fn load() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::open(&format!("sqlite:{}", folder.path().join("qibu.sqlite").display())).await;
        let store = store.expect("a database");
        let engine = Engine::start(store.clone()).await.expect("an engine");
        demo::load(&store, &engine, 0).await.expect("loaded");
        Indexer::open(store.clone()).await.expect("an index").catch_up().await.expect("indexed");
        let mut scopes = vec![Scope::Company, Scope::Incidents, Scope::Board(demo::project("follow-ups"))];
        let (_, state) = engine.read(&scopes).await.expect("read");
        let reader = (&*state.company, demo::person("lin.xiao"));
        let over = list(&store, reader, &OverFilter::default(), None).await.expect("listed");
        scopes.extend(over.rows.iter().map(|row| Scope::Room(row.id)));
        let (_, state) = engine.read(&scopes).await.expect("read");
        engine.shutdown().await;
        Self { store, state, _folder: folder }
    }

    fn incidents(&self) -> impl Iterator<Item = &Incident> {
        let over = self.state.rooms.values().filter_map(|room| room.incident.as_deref());
        self.state.incidents.all.values().map(AsRef::as_ref).chain(over)
    }

    fn at(&self, stage: Stage) -> Vec<&Incident> {
        self.incidents().filter(|incident| incident.stage == stage).collect()
    }
}

#[tokio::test]
async fn incidents_lie_behind_it_and_ask_nothing_of_anybody() {
    let demo = Demo::load().await;
    let closed = demo.at(Stage::Closed);
    assert!(closed.len() >= 12, "{}", closed.len());
    for (stage, count) in [
        (Stage::Reported, 1),
        (Stage::TeamFormed, 1),
        (Stage::Resolved, 1),
        (Stage::Merged, 1),
        (Stage::Rejected, 1),
        (Stage::Reopened, 0),
        (Stage::Responding, 0),
        (Stage::Mitigated, 0),
        (Stage::Confirmed, 0),
    ] {
        assert_eq!(demo.at(stage).len(), count, "{stage:?}");
    }
    assert_eq!(closed.iter().filter(|incident| !incident.earlier.is_empty()).count(), 1, "one was reopened");
    assert!(demo.state.incidents.running().iter().all(|incident| incident.severity != Severity::Urgent));

    let asked = demo.state.company.people.keys().flat_map(|person| asks(&demo.state, *person, now()));
    let about: BTreeSet<String> = asked.map(|ask| format!("{:?}", ask.about)).collect();
    assert!(!about.is_empty());
    for incident in demo.incidents() {
        let asks = about.contains(&format!("{:?}", About::Incident(incident.id)));
        assert!(!(asks && incident.stage.is_over()), "{}", incident.title);
        let late = incident.next_alarm().filter(|alarm| !incident.stage.is_over() && alarm.due <= now());
        assert_eq!(late, None, "nothing rings as soon as it is served");
    }
    assert!(closed.iter().any(|incident| !incident.rung.is_empty()), "what went off then is on record");
}

#[tokio::test]
async fn its_figures_tell_months_and_deadlines_apart() {
    let demo = Demo::load().await;
    let closed = demo.at(Stage::Closed);
    let laps = laps(&demo.state.company, closed.iter().copied(), now());
    let months: BTreeSet<_> = laps.iter().map(|lap| lap.month).collect();
    assert!(months.len() >= 4, "{months:?}");
    let departments: BTreeSet<_> = laps.iter().map(|lap| lap.department).collect();
    assert!(departments.len() >= 5, "{departments:?}");
    let severities: BTreeSet<_> = laps.iter().map(|lap| lap.severity).collect();
    assert_eq!(severities.len(), 3);
    let times: BTreeSet<_> = laps.iter().map(|lap| lap.resolved).collect();
    assert_eq!(times.len(), laps.len(), "no two took as long");

    // The server counts the same without loading any that is over.
    let all = shared::incident::laps(&demo.state.company, demo.incidents(), now());
    let first = all.iter().map(|lap| lap.month).min().expect("a month");
    let reader = demo::person("lin.xiao");
    let tally = tally(&demo.store, &demo.state, reader, first, now()).await.expect("counted");
    assert_eq!(tally.sum, Figures::of(&all));
    for month in &tally.months {
        assert_eq!(month.figures, Figures::of(all.iter().filter(|lap| lap.month == month.month)));
        assert_eq!(month.by_severity.iter().sum::<usize>(), month.figures.count);
    }
    let by_department: usize = tally.departments.iter().map(|(_, figures)| figures.count).sum();
    assert_eq!(by_department, all.len());

    let breaches = || closed.iter().flat_map(|incident| &incident.breaches);
    for clock in [Clock::Take, Clock::Team, Clock::Resolve, Clock::Update] {
        assert!(breaches().any(|breach| breach.clock == clock), "{clock:?}");
    }
    assert!(breaches().all(|breach| breach.made_good.is_some()));
    assert!(closed.iter().filter(|incident| incident.breaches.is_empty()).count() >= 6);
    assert!(closed.iter().all(|incident| incident.closed.is_some_and(|closed| closed.at < now())));

    let board = demo.state.board(demo::project("follow-ups")).expect("the board of the measures");
    let done = board.tasks().values().filter(|task| board.status(task) == Status::Done).count();
    assert!(done >= 10 && done < board.tasks().len(), "{done} of {}", board.tasks().len());
}

#[tokio::test]
async fn what_is_over_is_listed_by_what_is_asked_for() {
    let demo = Demo::load().await;
    let reader = (&*demo.state.company, demo::person("lin.xiao"));
    let titles = async |filter: OverFilter| {
        let page = list(&demo.store, reader, &filter, None).await.expect("listed");
        page.rows.into_iter().map(|row| row.title).collect::<Vec<_>>()
    };
    let all = titles(OverFilter::default()).await;
    let mut over: Vec<&Incident> = demo.incidents().filter(|incident| incident.stage.is_over()).collect();
    over.sort_by_key(|incident| std::cmp::Reverse(incident.reported_at));
    assert_eq!(all, over.iter().map(|incident| incident.title.clone()).collect::<Vec<_>>(), "the last reported first");
    let fits = |is_in: &dyn Fn(&Incident) -> bool| {
        over.iter().filter(|incident| is_in(incident)).map(|incident| incident.title.clone()).collect::<Vec<_>>()
    };
    let severe = OverFilter { severity: Some(Severity::Severe), ..OverFilter::default() };
    assert_eq!(titles(severe).await, fits(&|incident| incident.severity == Severity::Severe));
    let mine = OverFilter { mine: true, ..OverFilter::default() };
    assert_eq!(titles(mine).await, fits(&|incident| incident.involved().contains(&reader.1)));
    let words = OverFilter { text: " 验证码 ".to_owned(), ..OverFilter::default() };
    let found = titles(words).await;
    assert!(found.contains(&"登录短信验证码收不到".to_owned()) && found.len() < all.len(), "{found:?}");
    let nothing = OverFilter { text: "nothing says this".to_owned(), ..OverFilter::default() };
    assert_eq!(titles(nothing).await, Vec::<String>::new());
}

#[tokio::test]
async fn what_was_learned_is_found_and_the_database_is_sound() {
    let demo = Demo::load().await;
    let mut findings = Vec::new();
    demo.store.check(|finding| findings.push(finding.to_string())).await.expect("checked");
    assert!(findings.is_empty(), "{findings:?}");

    let reader = || (&*demo.state.company, demo::person("lin.xiao"));
    for (words, title) in [("备案", "登录短信验证码收不到"), ("snapshots", "Search is slow and leaves out new items")]
    {
        let hits = search(&demo.store, reader(), words, &Filter::default(), 20).await.expect("searched");
        let incident = demo.incidents().find(|incident| incident.title == title).expect("an incident of this title");
        let is_its = |found: &Found| matches!(found, Found::Article(card) if Some(card.id) == incident.article);
        assert!(hits.iter().any(|hit| is_its(&hit.found)), "{words}: {hits:?}");
    }
    let alike = similar(&demo.store, reader(), "优惠券金额不符", None).await.expect("searched");
    assert!(alike.first().is_some_and(|one| one.title.starts_with("优惠券到账金额不符")), "{alike:?}");
}
