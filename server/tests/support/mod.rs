//! What the HTTP and WebSocket tests share: a real server on a free port and a database of its own, and browsers.

#![allow(dead_code, reason = "each test program uses a part of it")]

use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use qibu::organisation::Token;
use qibu::sign_in::SessionId;
use qibu::store::{Session, Store};
use qibu::web::{Server, Services, Settings};
use qibu::{Fault, clock};
use reqwest::cookie::{CookieStore as _, Jar};
use reqwest::{Method, RequestBuilder, Response, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use shared::Command;
use shared::id::{CommandId, DepartmentId, PersonId};
use shared::organisation::{CompanyRole, Department, Locale, NewPerson, OrganisationCommand, Profile};
use sqlx::SqlitePool;
use tempfile::TempDir;
use tokio::task::JoinHandle;
use uuid::Uuid;

/// A password that the rules take.
pub(crate) const PASSWORD: &str = "paper lantern 42";

/// A server with an empty database.
pub(crate) struct TestServer {
    url: Url,
    services: Services,
    running: JoinHandle<()>,
    folder: TempDir,
}

impl TestServer {
    /// Starts one. It ends with the test.
    pub(crate) async fn start() -> Self {
        Self::start_with(|_| {}).await
    }

    /// Starts one with other settings.
    pub(crate) async fn start_with(change: impl FnOnce(&mut Settings)) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let database = address(&folder);
        Self::start_in(folder, &database, change).await
    }

    /// Starts one on another database.
    pub(crate) async fn start_on(database: &str) -> Self {
        Self::start_in(tempfile::tempdir().expect("a temporary folder"), database, |_| {}).await
    }

    async fn start_in(folder: TempDir, database: &str, change: impl FnOnce(&mut Settings)) -> Self {
        let store = Store::open(database).await.expect("a database");
        let listen = "127.0.0.1:0".parse().expect("an address");
        let mut settings = Settings {
            listen,
            public_url: None,
            behind_proxy: false,
            trusted_proxies: Vec::new(),
            commands_per_second: NonZeroU32::new(200).expect("not zero"),
            sockets_per_person: 100,
            connections: 1_000,
            data: folder.path().to_owned(),
            keep_journal_days: None,
        };
        change(&mut settings);
        let server = Server::bind(store, settings).await.expect("a free port");
        let url = format!("http://{}", server.address().expect("an address")).parse().expect("a URL");
        let services = server.services().clone();
        let running = tokio::spawn(async { server.run().await.expect("served") });
        Self { url, services, running, folder }
    }

    /// Where it is.
    pub(crate) fn url(&self) -> &Url {
        &self.url
    }

    /// Its parts.
    pub(crate) fn services(&self) -> &Services {
        &self.services
    }

    /// Stops it as a signal would, and waits for its end.
    pub(crate) async fn stop(mut self) {
        self.services.shutdown.cancel();
        tokio::time::timeout(Duration::from_secs(10), &mut self.running)
            .await
            .expect("stops in time")
            .expect("no panic");
    }

    /// The database, to make in it what only time would.
    pub(crate) async fn database(&self) -> SqlitePool {
        SqlitePool::connect(&address(&self.folder)).await.expect("the database")
    }

    /// A browser in which nobody is signed in.
    pub(crate) fn stranger(&self) -> Browser {
        let jar = Arc::new(Jar::default());
        let http = client_builder()
            .cookie_provider(jar.clone())
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .expect("a client");
        Browser { http, jar, url: self.url.clone() }
    }

    /// A browser in which a person is signed in, without a password.
    pub(crate) async fn client_for(&self, person: PersonId) -> Browser {
        let token = Token::draw().expect("randomness");
        let now = clock::now();
        let id = SessionId(Uuid::now_v7());
        let session = Session { id, person, created: now, seen: now, agent: String::new() };
        self.services.store.add_session(&session, &token.digest()).await.expect("a sign-in");
        let browser = self.stranger();
        browser.jar.add_cookie_str(&format!("qibu_session={}", token.into_secret()), &self.url);
        browser
    }

    /// Runs a command; it must not be refused.
    pub(crate) async fn act(&self, actor: PersonId, command: Command) {
        let acted = self.services.engine.act(actor, CommandId::new(Uuid::now_v7()), command).await;
        acted.map(drop).expect("the command is taken");
    }

    /// Founds a company, with its admin.
    pub(crate) async fn company(&self) -> PersonId {
        let admin = person("Admin");
        let id = admin.id;
        self.act(id, Command::Organisation(OrganisationCommand::Found { name: "Qiming".into(), admin })).await;
        id
    }

    /// A department, made by an admin.
    pub(crate) async fn department(&self, admin: PersonId, name: &str, head: Option<PersonId>) -> DepartmentId {
        let id = DepartmentId::new(Uuid::now_v7());
        let department = Department { id, name: name.into(), parent: None, head };
        self.act(admin, Command::Organisation(OrganisationCommand::AddDepartment(department))).await;
        id
    }

    /// A colleague, made by an admin.
    pub(crate) async fn colleague(&self, admin: PersonId, name: &str) -> PersonId {
        let new = person(name);
        let id = new.id;
        self.act(admin, Command::Organisation(OrganisationCommand::AddPerson(new))).await;
        id
    }
}

