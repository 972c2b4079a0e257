//! A disk that is full: nothing is acknowledged that is not there, and nothing is broken when there is room again.

use shared::Command;
use shared::Timestamp;
use shared::file::Attachment;
use shared::id::{CommandId, FileId, PersonId};
use shared::organisation::{CompanyRole, Invitee, NewPerson, OrganisationCommand, Profile};
use shared::sync::Seq;
use sqlx::AssertSqlSafe;
use uuid::Uuid;

use crate::sign_in::SessionId;
use crate::store::{
    Document, Engine as Kept, PlannedDelivery, Session, Store, StoreError, StoredInvitation, StoredTarget, Timer,
};
use crate::sync::{ActError, Engine};

/// Lets the file grow to so many pages and no further, as a full disk would: whichever connection writes, from now on.
async fn allow(store: &Store, pages: i64) {
    let Kept::Sqlite(sqlite) = &store.engine else { panic!("not SQLite") };
    let later = (*sqlite.writer.connect_options()).clone().pragma("max_page_count", pages.to_string());
    sqlite.writer.set_connect_options(later);
    let limit = AssertSqlSafe(format!("PRAGMA max_page_count = {pages}"));
    sqlx::query(limit).execute(&sqlite.writer).await.expect("a limit");
}

async fn opened(folder: &tempfile::TempDir) -> Store {
    Store::open(&format!("sqlite:{}", folder.path().join("full.sqlite").display())).await.expect("opens")
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
    let store = opened(&folder).await;
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
    assert!(engine.proof().is_none() && store.try_writing().await.is_err());
    let people = async || engine.read(&[shared::Scope::Company]).await.expect("it reads").1.company.people.len();
    assert_eq!(people().await, added, "what was not written is not shown");
    assert!(matches!(act(&engine, lead, id, refused.clone()).await, Err(ActError::Unavailable)), "still full");

    allow(&store, 100_000).await;
    act(&engine, lead, id, refused.clone()).await.expect("there is room again");
    act(&engine, lead, id, refused).await.expect("sent again, it does nothing");
    assert!(engine.proof().is_some() && store.try_writing().await.is_ok());
    assert_eq!(people().await, added + 1);
    engine.shutdown().await;
    store.close().await;
    let again = Engine::start(opened(&folder).await);
    let (_, state) = again.await.expect("it starts").read(&[shared::Scope::Company]).await.expect("it reads");
    assert_eq!(state.company.people.len(), added + 1);
}

/// Writes in every way that is not a command, each time more than there is room for on a disk that is full. What fails is
/// named.
async fn write_in_every_way(store: &Store) -> Vec<(&'static str, Result<(), StoreError>)> {
    let (id, at, much) = (Uuid::now_v7(), Timestamp::from_micros(1), "x".repeat(1 << 20));
    let person = PersonId::new(id);
    let file = Attachment { id: FileId::new(id), name: "x".into(), media_type: "text/plain".into(), size: 20 << 20 };
    let session = Session { id: SessionId(id), person, created: at, seen: at, agent: much.clone() };
    let invited = StoredInvitation {
        person,
        department: None,
        role: CompanyRole::Member,
        made_by: person,
        expires: Timestamp::from_micros(2),
        invitee: Invitee::default(),
        places: None,
    };
    let document = Document {
        kind: "article",
        id: id.to_string(),
        seq: Seq(1),
        title: String::new(),
        body: much.clone(),
        folded: String::new(),
        sort: "",
        tags: Vec::new(),
        readers: None,
        project: None,
        author: person,
        edited: at,
        listed: true,
        card: String::new(),
        words: Default::default(),
    };
    let target = StoredTarget { id, settings: much.clone(), secret: String::new(), seen: Seq(0) };
    let (state, duty) = ("waiting".to_owned(), String::new());
    let delivery = PlannedDelivery { id, at, message: much.clone(), state, duty };
    let timer = Timer { id: id.to_string(), due: at, duty: much.clone() };
    let token = [id.as_bytes().as_slice(), id.as_bytes()].concat().try_into().expect("a digest");
    vec![
        ("a file", store.put_file(&file, (person, at), &vec![0; 20 << 20]).await.map(drop)),
        ("a sign-in", store.add_session(&session, &token).await),
        ("an invitation", store.add_invitations(&[(invited, token)], at).await),
        ("a password by it", store.use_invitation(person, &much, at).await.map(drop)),
        ("the index", store.index(&[document], Seq(1)).await),
        ("a target", store.put_target(&target, None, at).await),
        ("what it is told", store.plan_deliveries(id, Seq(1), &[delivery]).await),
        ("a timer", store.plan(&timer).await),
    ]
}

#[tokio::test]
async fn every_way_to_write_works_again_when_there_is_room() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = opened(&folder).await;
    allow(&store, 1).await;
    let full = Box::pin(write_in_every_way(&store)).await;
    assert!(full.iter().filter(|(_, written)| written.is_err()).count() >= 6, "{full:?}");
    allow(&store, 100_000).await;
    for (what, written) in Box::pin(write_in_every_way(&store)).await {
        written.unwrap_or_else(|error| panic!("{what}: {error}"));
    }
    let engine = Engine::start(store).await.expect("it starts");
    let admin = person("admin");
    let (lead, id) = (admin.id, CommandId::new(Uuid::now_v7()));
    act(&engine, lead, id, OrganisationCommand::Found { name: "Qiming".to_owned(), admin })
        .await
        .expect("there is room");
}

#[tokio::test]
async fn what_nobody_waits_for_any_more_holds_no_connection() {
    let folder = tempfile::tempdir().expect("a folder");
    let store = opened(&folder).await;
    let (at, contents) = (Timestamp::from_micros(1), vec![0; 20 << 20]);
    let upload = async || {
        let id = FileId::new(Uuid::now_v7());
        let file = Attachment { id, name: "x".into(), media_type: "text/plain".into(), size: 20 << 20 };
        store.put_file(&file, (PersonId::new(Uuid::nil()), at), &contents).await
    };
    for millis in 0..20 {
        // The browser hangs up in the middle of it.
        let _ = tokio::time::timeout(std::time::Duration::from_millis(millis), upload()).await;
    }
    assert!(upload().await.expect("written"));
}
