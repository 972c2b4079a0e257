//! What befalls a server from outside: a disk that is full, a file that is damaged, a log that nobody reads.

use std::fs::{File, OpenOptions};
use std::io::{Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use qibu::demo;
use reqwest::StatusCode;
use serde_json::json;
use sqlx::{Connection as _, Row as _, SqliteConnection};
use tempfile::TempDir;
use uuid::Uuid;

use crate::program::{SERVE, Serving, after, qibu, run, text};
use crate::support::client_builder;

/// How long anything may take to become as it should be.
const PATIENCE: Duration = Duration::from_secs(30);

fn filled() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let loaded = run(folder.path(), &["demo"]);
    assert!(loaded.status.success(), "{}", text(&loaded.stderr));
    folder
}

fn database(folder: &Path) -> std::path::PathBuf {
    folder.join("company/qibu.sqlite")
}

/// Somebody who is signed in at a server.
struct Visitor(reqwest::Client, String);

impl Visitor {
    async fn at(url: &str) -> Self {
        let client = client_builder().cookie_store(true).build().expect("a client");
        let body = json!({ "email": "lin.xiao@qiming.example", "password": demo::PASSWORD });
        let answer = client.post(format!("{url}/api/sign_in")).json(&body).send().await.expect("an answer");
        assert_eq!(answer.status(), 200);
        Self(client, url.to_owned())
    }

    async fn uploads(&self, bytes: usize) -> StatusCode {
        let request = self.0.post(format!("{}/files?id={}&name=x", self.1, Uuid::now_v7()));
        request.body(vec![b'x'; bytes]).send().await.expect("an answer").status()
    }

    async fn readiness(&self) -> String {
        let answer = self.0.get(format!("{}/readyz", self.1)).send().await.expect("an answer");
        answer.text().await.expect("a word")
    }

    async fn until(&self, word: &str) {
        let begun = Instant::now();
        loop {
            let readiness = self.readiness().await;
            if readiness == word {
                return;
            }
            assert!(begun.elapsed() < PATIENCE, "it says {readiness:?} rather than {word:?}");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// A quota on the size of each file is met by the code as a full disk is: a write fails in the middle.
#[tokio::test]
async fn a_disk_that_was_full_is_no_trouble_once_there_is_room() {
    let folder = filled();
    let serving = Serving::by(&mut after("trap '' XFSZ", folder.path(), &SERVE));
    let visitor = Visitor::at(&serving.url).await;
    visitor.until("ok\n").await;
    let quota = std::fs::metadata(database(folder.path())).expect("a database").len().max(1 << 20);
    let limit = |most: u64| {
        let pid = i32::try_from(serving.child.id()).expect("a number");
        let limits = Some((most, rlimit::INFINITY));
        rlimit::prlimit(pid, rlimit::Resource::FSIZE, limits, None).expect("a limit");
    };
    limit(quota);
    assert_eq!(visitor.uploads(20 << 20).await, 503);
    while visitor.uploads(64 << 10).await == 201 {}
    while visitor.uploads(1).await == 201 {}
    assert_eq!(visitor.readiness().await, "the database takes nothing that is written\n");

    limit(rlimit::INFINITY);
    visitor.until("ok\n").await;
    assert_eq!(visitor.uploads(1).await, 201);
    assert_eq!(visitor.uploads(20 << 20).await, 201);
    serving.signal("TERM");
    assert_eq!(serving.end(), Some(0));
}

/// Overwrites the page at which a table begins.
async fn damage(folder: &Path, table: &str) {
    let mut connection =
        SqliteConnection::connect(&format!("sqlite:{}", database(folder).display())).await.expect("it opens");
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").execute(&mut connection).await.expect("written back");
    let page: i64 = sqlx::query_scalar("SELECT rootpage FROM sqlite_master WHERE name = $1")
        .bind(table)
        .fetch_one(&mut connection)
        .await
        .expect("a page");
    let size = sqlx::query("PRAGMA page_size").fetch_one(&mut connection).await.expect("a size").get::<i64, _>(0);
    connection.close().await.expect("closed");
    let mut file = OpenOptions::new().write(true).open(database(folder)).expect("a file");
    let at = u64::try_from((page - 1) * size).expect("a place");
    file.seek(SeekFrom::Start(at)).expect("found");
    file.write_all(&vec![0xA5; usize::try_from(size).expect("a size")]).expect("written");
}

#[tokio::test]
async fn a_server_whose_database_is_damaged_is_not_ready() {
    // Nobody reads it, and yet it is found: deliveries, of which there are none.
    let folder = filled();
    damage(folder.path(), "webhook_delivery").await;
    let serving = Serving::by(&mut qibu(folder.path(), &SERVE));
    Visitor::at(&serving.url).await.until("the file of the database is damaged\n").await;

    // While it runs: what every start reads.
    let folder = filled();
    let serving = Serving::by(&mut qibu(folder.path(), &SERVE));
    let visitor = Visitor::at(&serving.url).await;
    damage(folder.path(), "thing").await;
    visitor.until("the database cannot be read\n").await;
}

#[tokio::test]
async fn a_log_that_cannot_be_written_or_is_not_read_stops_nothing() {
    let folder = filled();
    for log in ["a full disk", "nobody there", "nobody reads"] {
        let mut command = qibu(folder.path(), &SERVE);
        command.env("QIBU_LOG", "trace");
        if log == "a full disk" {
            command.stderr(File::options().write(true).open("/dev/full").expect("it is there"));
        }
        let mut serving = Serving::by(&mut command);
        let kept = serving.child.stderr.take().filter(|_| log == "nobody reads");
        let client = client_builder().timeout(Duration::from_secs(10)).build().expect("a client");
        // More than a pipe holds.
        for _ in 0..400 {
            let answer = client.get(format!("{}/livez", serving.url)).send().await;
            assert_eq!(answer.unwrap_or_else(|error| panic!("{log}: {error}")).status(), 200);
        }
        serving.signal("TERM");
        assert_eq!(serving.end(), Some(0), "{log}");
        drop(kept);
    }
}

#[test]
fn who_has_read_enough_ends_it_quietly() {
    let folder = tempfile::tempdir().expect("a folder");
    for arguments in [&["demo"][..], &["check"], &["backup", "copy.qibu"], &["help", "serve"]] {
        let mut child = qibu(folder.path(), arguments).current_dir(folder.path()).spawn().expect("it runs");
        drop(child.stdout.take());
        let mut said = String::new();
        child.stderr.take().expect("piped").read_to_string(&mut said).expect("text");
        let ended = child.wait().expect("it ends").code();
        assert_eq!(ended, Some(0), "{arguments:?}: {said}");
        assert!(!said.contains("panicked") && !said.contains("qibu: "), "{arguments:?}: {said}");
    }
}
