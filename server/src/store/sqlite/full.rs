//! A disk that is full: nothing is acknowledged that is not there, and nothing is broken when there is room again.

use shared::Command;
use shared::id::{CommandId, PersonId};
use shared::organisation::{CompanyRole, NewPerson, OrganisationCommand, Profile};
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::store::{Engine as Kept, Store};
use crate::sync::{ActError, Engine};

/// Lets the file grow to so many pages and no further, as a full disk would.
async fn allow(store: &Store, pages: i64) {
    let Kept::Sqlite(sqlite) = &store.engine else { panic!("not SQLite") };
    let limit = AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
    sqlx::query(limit).execute(&sqlite.writer).await.expect("a limit");
}

fn person(name: &str) -> NewPerson {
    let id = PersonId::new(Uuid::now_v7());
    let profile = Profile { name: name.to_owned(), ..Profile::default() };
    NewPerson { id, profile, email: format!("{name}@example.com"), department: None, role: CompanyRole::Admin }
}

async fn act(engine: &Engine, actor: PersonId, id: CommandId, command: OrganisationCommand) -> Result<(), ActError> {
    engine.act(actor, id, Command::Organisation(command)).await.map(drop)
}

#[tokio::test]
async fn what_cannot_be_written_is_told_and_works_again_when_there_is_room() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::open(&format!("sqlite:{}", folder.path().join("full.sqlite").display())).await.expect("opens");
    let engine = Engine::start(store.clone()).await.expect("it starts");
    let admin = person("admin");
    let lead = admin.id;
    let found = OrganisationCommand::Found { name: "Qiming".to_owned(), admin };
    act(&engine, lead, CommandId::new(Uuid::now_v7()), found).await.expect("there is room");

    allow(&store, 1).await; // never less than what is there
    let mut added = 1;
    let (id, refused) = loop {
        let (id, newcomer) = (CommandId::new(Uuid::now_v7()), person(&format!("person{added}")));
        let add = OrganisationCommand::AddPerson(newcomer);
        match act(&engine, lead, id, add.clone()).await {
            Ok(()) => added += 1,
            Err(ActError::Unavailable) => break (id, add),
            Err(refused) => panic!("{refused}"),
        }
    };
    assert!(!engine.is_writing());
    let people = async || engine.read(&[shared::Scope::Company]).await.expect("it reads").1.company.people.len();
    assert_eq!(people().await, added, "what was not written is not shown");
    assert!(matches!(act(&engine, lead, id, refused.clone()).await, Err(ActError::Unavailable)), "still full");

    allow(&store, 100_000).await;
    act(&engine, lead, id, refused.clone()).await.expect("there is room again");
    act(&engine, lead, id, refused).await.expect("sent again, it does nothing");
    assert!(engine.is_writing());
    assert_eq!(people().await, added + 1);
    engine.shutdown().await;
    store.close().await;
    let again = Engine::start(
        Store::open(&format!("sqlite:{}", folder.path().join("full.sqlite").display())).await.expect("opens"),
    );
    let (_, state) = again.await.expect("it starts").read(&[shared::Scope::Company]).await.expect("it reads");
    assert_eq!(state.company.people.len(), added + 1);
}
