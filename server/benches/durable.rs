//! How many tasks a second are made durable: each on the disk before its maker hears of it, one in flight a connection.
//!
//! `cargo bench -p qibu --bench durable` prints each figure beside its budget (ARCHITECTURE, "Budgets"); with
//! `-- 8` or `-- 64` only that one. `QIBU_BENCH_DIR` says on which disk.

use std::error::Error;
use std::time::{Duration, Instant};

use qibu::store::Store;
use qibu::sync::Engine;
use shared::id::{ColumnId, CommandId, PersonId, ProjectId, TaskId};
use shared::organisation::{CompanyRole, NewPerson, OrganisationCommand, Profile};
use shared::project::board::{NewColumn, Status};
use shared::project::task::{NewTask, Place, Priority, TaskCommand, TaskIntent};
use shared::project::{ProjectCommand, Register, Registration};
use shared::{Command, Date};
use uuid::Uuid;

/// How long each figure is measured.
const LONG: Duration = Duration::from_secs(4);
/// How many projects the tasks are spread over: a connection works on one of them.
const PROJECTS: usize = 16;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let only = std::env::args().find_map(|argument| argument.parse().ok());
    for (connections, budget) in [(8, 5_000), (64, 15_000)] {
        if only.is_some_and(|only: usize| only != connections) {
            continue;
        }
        let rate = measure(connections).await?;
        let verdict = if rate >= budget { "within" } else { "OVER" };
        println!("durable task creates/s, {connections} connections: {rate} (budget >= {budget}: {verdict})");
    }
    Ok(())
}

/// Creates a second with so many connections, each waiting for its answer before the next.
async fn measure(connections: usize) -> Result<u64, Box<dyn Error>> {
    let folder = tempfile::tempdir_in(std::env::var_os("QIBU_BENCH_DIR").unwrap_or_else(|| ".".into()))?;
    let store = Store::open(&format!("sqlite:{}", folder.path().join("durable.sqlite").display())).await?;
    let engine = Engine::start(store).await?;
    let person = found(&engine).await?;
    let mut boards = Vec::new();
    for _ in 0..PROJECTS.min(connections) {
        boards.push(register(&engine, person).await?);
    }
    let end = Instant::now() + LONG;
    let mut workers = Vec::new();
    for connection in 0..connections {
        let (project, columns) = boards[connection % boards.len()].clone();
        let column = columns[connection / boards.len() % columns.len()];
        let engine = engine.clone();
        workers.push(tokio::spawn(async move {
            let mut made = 0_u64;
            while Instant::now() < end {
                let command = create(project, column, person, made);
                if let Err(error) = engine.act(person, CommandId::new(Uuid::now_v7()), command).await {
                    return Err(error.to_string());
                }
                made += 1;
            }
            Ok(made)
        }));
    }
    let mut made = 0;
    for worker in workers {
        made += worker.await??;
    }
    engine.shutdown().await;
    Ok(made / LONG.as_secs())
}

async fn found(engine: &Engine) -> Result<PersonId, Box<dyn Error>> {
    let id = PersonId::new(Uuid::now_v7());
    let profile = Profile { name: "Wang Lei".to_owned(), ..Profile::default() };
    let email = "wang@example.com".to_owned();
    let admin = NewPerson { id, profile, email, department: None, role: CompanyRole::Admin };
    let command = Command::Organisation(OrganisationCommand::Found { name: "Qiming".to_owned(), admin });
    engine.act(id, CommandId::new(Uuid::now_v7()), command).await?;
    Ok(id)
}

async fn register(engine: &Engine, lead: PersonId) -> Result<(ProjectId, Vec<ColumnId>), Box<dyn Error>> {
    let id = ProjectId::new(Uuid::now_v7());
    let columns: Vec<NewColumn> = ["待办", "进行中", "已提交", "已完成"]
        .into_iter()
        .map(|name| NewColumn { id: ColumnId::new(Uuid::now_v7()), name: name.to_owned(), status: Status::Todo })
        .collect();
    let ids = columns.iter().map(|column| column.id).collect();
    let registration = Registration {
        name: "Relaunch".to_owned(),
        start: Date::constant(2026, 1, 1),
        contact: String::new(),
        background: String::new(),
        problem: String::new(),
        expected_results: Vec::new(),
        open: false,
    };
    let register = Register {
        id,
        registration,
        lead,
        draft: false,
        milestones: Vec::new(),
        departments: std::collections::BTreeMap::new(),
        members: std::collections::BTreeMap::new(),
        columns,
    };
    let command = Command::Project(ProjectCommand::Register(Box::new(register)));
    engine.act(lead, CommandId::new(Uuid::now_v7()), command).await?;
    Ok((id, ids))
}

fn create(project: ProjectId, column: ColumnId, owner: PersonId, number: u64) -> Command {
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
