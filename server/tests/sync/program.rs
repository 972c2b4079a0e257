//! The real binary, which can be killed.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use crate::support::http;
use reqwest::Url;
use serde_json::json;
use shared::id::PersonId;

/// A server in a process of its own.
pub(crate) struct Process {
    child: Child,
    pub(crate) url: Url,
}

impl Process {
    /// Starts one on a database; port 0 takes a free one.
    pub(crate) fn start(database: &str, port: u16) -> Self {
        Self::start_with(database, port, &[])
    }

    /// The same with more options.
    pub(crate) fn start_with(database: &str, port: u16, options: &[&str]) -> Self {
        let mut command = program(database);
        command.args(["serve", "--listen", &format!("127.0.0.1:{port}")]).args(options).stdout(Stdio::piped());
        let mut child = command.spawn().expect("it runs");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let first = lines.next().expect("a line").expect("text");
        std::thread::spawn(move || lines.for_each(drop));
        let url = first.strip_prefix("listening on ").expect("the line that scripts read").parse().expect("a URL");
        Self { child, url }
    }

    /// The port that it listens on.
    pub(crate) fn port(&self) -> u16 {
        self.url.port().expect("a port")
    }
}

impl Drop for Process {
    /// SIGKILL: it gets no chance to put anything in order.
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Fills a database with the demo and a project of so many cards.
pub(crate) fn fill(database: &str, cards: usize) {
    let loaded = program(database).args(["demo", "--cards", &cards.to_string()]).stdout(Stdio::null()).status();
    assert!(loaded.expect("it runs").success());
}

fn program(database: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qibu"));
    command
        .env("QIBU_DATABASE", database)
        .env("QIBU_DATA", std::env::temp_dir())
        .env("QIBU_LOG", std::env::var("QIBU_LOG").unwrap_or_else(|_| "off".to_owned()))
        .stdin(Stdio::null());
    command
}

/// Signs the lead of a project in; who it is, and the cookie.
pub(crate) async fn sign_in(url: &Url) -> (PersonId, String) {
    let body = json!({ "email": "lin.xiao@qiming.example", "password": qibu::demo::PASSWORD });
    let request = http().post(url.join("/api/sign_in").expect("a path")).json(&body);
    let response = request.send().await.expect("an answer");
    let cookie = response.headers()["set-cookie"].to_str().expect("text").split(';').next().expect("a cookie");
    let cookie = cookie.to_owned();
    (response.json().await.expect("a person"), cookie)
}
