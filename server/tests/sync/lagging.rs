//! A browser that does not read for a while costs no memory, and misses nothing.

use std::time::Duration;

use shared::project::task::{Place, TaskEdit};
use shared::sync::Client;

use crate::built::Built;
use crate::tab::Tab;
use crate::wire::command;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_lags_is_refilled_from_the_journal() {
    let built = Built::new().await;
    let task = built.task("Busy").await;
    let board = built.work.board();
    let mut slow = Tab::open(built.door(built.member).await, built.member, built.work.project).await;
    slow.until("live", |client| client.onlookers(board).len() == 1).await;
    let engine = built.server.services().engine.clone();

    // It stops reading. Large changes fill what the network holds for it.
    let mut base = String::new();
    for letter in ('a'..='z').cycle().take(400) {
        let text = letter.to_string().repeat(15_000);
        let edit = TaskEdit::Description { base: std::mem::replace(&mut base, text.clone()), text };
        engine.act(built.lead, command(), built.work.edit(task, edit)).await.expect("edited");
    }
    // Then more small ones than the board's broadcast keeps.
    let mut hands = Vec::new();
    for hand in 0..16 {
        let (engine, work, lead) = (engine.clone(), built.work.clone(), built.lead);
        hands.push(tokio::spawn(async move {
            for round in 0..100 {
                let column = (hand + round) % 3;
                engine.act(lead, command(), work.move_to(task, column, Place::First)).await.expect("moved");
            }
        }));
    }
    for hand in hands {
        hand.await.expect("no panic");
    }
    tokio::time::sleep(Duration::from_millis(100)).await;

    // It reads again.
    built.server.act(built.lead, built.work.rename(task, "At last")).await;
    let truth = slow.door.snapshot(board).await;
    slow.until("as the server has it", |client: &Client| client.confirmed().part(board) == truth.part).await;
    assert_eq!(slow.fetched, 0, "from the journal, page by page");
    assert_eq!(slow.closed, None, "over the same socket");
}
