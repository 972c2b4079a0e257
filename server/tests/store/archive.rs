//! Checks, backups, restores and moves.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use qibu::organisation::Token;
use qibu::sign_in::SessionId;
use qibu::store::{ArchiveError, Contents, Damage, Finding, Session, Store, StoredReset};
use qibu::sync::Engine;
use shared::sync::Seq;
use shared::{Scope, Timestamp};
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use tempfile::TempDir;
use uuid::Uuid;

use crate::Place;
use crate::history::History;

engines![
    what_the_engine_writes_is_found_well,
    what_was_changed_by_hand_is_found,
    every_table_is_looked_at,
    a_backup_holds_one_moment_and_goes_into_either_engine,
    a_restore_takes_nothing_that_is_wrong_and_nothing_into_what_is_not_empty,
    a_move_takes_everything_along,
];

/// What a check finds, and what there is.
pub(crate) async fn checked(store: &Store) -> (Vec<Finding>, Contents) {
    let mut findings = Vec::new();
    let contents = store.check(|finding| findings.push(finding)).await.expect("it reads");
    (findings, contents)
}

/// A place in which there is a history.
async fn played(place: &Place) -> (Store, History) {
    let store = place.open().await;
    let engine = Engine::start(store.clone()).await.expect("it starts");
    let history = History::play(&engine).await;
    engine.shutdown().await;
    (store, history)
}

async fn sign_in(store: &Store, history: &History) {
    let (at, token) = (Timestamp::from_micros(1), Token::draw().expect("randomness"));
    let id = SessionId(Uuid::now_v7());
    let session = Session { id, person: history.lead, created: at, seen: at, agent: "A browser".to_owned() };
    store.add_session(&session, &token.digest()).await.expect("written");
    store.put_password(history.lead, "a hash", at).await.expect("written");
}

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }
}

async fn meddle_with(file: &Path, statement: &'static str) {
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.expect("it opens");
    sqlx::raw_sql(statement).execute(&mut connection).await.expect("it runs");
    connection.close().await.expect("closed");
}

async fn what_the_engine_writes_is_found_well(place: Place) {
    let (store, history) = played(&place).await;
    let (findings, contents) = checked(&store).await;
    assert_eq!(findings, []);
    let rows = |name: &str| contents.tables().iter().find(|table| table.table == name).map(|table| table.rows);
    assert_eq!(rows("journal"), Some(store.last().await.expect("a number").0));
    assert_eq!(rows("company"), Some(1));
    // What comes and goes by itself is no content; everything else is.
    sign_in(&store, &history).await;
    let (_, signed_in) = checked(&store).await;
    assert_ne!(signed_in.hash(), contents.hash(), "a password");
    sign_in(&store, &history).await;
    assert_eq!(checked(&store).await.1.hash(), signed_in.hash());
}

async fn what_was_changed_by_hand_is_found(place: Place) {
    let (store, _) = played(&place).await;
    let found = |what: &'static str| {
        let (place, store) = (&place, &store);
        async move {
            place.meddle(what).await;
            checked(store).await.0
        }
    };
    let differs = |findings: &[Finding], of: &str, says: &str| {
        assert!(
            findings.iter().any(|finding| match finding {
                Finding::Differs { thing, what } => thing.kind == of && what.contains(says),
                _ => false,
            }),
            "{findings:?}"
        );
    };
    let findings = found("UPDATE thing SET body = replace(body, '启明', 'Other') WHERE kind = 'company'").await;
    assert_eq!(findings.len(), 1);
    differs(&findings, "company", "name is \"Other\" and should be \"启明\"");
    let findings = found("UPDATE thing SET seq = seq - 1 WHERE kind = 'task' AND gone = 0").await;
    differs(&findings, "task", "seq is");
    let findings = found("DELETE FROM thing WHERE kind = 'comment' AND gone = 0").await;
    assert!(findings.iter().any(|f| matches!(f, Finding::Missing(thing) if thing.kind == "comment")));
    let findings = found(
        "INSERT INTO thing SELECT scope, kind, 'another', seq, gone, body FROM thing WHERE kind = 'department' LIMIT 1",
    )
    .await;
    assert!(findings.iter().any(|f| matches!(f, Finding::Extra(thing) if thing.id == "another")));
    let findings = found("UPDATE journal SET changes = replace(changes, 'Beta', 'Gamma')").await;
    differs(&findings, "project", "milestones is");
    let findings = found("UPDATE journal SET prev = 1 WHERE seq = (SELECT max(seq) FROM journal)").await;
    assert!(findings.iter().any(|f| matches!(f, Finding::Prev { told: 1, .. })));
    let findings = found("UPDATE journal SET at = 0 WHERE seq = (SELECT max(seq) FROM journal)").await;
    assert!(findings.iter().any(|f| matches!(f, Finding::Older(_))));
    let findings = found("DELETE FROM journal_subject WHERE seq = (SELECT max(seq) FROM journal_subject)").await;
    assert!(findings.iter().any(|f| matches!(f, Finding::Subject { .. })));
    let findings = found("INSERT INTO journal_subject VALUES ('other', 2), ('other', 3)").await;
    assert!(findings.contains(&Finding::Subjects(2)));
    let findings = found("UPDATE journal SET changes = '[' WHERE seq = 3").await;
    assert!(findings.iter().any(|f| matches!(f, Finding::Unreadable { table: "journal", row, .. } if row == "3")));
    let findings = found("UPDATE journal SET changes = '' WHERE seq = 2").await;
    assert!(findings.contains(&Finding::Snapshot(2)));
    let findings = found("INSERT INTO verdict (client, person, number) VALUES ('a', 'b', 1)").await;
    assert!(findings.contains(&Finding::Verdict { client: "a".to_owned(), number: 1 }));
    let findings = found("DELETE FROM journal_subject WHERE seq = 4; DELETE FROM journal WHERE seq = 4").await;
    assert!(findings.contains(&Finding::Gap(4)));
    if place.address.starts_with("postgres:") {
        let findings = found("UPDATE journal_head SET last = 1").await;
        assert!(findings.iter().any(|f| matches!(f, Finding::Head { head: 1, .. })));
    }
}

