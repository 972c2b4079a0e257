//! Who is not in a project gets nothing of it, by any door; who is removed loses it at once (project: who reads).

use std::time::Duration;

use qibu::Fault;
use qibu::project::Activity;
use serde_json::json;
use shared::sync::{ClientFrame, Cursor, Seq, ServerFrame, Start};
use shared::{Reason, Scope};

use crate::built::Built;
use crate::wire::{Wire, client, command, rows_of};

/// Whether a frame is of a project, and not to say that it is none of the reader's.
fn tells_of(frame: &ServerFrame, project: Scope, board: Scope) -> bool {
    match frame {
        ServerFrame::Delta(delta) => delta.part.scope == project || delta.part.scope == board,
        ServerFrame::Granted(scope) | ServerFrame::Resync(scope) | ServerFrame::Presence { scope, .. } => {
            *scope == project || *scope == board
        }
        ServerFrame::UpTo { cursor, .. } => cursor.scope == project || cursor.scope == board,
        _ => false,
    }
}

#[tokio::test]
async fn an_outsider_gets_nothing() {
    let built = Built::new().await;
    let task = built.task("Secret").await;
    let (project, board) = (built.work.scope(), built.work.board());
    let door = built.door(built.outsider).await;

    // By the first page and by snapshot: as if it were not there.
    let start: Start = door.get(&format!("/sync/start?scope=board:{}", built.work.project)).await;
    let there: Vec<Scope> = start.snapshots.iter().filter(|s| s.part.is_some()).map(|s| s.cursor.scope).collect();
    assert_eq!(there, [Scope::Company, Scope::Incidents, Scope::Inbox(built.outsider)], "what everybody has");
    let nowhere = shared::id::ProjectId::new(uuid::Uuid::now_v7());
    for (scope, like) in [(project, Scope::Project(nowhere)), (board, Scope::Board(nowhere))] {
        let snapshot = door.snapshot(scope).await;
        assert_eq!(snapshot.part, None);
        let absent = door.snapshot(like).await;
        assert_eq!((snapshot.cursor.upto, snapshot.epoch), (absent.cursor.upto, absent.epoch));
    }

    // By socket: with a cursor, and by asking.
    let cursors = vec![Cursor { scope: project, upto: Seq(1) }, Cursor { scope: board, upto: Seq(1) }];
    let epoch = start.snapshots[0].epoch;
    let mut wire = Wire::greet(&door, client(), Some(epoch), cursors).await;
    wire.send(&ClientFrame::Watch(Cursor { scope: board, upto: Seq(0) })).await;
    wire.send(&ClientFrame::Watch(Cursor { scope: project, upto: Seq(0) })).await;
    wire.send(&ClientFrame::Dragging { scope: board, tasks: vec![task] }).await;

    // By forged commands.
    let forged = [
        built.work.rename(task, "Mine"),
        built.work.remove(task),
        built.work.comment(task, "Hello"),
        built.work.put_member(built.outsider),
        built.work.open(true),
        built.work.create(built.outsider, "Mine").1,
    ];
    for (number, command_) in (1..).zip(&forged) {
        wire.act(number, command(), command_).await;
    }
    built.server.act(built.lead, built.work.rename(task, "Still secret")).await;
    // Refusals come when the writer has decided: the last one first, then whatever else there is.
    let last = u64::try_from(forged.len()).expect("a few");
    let decided = |frame: &ServerFrame| match frame {
        ServerFrame::Refused { number, .. } if *number == last => Some(frame.clone()),
        _ => None,
    };
    let (refusal, mut frames) = wire.until(decided).await;
    frames.push(refusal);
    frames.extend(wire.rest().await);
    assert!(!frames.iter().any(|frame| tells_of(frame, project, board)), "{frames:?}");
    assert!(frames.contains(&ServerFrame::Revoked(board)));
    let refused = frames.iter().filter(
        |frame| matches!(frame, ServerFrame::Refused { rejection, .. } if rejection.reason == Reason::NotAllowed),
    );
    assert_eq!(refused.count(), forged.len());

    // By the server function.
    let browser = built.server.client_for(built.outsider).await;
    let arguments = json!({ "project": built.work.project, "task": task, "before": null });
    let activity: Result<Vec<Activity>, Fault> = browser.call("activity", &arguments).await;
    assert_eq!(activity, Err(Fault::NotAllowed));
    let activity: Result<Vec<Activity>, Fault> = built.server.stranger().call("activity", &arguments).await;
    assert_eq!(activity, Err(Fault::SignedOut));
    let member = built.server.client_for(built.member).await;
    let activity: Vec<Activity> = member.call("activity", &arguments).await.expect("members read it");
    assert_eq!(activity.len(), 2);
    assert!(activity[0].seq > activity[1].seq, "the latest first");
}

