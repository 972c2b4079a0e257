//! Taking up after a cut: from the journal by the cursor, or by a snapshot where that does not reach.

use shared::id::Epoch;
use shared::project::task::{Place, TaskEdit};
use shared::sync::{ClientFrame, Cursor, PROTOCOL, Resume, Seq, ServerFrame, Start, encode};
use shared::{Command, Scope};
use uuid::Uuid;

use crate::built::{Built, register};
use crate::wire::{Wire, client, command, rows_of};

/// The end of a scope's catch-up.
fn up_to(scope: Scope) -> impl Fn(&ServerFrame) -> Option<Cursor> {
    move |frame| match frame {
        ServerFrame::UpTo { cursor, .. } if cursor.scope == scope => Some(*cursor),
        _ => None,
    }
}

#[tokio::test]
async fn what_was_missed_comes_from_the_journal_in_order() {
    let built = Built::new().await;
    let task = built.task("Moves while nobody looks").await;
    let door = built.door(built.member).await;
    let start: Start = door.get(&format!("/sync/start?scope=board:{}", built.work.project)).await;
    let cursors: Vec<Cursor> = start.snapshots.iter().map(|snapshot| snapshot.cursor).collect();
    assert_eq!(cursors.len(), 5, "company, incidents, inbox, project, board");
    for column in [1, 2, 0, 1] {
        built.server.act(built.lead, built.work.move_to(task, column, Place::First)).await;
    }
    let epoch = start.snapshots[0].epoch;
    let mut wire = Wire::greet(&door, client(), Some(epoch), cursors.clone()).await;
    let (end, frames) = wire.until(up_to(built.work.board())).await;
    let rows = rows_of(&frames, built.work.board());
    assert_eq!(rows.len(), 4);
    assert!(rows.is_sorted_by(|a, b| a < b));
    assert!(end.upto > rows[3], "the lead was told of their own task besides");
    assert!(rows_of(&frames, Scope::Company).is_empty(), "only what it had not");
    let prevs = frames.iter().filter_map(|frame| match frame {
        ServerFrame::Delta(delta) => Some(delta.prev),
        _ => None,
    });
    let told: Vec<Seq> = prevs.skip(1).collect();
    assert_eq!(told, rows[..3], "each names the one before it");

    // Then live.
    built.server.act(built.lead, built.work.move_to(task, 2, Place::First)).await;
    let (next, _) = wire.until(|frame| rows_of(std::slice::from_ref(frame), built.work.board()).pop()).await;
    assert!(next > end.upto);
}

#[tokio::test]
async fn a_browser_that_has_nothing_is_granted_what_its_person_may_read() {
    let built = Built::new().await;
    let (mut wire, _) = Wire::fresh(&built.door(built.member).await, client()).await;
    let (_, frames) = wire.until(up_to(built.work.scope())).await;
    let granted = |scope: Scope| frames.contains(&ServerFrame::Granted(scope));
    assert!(granted(Scope::Company) && granted(built.work.scope()));
    assert!(!granted(built.work.board()), "a board comes when it is asked for");
    assert_eq!(rows_of(&frames, Scope::Company).len(), 4, "founding, two people, a project's number");

    let (mut outsider, _) = Wire::fresh(&built.door(built.outsider).await, client()).await;
    let frames = outsider.rest().await;
    assert!(frames.contains(&ServerFrame::Granted(Scope::Company)), "{frames:?}");
    assert!(!frames.contains(&ServerFrame::Granted(built.work.scope())));
}

#[tokio::test]
async fn another_history_or_a_cursor_ahead_takes_a_snapshot() {
    let built = Built::new().await;
    let door = built.door(built.member).await;
    let start: Start = door.get("/sync/start").await;
    let epoch = start.snapshots[0].epoch;
    let at = |upto: u64| vec![Cursor { scope: Scope::Company, upto: Seq(upto) }];
    let resynced = |frame: &ServerFrame| (*frame == ServerFrame::Resync(Scope::Company)).then_some(());

    let restored = Epoch::new(Uuid::now_v7());
    let mut wire = Wire::greet(&door, client(), Some(restored), at(1)).await;
    let (told, _) = wire
        .until(|frame| match frame {
            ServerFrame::Welcome { epoch, .. } => Some(*epoch),
            _ => None,
        })
        .await;
    assert_eq!(told, epoch);
    wire.until(resynced).await;

    let mut wire = Wire::greet(&door, client(), Some(epoch), at(1_000_000)).await;
    wire.until(resynced).await;
}