impl Drop for TestServer {
    fn drop(&mut self) {
        self.services.shutdown.cancel();
    }
}

fn address(folder: &TempDir) -> String {
    format!("sqlite:{}", folder.path().join("qibu.sqlite").display())
}

fn person(name: &str) -> NewPerson {
    NewPerson {
        id: PersonId::new(Uuid::now_v7()),
        profile: Profile { name: name.into(), locale: Locale::En, ..Profile::default() },
        email: format!("{}@qiming.example", name.to_lowercase()),
        department: None,
        role: CompanyRole::Member,
    }
}

/// A browser with its cookies.
#[derive(Clone)]
pub(crate) struct Browser {
    http: reqwest::Client,
    jar: Arc<Jar>,
    url: Url,
}

impl Browser {
    /// Calls a server function with its arguments as a JSON object.
    pub(crate) async fn call<T: DeserializeOwned>(
        &self,
        function: &str,
        arguments: impl Serialize,
    ) -> Result<T, Fault> {
        let response = self.post(function).json(&arguments).send().await.expect("an answer");
        read(response).await
    }

    /// A call of a server function, to be sent in some other way.
    pub(crate) fn post(&self, function: &str) -> RequestBuilder {
        self.request(Method::POST, &format!("/api/{function}")).header("accept", "application/json")
    }

    /// A request.
    pub(crate) fn request(&self, method: Method, path: &str) -> RequestBuilder {
        self.http.request(method, self.url.join(path).expect("a path"))
    }

    /// A page.
    pub(crate) async fn get(&self, path: &str) -> Response {
        self.request(Method::GET, path).send().await.expect("an answer")
    }

    /// The cookies that it sends, as a WebSocket client must.
    pub(crate) fn cookies(&self) -> String {
        let cookies = self.jar.cookies(&self.url);
        cookies.and_then(|value| value.to_str().ok().map(str::to_owned)).unwrap_or_default()
    }
}

/// What a server function answered.
pub(crate) async fn read<T: DeserializeOwned>(response: Response) -> Result<T, Fault> {
    let well = response.status().is_success();
    let body = response.text().await.expect("a body");
    let unreadable = |error: serde_json::Error| -> ! { panic!("cannot read {body:?}: {error}") };
    if well {
        Ok(serde_json::from_str(&body).unwrap_or_else(|error| unreadable(error)))
    } else {
        Err(serde_json::from_str(&body).unwrap_or_else(|error| unreadable(error)))
    }
}

/// A client.
pub(crate) fn http() -> reqwest::Client {
    client_builder().build().expect("a client")
}

/// A client to be made. The server brings its cryptography along, and so must a client that is built with it.
pub(crate) fn client_builder() -> reqwest::ClientBuilder {
    // Whoever comes second finds it there.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
}
