//! Machines whose clock is wrong: what is written has the true time, whoever writes it, and goes on with it afterwards.

use std::path::Path;

use reqwest::{StatusCode, Url};
use shared::Scope;
use shared::id::PersonId;
use shared::inbox::{InboxCommand, Intent};
use shared::sync::Start;
use sqlx::PgPool;

use crate::postgres::Cluster;
use crate::program::{Process, fill, sign_in};
use crate::support::http;
use crate::tab::Tab;
use crate::wire::Door;

const MONTH: i64 = 30 * 86_400;

/// Has a node's clock be shifted, and this one's alone be wrong, by so many seconds.
fn clock(file: &Path, (shift, wrong): (i64, i64)) {
    std::fs::write(file, format!("{shift} {wrong}")).expect("written");
}

async fn ready(node: &Url) -> (StatusCode, String) {
    let answer = http().get(node.join("/readyz").expect("a path")).send().await.expect("an answer");
    (answer.status(), answer.text().await.expect("text"))
}

async fn until_ready(node: &Url, status: StatusCode) -> String {
    for _ in 0..400 {
        let (now, text) = ready(node).await;
        if now == status {
            return text;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("{node} never answered {status}");
}

/// The lead of a project at a node.
async fn tab(node: &Url) -> (Tab, PersonId) {
    let (person, cookie) = sign_in(node).await;
    let door = Door::with(node, cookie);
    let first: Start = door.get("/sync/start").await;
    let mut tab = Tab::begin(door, person, first);
    tab.connect().await;
    (tab, person)
}

fn mark(person: PersonId, key: &str) -> shared::Command {
    shared::Command::Inbox(InboxCommand { person, key: key.to_owned(), mark: Some(Intent::Done) })
}

/// By how many seconds the last row of a person's inbox is ahead of now.
fn ahead(at: i64) -> i64 {
    (at - qibu::clock::machine().micros()) / 1_000_000
}

async fn last(pool: &PgPool, person: PersonId) -> i64 {
    let last = sqlx::query_scalar("SELECT at FROM journal WHERE scope = $1 ORDER BY seq DESC LIMIT 1");
    last.bind(Scope::Inbox(person).to_string()).fetch_one(pool).await.expect("a row")
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_node_whose_clock_is_wrong_writes_nothing_or_the_true_time() {
    let folder = tempfile::tempdir().expect("a folder");
    let wrong = folder.path().join("wrong");
    let database = Cluster::shared().database().await;
    fill(&database, 0);
    clock(&wrong, (0, 10));
    let off = Process::start_with(&database, 0, &["--test-clock", wrong.to_str().expect("text")]);
    let right = Process::start(&database, 0);
    let pool = PgPool::connect(&database).await.expect("the database");

    let (mut one, person) = tab(&off.url).await;
    until_ready(&off.url, StatusCode::OK).await;
    one.act(&mark(person, "ten-seconds-ahead")).await;
    one.settled().await;
    assert!((-5..=5).contains(&ahead(last(&pool, person).await)), "the database's time");

    clock(&wrong, (0, MONTH));
    let said = until_ready(&off.url, StatusCode::SERVICE_UNAVAILABLE).await;
    assert!(said.contains("clock"), "{said}");
    one.act(&mark(person, "a-month-ahead")).await;
    let (mut other, _) = tab(&right.url).await;
    other.act(&mark(person, "the-true-time")).await;
    other.settled().await;
    assert!((-5..=5).contains(&ahead(last(&pool, person).await)), "nobody is taken along");
    assert_eq!(ready(&right.url).await.0, StatusCode::OK);

    clock(&wrong, (0, 0));
    until_ready(&off.url, StatusCode::OK).await;
    one.settled().await;
    assert!((-5..=5).contains(&ahead(last(&pool, person).await)), "and what waited was not lost");
    let latest: i64 = sqlx::query_scalar("SELECT max(at) FROM journal").fetch_one(&pool).await.expect("rows");
    assert!(ahead(latest) <= 5);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn time_goes_on_after_a_row_from_the_future() {
    let folder = tempfile::tempdir().expect("a folder");
    let (moved, file) = (folder.path().join("clock"), folder.path().join("qibu.sqlite"));
    let database = format!("sqlite:{}", file.display());
    fill(&database, 0);
    clock(&moved, (MONTH, 0));
    let node = Process::start_with(&database, 0, &["--test-clock", moved.to_str().expect("text")]);
    let (mut tab, person) = tab(&node.url).await;
    let pool = sqlx::SqlitePool::connect(&database).await.expect("the database");
    let last = async || -> i64 {
        let last = sqlx::query_scalar("SELECT at FROM journal WHERE scope = $1 ORDER BY seq DESC LIMIT 1");
        last.bind(Scope::Inbox(person).to_string()).fetch_one(&pool).await.expect("a row")
    };
    // The file is looked at now and then.
    for nth in 0..400 {
        tab.act(&mark(person, &format!("future-{nth}"))).await;
        tab.settled().await;
        if ahead(last().await) > MONTH - 60 {
            break;
        }
    }
    assert!(ahead(last().await) > MONTH - 60);
    clock(&moved, (0, 0));
    for nth in 0..400 {
        tab.act(&mark(person, &format!("present-{nth}"))).await;
        tab.settled().await;
        if ahead(last().await) < 60 {
            break;
        }
    }
    assert!((-5..=5).contains(&ahead(last().await)), "the true time again, while it runs");
    drop(node);

    let run = |arguments: &[&str]| {
        std::process::Command::new(env!("CARGO_BIN_EXE_qibu")).args(arguments).output().expect("it runs")
    };
    let qibu = |arguments: &[&str]| {
        let output = run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).into_owned()
    };
    let is_told = || {
        let output = run(&["check", "--database", &database]);
        let text = String::from_utf8_lossy(&output.stdout).into_owned();
        assert_eq!(output.status.success(), !text.contains("a clock was wrong"), "{text}");
        !output.status.success()
    };
    assert!(is_told());
    // What is kept so is whole all the same: a backup of it is taken back.
    let backup = folder.path().join("backup.qibu").display().to_string();
    qibu(&["backup", &backup, "--database", &database]);
    let restored = format!("sqlite:{}", folder.path().join("restored.sqlite").display());
    qibu(&["restore", &backup, "--database", &restored]);

    let said = qibu(&["heal-clock", "--database", &database]);
    assert!(said.contains("nothing was changed") && said.contains('→'), "{said}");
    assert!(is_told());
    qibu(&["heal-clock", "--yes", "--database", &database]);
    assert!(!is_told());
    let latest: i64 = sqlx::query_scalar("SELECT max(at) FROM journal").fetch_one(&pool).await.expect("rows");
    assert!(ahead(latest) <= 5);
    let said = qibu(&["heal-clock", "--yes", "--database", &database]);
    assert!(said.contains("nothing to heal"), "{said}");
}
