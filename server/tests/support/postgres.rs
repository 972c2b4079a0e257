//! A PostgreSQL cluster for one test program, with a database of its own for each test.

use std::io::{BufRead, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock};

use sqlx::{AssertSqlSafe, Connection as _, PgConnection};
use uuid::Uuid;

/// A cluster, which ends with this program whatever happens to it.
pub(crate) struct Cluster {
    url: String,
    pipes: Mutex<(ChildStdin, BufReader<ChildStdout>)>,
    _script: Child,
}

impl Cluster {
    /// A fast one that all tests of the program share: what it holds need not survive a loss of power.
    pub(crate) fn shared() -> &'static Self {
        static SHARED: OnceLock<Cluster> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(&["-c", "fsync=off"]))
    }

    /// One of one's own.
    pub(crate) fn start(options: &[&str]) -> Self {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../end2end/postgres.sh");
        let mut command = Command::new(script);
        command.args(options).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut script = command.spawn().expect("the script runs");
        let stdin = script.stdin.take().expect("piped");
        let mut stdout = BufReader::new(script.stdout.take().expect("piped"));
        let url = line(&mut stdout);
        assert!(url.starts_with("postgres://"), "PostgreSQL did not start");
        Self { url, pipes: Mutex::new((stdin, stdout)), _script: script }
    }

    /// The address of a new database.
    pub(crate) async fn database(&self) -> String {
        let name = format!("test_{}", Uuid::now_v7().simple());
        let mut connection = PgConnection::connect(&self.address("postgres")).await.expect("a connection");
        let create = AssertSqlSafe(format!("CREATE DATABASE {name}"));
        sqlx::query(create).execute(&mut connection).await.expect("a database");
        connection.close().await.expect("closed");
        self.address(&name)
    }

    /// Restarts it as a crash would: every connection breaks, and what was not on the disk is gone.
    pub(crate) fn restart(&self) {
        let mut pipes = self.pipes.lock().expect("not poisoned");
        writeln!(pipes.0, "restart").expect("the script listens");
        assert_eq!(line(&mut pipes.1), "restarted");
    }

    fn address(&self, database: &str) -> String {
        self.url.replacen("/?", &format!("/{database}?"), 1)
    }
}

fn line(from: &mut impl BufRead) -> String {
    let mut line = String::new();
    from.read_line(&mut line).expect("a line");
    line.trim_end().to_owned()
}