/// A table that is added goes into backups and moves, or says here why not.
async fn every_table_is_looked_at(place: Place) {
    let store = place.open().await;
    let things: Vec<&str> = Scope::kinds().map(|kind| kind.name).collect();
    let contents = checked(&store).await.1;
    let tables = contents.tables().iter().map(|table| table.table.clone());
    let mut known: Vec<String> = tables.filter(|table| !things.contains(&table.as_str())).collect();
    known.push("thing".to_owned());
    let there: Vec<String> = if place.address.starts_with("sqlite:") {
        known.push("meta".to_owned());
        let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
        let mut connection = SqliteConnection::connect(&place.address).await.expect("a connection");
        sqlx::query_scalar(sql).fetch_all(&mut connection).await.expect("names")
    } else {
        known.push("journal_head".to_owned());
        let sql = "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public'";
        let mut connection = PgConnection::connect(&place.address).await.expect("a connection");
        sqlx::query_scalar(AssertSqlSafe(sql)).fetch_all(&mut connection).await.expect("names")
    };
    // What can be searched follows from the rest: a restored database finds it again by itself.
    let follows = |name: &str| name == "_sqlx_migrations" || name.starts_with("document");
    let mut there: Vec<String> = there.into_iter().filter(|name| !follows(name)).collect();
    there.sort_unstable();
    known.sort_unstable();
    assert_eq!(there, known);
}

async fn a_backup_holds_one_moment_and_goes_into_either_engine(place: Place) {
    let folder = Folder::new();
    let store = place.open().await;
    let engine = Engine::start(store.clone()).await.expect("it starts");
    let history = Arc::new(History::play(&engine).await);
    sign_in(&store, &history).await;

    // Commands run all the time.
    let (stop, first) = (Arc::new(AtomicBool::new(false)), store.last().await.expect("a number"));
    let acting = tokio::spawn({
        let (engine, history, stop) = (engine.clone(), history.clone(), stop.clone());
        async move {
            while !stop.load(Ordering::Relaxed) {
                history.act(&engine, history.work.create(history.lead, "While it is backed up").1).await;
            }
        }
    });
    while store.last().await.expect("a number") < Seq(first.0 + 20) {
        tokio::task::yield_now().await;
    }
    let file = folder.file("under-load.qibu");
    let contents = store.backup(&file).await.expect("backed up");
    let during = store.last().await.expect("a number");
    stop.store(true, Ordering::Relaxed);
    acting.await.expect("no panic");
    let refused = store.backup(&file).await.expect_err("nothing is overwritten");
    assert!(matches!(refused, ArchiveError::File { .. }), "{refused}");

    // When nothing changes, a check of the source says the same as the backup; and so does one of the backup itself.
    let quiet = folder.file("quiet.qibu");
    let hash = store.backup(&quiet).await.expect("backed up").hash();
    assert_eq!(checked(&store).await.1.hash(), hash);
    let itself = Store::attach(&format!("sqlite:{}", quiet.display())).await.expect("it opens");
    let (findings, content) = checked(&itself).await;
    assert_eq!((findings, content.hash()), (Vec::new(), hash));
    itself.close().await;

    for other in place.others().await {
        let restored = other.open().await;
        restored.restore(&file, Damage::Refused).await.expect("restored");
        let (findings, content) = checked(&restored).await;
        assert_eq!((findings, content.hash()), (Vec::new(), contents.hash()));
        let last = restored.last().await.expect("a number");
        assert!(first < last && last <= during, "one moment of it");
        assert_ne!(restored.epoch().await.expect("an epoch"), store.epoch().await.expect("an epoch"));
        assert!(restored.sessions(history.lead).await.expect("read").is_empty(), "nobody is signed in");
        assert_eq!(restored.password(history.lead).await.expect("read").as_deref(), Some("a hash"));
        // And it can be worked with.
        let engine = Engine::start(restored.clone()).await.expect("it starts");
        history.act(&engine, history.work.create(history.lead, "After it was restored").1).await;
        assert_eq!(restored.last().await.expect("a number"), Seq(last.0 + 2), "the task, and that it is the lead's");
        engine.shutdown().await;
    }
}

