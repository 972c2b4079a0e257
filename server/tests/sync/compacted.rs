//! A browser that was away since before the journal's oldest changes: it takes a snapshot, and goes on from there.

use qibu::clock::now;
use shared::sync::{ClientFrame, Cursor, Link, ServerFrame, Start};
use shared::{Scope, Timestamp};

use crate::built::Built;
use crate::tab::Tab;
use crate::wire::{Wire, client, command, rows_of};

#[tokio::test]
async fn one_that_was_away_for_too_long_takes_a_snapshot() {
    let built = Built::new().await;
    let task = built.task("Long ago").await;
    let door = built.door(built.member).await;
    let board = built.work.board();
    let early: Start = door.get(&format!("/sync/start?scope=board:{}", built.work.project)).await;
    let epoch = early.snapshots[0].epoch;
    built.server.act(built.lead, built.work.rename(task, "Still long ago")).await;
    let late: Start = door.get(&format!("/sync/start?scope=board:{}", built.work.project)).await;
    let store = &built.server.services().store;
    while store.compact(Timestamp::from_micros(i64::MAX)).await.expect("a step").is_some() {}
    built.server.act(built.lead, built.work.rename(task, "Today")).await;

    // Who had seen all that was emptied gets what came since.
    let cursors = |start: &Start| start.snapshots.iter().map(|snapshot| snapshot.cursor).collect();
    let row = |frame: &ServerFrame| rows_of(std::slice::from_ref(frame), board).pop();
    let mut wire = Wire::greet(&door, client(), Some(epoch), cursors(&late)).await;
    wire.until(row).await;

    // Who had not takes a snapshot of the board, and only of it: nothing else has changed.
    let mut wire = Wire::greet(&door, client(), Some(epoch), cursors(&early)).await;
    let resynced = |frame: &ServerFrame| match frame {
        ServerFrame::Resync(scope) => Some(*scope),
        _ => None,
    };
    let (scope, before) = wire.until(resynced).await;
    assert_eq!(scope, board);
    assert!(rows_of(&before, board).is_empty());
    let snapshot = door.snapshot(board).await;
    wire.send(&ClientFrame::Watch(Cursor { scope: board, upto: snapshot.cursor.upto })).await;
    built.server.act(built.lead, built.work.rename(task, "Now")).await;
    wire.until(row).await;

    // So does one that has nothing yet, for each scope.
    let mut wire = Wire::greet(&door, client(), None, Vec::new()).await;
    for scope in [Scope::Company, built.work.scope()] {
        wire.until(|frame| (*frame == ServerFrame::Resync(scope)).then_some(())).await;
    }
}

#[tokio::test]
async fn the_app_itself_goes_on_from_there() {
    let built = Built::new().await;
    let task = built.task("Long ago").await;
    let mut tab = Tab::open(built.door(built.member).await, built.member, built.work.project).await;
    tab.until("live", |client| client.status().link == Link::Live).await;
    tab.cut();
    built.server.act(built.lead, built.work.rename(task, "Not so long ago")).await;
    let (_, own) = built.work.create(built.member, "Made offline");
    tab.client.act(command(), own, now()).expect("the rules allow it");
    let store = &built.server.services().store;
    while store.compact(Timestamp::from_micros(i64::MAX)).await.expect("a step").is_some() {}
    tab.connect().await;
    tab.settled().await;
    assert_eq!(tab.fetched, 1, "the board");
    let (_, state) = built.server.services().engine.read(&[built.work.board()]).await.expect("it reads");
    assert_eq!(tab.client.confirmed().boards, state.boards);
    let mut wrong = Vec::new();
    store.check(|finding| wrong.push(finding)).await.expect("it reads");
    assert_eq!(wrong, []);
}
