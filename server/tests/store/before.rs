//! A database of the version before there was one table for all things: it opens, and holds what it held.
//!
//! The fixtures are backups that that version wrote, and their hashes what it said of them. A backup is a database, too.

use std::borrow::Cow;
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use flate2::read::GzDecoder;
use qibu::store::{Damage, Lane, Store};
use qibu::sync::Engine;
use qibu::timers::Duty;
use shared::project::task::untold;
use shared::sync::Seq;
use shared::{Scope, State};
use sqlx::migrate::Migrator;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};
use tempfile::TempDir;
use uuid::Uuid;

use crate::Place;
use crate::archive::checked;
use crate::support::TestServer;

engines![
    an_older_backup_goes_into_this_version,
    an_older_database_is_brought_up_to_date,
    a_server_tells_whoever_has_tasks_of_them_once,
];

/// The fixtures: the second has lost the changes of its older rows, and has snapshots instead.
const OLDER: [(&[u8], &str); 2] = [
    (
        include_bytes!("../fixtures/one_table_per_kind.qibu.gz"),
        "61f40d100868b8a416b4135cdfabfeaf6509f15edfdfbcc6b0e7004cee685dbf",
    ),
    (
        include_bytes!("../fixtures/one_table_per_kind_compacted.qibu.gz"),
        "18e00f11fd47ed16949daf44fd16cf57c885507a3a02d18a9150c53587170deb",
    ),
];
/// The last migration of PostgreSQL before.
const LAST: i64 = 7;

fn unpacked(packed: &[u8]) -> (TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let (mut bytes, file) = (Vec::new(), folder.path().join("older.qibu"));
    GzDecoder::new(packed).read_to_end(&mut bytes).expect("a packed file");
    std::fs::write(&file, bytes).expect("written");
    (folder, file)
}

async fn is_whole(store: &Store, hash: &str) {
    let (findings, contents) = checked(store).await;
    assert_eq!(findings, []);
    assert_eq!(contents.hash(), hash);
    let engine = Engine::start(store.clone()).await.expect("it starts");
    let (_, state) = engine.read(&[Scope::Company, Scope::Incidents]).await.expect("it reads");
    assert_eq!(state.company.info.name, "启明");
    assert!(!state.incidents.all.is_empty(), "one that is over stays where it was until the server runs");
    engine.shutdown().await;
}

async fn an_older_backup_goes_into_this_version(place: Place) {
    let mut place = Some(place);
    for (packed, hash) in OLDER {
        let (_folder, file) = unpacked(packed);
        let place = match place.take() {
            Some(place) => place,
            None => Place::sqlite(),
        };
        let store = place.open().await;
        assert_eq!(store.restore(&file, Damage::Refused).await.expect("restored").hash(), hash);
        is_whole(&store, hash).await;
    }
}

async fn an_older_database_is_brought_up_to_date(place: Place) {
    let (packed, hash) = OLDER[0];
    let (_folder, file) = unpacked(packed);
    if let Some(path) = place.address.strip_prefix("sqlite:") {
        std::fs::copy(&file, path).expect("copied");
    } else {
        fill(&place.address, &file).await;
    }
    is_whole(&place.open().await, hash).await;
}

/// All that is at hand, and the boards.
async fn at_hand(store: &Store) -> State {
    let mut state = State::default();
    let (_, light) = store.load_light().await.expect("it loads");
    let mut scopes = light;
    for project in scopes.iter().filter_map(|(scope, _)| scope.takes_along()).collect::<Vec<_>>() {
        scopes.push((project, store.load(project).await.expect("it loads")));
    }
    for (scope, loaded) in scopes {
        loaded.part.into_iter().for_each(|part| state.put(scope, part));
    }
    state
}

async fn a_server_tells_whoever_has_tasks_of_them_once(place: Place) {
    let (_folder, file) = unpacked(OLDER[0].0);
    let store = place.open().await;
    store.restore(&file, Damage::Refused).await.expect("restored");
    let missing = |state: &State| state.projects.keys().map(|project| untold(state, *project).len()).sum::<usize>();
    assert!(missing(&at_hand(&store).await) > 0, "the fixture has tasks that go on");

    let server = TestServer::start_on(&place.address).await;
    let mut last = Seq(0);
    for _ in 0..400 {
        last = store.last().await.expect("a number");
        if missing(&at_hand(&store).await) == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let told = at_hand(&store).await;
    assert_eq!(missing(&told), 0);
    assert!(told.inboxes.values().any(|inbox| !inbox.duties.is_empty()));
    for (person, inbox) in &told.inboxes {
        assert!(inbox.duties.values().all(|duty| duty.by == *person), "nobody is asked to begin with what is old");
    }
    server.stop().await;
    assert_eq!(checked(&store).await.0, []);

    // It is done, for this server and for every later one.
    let next = store.claim(Uuid::nil(), Lane::Duties, (364 * 24 * 3_600_000_000, Duration::ZERO)).await;
    let mut next = next.expect("an answer");
    while let Some(lease) = next {
        assert_ne!(lease.timer.id, Duty::TellOfTasks.name());
        store.settle(&lease, None).await.expect("settled");
        next = store
            .claim(Uuid::nil(), Lane::Duties, (364 * 24 * 3_600_000_000, Duration::ZERO))
            .await
            .expect("an answer");
    }
    assert_eq!(store.last().await.expect("a number"), last);
}

/// Makes the tables as they were, and puts the rows of the file there.
async fn fill(address: &str, file: &Path) {
    let all = sqlx::migrate!("migrations/postgres");
    let before: Vec<_> = all.iter().filter(|migration| migration.version <= LAST).cloned().collect();
    let mut postgres = PgConnection::connect(address).await.expect("a connection");
    let migrator = Migrator { migrations: Cow::Owned(before), ..Migrator::DEFAULT };
    migrator.run(&mut postgres).await.expect("the tables");
    let mut sqlite = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.expect("the file");
    let tables: Vec<String> = sqlx::query_scalar(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE '_sqlx%' AND name NOT LIKE 'document%'
         AND name <> 'meta' ORDER BY name = 'journal_subject'",
    )
    .fetch_all(&mut sqlite)
    .await
    .expect("tables");
    for table in tables {
        let columns: Vec<String> = sqlx::query_scalar("SELECT name FROM pragma_table_info($1)")
            .bind(&table)
            .fetch_all(&mut sqlite)
            .await
            .expect("columns");
        let quoted: Vec<String> = columns.iter().map(|column| format!("quote({column})")).collect();
        let select = format!("SELECT {} FROM {table}", quoted.join(" || ',' || "));
        let rows: Vec<String> =
            sqlx::query_scalar(AssertSqlSafe(select)).fetch_all(&mut sqlite).await.expect("its rows");
        for row in rows {
            let insert = format!("INSERT INTO {table} ({}) VALUES ({row})", columns.join(", "));
            sqlx::query(AssertSqlSafe(insert)).execute(&mut postgres).await.expect("a row");
        }
    }
    let head = "INSERT INTO journal_head (epoch, last, turns) SELECT gen_random_uuid()::text, max(seq), 1 FROM journal";
    sqlx::query(head).execute(&mut postgres).await.expect("the head");
}
