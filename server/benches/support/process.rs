//! The real binary on a database of its own, and a person who is signed in there.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use reqwest::{Response, Url, header};
use serde::de::DeserializeOwned;
use serde_json::json;
use shared::id::{PersonId, ProjectId};
use shared::state::Part;
use shared::sync::{Start, decode};
use tempfile::TempDir;

use super::{Failure, disk};

/// Whom a company is founded by: see [`Data::founded`].
pub(crate) const ADMIN: &str = "admin@qibu.example";
/// Lead of the demo's project "Benchmark".
const LEAD: &str = "lin.xiao@qiming.example";

/// A database with a company, in a folder of its own.
pub(crate) struct Data(TempDir);

/// A server that runs; killed when it is dropped.
pub(crate) struct Server {
    child: Child,
    url: Url,
}

/// Where the server is, and whose sign-in is used there.
#[derive(Clone)]
pub(crate) struct Door {
    http: reqwest::Client,
    url: Url,
    pub(crate) cookie: String,
    pub(crate) person: PersonId,
}

impl Data {
    /// One with a company of nobody but its first admin.
    pub(crate) fn founded() -> Result<Self, Failure> {
        let data = Self(tempfile::tempdir_in(disk())?);
        let mut program = data.program();
        program.args(["admin", "create", "--company", "Qiming", "--name", "Wang Lei", "--email", ADMIN]);
        let founded = program.env("QIBU_PASSWORD", qibu::demo::PASSWORD).stdout(Stdio::null()).status()?;
        if founded.success() { Ok(data) } else { Err(format!("qibu admin create: {founded}").into()) }
    }

    /// Where the database is, as the store opens it.
    pub(crate) fn address(&self) -> String {
        format!("sqlite:{}", self.0.path().join("qibu.sqlite").display())
    }

    /// The folder that it is in.
    pub(crate) fn folder(&self) -> &Path {
        self.0.path()
    }

    /// Fills one with the demo company; with cards, the company has a project "Benchmark" with so many.
    pub(crate) fn filled(cards: usize) -> Result<Self, Failure> {
        let data = Self(tempfile::tempdir_in(disk())?);
        let filled = data.program().args(["demo", "--cards", &cards.to_string()]).stdout(Stdio::null()).status()?;
        if filled.success() { Ok(data) } else { Err(format!("qibu demo: {filled}").into()) }
    }

    /// Serves it on a free port.
    pub(crate) fn serve(&self) -> Result<Server, Failure> {
        self.serve_with(&[])
    }

    /// The same with further options.
    pub(crate) fn serve_with(&self, options: &[&str]) -> Result<Server, Failure> {
        let mut command = self.program();
        let mut child = command
            .args([
                "serve",
                "--listen",
                "127.0.0.1:0",
                "--sockets-per-person",
                "20000",
                "--commands-per-second",
                "100000",
            ])
            .args(options)
            .stdout(Stdio::piped())
            .spawn()?;
        let mut lines = BufReader::new(child.stdout.take().ok_or("no standard output")?).lines();
        let first = lines.next().ok_or("the server did not start")??;
        std::thread::spawn(move || lines.for_each(drop));
        let url = first.strip_prefix("listening on ").ok_or("the server does not say where it is")?.parse()?;
        Ok(Server { child, url })
    }

    fn program(&self) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_qibu"));
        command
            .env("QIBU_DATABASE", self.address())
            .env("QIBU_DATA", self.0.path())
            .env("QIBU_LOG", "warn")
            .stdin(Stdio::null());
        command
    }
}

impl Server {
    /// Signs in the lead of the project "Benchmark".
    pub(crate) async fn sign_in(&self) -> Result<Door, Failure> {
        self.sign_in_as(LEAD).await
    }

    /// Its address.
    pub(crate) fn url(&self) -> &str {
        self.url.as_str()
    }

    /// Signs somebody in.
    pub(crate) async fn sign_in_as(&self, email: &str) -> Result<Door, Failure> {
        let http = client();
        let body = json!({ "email": email, "password": qibu::demo::PASSWORD });
        let answer = http.post(self.url.join("/api/sign_in")?).json(&body).send().await?.error_for_status()?;
        let cookie = answer.headers().get(header::SET_COOKIE).ok_or("no sign-in")?.to_str()?;
        let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
        Ok(Door { http, url: self.url.clone(), cookie, person: answer.json().await? })
    }

    /// Returns once it says that it can do its work.
    pub(crate) async fn ready(&self) -> Result<(), Failure> {
        client().get(self.url.join("/readyz")?).send().await?.error_for_status()?;
        Ok(())
    }

    /// For how long it has had a processor, in milliseconds: what others do on the machine is not in it.
    pub(crate) fn worked(&self) -> Result<f64, Failure> {
        let mut worked = 0.0;
        for thread in std::fs::read_dir(format!("/proc/{}/task", self.child.id()))? {
            let told = std::fs::read_to_string(thread?.path().join("schedstat"))?;
            worked += told.split(' ').next().unwrap_or_default().parse::<f64>()? / 1e6;
        }
        Ok(worked)
    }

    /// Its resident memory in MB, now and at the most.
    pub(crate) fn memory(&self) -> Result<(f64, f64), Failure> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let of = |name: &str| -> Option<f64> {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            line.split_whitespace().next()?.parse::<f64>().ok().map(|kibibytes| kibibytes * 1_024.0 / 1e6)
        };
        of("VmRSS:").zip(of("VmHWM:")).ok_or_else(|| "the kernel tells no memory".into())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Door {
    /// Host and port.
    pub(crate) fn authority(&self) -> &str {
        self.url.authority()
    }

    /// What a `GET` answers, compressed in one of these ways or not at all.
    pub(crate) async fn fetch(&self, path: &str, encoding: &str) -> Result<Response, Failure> {
        let request = self.http.get(self.url.join(path)?).header(header::COOKIE, &self.cookie);
        Ok(request.header(header::ACCEPT_ENCODING, encoding).send().await?.error_for_status()?)
    }

    /// The same, read as postcard.
    pub(crate) async fn get<T: DeserializeOwned>(&self, path: &str) -> Result<T, Failure> {
        Ok(decode(&self.fetch(path, "identity").await?.bytes().await?)?)
    }

    /// The project with the cards.
    pub(crate) async fn benchmark(&self) -> Result<ProjectId, Failure> {
        let start: Start = self.get("/sync/start").await?;
        let project = start.snapshots.iter().find_map(|snapshot| match &snapshot.part {
            Some(Part::Project(project)) if project.registration.name == "Benchmark" => Some(project.id),
            _ => None,
        });
        project.ok_or_else(|| "no project to work on".into())
    }
}

/// A client. The server brings its cryptography along, and so must a client that is built with it.
fn client() -> reqwest::Client {
    // Whoever comes second finds it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::new()
}
