//! A command has its effect once, however often it is sent, and a browser's commands run in its order.

use shared::Reason;
use shared::sync::ServerFrame;

use crate::built::Built;
use crate::wire::{Wire, client, command};

#[tokio::test]
async fn sent_twice_it_runs_once() {
    let built = Built::new().await;
    let door = built.door(built.member).await;
    let (id, tab) = (command(), client());
    let (_, create) = built.work.create(built.member, "Once");

    let (mut wire, done) = Wire::fresh(&door, tab).await;
    assert_eq!(done, 0);
    wire.act(1, id, &create).await;
    wire.act(1, id, &create).await;
    let first = wire.acked(1).await;
    assert_eq!(first.len(), 2, "on the board, and in the inbox of whose it is");
    assert_eq!(wire.acked(1).await, first);

    let (mut again, done) = Wire::fresh(&door, tab).await;
    assert_eq!(done, 1, "the server says what it has done");
    again.act(1, id, &create).await;
    assert_eq!(again.acked(1).await, first);

    // Another tab has adopted the queue: other numbers, the same command.
    let (mut other, _) = Wire::fresh(&door, client()).await;
    other.act(1, id, &create).await;
    assert_eq!(other.acked(1).await, first);

    let rows: i64 = sqlx::query_scalar("SELECT count(*) FROM journal WHERE command_id = $1")
        .bind(id.to_string())
        .fetch_one(&built.server.database().await)
        .await
        .expect("a count");
    assert_eq!(rows, 2);
}

#[tokio::test]
async fn a_missing_command_is_asked_for_by_closing() {
    let built = Built::new().await;
    let door = built.door(built.member).await;
    let (_, create) = built.work.create(built.member, "Too early");
    let (mut wire, _) = Wire::fresh(&door, client()).await;
    wire.act(2, command(), &create).await;
    assert_eq!(wire.code().await.0, qibu::sync::close::RESUME);
}

#[tokio::test]
async fn what_was_refused_stays_refused_and_the_queue_goes_on() {
    let built = Built::new().await;
    let door = built.door(built.member).await;
    let tab = client();
    let (_, nameless) = built.work.create(built.member, "  ");
    let (_, named) = built.work.create(built.member, "Named");
    let refused = command();

    let (mut wire, _) = Wire::fresh(&door, tab).await;
    wire.act(1, refused, &nameless).await;
    wire.act(2, command(), &named).await;
    let pick = |frame: &ServerFrame| match frame {
        ServerFrame::Refused { number: 1, rejection } => Some(rejection.clone()),
        _ => None,
    };
    let (rejection, _) = wire.until(pick).await;
    assert_eq!(rejection.reason, Reason::Required);
    assert_eq!(wire.acked(2).await.len(), 2);

    let (mut again, done) = Wire::fresh(&door, tab).await;
    assert_eq!(done, 2);
    again.act(1, refused, &nameless).await;
    assert_eq!(again.until(pick).await.0, rejection, "with its reason");

    // A number that was used for something else: never run unseen, never passed off as done.
    let (_, other) = built.work.create(built.member, "Same number");
    again.act(2, command(), &other).await;
    let (unknown, _) = again
        .until(|frame| match frame {
            ServerFrame::Refused { number: 2, rejection } => Some(rejection.clone()),
            _ => None,
        })
        .await;
    assert_eq!(unknown.reason, Reason::RefusedBefore);
}

#[tokio::test]
async fn what_changed_nothing_is_acknowledged_each_time() {
    let built = Built::new().await;
    let task = built.task("Same name").await;
    let door = built.door(built.member).await;
    let (id, tab) = (command(), client());
    let same = built.work.rename(task, "Same name");
    let (mut wire, _) = Wire::fresh(&door, tab).await;
    wire.act(1, id, &same).await;
    assert_eq!(wire.acked(1).await, []);
    let (mut again, done) = Wire::fresh(&door, tab).await;
    assert_eq!(done, 1);
    again.act(1, id, &same).await;
    assert_eq!(again.acked(1).await, []);
}

#[tokio::test]
async fn somebody_elses_ids_are_worth_nothing() {
    let built = Built::new().await;
    let (id, tab) = (command(), client());
    let (_, create) = built.work.create(built.lead, "Theirs");
    let (mut lead, _) = Wire::fresh(&built.door(built.lead).await, tab).await;
    lead.act(1, id, &create).await;
    lead.acked(1).await;

    let (mut member, done) = Wire::fresh(&built.door(built.member).await, tab).await;
    assert_eq!(done, 0, "a queue belongs to its person too");
    member.act(1, id, &create).await;
    let (rejection, _) = member
        .until(|frame| match frame {
            ServerFrame::Refused { number: 1, rejection } => Some(rejection.clone()),
            ServerFrame::Acked { number: 1, rows } => panic!("told where it is: {rows:?}"),
            _ => None,
        })
        .await;
    assert_eq!(rejection.reason, Reason::Exists);
}
