//! `kill -9` during a stream of commands: what was acknowledged is there afterwards, and each command once.

use std::collections::BTreeSet;

use shared::id::CommandId;
use shared::state::Part;
use sqlx::SqlitePool;

use crate::built::Work;
use crate::program::{Process, fill, sign_in};
use crate::tab::Tab;
use crate::wire::Door;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_and_each_command_ran_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let address = format!("sqlite:{}", folder.path().join("qibu.sqlite").display());
    fill(&address, 5);
    let mut process = Process::start(&address, 0);
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
        let database = SqlitePool::connect(&address).await.expect("the database");
        for id in &acked {
            assert_eq!(rows(&database, *id).await, 1, "acknowledged before the kill");
        }
        database.close().await;
        process = Process::start(&address, 0);
        tab.door = Door::with(&process.url, cookie.clone());
    }
    tab.settled().await;
    assert_eq!(tab.client.parked().len(), 0);
    let database = SqlitePool::connect(&address).await.expect("the database");
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

/// How many rows of its board a command has.
async fn rows(database: &SqlitePool, id: CommandId) -> i64 {
    sqlx::query_scalar("SELECT count(*) FROM journal WHERE command_id = $1 AND scope LIKE 'board:%'")
        .bind(id.to_string())
        .fetch_one(database)
        .await
        .expect("a count")
}
