//! `kill -9` during a stream of commands: what was acknowledged is there afterwards, and each command once.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use reqwest::Url;
use serde_json::json;
use shared::id::{CommandId, PersonId};
use shared::state::Part;
use sqlx::SqlitePool;

use crate::built::Work;
use crate::tab::Tab;
use crate::wire::Door;

struct Process {
    child: Child,
    url: Url,
}

impl Process {
    fn start(folder: &Path) -> Self {
        let mut command = program(folder);
        command.args(["serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let first = lines.next().expect("a line").expect("text");
        std::thread::spawn(move || lines.for_each(drop));
        let url = first.strip_prefix("listening on ").expect("the line that scripts read").parse().expect("a URL");
        Self { child, url }
    }
}

impl Drop for Process {
    /// SIGKILL: it gets no chance to put anything in order.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qibu"));
    command
        .env("QIBU_DATABASE", address(folder))
        .env("QIBU_DATA", folder.join("data"))
        .stdin(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn address(folder: &Path) -> String {
    format!("sqlite:{}", folder.join("qibu.sqlite").display())
}

async fn sign_in(url: &Url) -> (PersonId, String) {
    let body = json!({ "email": "lin.xiao@qiming.example", "password": qibu::demo::PASSWORD });
    let request = reqwest::Client::new().post(url.join("/api/sign_in").expect("a path")).json(&body);
    let response = request.send().await.expect("an answer");
    let cookie = response.headers()["set-cookie"].to_str().expect("text").split(';').next().expect("a cookie");
    let cookie = cookie.to_owned();
    (response.json().await.expect("a person"), cookie)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_and_each_command_ran_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let loaded = program(folder.path()).args(["demo", "--cards", "5"]).stdout(Stdio::null()).status();
    assert!(loaded.expect("it runs").success());
    let mut process = Process::start(folder.path());
    let (person, cookie) = sign_in(&process.url).await;
    let door = Door::with(&process.url, cookie.clone());

    // A board that this person may work on.
    let start: shared::sync::Start = door.get("/sync/start").await;
    let project = start.snapshots.iter().find_map(|snapshot| match &snapshot.part {
        Some(Part::Project(project)) if project.worked_on_by(person).is_ok() => Some(project.id),
        _ => None,
    });
    let project = project.expect("a project to work on");
    let mut tab = Tab::open(door, person, project).await;
    let columns = tab.client.shown().board(project).expect("its board").columns().iter();
    let work = Work { project, columns: columns.filter(|c| c.wip_limit.is_none()).map(|c| c.id).collect() };
    tab.until("live", |client| client.status().link == shared::sync::Link::Live).await;

    let mut sent: Vec<CommandId> = Vec::new();
    for round in 0..4 {
        // A stream of commands, and the kill somewhere in the middle of it.
        for number in 0..200 {
            let (_, create) = work.create(person, &format!("Round {round} task {number}"));
            sent.push(tab.act(&create).await);
        }
        while tab.client.queue().count() > 120 {
            tab.step().await;
        }
        drop(process);
        while tab.is_connected() {
            tab.step().await;
        }
        let acked = confirmed(&tab, &sent);
        let database = SqlitePool::connect(&address(folder.path())).await.expect("the database");
        for id in &acked {
            assert_eq!(rows(&database, *id).await, 1, "acknowledged before the kill");
        }
        database.close().await;
        process = Process::start(folder.path());
        tab.door = Door::with(&process.url, cookie.clone());
    }
    tab.settled().await;
    assert_eq!(tab.client.parked().len(), 0);
    let database = SqlitePool::connect(&address(folder.path())).await.expect("the database");
    for id in &sent {
        assert_eq!(rows(&database, *id).await, 1);
    }
    let board = tab.client.confirmed().board(project).expect("its board");
    let names: Vec<&str> = board.tasks().values().map(|task| task.name.as_str()).collect();
    assert_eq!(names.iter().filter(|name| name.starts_with("Round ")).count(), sent.len());
    let numbers: BTreeSet<u32> = board.tasks().values().map(|task| task.number).collect();
    assert_eq!(numbers.len(), board.tasks().len(), "no number twice");
}

/// Those that are confirmed, which is later than acknowledged.
fn confirmed(tab: &Tab, sent: &[CommandId]) -> BTreeSet<CommandId> {
    let waiting: BTreeSet<CommandId> = tab.client.queue().map(|pending| pending.id).collect();
    sent.iter().copied().filter(|id| !waiting.contains(id)).collect()
}

async fn rows(database: &SqlitePool, id: CommandId) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM journal WHERE command_id = $1")
        .bind(id.to_string())
        .fetch_one(database)
        .await
        .expect("a count")
}