async fn a_restore_takes_nothing_that_is_wrong_and_nothing_into_what_is_not_empty(place: Place) {
    let folder = Folder::new();
    let (store, history) = played(&place).await;
    sign_in(&store, &history).await;
    let file = folder.file("backup.qibu");
    store.backup(&file).await.expect("backed up");
    let before = checked(&store).await.1;
    let refused = store.restore(&file, Damage::Taken).await.expect_err("it holds something");
    assert!(matches!(refused, ArchiveError::NotEmpty("journal")), "{refused}");
    assert_eq!(checked(&store).await.1, before);

    for other in place.others().await {
        let target = other.open().await;
        let empty = checked(&target).await.1;
        let missing = target.restore(&folder.file("nowhere"), Damage::Taken).await.expect_err("no file");
        assert!(matches!(missing, ArchiveError::File { .. }), "{missing}");

        let altered = folder.file("altered.qibu");
        std::fs::copy(&file, &altered).expect("copied");
        meddle_with(&altered, "UPDATE password SET hash = 'mine'").await;
        let refused = target.restore(&altered, Damage::Refused).await.expect_err("not as it was made");
        assert!(matches!(refused, ArchiveError::Altered), "{refused}");

        meddle_with(&altered, "DELETE FROM meta; DELETE FROM thing WHERE kind = 'task'").await;
        let refused = target.restore(&altered, Damage::Refused).await.expect_err("it does not hang together");
        assert!(matches!(refused, ArchiveError::Damaged { .. }), "{refused}");
        assert_eq!(checked(&target).await.1, empty, "nothing is left of what was refused");

        // Of an older version: it is brought up to date, and stays as it is.
        meddle_with(&altered, "DROP TABLE snapshot; DELETE FROM _sqlx_migrations WHERE version = 3").await;
        target.restore(&altered, Damage::Taken).await.expect("better than nothing");
        assert!(!checked(&target).await.0.is_empty());
        assert_eq!(target.password(history.lead).await.expect("read").as_deref(), Some("mine"));
        let old = Store::attach(&format!("sqlite:{}", altered.display())).await;
        assert!(matches!(old, Err(qibu::store::StoreError::Version)), "{old:?}");
    }
}

async fn a_move_takes_everything_along(place: Place) {
    let (store, history) = played(&place).await;
    sign_in(&store, &history).await;
    let at = Timestamp::from_micros(1);
    let reset = StoredReset { person: history.lead, made_by: None, created: at, expires: at, used: None };
    let (token, device) = (Token::draw().expect("randomness"), Token::draw().expect("randomness"));
    store.add_reset(&reset, &token.digest()).await.expect("written");
    store.remember_device(&device.digest(), history.lead, at).await.expect("written");
    let source = checked(&store).await.1;
    for other in place.others().await {
        let target = other.open().await;
        let moved = target.take_over(&store, Damage::Refused).await.expect("moved");
        assert_eq!(moved.contents, source);
        let (findings, content) = checked(&target).await;
        assert_eq!((findings, &content), (Vec::new(), &source));
        assert_eq!(target.sessions(history.lead).await.expect("read").len(), 1);
        assert_eq!(target.resets(history.lead).await.expect("read"), [reset]);
        assert_eq!(target.device_people(&device.digest()).await.expect("read"), [history.lead]);
        assert_eq!(target.epoch().await.expect("an epoch"), store.epoch().await.expect("an epoch"));
        let refused = target.take_over(&store, Damage::Taken).await.expect_err("it holds something");
        assert!(matches!(refused, ArchiveError::NotEmpty(_)), "{refused}");
        // And back, if one likes.
        let back = Place::sqlite();
        let home = back.open().await;
        assert_eq!(home.take_over(&target, Damage::Refused).await.expect("moved").contents, source);
        let engine = Engine::start(target).await.expect("it starts");
        history.act(&engine, history.work.create(history.lead, "After the move").1).await;
        engine.shutdown().await;
    }
}
