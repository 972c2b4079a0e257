//! A browser that does not read for a while costs no memory, and misses nothing.

use shared::project::task::Place;
use shared::sync::Client;

use crate::built::Built;
use crate::tab::Tab;
use crate::wire::command;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_receiver_that_lags_is_refilled_from_the_journal() {
    let built = Built::new().await;
    let task = built.task("Busy").await;
    let board = built.work.board();
    let door = built.door(built.member).await.narrow();
    let mut slow = Tab::open(door, built.member, built.work.project).await;
    slow.until("live", |client| client.onlookers(board).len() == 1).await;
    let engine = built.server.services().engine.clone();

    assert_eq!(slow.caught_up, 1, "at its greeting");

    // It stops reading, while more happens than the network and the board's broadcast keep for it, but less than
    // would make it take a snapshot.
    let mut hands = Vec::new();
    for hand in 0..16 {
        let (engine, work, lead) = (engine.clone(), built.work.clone(), built.lead);
        hands.push(tokio::spawn(async move {
            for round in 0..270 {
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
    assert!(slow.caught_up > 1, "it had fallen behind");
    assert_eq!(slow.fetched, 0, "from the journal, page by page");
    assert_eq!(slow.closed, None, "over the same socket");
}
