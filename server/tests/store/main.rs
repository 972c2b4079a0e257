//! What every storage engine must do. Each test takes an open store; `engines!` runs it on each engine.

/// Runs each test on each engine.
macro_rules! engines {
    ($($test:ident),* $(,)?) => {
        mod on_sqlite {
            $(#[tokio::test]
            async fn $test() {
                super::$test(super::Place::sqlite()).await;
            })*
        }

        mod on_postgres {
            $(#[tokio::test]
            async fn $test() {
                super::$test(super::Place::postgres().await).await;
            })*
        }
    };
}

mod archive;
mod before;
mod compaction;
mod files;
mod found;
mod healing;
mod history;
mod holdings;
mod incidents;
mod invitations;
#[path = "../support/postgres.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod postgres;
mod search;
#[path = "../support/mod.rs"]
mod support;
mod views;

use std::sync::Arc;

use qibu::store::{Batch, ClientKey, Entry, Loaded, Row, Store, StoreError, Verdict};
use qibu::sync::Engine;
use shared::command::{Change, ScopedChanges};
use shared::id::{ClientId, CommandId, PersonId, ProjectId};
use shared::inbox::{BoardTask, InboxCommand, Intent};
use shared::organisation::{CompanyInfo, OrganisationChange, OrganisationCommand};
use shared::project::task::{TaskCommand, TaskIntent};
use shared::state::Part;
use shared::sync::{Delta, Seq};
use shared::{Command, Reason, Scope, Timestamp};
use sqlx::{Connection as _, PgConnection, SqliteConnection};
use tempfile::TempDir;
use uuid::Uuid;

use history::History;

/// A database that can be opened again: each engine says how.
struct Place {
    address: String,
    _folder: Option<TempDir>,
}

impl Place {
    fn sqlite() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let address = format!("sqlite:{}", folder.path().join("qibu.sqlite").display());
        Self { address, _folder: Some(folder) }
    }

    async fn postgres() -> Self {
        Self { address: postgres::Cluster::shared().database().await, _folder: None }
    }

    /// The other kind of place than this one, and the same kind.
    async fn others(&self) -> [Self; 2] {
        [Self::sqlite(), Self::postgres().await]
    }

    /// Runs statements by hand, as only somebody who meddles would.
    async fn meddle(&self, statements: &'static str) {
        let statements = sqlx::raw_sql(statements);
        if self.address.starts_with("sqlite:") {
            let mut connection = SqliteConnection::connect(&self.address).await.expect("a connection");
            statements.execute(&mut connection).await.expect("it runs");
            connection.close().await.expect("closed");
        } else {
            let mut connection = PgConnection::connect(&self.address).await.expect("a connection");
            statements.execute(&mut connection).await.expect("it runs");
            connection.close().await.expect("closed");
        }
    }

    async fn open(&self) -> Store {
        Store::open(&self.address).await.expect("it opens")
    }
}

engines![
    what_is_written_is_read_back,
    numbers_and_comments_of_what_is_gone_do_not_come_back,
    each_kind_of_thing_has_its_rows,
    an_inbox_of_which_all_is_taken_back_goes_on_from_there,
    one_id_in_two_scopes_is_two_things,
    a_batch_is_written_whole_or_not_at_all,
    an_older_row_does_not_replace_a_newer_one,
    the_journal_is_read_in_pages_and_by_subject,
    what_browsers_have_done_is_kept_and_forgotten,
    the_epoch_stays_until_another_begins,
    two_engines_do_not_overwrite_each_other,
];

async fn what_is_written_is_read_back(place: Place) {
    let store = place.open().await;
    let engine = Engine::start(store.clone()).await.expect("it starts");
    let history = History::play(&engine).await;
    let scopes = history.scopes();
    let (last, state) = engine.read(&scopes).await.expect("it reads");
    assert_eq!(store.last().await.expect("a number"), last);
    for scope in &scopes {
        let loaded = store.load(*scope).await.expect("it loads");
        assert_eq!(loaded.part, state.part(*scope), "{scope:?}");
        assert!(loaded.part.is_some());
    }
    let (again, light) = store.load_light().await.expect("it loads");
    assert_eq!(again, last);
    // The incidents are there before anything is written of them.
    let told = scopes.iter().filter(|scope| scope.is_light() && **scope != Scope::Incidents).count();
    assert_eq!(light.len(), told + 1);
    for (scope, loaded) in light {
        assert_eq!(loaded, store.load(scope).await.expect("it loads"), "{scope:?}");
    }
    let nowhere = store.load(Scope::Board(ProjectId::new(Uuid::now_v7()))).await.expect("it loads");
    assert_eq!((nowhere.part, nowhere.upto), (None, Seq(0)));

    // And by another process later.
    engine.shutdown().await;
    store.close().await;
    let engine = Engine::start(place.open().await).await.expect("it starts");
    let (_, reread) = engine.read(&scopes).await.expect("it reads");
    assert_eq!(reread, state);
    // The journal alone says the same: it is what browsers that were away catch up from.
    let mut replayed = shared::State::default();
    let store = place.open().await;
    for scope in &scopes {
        for delta in store.journal_after(*scope, (Seq(0), last), 10_000).await.expect("rows") {
            replayed.apply(&delta.part);
        }
    }
    assert_eq!(replayed, state);
}

