//! A browser that does not read for a while costs no memory, and misses nothing.

use shared::project::task::{Place, TaskEdit};
use shared::sync::Client;

use crate::built::Built;
use crate::tab::Tab;
use crate::wire::command;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_lags_is_refilled() {
    let built = Built::new().await;
    let task = built.task("Busy").await;
    let board = built.work.board();
    let door = built.door(built.member).await.narrow();
    let mut slow = Tab::open(door, built.member, built.work.project).await;
    slow.until("live", |client| client.onlookers(board).len() == 1).await;
    let engine = built.server.services().engine.clone();

    assert_eq!(slow.caught_up, 1, "at its greeting");

    // It stops reading. Large changes fill what the network holds for it, and then what its socket holds in the server.
    let mut base = String::new();
    let mut held = Vec::new();
    let mut full = 0;
    for letter in ('a'..='z').cycle().take(2_000) {
        let text = letter.to_string().repeat(10_000);
        let edit = TaskEdit::Description { base: std::mem::replace(&mut base, text.clone()), text };
        engine.act(built.lead, command(), built.work.edit(task, edit)).await.expect("edited");
        held.push(unread(&slow));
        let last = held[held.len() - 1];
        full = if last > 0 && held.ends_with(&[last; 6]) { full + 1 } else { 0 };
        if full == 200 {
            break;
        }
    }
    // Then more small ones than the board's broadcast keeps.
    let mut hands = Vec::new();
    for hand in 0..16 {
        let (engine, work, lead) = (engine.clone(), built.work.clone(), built.lead);
        hands.push(tokio::spawn(async move {
            for round in 0..130 {
                let column = (hand + round) % 3;
                engine.act(lead, command(), work.move_to(task, column, Place::First)).await.expect("moved");
            }
        }));
    }
    for hand in hands {
        hand.await.expect("no panic");
    }

    // It reads again.
    built.server.act(built.lead, built.work.rename(task, "At last")).await;
    let truth = slow.door.snapshot(board).await;
    slow.until("as the server has it", |client: &Client| client.confirmed().part(board) == truth.part).await;
    // What it lags behind by is more than a socket may carry: it takes a snapshot, once.
    assert_eq!(slow.fetched, 1, "it had fallen behind, and was refilled");
    assert_eq!(slow.closed, None, "over the same socket");
}

/// What the kernel holds of what the server sent and this tab has not read, in bytes.
fn unread(tab: &Tab) -> u64 {
    let (server, client) = tab.ports();
    let table = std::fs::read_to_string("/proc/net/tcp").expect("Linux");
    let sockets = table.lines().skip(1).map(|line| line.split_whitespace().collect::<Vec<_>>());
    let port = |address: &str| u16::from_str_radix(address.rsplit(':').next().unwrap_or_default(), 16).ok();
    let mut sent = sockets.filter(|socket| port(socket[1]) == Some(server) && port(socket[2]) == Some(client));
    let queues = sent.next().expect("the server's end")[4].to_owned();
    u64::from_str_radix(queues.split(':').next().expect("what is to be sent"), 16).expect("a number")
}
