//! What an operator does with the data of a company, by the program itself: backups, restores, moves, checks.

#[path = "../support/postgres.rs"]
#[allow(dead_code, reason = "each test program uses a part of it")]
mod postgres;

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use sqlx::{Connection as _, SqliteConnection};
use tempfile::TempDir;

/// All that was done was done 40 days ago.
const AGED: &str = "UPDATE journal SET at = (SELECT max(at) FROM journal) - 40 * 86400000000";

/// A folder to work in.
struct Bench(TempDir);

impl Bench {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a folder"))
    }

    fn file(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// The address of a database in a file.
    fn sqlite(&self, name: &str) -> String {
        format!("sqlite:{}", self.file(name).display())
    }

    /// One in which the demo company is.
    fn company(&self, name: &str) -> String {
        let database = self.sqlite(name);
        self.does(&["demo", "--cards", "20", "--database", &database]);
        database
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_qibu"));
        command.args(arguments).env("QIBU_DATA", self.file("data")).env("QIBU_LOG", "off").stdin(Stdio::null());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("it runs")
    }

    /// Runs what must succeed; what it prints.
    fn does(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", text(&output.stderr));
        text(&output.stdout)
    }

    /// Runs what must fail with 1; what it complains of.
    fn fails(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert_eq!(output.status.code(), Some(1), "{arguments:?}: {}", text(&output.stdout));
        text(&output.stderr)
    }

    fn serve(&self, database: &str) -> Serving {
        let mut command = self.command(&["serve", "--listen", "127.0.0.1:0", "--database", database]);
        let mut child = command.stdout(Stdio::piped()).spawn().expect("it runs");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let first = lines.next().expect("a line").expect("text");
        assert!(first.starts_with("listening on "), "{first}");
        std::thread::spawn(move || lines.for_each(drop));
        Serving(child)
    }
}

/// A server, until this is dropped.
struct Serving(Child);

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The line with the hash.
fn content(printed: &str) -> String {
    let line = printed.lines().find(|line| line.starts_with("content "));
    line.unwrap_or_else(|| panic!("no hash in {printed}")).to_owned()
}

async fn meddle(file: &Path, statement: &'static str) {
    let mut connection = SqliteConnection::connect(&format!("sqlite:{}", file.display())).await.expect("it opens");
    sqlx::raw_sql(statement).execute(&mut connection).await.expect("it runs");
    connection.close().await.expect("closed");
}

#[tokio::test]
async fn a_company_moves_from_one_kind_of_database_to_the_other_and_back() {
    let bench = Bench::new();
    let company = bench.company("qibu.sqlite");
    let other = postgres::Cluster::shared().database().await;
    let serving = bench.serve(&company);
    let backup = bench.file("backup.qibu").display().to_string();
    let refused = bench.fails(&["move", "--from", &company, "--to", &other]);
    assert!(refused.contains("another qibu is using"), "{refused}");
    let checked = content(&bench.does(&["check", "--database", &company]));
    let written = bench.does(&["backup", &backup, "--database", &company]);
    assert_eq!(content(&written), checked);
    drop(serving);

    let moved = bench.does(&["move", "--from", &company, "--to", &other]);
    assert!(moved.contains(" rows in ") && moved.contains("a second"), "{moved}");
    assert_eq!(content(&moved), checked);
    assert_eq!(content(&bench.does(&["check", "--database", &other])), checked);
    let serving = bench.serve(&other);
    let from_other = bench.file("from-postgres.qibu").display().to_string();
    let now = content(&bench.does(&["backup", &from_other, "--database", &other]));
    drop(serving);

    let restored = bench.sqlite("restored.sqlite");
    assert_eq!(content(&bench.does(&["restore", &from_other, "--database", &restored])), now);
    assert_eq!(content(&bench.does(&["check", "--database", &restored])), now);
    let back = bench.sqlite("back.sqlite");
    assert_eq!(content(&bench.does(&["move", "--from", &other, "--to", &back])), now);
    drop(bench.serve(&back));

    // Nothing that holds something is written over.
    for database in [&restored, &other] {
        let refused = bench.fails(&["restore", &backup, "--database", database]);
        assert!(refused.contains("is not empty"), "{refused}");
    }
    let refused = bench.fails(&["move", "--from", &company, "--to", &restored]);
    assert!(refused.contains("is not empty"), "{refused}");
    let refused = bench.fails(&["backup", &backup, "--database", &company]);
    assert!(refused.contains("backup.qibu"), "{refused}");
    assert_eq!(content(&bench.does(&["check", "--database", &format!("sqlite:{backup}")])), checked);
}