async fn numbers_and_comments_of_what_is_gone_do_not_come_back(place: Place) {
    let engine = Engine::start(place.open().await).await.expect("it starts");
    let history = History::play(&engine).await;
    let work = &history.work;
    let (task, create) = work.create(history.lead, "Short-lived");
    history.act(&engine, create.clone()).await;
    history.act(&engine, work.comment(task, "Old")).await;
    let number = |state: &shared::State| state.board(work.project).expect("a board").task(task).map(|t| t.number);
    let first = number(&engine.read(&[work.board()]).await.expect("it reads").1).expect("the task");
    history.act(&engine, work.remove(task)).await;
    engine.shutdown().await;

    let store = place.open().await;
    let engine = Engine::start(store.clone()).await.expect("it starts");
    history.act(&engine, create).await;
    let (_, state) = engine.read(&[work.board()]).await.expect("it reads");
    assert!(number(&state).expect("the task") > first);
    assert_eq!(store.load(work.board()).await.expect("it loads").part, state.part(work.board()));
    assert!(state.board(work.project).expect("a board").comments(task).is_empty());
}

async fn each_kind_of_thing_has_its_rows(place: Place) {
    let store = place.open().await;
    let engine = Engine::start(store.clone()).await.expect("it starts");
    let history = History::play(&engine).await;
    let (findings, contents) = archive::checked(&store).await;
    assert_eq!(findings, []);
    let rows = |kind: &str| contents.tables().iter().find(|table| table.table == kind).map(|table| table.rows);
    let (_, state) = engine.read(&history.scopes()).await.expect("it reads");
    let room = &state.rooms[&history.aftermath.incident];
    let revisions = |id| state.articles[&id].revisions.len() as u64;
    assert_eq!(rows("incident_policy"), Some(1));
    assert_eq!(rows("shift"), Some(2), "the one that is gone keeps its last body");
    assert_eq!(rows("incident"), Some(1));
    assert_eq!(rows("room_entry"), Some(room.entries.len() as u64));
    assert_eq!(rows("room_report"), Some(1));
    assert_eq!(rows("article"), Some(2));
    let (written, guide) = (history.aftermath.written, history.aftermath.guide);
    assert_eq!(rows("article_revision"), Some(revisions(written) + revisions(guide)));
    assert_eq!(rows("inbox_mark"), Some(3));
    assert_eq!(state.inboxes[&history.lead].marks.len(), 2);
    assert_eq!(room.report.measures.len(), 1);
}

/// Its rows are all gone, and it has been written to all the same: the next row follows the last one.
async fn an_inbox_of_which_all_is_taken_back_goes_on_from_there(place: Place) {
    let store = place.open().await;
    let engine = Engine::start(store.clone()).await.expect("it starts");
    let history = History::play(&engine).await;
    let person = history.lead;
    let scope = Scope::Inbox(person);
    let mark = |key: &str, mark| Command::Inbox(InboxCommand { person, key: key.to_owned(), mark });
    let (_, state) = engine.read(&[scope]).await.expect("it reads");
    for BoardTask { project, task } in state.inboxes[&person].duties.keys() {
        let (project, intent) = (*project, TaskIntent::Remove(vec![*task]));
        history.act(&engine, Command::Task(TaskCommand { project, intent })).await;
    }
    for key in state.inboxes[&person].marks.keys() {
        history.act(&engine, mark(key, None)).await;
    }
    let last = store.last().await.expect("a number");
    engine.shutdown().await;
    let (_, light) = store.load_light().await.expect("it loads");
    let (_, loaded) = light.iter().find(|(loaded, _)| *loaded == scope).expect("the inbox");
    assert_eq!(*loaded, Loaded { part: Some(Part::Inbox(Arc::default())), upto: last });
    let engine = Engine::start(store.clone()).await.expect("it starts");
    history.act(&engine, mark("anew", Some(Intent::Done))).await;
    let rows = store.journal_after(scope, (last, Seq(u64::MAX)), 10).await.expect("rows");
    assert_eq!(rows.iter().map(|row| row.prev).collect::<Vec<_>>(), [last]);
    assert_eq!(archive::checked(&store).await.0, []);
}

