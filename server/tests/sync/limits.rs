//! How much one person may ask for, and what they are told: refused clearly or held back, never dropped.

use std::net::TcpListener;
use std::time::Duration;

use qibu::sync::close;
use reqwest::Url;
use shared::sync::ServerFrame;

use crate::built::Built;
use crate::program::{Process, fill, sign_in};
use crate::tab::Tab;
use crate::wire::{Door, Wire, client, command};

/// As many as one person may have open.
const MOST_SOCKETS: usize = 100;
/// More commands than one person may send at once.
const MANY: u64 = 2_300;

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
async fn who_sends_too_much_is_held_back_and_loses_nothing() {
    let built = Built::new().await;
    let (mut wire, _) = Wire::fresh(&built.door(built.lead).await, client()).await;
    let (task, create) = built.work.create(built.lead, "Busy");
    wire.act(1, command(), &create).await;
    wire.acked(1).await;
    let (mut sent, mut acked) = (1, 1);
    while acked < MANY {
        while sent < MANY && sent - acked < 100 {
            sent += 1;
            wire.act(sent, command(), &built.work.rename(task, &format!("Name {sent}"))).await;
        }
        acked += 1;
        assert_eq!(wire.acked(acked).await.len(), 1);
    }
    // Meanwhile and after, others work as ever.
    let mut other = Tab::open(built.door(built.member).await, built.member, built.work.project).await;
    other.until("live", |client| client.holds(built.work.board())).await;
    other.act(&built.work.rename(task, "By the other")).await;
    other.settled().await;
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
    let public = reqwest::get(process.url.join("/metrics").expect("a path")).await.expect("an answer");
    assert!(!public.text().await.expect("text").contains("qibu_"), "not where people come in");
    assert_eq!(get(&process.url.join("/livez").expect("a path")).await, "ok\n");
    assert_eq!(get(&process.url.join("/readyz").expect("a path")).await, "ok\n");
}

async fn get(url: &Url) -> String {
    let answer = reqwest::get(url.clone()).await.expect("an answer");
    assert_eq!(answer.status(), 200, "{url}");
    answer.text().await.expect("text")
}
