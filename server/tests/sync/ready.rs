//! Whether a server that works with PostgreSQL says so, before and after its database was away.

use std::time::Duration;

use shared::Command;
use shared::id::{CommandId, PersonId};
use shared::organisation::{CompanyRole, NewPerson, OrganisationCommand, Profile};
use uuid::Uuid;

use crate::postgres::Cluster;
use crate::support::TestServer;

/// How long it may take until it is as it should be.
const PATIENCE: Duration = Duration::from_secs(30);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_is_ready_again_after_its_database_was_away_though_nobody_sends_it_anything() {
    let cluster = Cluster::start(&["-c", "fsync=off"]);
    let server = TestServer::start_on(&cluster.database().await).await;
    let admin = server.company().await;
    assert_eq!(word(&server).await, "ok\n");
    // Until one of the commands under way is caught by it.
    loop {
        let engine = server.services().engine.clone();
        let mut load = tokio::spawn(async move {
            while engine.act(admin, CommandId::new(Uuid::now_v7()), newcomer()).await.is_ok() {}
        });
        tokio::task::block_in_place(|| cluster.restart());
        if tokio::time::timeout(Duration::from_secs(3), &mut load).await.is_ok() {
            break;
        }
        load.abort();
    }
    let begun = tokio::time::Instant::now();
    loop {
        let word = word(&server).await;
        if word == "ok\n" {
            break;
        }
        assert!(begun.elapsed() < PATIENCE, "never ready again: {word}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

async fn word(server: &TestServer) -> String {
    server.stranger().get("/readyz").await.text().await.expect("a word")
}

fn newcomer() -> Command {
    let id = PersonId::new(Uuid::now_v7());
    let profile = Profile { name: "New".to_owned(), ..Profile::default() };
    let email = format!("{id}@qiming.example");
    let person = NewPerson { id, profile, email, department: None, role: CompanyRole::Member };
    Command::Organisation(OrganisationCommand::AddPerson(person))
}
