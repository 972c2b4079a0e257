//! How many tasks a second are made durable: each on the disk before its maker hears of it, one in flight a connection.
//!
//! `cargo bench -p qibu --bench durable` prints each figure beside its budget; with
//! `-- 8` or `-- 64` only that one. `QIBU_BENCH_DATABASE` names the database, and with it whose budgets count; unless it
//! does, a SQLite file is made, and `QIBU_BENCH_DIR` says on which disk.

#![expect(clippy::cast_precision_loss, reason = "figures are rounded anyway")]

mod support;

use std::time::{Duration, Instant};

use qibu::store::Store;
use qibu::sync::Engine;
use shared::id::{ColumnId, CommandId, PersonId, ProjectId, TaskId};
use shared::organisation::{CompanyRole, NewPerson, OrganisationCommand, Profile};
use shared::project::board::{NewColumn, Status};
use shared::project::task::{NewTask, Place, Priority, TaskCommand, TaskIntent};
use shared::{Command, Scope};
use uuid::Uuid;

use support::Failure;
use support::figure::{Budget, millis, percentile, print};
use support::project::register;

/// How long each figure is measured.
const LONG: Duration = Duration::from_secs(4);
/// How many projects the tasks are spread over: a connection works on one of them.
const PROJECTS: usize = 16;

#[tokio::main]
async fn main() -> Result<(), Failure> {
    let only: Option<usize> = std::env::args().find_map(|argument| argument.parse().ok());
    let folder = tempfile::tempdir_in(support::disk())?;
    let file = || format!("sqlite:{}", folder.path().join("durable.sqlite").display());
    let database = std::env::var("QIBU_BENCH_DATABASE").unwrap_or_else(|_| file());
    let (name, budgets) = match database.split_once(':') {
        Some(("sqlite", _)) => ("SQLite", [(8, 5_000.0), (64, 15_000.0)]),
        _ => ("PostgreSQL", [(8, 3_000.0), (64, 6_000.0)]),
    };
    let engine = Engine::start(Store::open(&database).await?).await?;
    let person = somebody(&engine).await?;
    for (connections, budget) in budgets {
        if only.is_some_and(|only| only != connections) {
            continue;
        }
        let spans = measure(&engine, person, connections).await?;
        let rate = spans.len() as f64 / LONG.as_secs_f64();
        let [p50, p99] = [50, 99].map(|percent| percentile(&spans, percent));
        let what = format!("durable task creates, {connections} connections, {name}");
        print(&what, rate, "/s", Budget::Least(budget), &format!("each p50 {p50:.1} ms, p99 {p99:.1} ms"));
    }
    engine.shutdown().await;
    Ok(())
}

/// How long each create took, in milliseconds, with so many connections that wait for their answer before the next.
async fn measure(engine: &Engine, person: PersonId, connections: usize) -> Result<Vec<f64>, Failure> {
    let mut boards = Vec::new();
    for _ in 0..PROJECTS.min(connections) {
        boards.push(board(engine, person).await?);
    }
    let end = Instant::now() + LONG;
    let mut workers = Vec::new();
    for connection in 0..connections {
        let (project, columns) = boards[connection % boards.len()].clone();
        let column = columns[connection / boards.len() % columns.len()];
        let engine = engine.clone();
        workers.push(tokio::spawn(async move {
            let mut spans = Vec::new();
            loop {
                let began = Instant::now();
                if began >= end {
                    return Ok::<_, Failure>(spans);
                }
                let command = create(project, column, person, spans.len());
                engine.act(person, CommandId::new(Uuid::now_v7()), command).await?;
                spans.push(millis(began.elapsed()));
            }
        }));
    }
    let mut spans = Vec::new();
    for worker in workers {
        spans.extend(worker.await??);
    }
    Ok(spans)
}

/// Who acts: the admin of the company, which is founded if the database is empty.
async fn somebody(engine: &Engine) -> Result<PersonId, Failure> {
    let (_, state) = engine.read(&[Scope::Company]).await?;
    let mut people = state.company.people.values();
    if let Some(admin) = people.find(|person| person.active && person.role == CompanyRole::Admin) {
        return Ok(admin.id);
    }
    let id = PersonId::new(Uuid::now_v7());
    let profile = Profile { name: "Wang Lei".to_owned(), ..Profile::default() };
    let email = "wang@example.com".to_owned();
    let admin = NewPerson { id, profile, email, department: None, role: CompanyRole::Admin };
    let command = Command::Organisation(OrganisationCommand::Found { name: "Qiming".to_owned(), admin });
    engine.act(id, CommandId::new(Uuid::now_v7()), command).await?;
    Ok(id)
}

async fn board(engine: &Engine, lead: PersonId) -> Result<(ProjectId, Vec<ColumnId>), Failure> {
    let id = ProjectId::new(Uuid::now_v7());
    let columns: Vec<NewColumn> = ["待办", "进行中", "已提交", "已完成"]
        .into_iter()
        .map(|name| NewColumn { id: ColumnId::new(Uuid::now_v7()), name: name.to_owned(), status: Status::Todo })
        .collect();
    let ids = columns.iter().map(|column| column.id).collect();
    engine.act(lead, CommandId::new(Uuid::now_v7()), register(id, lead, columns)).await?;
    Ok((id, ids))
}

fn create(project: ProjectId, column: ColumnId, owner: PersonId, number: usize) -> Command {
    let task = NewTask {
        id: TaskId::new(Uuid::now_v7()),
        name: format!("Prepare the interface document, part {number}"),
        column,
        place: Place::Last,
        owner,
        due: None,
        priority: Priority::Medium,
    };
    Command::Task(TaskCommand { project, intent: TaskIntent::Create(task) })
}