async fn one_id_in_two_scopes_is_two_things(place: Place) {
    let store = place.open().await;
    let engine = Engine::start(store.clone()).await.expect("it starts");
    let history = History::play(&engine).await;
    let (other, register) = history::register(history.lead, &[]);
    history.act(&engine, register).await;
    let (task, create) = history.work.create(history.lead, "Here");
    history.act(&engine, create).await;
    history.act(&engine, other.create_as(task, history.lead, "There")).await;
    let (_, state) = engine.read(&[history.work.board(), other.board()]).await.expect("it reads");
    for scope in [history.work.board(), other.board()] {
        assert_eq!(store.load(scope).await.expect("it loads").part, state.part(scope));
    }
    let rows = store.activity(other.board(), task, None, 10).await.expect("rows");
    assert_eq!(rows.len(), 1, "only what happened there");
}

async fn a_batch_is_written_whole_or_not_at_all(place: Place) {
    let store = place.open().await;
    let key = client();
    let mut batch = Batch { done: vec![(key, 1)], ..named("First", 1) };
    store.commit(&batch).await.expect("written");
    // The same number again: another process was first.
    batch = Batch { done: vec![(key, 2)], ..named("Second", 1) };
    assert!(matches!(store.commit(&batch).await, Err(StoreError::Database(_))));
    assert_eq!(store.done(&[key]).await.expect("read"), [(key, 1)]);
    assert_eq!(company(&store).await, "First");
    // The connection is as good as before.
    batch = Batch { done: vec![(key, 2)], ..named("Third", 2) };
    store.commit(&batch).await.expect("written");
    assert_eq!(store.done(&[key]).await.expect("read"), [(key, 2)]);
    assert_eq!(company(&store).await, "Third");
    assert!(store.is_well().await);
}

async fn an_older_row_does_not_replace_a_newer_one(place: Place) {
    let store = place.open().await;
    store.commit(&named("New", 5)).await.expect("written");
    let mut late = named("Old", 6);
    late.rows[0].seq = Seq(4);
    store.commit(&late).await.expect("written");
    assert_eq!(company(&store).await, "New");
}

async fn the_journal_is_read_in_pages_and_by_subject(place: Place) {
    let store = place.open().await;
    let engine = Engine::start(store.clone()).await.expect("it starts");
    let history = History::play(&engine).await;
    let board = history.work.board();
    let all = store.journal_after(board, (Seq(0), Seq(u64::MAX)), 10_000).await.expect("rows");
    assert!(all.is_sorted_by(|a, b| a.seq < b.seq));
    let mut prev = Seq(0);
    for row in &all {
        assert_eq!((row.prev, row.part.scope), (prev, board));
        prev = row.seq;
    }
    let mut paged = Vec::new();
    loop {
        let after = paged.last().map_or(Seq(0), |delta: &Arc<Delta>| delta.seq);
        let page = store.journal_after(board, (after, prev), 3).await.expect("rows");
        if page.is_empty() {
            break;
        }
        paged.extend(page);
    }
    assert_eq!(paged, all);
    let some = store.journal_after(board, (all[1].seq, all[3].seq), 100).await.expect("rows");
    assert_eq!(some, all[2..4]);
    let every = store.journal_since(all[1].seq, 2).await.expect("rows");
    assert_eq!(every, all[2..4], "nothing else was written in between");
    let backlog = store.backlog(board, all[1].seq, 5).await.expect("a count").expect("all of it");
    assert_eq!(backlog.rows, 5);
    assert!(backlog.bytes > 0);
    assert_eq!(store.backlog(board, prev, 5).await.expect("a count").map(|backlog| backlog.rows), Some(0));

    let ids: Vec<CommandId> = all.iter().map(|row| row.command).collect();
    let known = store.find(&ids).await.expect("rows");
    assert!(ids.iter().all(|id| known.iter().any(|known| known.command == *id && known.actor == history.lead)));
    assert!(store.find(&[CommandId::new(Uuid::now_v7())]).await.expect("rows").is_empty());

    let task = history.task;
    let activity = store.activity(board, task, None, 100).await.expect("rows");
    assert!(activity.len() >= 4 && activity.is_sorted_by(|a, b| a.seq > b.seq), "the latest first");
    let page = store.activity(board, task, Some(activity[0].seq), 1).await.expect("rows");
    assert_eq!(page, activity[1..2]);
}