#[tokio::test]
async fn too_far_behind_takes_a_snapshot_and_follows_from_there() {
    let built = Built::new().await;
    let task = built.task("Long").await;
    let door = built.door(built.member).await;
    let start: Start = door.get(&format!("/sync/start?scope=board:{}", built.work.project)).await;
    let epoch = start.snapshots[0].epoch;
    let cursors: Vec<Cursor> = start.snapshots.iter().map(|snapshot| snapshot.cursor).collect();
    let mut base = String::new();
    for letter in ('a'..='z').cycle().take(100) {
        let text = letter.to_string().repeat(9_000);
        let edit = TaskEdit::Description { base: std::mem::replace(&mut base, text.clone()), text };
        built.server.act(built.lead, built.work.edit(task, edit)).await;
    }
    let mut wire = Wire::greet(&door, client(), Some(epoch), cursors).await;
    let board = built.work.board();
    let resynced = |frame: &ServerFrame| (*frame == ServerFrame::Resync(board)).then_some(());
    let ((), before) = wire.until(resynced).await;
    assert!(rows_of(&before, board).is_empty());
    built.server.act(built.lead, built.work.rename(task, "Short")).await;
    let snapshot = door.snapshot(board).await;
    wire.send(&ClientFrame::Watch(snapshot.cursor)).await;
    let (end, frames) = wire.until(up_to(board)).await;
    assert!(end.upto >= snapshot.cursor.upto);
    assert!(rows_of(&frames, board).len() <= 1);
}

#[tokio::test]
async fn what_a_command_made_is_there_before_its_acknowledgement() {
    let built = Built::new().await;
    let (mut wire, _) = Wire::fresh(&built.door(built.lead).await, client()).await;
    wire.until(up_to(built.work.scope())).await;
    let (work, register) = register(built.lead, &[built.member], false);
    wire.act(1, command(), &register).await;
    let (rows, frames) = wire
        .until(|frame| match frame {
            ServerFrame::Acked { number: 1, rows } => Some(rows.clone()),
            _ => None,
        })
        .await;
    assert_eq!(rows.len(), 3);
    for scope in [work.scope(), work.board()] {
        let granted = frames.iter().position(|frame| *frame == ServerFrame::Granted(scope)).expect("granted");
        assert_eq!(rows_of(&frames[granted..], scope).len(), 1);
    }
}

#[tokio::test]
async fn an_old_page_is_told_to_reload_and_nonsense_is_hung_up_on() {
    let built = Built::new().await;
    let door = built.door(built.member).await;
    let old = Resume { protocol: PROTOCOL + 1, client: client(), epoch: None, cursors: Vec::new() };
    let mut wire = Wire::bare(&door).await;
    wire.send(&ClientFrame::Hello(old.clone())).await;
    assert_eq!(wire.next().await, ServerFrame::Reload);

    // Of a protocol that is not known, nothing but the beginning can be read.
    let mut bytes = encode(&ClientFrame::Hello(old)).expect("a frame");
    bytes.truncate(5);
    let mut wire = Wire::bare(&door).await;
    wire.send_bytes(bytes).await;
    assert_eq!(wire.next().await, ServerFrame::Reload);

    let mut wire = Wire::bare(&door).await;
    wire.send_bytes(vec![0xff; 40]).await;
    assert_eq!(wire.code().await.0, qibu::sync::close::MALFORMED);

    let (mut wire, _) = Wire::fresh(&door, client()).await;
    wire.send_bytes(vec![0xff; 40]).await;
    assert_eq!(wire.code().await.0, qibu::sync::close::MALFORMED);
}

#[tokio::test]
async fn a_server_that_stops_answers_what_is_under_way_and_says_so() {
    let built = Built::new().await;
    let door = built.door(built.member).await;
    let (mut wire, _) = Wire::fresh(&door, client()).await;
    wire.until(up_to(built.work.scope())).await;
    let creates: Vec<Command> =
        (0..100).map(|number| built.work.create(built.member, &format!("Task {number}")).1).collect();
    for (number, create) in (1..).zip(&creates) {
        wire.act(number, command(), create).await;
    }
    wire.acked(1).await;
    built.server.services().shutdown.cancel();
    let (code, frames) = wire.code().await;
    assert_eq!(code, qibu::sync::close::RESTART);
    let acked = 1 + frames.iter().filter(|frame| matches!(frame, ServerFrame::Acked { .. })).count();
    let database = built.server.database().await;
    let stored: i64 = sqlx::query_scalar("SELECT count(*) FROM task").fetch_one(&database).await.expect("a count");
    assert_eq!(usize::try_from(stored).expect("a count"), acked, "what was taken was answered");
}

#[tokio::test]
async fn a_large_change_comes_like_any_other() {
    let built = Built::new().await;
    let task = built.task("Long").await;
    let board = built.work.board();
    let (mut wire, _) = Wire::fresh(&built.door(built.member).await, client()).await;
    wire.send(&ClientFrame::Watch(Cursor { scope: board, upto: Seq(0) })).await;
    wire.until(up_to(board)).await;
    let edit = TaskEdit::Description { base: String::new(), text: "长".repeat(15_000) };
    built.server.act(built.lead, built.work.edit(task, edit)).await;
    built.server.act(built.lead, built.work.rename(task, "Longer")).await;
    let row = |frame: &ServerFrame| rows_of(std::slice::from_ref(frame), board).pop();
    let (large, _) = wire.until(row).await;
    let (small, _) = wire.until(row).await;
    assert!(small > large);
    assert!(rows_of(&wire.rest().await, board).is_empty(), "each once");
}