#[tokio::test]
async fn a_removed_member_loses_the_project_at_once_and_hears_nothing_after() {
    let built = Built::new().await;
    let task = built.task("Ours").await;
    let (project, board) = (built.work.scope(), built.work.board());
    let door = built.door(built.member).await;
    let (mut wire, _) = Wire::fresh(&door, client()).await;
    wire.send(&ClientFrame::Watch(Cursor { scope: board, upto: Seq(0) })).await;
    wire.until(|frame| matches!(frame, ServerFrame::UpTo { cursor, .. } if cursor.scope == board).then_some(())).await;

    // The lead works on while the member is removed, from many hands at once.
    let engine = built.server.services().engine.clone();
    let mut hands = Vec::new();
    for hand in 0..8 {
        let (engine, work, lead) = (engine.clone(), built.work.clone(), built.lead);
        hands.push(tokio::spawn(async move {
            for round in 0..50 {
                let name = format!("Round {round} of {hand}");
                engine.act(lead, command(), work.rename(task, &name)).await.expect("renamed");
            }
        }));
    }
    tokio::time::sleep(Duration::from_millis(20)).await;
    let removal = engine.act(built.lead, command(), built.work.remove_member(built.member)).await.expect("removed");
    for hand in hands {
        hand.await.expect("no panic");
    }
    engine.act(built.lead, command(), built.work.rename(task, "Without you")).await.expect("renamed");

    let frames = wire.rest().await;
    let removed = removal[0].upto;
    let rows = rows_of(&frames, board);
    assert!(rows.iter().all(|row| *row < removed), "{rows:?} and removed at {removed:?}");
    assert!(rows_of(&frames, project).is_empty());
    for scope in [project, board] {
        let revoked = frames.iter().position(|frame| *frame == ServerFrame::Revoked(scope)).expect("revoked");
        assert!(!frames[revoked..].iter().any(|frame| tells_of(frame, project, board)));
    }
    assert_eq!(door.snapshot(board).await.part, None);

    // And back: the project is delivered, the board may be asked for.
    engine.act(built.lead, command(), built.work.put_member(built.member)).await.expect("added");
    let granted = |frame: &ServerFrame| (*frame == ServerFrame::Granted(project)).then_some(());
    wire.until(granted).await;
    assert!(door.snapshot(board).await.part.is_some());
}

#[tokio::test]
async fn an_open_project_is_everybodys_until_it_is_not() {
    let built = Built::new().await;
    let project = built.work.scope();
    let (mut wire, _) = Wire::fresh(&built.door(built.outsider).await, client()).await;
    built.server.act(built.lead, built.work.open(true)).await;
    let ((), _) = wire.until(|frame| (*frame == ServerFrame::Granted(project)).then_some(())).await;
    built.server.act(built.lead, built.work.open(false)).await;
    wire.until(|frame| (*frame == ServerFrame::Revoked(project)).then_some(())).await;
    built.server.act(built.lead, built.work.put_member(built.outsider)).await;
    wire.until(|frame| (*frame == ServerFrame::Granted(project)).then_some(())).await;
}