async fn what_browsers_have_done_is_kept_and_forgotten(place: Place) {
    let store = place.open().await;
    let (one, two) = (client(), client());
    let refused = Verdict::Refused(Reason::LastAdmin.into());
    let batch = Batch {
        at: Timestamp::from_micros(1_000),
        done: vec![(one, 2), (two, 1)],
        verdicts: vec![(one, 1, refused.clone()), (one, 2, Verdict::Unchanged)],
        ..Batch::default()
    };
    store.commit(&batch).await.expect("written");
    assert_eq!(store.verdict(one, 1).await.expect("read"), Some(refused.clone()));
    assert_eq!(store.verdict(one, 2).await.expect("read"), Some(Verdict::Unchanged));
    assert_eq!(store.verdict(two, 1).await.expect("read"), None);
    let thief = ClientKey { person: PersonId::new(Uuid::now_v7()), ..one };
    assert_eq!(store.done(&[one, two, thief]).await.expect("read").len(), 2);
    assert_eq!(store.verdict(thief, 1).await.expect("read"), None);

    let later = Batch { at: Timestamp::from_micros(2_000), done: vec![(two, 20_000)], ..Batch::default() };
    store.commit(&later).await.expect("written");
    store.forget_clients(Timestamp::from_micros(1_500)).await.expect("forgotten");
    assert_eq!(store.done(&[one, two]).await.expect("read"), [(two, 20_000)]);
    assert_eq!(store.verdict(one, 1).await.expect("read"), None);
}

async fn the_epoch_stays_until_another_begins(place: Place) {
    let store = place.open().await;
    let epoch = store.epoch().await.expect("an epoch");
    store.close().await;
    let store = place.open().await;
    assert_eq!(store.epoch().await.expect("an epoch"), epoch);
    let fresh = store.begin_epoch().await.expect("an epoch");
    assert_ne!(fresh, epoch);
    assert_eq!(store.epoch().await.expect("an epoch"), fresh);
}

/// Two processes on one database: neither overwrites what the other wrote. Where they may both be there, the second
/// takes it in by itself; where they may not, it finds that it is not alone, and looks again.
async fn two_engines_do_not_overwrite_each_other(place: Place) {
    let one = Engine::start(place.open().await).await.expect("it starts");
    let history = History::play(&one).await;
    let two = Engine::start(place.open().await).await.expect("it starts");
    let (first, create) = history.work.create(history.lead, "By the first");
    history.act(&one, create).await;
    let (second, create) = history.work.create(history.lead, "By the second");
    let id = CommandId::new(Uuid::now_v7());
    let acted = two.act(history.lead, id, create.clone()).await;
    assert_eq!(acted.is_ok(), place.address.starts_with("postgres:"));
    let rows = two.act(history.lead, id, create).await.expect("now it knows");
    if let Ok(done) = acted {
        assert_eq!(rows, done, "it ran once");
    }
    let (_, state) = two.read(&[history.work.board()]).await.expect("it reads");
    let board = state.board(history.work.project).expect("a board");
    let number = |task| board.task(task).expect("the task").number;
    assert!(number(second) > number(first));
}

#[tokio::test]
async fn addresses_of_no_engine_are_refused_and_none_is_shown_with_its_password() {
    for address in ["", "sqlite:", "qibu.sqlite", "mysql:there"] {
        assert!(matches!(Store::open(address).await, Err(StoreError::Address)), "{address}");
    }
    let error = Store::open("postgres://qibu:secret@127.0.0.1:1/qibu").await.expect_err("nobody is there");
    assert!(!format!("{error} {error:?}").contains("secret"));
    for place in [Place::sqlite(), Place::postgres().await] {
        let shown = format!("{:?}", place.open().await);
        assert!(!shown.contains("qibu.sqlite") && !shown.contains("test_"), "{shown}");
    }
}

fn client() -> ClientKey {
    ClientKey { client: ClientId::new(Uuid::now_v7()), person: PersonId::new(Uuid::now_v7()) }
}

/// A batch that names the company, as the journal's row `seq`.
fn named(name: &str, seq: u64) -> Batch {
    let info = CompanyInfo { name: name.to_owned(), ..CompanyInfo::default() };
    let delta = Delta {
        seq: Seq(seq),
        prev: Seq(seq - 1),
        command: CommandId::new(Uuid::now_v7()),
        actor: PersonId::new(Uuid::now_v7()),
        at: Timestamp::from_micros(0),
        part: ScopedChanges {
            scope: Scope::Company,
            changes: vec![Change::Organisation(OrganisationChange::CompanyPut(info.clone()))],
        },
    };
    let command = Command::Organisation(OrganisationCommand::RenameCompany(name.to_owned()));
    Batch {
        entries: vec![Entry { delta: Arc::new(delta), command: Some(Arc::new(command)) }],
        rows: vec![Row {
            kind: Scope::kinds().find(|kind| kind.name == "company").expect("a kind"),
            scope: Scope::Company,
            id: "company".to_owned(),
            seq: Seq(seq),
            gone: false,
            body: serde_json::to_string(&info).expect("JSON"),
        }],
        ..Batch::default()
    }
}

async fn company(store: &Store) -> String {
    match store.load(Scope::Company).await.expect("it loads").part {
        Some(Part::Company(company)) => company.info.name.clone(),
        other => panic!("no company: {other:?}"),
    }
}