#[tokio::test]
async fn a_check_says_what_is_wrong_and_ends_with_1() {
    let bench = Bench::new();
    let company = bench.company("qibu.sqlite");
    meddle(
        &bench.file("qibu.sqlite"),
        "UPDATE thing SET body = replace(body, 'Qiming Tech', 'Other') WHERE kind = 'company'",
    )
    .await;
    let output = bench.run(&["check", "--database", &company]);
    assert_eq!(output.status.code(), Some(1));
    let (out, error) = (text(&output.stdout), text(&output.stderr));
    assert!(out.starts_with("company company in company is not as the journal has it: name is "), "{out}");
    assert!(error.contains("1 thing is wrong with the database"), "{error}");

    // A backup takes it as it is; a restore says so, and does it only when told.
    let backup = bench.file("backup.qibu").display().to_string();
    bench.does(&["backup", &backup, "--database", &company]);
    let restored = bench.sqlite("restored.sqlite");
    let refused = bench.fails(&["restore", &backup, "--database", &restored]);
    assert!(refused.contains("1 findings in all"), "{refused}");
    bench.does(&["restore", &backup, "--even-if-damaged", "--database", &restored]);
}

#[tokio::test]
async fn what_is_not_there_is_not_made() {
    let bench = Bench::new();
    let nowhere = bench.sqlite("nowhere.sqlite");
    let backup = bench.file("backup.qibu").display().to_string();
    for arguments in [
        &["check", "--database", &nowhere][..],
        &["backup", &backup, "--database", &nowhere],
        &["compact", "--keep-days", "90", "--database", &nowhere],
        &["move", "--from", &nowhere, "--to", &bench.sqlite("target.sqlite")],
    ] {
        let refused = bench.fails(arguments);
        assert!(refused.contains("there is no database at"), "{refused}");
    }
    assert!(!bench.file("nowhere.sqlite").exists() && !bench.file("backup.qibu").exists());
    std::fs::write(bench.file("text.sqlite"), "no database at all").expect("written");
    let refused = bench.fails(&["check", "--database", &bench.sqlite("text.sqlite")]);
    assert!(refused.contains("not a database"), "{refused}");
}

#[tokio::test]
async fn the_journal_gets_smaller_while_it_is_served() {
    let bench = Bench::new();
    let company = bench.company("qibu.sqlite");
    let size = |name: &str| {
        let file = bench.file(name);
        bench.does(&["backup", &file.display().to_string(), "--database", &company]);
        std::fs::metadata(&file).expect("a file").len()
    };
    let before = size("before.qibu");
    let few = bench.run(&["compact", "--keep-days", "29", "--database", &company]);
    assert_eq!(few.status.code(), Some(2), "30 days at the least");
    meddle(&bench.file("qibu.sqlite"), AGED).await;
    let serving = bench.serve(&company);
    let printed = bench.does(&["compact", "--keep-days", "41", "--database", &company]);
    assert!(printed.starts_with("0 rows"), "{printed}");
    let printed = bench.does(&["compact", "--keep-days", "30", "--database", &company]);
    assert!(!printed.starts_with("0 rows"), "{printed}");
    bench.does(&["check", "--database", &company]);
    let after = size("after.qibu");
    assert!(after * 10 < before * 9, "{after} bytes after {before}");
    drop(serving);
    drop(bench.serve(&company));
}

#[test]
fn the_help_says_what_a_backup_lacks() {
    let bench = Bench::new();
    let help = bench.does(&["help", "backup"]);
    assert!(help.contains("everything but the sign-ins"), "{help}");
    assert!(bench.does(&["help", "move"]).contains("Stop all servers first"));
}
