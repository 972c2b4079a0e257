//! Several servers on one PostgreSQL that are killed and started again under load: nothing that was acknowledged is
//! lost or done twice, and all browsers end with what the database has.
//!
//! `QIBU_CHAOS_SECONDS` says for how long, and prints figures; CI runs it short.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use qibu::clock::now;
use qibu::organisation::Token;
use qibu::sign_in::SessionId;
use qibu::store::{Session, Store};
use qibu::sync::{ActError, Engine};
use reqwest::Url;
use shared::id::{CommandId, PersonId};
use shared::organisation::{CompanyRole, NewPerson, OrganisationCommand, Profile};
use shared::project::task::Place;
use shared::state::Part;
use shared::sync::{Client, Link, Seq, Start};
use shared::{Command, Scope};
use sqlx::PgPool;
use uuid::Uuid;

use crate::built::Work;
use crate::dice::Dice;
use crate::postgres::Cluster;
use crate::program::{Process, fill, sign_in};
use crate::tab::Tab;
use crate::wire::{Door, command};

const NODES: usize = 3;
const BROWSERS: usize = 30;
/// How many commands a browser has under way before it waits for some.
const MOST_WAITING: usize = 12;

/// Where the nodes are, and whether the load goes on.
struct Field {
    urls: Vec<Url>,
    work: Work,
    going: AtomicBool,
    /// How many browsers have nothing waiting.
    idle: AtomicUsize,
}

