//! Those who begin to send something and stop: they cost nobody else anything, and are let go.

use std::time::Duration;

use reqwest::Method;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::time::timeout;
use uuid::Uuid;

use crate::program::{SERVE, Serving, after};
use crate::support::{Browser, TestServer, http};

/// How long what is not held up takes at most: less than anybody who is slow is borne with.
const SOON: Duration = Duration::from_secs(8);
/// By when those who are slow are let go.
const PATIENCE: Duration = Duration::from_secs(40);

/// A connection on which something was sent, and nothing more will be.
async fn begun(authority: &str, text: &str) -> TcpStream {
    let mut stream = TcpStream::connect(authority).await.expect("a connection");
    stream.write_all(text.as_bytes()).await.expect("sent");
    stream
}

fn authority(url: &str) -> String {
    url.trim_start_matches("http://").trim_end_matches('/').to_owned()
}

/// The beginning of an upload: one byte of a thousand.
fn beginning(browser: &Browser) -> String {
    let (id, cookies) = (Uuid::now_v7(), browser.cookies());
    format!("POST /files?id={id}&name=x HTTP/1.1\r\nhost: x\r\ncookie: {cookies}\r\ncontent-length: 1000\r\n\r\nx")
}

#[tokio::test]
async fn uploads_that_stop_keep_nobody_elses_files_waiting() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let browser = server.client_for(admin).await;
    let mut stopped = Vec::new();
    for _ in 0..12 {
        stopped.push(begun(&authority(server.url().as_str()), &beginning(&browser)).await);
    }
    let files = async {
        let id = Uuid::now_v7().to_string();
        let upload = browser.request(Method::POST, "/files").query(&[("id", id.as_str()), ("name", "y")]);
        assert_eq!(upload.body("whole").send().await.expect("an answer").status(), 201);
        assert_eq!(browser.get(&format!("/files/{id}")).await.text().await.expect("the contents"), "whole");
    };
    timeout(SOON, files).await.expect("not held up");
}

#[tokio::test]
async fn heads_and_bodies_that_do_not_come_are_not_waited_for() {
    let server = TestServer::start().await;
    let admin = server.company().await;
    let browser = server.client_for(admin).await;
    let authority = authority(server.url().as_str());
    let call = "POST /api/whoami HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{";
    let told = async |text: &str| {
        let mut answer = String::new();
        let mut stream = begun(&authority, text).await;
        let ended = timeout(PATIENCE, stream.read_to_string(&mut answer)).await;
        let _ = ended.unwrap_or_else(|_| panic!("still waited for: {text}"));
        answer
    };
    let (upload, silent) = (beginning(&browser), "");
    let (nothing, head, body, file) =
        tokio::join!(told(silent), told("GET /livez HTTP/1.1\r\nho"), told(call), told(&upload));
    assert_eq!((nothing.as_str(), head.as_str()), ("", ""));
    assert!(body.starts_with("HTTP/1.1 400"), "{body}");
    assert!(file.starts_with("HTTP/1.1 408"), "{file}");
}

#[tokio::test]
async fn who_says_nothing_makes_room_for_who_does() {
    let server = TestServer::start_with(|settings| settings.connections = 20).await;
    let authority = authority(server.url().as_str());
    let mut silent = Vec::new();
    for _ in 0..60 {
        silent.push(begun(&authority, "GET /livez HTTP/1.1\r\nho").await);
        let live = timeout(SOON, http().get(format!("http://{authority}/livez")).send());
        assert_eq!(live.await.expect("in time").expect("an answer").status(), 200);
    }
    // Those who came first have gone first.
    let mut rest = Vec::new();
    let gone = timeout(SOON, silent[0].read_to_end(&mut rest)).await.expect("it was let go");
    assert!(gone.is_err() || rest.is_empty());
}

#[tokio::test]
async fn as_many_files_are_open_as_the_machine_allows() {
    let folder = tempfile::tempdir().expect("a folder");
    rlimit::increase_nofile_limit(u64::MAX).expect("more files");
    let serving = Serving::by(&mut after("ulimit -Sn 256", folder.path(), &SERVE));
    let authority = authority(&serving.url);
    let mut silent = Vec::new();
    for _ in 0..400 {
        silent.push(begun(&authority, "GET /livez HTTP/1.1\r\nho").await);
    }
    let live = timeout(SOON, http().get(format!("{}/livez", serving.url)).send());
    assert_eq!(live.await.expect("in time").expect("an answer").status(), 200);
    serving.signal("TERM");
    assert_eq!(serving.end(), Some(0));
}
