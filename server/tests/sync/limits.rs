//! How much one person may ask for, and what they are told: refused clearly or held back, never dropped.

use std::net::TcpListener;
use std::num::NonZeroU32;
use std::time::{Duration, Instant};

use qibu::sync::close;
use reqwest::Url;
use shared::sync::ServerFrame;
use tokio_tungstenite::tungstenite;

use crate::built::Built;
use crate::program::{Process, fill, sign_in};
use crate::support::{TestServer, http};
use crate::tab::Tab;
use crate::wire::{Door, Wire, client, command};

/// As many as one person may have open.
const MOST_SOCKETS: usize = 100;
/// How many commands one person may send at once who may send one a second.
const AT_ONCE: u64 = 10;
/// How many they send besides.
const MORE: u64 = 3;
/// By how much the pace's clock may differ from ours.
const SLACK: Duration = Duration::from_millis(50);

#[tokio::test]
async fn a_frame_that_is_too_large_is_told_so() {
    let built = Built::new().await;
    let (mut wire, _) = Wire::fresh(&built.door(built.member).await, client()).await;
    wire.send_bytes(vec![0; (1 << 20) + 1]).await;
    assert_eq!(wire.code().await.0, close::TOO_LARGE);
}

#[tokio::test]
async fn one_person_has_only_so_many_sockets_and_others_are_not_held_up() {
    let built = Built::new().await;
    let door = built.door(built.member).await;
    let mut open = Vec::new();
    for _ in 0..MOST_SOCKETS {
        open.push(Wire::fresh(&door, client()).await.0);
    }
    assert_eq!(Wire::bare(&door).await.code().await.0, close::TOO_MUCH);
    let (_other, _) = Wire::fresh(&built.door(built.lead).await, client()).await;
    // Who closes one may open another.
    drop(open.pop());
    for _ in 0..200 {
        let mut wire = Wire::bare(&door).await;
        wire.greet_on(client()).await;
        if matches!(wire.next_or_code().await, Ok(ServerFrame::Welcome { .. })) {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("never let in again");
}

#[tokio::test]
async fn sockets_leave_some_connections_to_requests() {
    let built = Built::on(TestServer::start_with(|settings| settings.connections = 16).await).await;
    let door = built.door(built.member).await;
    let mut open = Vec::new();
    for _ in 0..14 {
        open.push(Wire::fresh(&door, client()).await.0);
    }
    let one_more = door.try_socket(None).await.map(drop);
    let Err(tungstenite::Error::Http(refused)) = one_more else { panic!("{one_more:?}") };
    assert_eq!(refused.status(), 503);
    assert_eq!(get(&door.url.join("/livez").expect("a path")).await, "ok\n");
}

#[tokio::test]
async fn who_sends_too_much_is_held_back_and_loses_nothing_while_others_are_not() {
    let one = NonZeroU32::MIN;
    let built = Built::on(TestServer::start_with(|settings| settings.commands_per_second = one).await).await;
    let task = built.task("Busy").await;
    let (mut wire, _) = Wire::fresh(&built.door(built.lead).await, client()).await;
    let mut other = Tab::open(built.door(built.member).await, built.member, built.work.project).await;
    other.until("live", |client| client.holds(built.work.board())).await;

    let begin = Instant::now();
    for number in 1..=AT_ONCE + MORE {
        wire.act(number, command(), &built.work.rename(task, &format!("Name {number}"))).await;
    }
    wire.acked(AT_ONCE).await;
    // Of two who wait for their answers now, the one who is not held back has theirs first.
    let others = async {
        other.act(&built.work.rename(task, "By the other")).await;
        other.settled().await;
        begin.elapsed()
    };
    let theirs = async {
        for number in AT_ONCE + 1..=AT_ONCE + MORE {
            assert_eq!(wire.acked(number).await.len(), 2, "nothing is lost, on the board or in the inbox");
        }
        begin.elapsed()
    };
    let (others, theirs) = tokio::join!(others, theirs);
    assert!(theirs + SLACK >= Duration::from_secs(MORE), "one a second is taken, not {MORE} in {theirs:?}");
    assert!(others < theirs, "{others:?} is not before {theirs:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_operator_sees_what_happens_on_an_address_of_its_own() {
    let folder = tempfile::tempdir().expect("a folder");
    let database = format!("sqlite:{}", folder.path().join("qibu.sqlite").display());
    fill(&database, 3);
    let address = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
    let process = Process::start_with(&database, 0, &["--metrics", &address.to_string()]);
    let (person, cookie) = sign_in(&process.url).await;
    let door = Door::with(&process.url, cookie);
    let (mut wire, _) = Wire::fresh(&door, client()).await;
    let invite = shared::organisation::OrganisationCommand::RenameCompany("Not mine to rename".to_owned());
    wire.act(1, command(), &shared::Command::Organisation(invite)).await;
    let refused = |frame: &ServerFrame| matches!(frame, ServerFrame::Refused { number: 1, .. }).then_some(());
    wire.until(refused).await;

    let text = get(&format!("http://{address}/metrics").parse().expect("a URL")).await;
    for line in ["qibu_commands_total{outcome=\"refused\"} 1", "qibu_sockets 1", "qibu_command_seconds_count 1"] {
        assert!(text.contains(line), "{line} is not in\n{text}");
    }
    assert!(!text.contains(&person.to_string()));
    let public = http().get(process.url.join("/metrics").expect("a path")).send().await.expect("an answer");
    assert!(!public.text().await.expect("text").contains("qibu_"), "not where people come in");
    assert_eq!(get(&process.url.join("/livez").expect("a path")).await, "ok\n");
    assert_eq!(get(&process.url.join("/readyz").expect("a path")).await, "ok\n");
}

async fn get(url: &Url) -> String {
    let answer = http().get(url.clone()).send().await.expect("an answer");
    assert_eq!(answer.status(), 200, "{url}");
    answer.text().await.expect("text")
}