/// What one browser did.
#[derive(Default)]
struct Deeds {
    /// Commands that change something whatever the others do, unless they are refused.
    certain: Vec<CommandId>,
    /// Those that may meet what is so already.
    other: Vec<CommandId>,
    /// How long each took from the act until it was confirmed, if the browser was not cut meanwhile.
    times: Vec<Duration>,
    connections: usize,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nodes_that_are_killed_lose_nothing() {
    let long = std::env::var("QIBU_CHAOS_SECONDS").ok().map(|seconds| seconds.parse().expect("a number"));
    let lasts = Duration::from_secs(long.unwrap_or(12));
    let cluster = Cluster::start(&[]);
    let database = cluster.database().await;
    fill(&database, 60);
    let mut nodes: Vec<Option<Process>> = (0..NODES).map(|_| Some(Process::start(&database, 0))).collect();
    let urls: Vec<Url> = nodes.iter().flatten().map(|node| node.url.clone()).collect();
    let ports: Vec<u16> = nodes.iter().flatten().map(Process::port).collect();
    let store = Store::open(&database).await.expect("the database");

    let (work, people) = benchmark(&urls[0]).await;
    let board = work.board();
    let field = Arc::new(Field { urls, work, going: AtomicBool::new(true), idle: AtomicUsize::new(0) });
    let mut browsers = Vec::new();
    for number in 0..BROWSERS {
        let person = people[number % people.len()];
        let cookie = cookie(&store, person).await;
        browsers.push(tokio::spawn(browse(field.clone(), person, cookie, number)));
    }

    let mut dice = Dice::new(20_261_124);
    let (begin, mut kills, mut restarted) = (Instant::now(), 0, false);
    while begin.elapsed() < lasts {
        tokio::time::sleep(Duration::from_millis(700)).await;
        let victim = dice.roll(NODES);
        nodes[victim] = None;
        kills += 1;
        if !restarted && begin.elapsed() > lasts / 2 {
            tokio::task::block_in_place(|| cluster.restart());
            restarted = true;
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
        let (address, port) = (database.clone(), ports[victim]);
        nodes[victim] = Some(tokio::task::block_in_place(|| Process::start(&address, port)));
    }
    field.going.store(false, Ordering::Release);
    let mut ended = Vec::new();
    for browser in browsers {
        ended.push(browser.await.expect("no panic"));
    }

    // Every node and the database say the same, and so does the journal alone.
    let truth = store.load(board).await.expect("it loads").part;
    let last = store.last().await.expect("a number");
    for url in &field.urls {
        let door = Door::with(url, cookie(&store, people[0]).await);
        assert_eq!(door.snapshot(board).await.part, truth);
    }
    let mut replayed = shared::State::default();
    let mut journal = BTreeSet::new();
    for delta in store.journal_after(board, (Seq(0), last), u32::MAX).await.expect("rows") {
        assert!(journal.insert(delta.command), "once");
        replayed.apply(&delta.part);
    }
    assert_eq!(replayed.part(board), truth);

    let (mut confirmed, mut parked, mut fetched, mut connections) = (0, 0, 0, 0);
    let mut times = Vec::new();
    for (tab, deeds) in &ended {
        assert_eq!(tab.client.confirmed().part(board), truth);
        assert_eq!(tab.client.shown(), tab.client.confirmed());
        let refused: BTreeSet<CommandId> = tab.client.parked().iter().map(|parked| parked.id).collect();
        for id in deeds.certain.iter().filter(|id| !refused.contains(*id)) {
            assert!(journal.contains(id), "acknowledged and not there");
        }
        assert!(refused.iter().all(|id| !journal.contains(id)), "refused and there");
        confirmed += deeds.certain.len() + deeds.other.len() - refused.len();
        parked += refused.len();
        fetched += tab.fetched;
        connections += deeds.connections;
        times.extend_from_slice(&deeds.times);
    }
    times.sort_unstable();
    assert!(confirmed > 100 && restarted && kills >= 3);
    if long.is_some() {
        let at = |share: usize| times[(times.len() * share / 100).min(times.len() - 1)].as_millis();
        println!(
            "{NODES} nodes, {BROWSERS} browsers, {} s: {kills} kills, 1 restart of PostgreSQL, {confirmed} commands \
             confirmed, {parked} refused by the rules, {connections} connections, {fetched} snapshots, confirmed after \
             p50 {} ms, p99 {} ms",
            lasts.as_secs(),
            at(50),
            at(99),
        );
    }
}

/// One browser: acts at random for as long as the field goes on, always finds a node that lives, and then waits until
/// it has what the others have.
async fn browse(field: Arc<Field>, person: PersonId, cookie: String, number: usize) -> (Tab, Deeds) {
    let mut dice = Dice::new(7_919 * (number as u64 + 1));
    let doors: Vec<Door> = field.urls.iter().map(|url| Door::with(url, cookie.clone())).collect();
    let mut tab = loop {
        let door = doors[dice.roll(NODES)].clone();
        if let Some(start) = door.try_get::<Start>(&format!("/sync/start?scope=board:{}", field.work.project)).await {
            break Tab::begin(door, person, start);
        }
    };
    let pace = Duration::from_millis(2 + number as u64 % 8);
    let mut deeds = Deeds::default();
    let mut pending: Vec<(CommandId, Instant)> = Vec::new();
    while field.going.load(Ordering::Acquire) {
        let (certain, intent) = intent(&field.work, &tab, &mut dice);
        let id = command();
        if tab.client.act(id, intent, now()).is_ok() && tab.client.queue().any(|waiting| waiting.id == id) {
            if certain { &mut deeds.certain } else { &mut deeds.other }.push(id);
            pending.push((id, Instant::now()));
        }
        tab.carry_out().await;
        if dice.roll(60) == 0 {
            tab.cut();
        }
        serve(&mut tab, &doors, &mut dice, &mut deeds, pace).await;
        while tab.client.queue().count() > MOST_WAITING {
            serve(&mut tab, &doors, &mut dice, &mut deeds, Duration::from_millis(20)).await;
        }
        let waiting: BTreeSet<CommandId> = tab.client.queue().map(|waiting| waiting.id).collect();
        pending.retain(|(id, since)| {
            let waits = waiting.contains(id);
            if !waits {
                deeds.times.push(since.elapsed());
            }
            waits
        });
    }
    // What waits is done, then all have everything: the last word of each reaches all.
    let patience = Instant::now() + Duration::from_secs(40);
    let mut idle = false;
    loop {
        assert!(Instant::now() < patience, "never settled: {:?}", tab.client.status());
        serve(&mut tab, &doors, &mut dice, &mut deeds, Duration::from_millis(20)).await;
        if !idle && tab.client.queue().next().is_none() {
            idle = true;
            field.idle.fetch_add(1, Ordering::AcqRel);
        }
        if field.idle.load(Ordering::Acquire) == BROWSERS && tab.client.link() == Link::Live {
            let board = field.work.board();
            let truth = doors[number % NODES].try_snapshot(board).await;
            if truth.is_some_and(|truth| truth.part == tab.client.confirmed().part(board)) {
                return (tab, deeds);
            }
        }
    }
}

/// Takes in what comes for a while, on whatever node is there.
async fn serve(tab: &mut Tab, doors: &[Door], dice: &mut Dice, deeds: &mut Deeds, span: Duration) {
    let end = tokio::time::Instant::now() + span;
    while tokio::time::Instant::now() < end {
        if tab.is_connected() {
            // The clock of a real browser, which gives up a socket that only seems to stand.
            tab.client.tick(now());
            tab.carry_out().await;
            let _ = tokio::time::timeout_at(end, tab.step()).await;
        } else {
            tab.door = doors[dice.roll(doors.len())].clone();
            deeds.connections += 1;
            if !tab.try_connect().await {
                tokio::time::sleep(Duration::from_millis(30)).await;
            }
        }
    }
}

/// Something to do on the board, and whether it changes something whatever the others do.
fn intent(work: &Work, tab: &Tab, dice: &mut Dice) -> (bool, Command) {
    let fresh = Uuid::now_v7();
    let Ok(board) = tab.client.shown().board(work.project) else {
        return (true, work.create(tab.client.person(), &format!("New {fresh}")).1);
    };
    let tasks: Vec<_> = board.tasks().keys().copied().collect();
    if tasks.len() < 20 || dice.roll(6) == 0 {
        return (true, work.create(tab.client.person(), &format!("New {fresh}")).1);
    }
    let task = tasks[dice.roll(tasks.len())];
    match dice.roll(10) {
        0..=2 => (true, work.rename(task, &format!("Name {fresh}"))),
        3 | 4 => (true, work.comment(task, &format!("A word {fresh}"))),
        5 if dice.roll(3) == 0 => (false, work.remove(task)),
        _ => {
            let place = if dice.roll(3) == 0 { Place::First } else { Place::After(tasks[dice.roll(tasks.len())]) };
            (false, work.move_to(task, dice.roll(work.columns.len()), place))
        }
    }
}

/// The project that is only there to be worked on, and who works on it.
async fn benchmark(url: &Url) -> (Work, Vec<PersonId>) {
    let (person, cookie) = sign_in(url).await;
    let start: Start = Door::with(url, cookie.clone()).get("/sync/start").await;
    let project = start.snapshots.iter().find_map(|snapshot| match &snapshot.part {
        Some(Part::Project(project)) if project.registration.name == "Benchmark" => Some(project.clone()),
        _ => None,
    });
    let project = project.expect("the project");
    let tab = Tab::open(Door::with(url, cookie), person, project.id).await;
    let columns = tab.client.shown().board(project.id).expect("its board").columns().iter();
    let columns = columns.filter(|column| column.wip_limit.is_none()).map(|column| column.id).collect();
    let people = project.members.keys().copied().filter(|person| project.worked_on_by(*person).is_ok()).collect();
    (Work { project: project.id, columns }, people)
}

/// The cookie of a new sign-in, without a password.
async fn cookie(store: &Store, person: PersonId) -> String {
    let token = Token::draw().expect("randomness");
    let session = Session { id: SessionId(Uuid::now_v7()), person, created: now(), seen: now(), agent: String::new() };
    store.add_session(&session, &token.digest()).await.expect("a sign-in");
    format!("qibu_session={}", token.into_secret())
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_on_different_nodes_see_each_other() {
    let database = Cluster::shared().database().await;
    fill(&database, 3);
    let (one, two) = (Process::start(&database, 0), Process::start(&database, 0));
    let store = Store::open(&database).await.expect("the database");
    let (work, people) = benchmark(&one.url).await;
    let (board, mover) = (work.board(), people[1]);
    let mut here = Tab::open(Door::with(&one.url, cookie(&store, people[0]).await), people[0], work.project).await;
    here.until("alone", |client| client.onlookers(board).len() == 1).await;
    let mut there = Tab::open(Door::with(&two.url, cookie(&store, mover).await), mover, work.project).await;
    there.until("both are seen", |client| client.onlookers(board).len() == 2).await;
    here.until("both are seen", |client| client.onlookers(board).len() == 2).await;

    let task = *there.client.shown().board(work.project).expect("its board").tasks().keys().next().expect("a task");
    there.client.dragging(board, vec![task]);
    there.carry_out().await;
    let drags =
        |client: &Client| client.onlookers(board).iter().any(|one| one.person == mover && one.dragging == [task]);
    here.until("what is dragged is seen", drags).await;
    there.act(&work.rename(task, "Seen on both")).await;
    let renamed =
        |client: &Client| client.shown().board(work.project).is_ok_and(|b| b.tasks()[&task].name == "Seen on both");
    here.until("what is done is seen", renamed).await;
    there.cut();
    here.until("alone again", |client| client.onlookers(board).len() == 1).await;
}

/// What a failover to a replica that lagged leaves behind: the database has lost what was acknowledged.
#[tokio::test]
async fn a_database_that_lost_commits_begins_a_new_history_on_every_node() {
    let database = Cluster::shared().database().await;
    let store = Store::open(&database).await.expect("the database");
    let one = Engine::start(store.clone()).await.expect("it starts");
    let two = Engine::start(store.clone()).await.expect("it starts");
    let admin = newcomer("admin");
    let lead = admin.id;
    add(&one, lead, OrganisationCommand::Found { name: "Qiming".to_owned(), admin }).await;
    let vanished = newcomer("lost");
    add(&one, lead, OrganisationCommand::AddPerson(vanished.clone())).await;
    two.current().await.expect("it follows");
    let (last, epoch) = (store.last().await.expect("a number"), one.epoch());

    let pool = PgPool::connect(&database).await.expect("the database");
    for undo in [
        "UPDATE journal_head SET last = last - 1",
        "DELETE FROM journal_subject WHERE seq > (SELECT last FROM journal_head)",
        "DELETE FROM journal WHERE seq > (SELECT last FROM journal_head)",
        "DELETE FROM thing WHERE seq > (SELECT last FROM journal_head)",
    ] {
        sqlx::query(undo).execute(&pool).await.expect("undone");
    }
    let knows = async |engine: &Engine| {
        let (_, state) = engine.read(&[Scope::Company]).await.expect("it reads");
        state.company.people.contains_key(&vanished.id)
    };
    let deadline = Instant::now() + Duration::from_secs(10);
    // Both may notice at once and begin one: then the later counts.
    while knows(&one).await || knows(&two).await || one.epoch() == epoch || one.epoch() != two.epoch() {
        assert!(Instant::now() < deadline, "never noticed");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    add(&two, lead, OrganisationCommand::AddPerson(newcomer("next"))).await;
    assert_eq!(store.last().await.expect("a number"), last, "the number is free again, in another history");
}

fn newcomer(name: &str) -> NewPerson {
    let profile = Profile { name: name.to_owned(), ..Profile::default() };
    let email = format!("{name}@example.com");
    NewPerson { id: PersonId::new(Uuid::now_v7()), profile, email, department: None, role: CompanyRole::Admin }
}

/// Runs a command on an engine, which may have to look at the database again first.
async fn add(engine: &Engine, actor: PersonId, add: OrganisationCommand) {
    let id = command();
    for _ in 0..100 {
        match engine.act(actor, id, Command::Organisation(add.clone())).await {
            Ok(_) => return,
            Err(ActError::Unavailable) => tokio::time::sleep(Duration::from_millis(20)).await,
            Err(refused) => panic!("{refused}"),
        }
    }
    panic!("never taken");
}
