//! The program itself, as a shell and a service manager meet it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use qibu::demo;
use serde_json::json;
use shared::id::PersonId;

use crate::support::{PASSWORD, http};

/// What a server is started with.
pub(crate) const SERVE: [&str; 3] = ["serve", "--listen", "127.0.0.1:0"];

pub(crate) fn qibu(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_qibu"));
    command.args(arguments);
    at(folder, command)
}

/// The same by a shell, which first does something else.
pub(crate) fn after(script: &str, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{script}; exec \"$0\" \"$@\""), env!("CARGO_BIN_EXE_qibu")]).args(arguments);
    at(folder, command)
}

fn at(folder: &Path, mut command: Command) -> Command {
    command
        .env_remove("QIBU_PASSWORD")
        .env("QIBU_DATABASE", format!("sqlite:{}", folder.join("company/qibu.sqlite").display()))
        .env("QIBU_DATA", folder.join("data"))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

pub(crate) fn run(folder: &Path, arguments: &[&str]) -> Output {
    qibu(folder, arguments).output().expect("it runs")
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A server as a process of its own.
pub(crate) struct Serving {
    pub(crate) child: Child,
    lines: std::io::Lines<BufReader<std::process::ChildStdout>>,
    pub(crate) url: String,
}

impl Serving {
    fn start(folder: &Path) -> Self {
        Self::by(&mut qibu(folder, &SERVE))
    }

    /// The one that a command starts.
    pub(crate) fn by(command: &mut Command) -> Self {
        let mut child = command.spawn().expect("it runs");
        let mut lines = BufReader::new(child.stdout.take().expect("piped")).lines();
        let first = lines.next().expect("a line").expect("text");
        let url = first.strip_prefix("listening on ").expect("the line that scripts read").to_owned();
        Self { child, lines, url }
    }

    pub(crate) fn signal(&self, name: &str) {
        let pid = self.child.id().to_string();
        let sent = Command::new("kill").args([&format!("-{name}"), &pid]).status().expect("kill runs");
        assert!(sent.success());
    }

    /// Waits for its end and answers its code.
    pub(crate) fn end(mut self) -> Option<i32> {
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_secs(8) {
            if let Some(status) = self.child.try_wait().expect("a process") {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("it did not stop");
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test]
async fn it_serves_and_stops_in_good_order_on_a_signal() {
    let folder = tempfile::tempdir().expect("a folder");
    for signal in ["TERM", "INT"] {
        let serving = Serving::start(folder.path());
        let health = http().get(format!("{}/readyz", serving.url)).send().await.expect("an answer");
        assert_eq!(health.status(), 200);
        serving.signal(signal);
        assert_eq!(serving.end(), Some(0), "{signal}");
        assert!(!folder.path().join("company/qibu.sqlite-wal").exists(), "all of it is in the one file");
    }
}

#[tokio::test]
async fn the_demo_loads_is_announced_and_refuses_twice() {
    let folder = tempfile::tempdir().expect("a folder");
    let loaded = run(folder.path(), &["demo", "--cards", "10"]);
    assert!(loaded.status.success(), "{}", text(&loaded.stderr));
    assert!(text(&loaded.stdout).contains("lin.xiao@qiming.example"));
    let again = run(folder.path(), &["demo"]);
    assert_eq!(again.status.code(), Some(1));
    assert!(text(&again.stderr).contains("holds a company already"), "{}", text(&again.stderr));

    let mut serving = Serving::start(folder.path());
    let told: Vec<String> = serving.lines.by_ref().take(4).map(|line| line.expect("text")).collect();
    for email in ["lin.xiao@qiming.example", "daniel.chen@qiming.example", "wu.min@qiming.example"] {
        assert!(told.iter().any(|line| line.contains(email) && line.contains(demo::PASSWORD)), "{email} in {told:?}");
    }
    let busy = run(folder.path(), &["demo"]);
    assert!(text(&busy.stderr).contains("another qibu is using"), "{}", text(&busy.stderr));
    let body = json!({ "email": "lin.xiao@qiming.example", "password": demo::PASSWORD });
    let request = http().post(format!("{}/api/sign_in", serving.url)).json(&body);
    let person: PersonId = request.send().await.expect("an answer").json().await.expect("a person");
    assert_eq!(person, demo::person("lin.xiao"));
    serving.signal("TERM");
    assert_eq!(serving.end(), Some(0));
}

#[tokio::test]
async fn an_admin_is_made_on_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let create = |name: &str, more: &[&str], password: Option<&str>| {
        let email = format!("{name}@qiming.example");
        let mut arguments = vec!["admin", "create", "--name", name, "--email", &email];
        arguments.extend(more);
        let mut child = qibu(folder.path(), &arguments).stdin(Stdio::piped()).spawn().expect("it runs");
        let mut stdin = child.stdin.take().expect("piped");
        if let Some(password) = password {
            writeln!(stdin, "{password}").expect("written");
        }
        drop(stdin);
        child.wait_with_output().expect("it ends")
    };
    let nameless = create("first", &[], Some(PASSWORD));
    assert!(text(&nameless.stderr).contains("--company"), "{}", text(&nameless.stderr));
    let weak = create("first", &["--company", "启明科技"], Some("1234567890"));
    assert_eq!(weak.status.code(), Some(1));
    let first = create("first", &["--company", "启明科技"], Some(PASSWORD));
    assert!(first.status.success(), "{}", text(&first.stderr));
    assert!(!text(&first.stdout).contains(PASSWORD), "what was given is not printed");
    let second = create("second", &[], None);
    assert!(second.status.success(), "{}", text(&second.stderr));
    let told = text(&second.stdout);
    let drawn = told.split("the password ").nth(1).expect("the password that was drawn").trim();

    let serving = Serving::start(folder.path());
    for (name, password) in [("first", PASSWORD), ("second", drawn)] {
        let body = json!({ "email": format!("{name}@qiming.example"), "password": password });
        let request = http().post(format!("{}/api/sign_in", serving.url)).json(&body);
        assert_eq!(request.send().await.expect("an answer").status(), 200, "{name}");
    }

    // Whoever has the machine helps an admin who has forgotten theirs, and need not stop the server for it.
    let unknown = run(folder.path(), &["admin", "reset-password", "third@qiming.example"]);
    assert!(text(&unknown.stderr).contains("nobody signs in as third@qiming.example"), "{}", text(&unknown.stderr));
    let told = run(
        folder.path(),
        &["admin", "reset-password", "First@qiming.example", "--public-url", "https://qibu.example"],
    );
    let told = text(&told.stdout);
    let token = told.lines().next().and_then(|link| link.strip_prefix("https://qibu.example/reset/")).expect("a link");
    let body = json!({ "token": token, "password": "silver kettle 78" });
    let request = http().post(format!("{}/api/reset_password", serving.url)).json(&body);
    assert_eq!(request.send().await.expect("an answer").status(), 200);
    serving.signal("TERM");
    assert_eq!(serving.end(), Some(0));
}
