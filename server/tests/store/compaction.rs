//! The older part of the journal loses its changes, and nothing else.

use qibu::store::{Damage, Finding, Store, StoreError};
use qibu::sync::Engine;
use shared::Timestamp;
use shared::sync::Seq;

use crate::Place;
use crate::archive::checked;
use crate::history::History;

engines![
    only_what_is_old_is_emptied_and_all_else_stays,
    a_snapshot_that_was_changed_by_hand_is_found,
    what_a_wrong_clock_wrote_is_as_old_as_what_came_after_it,
];

/// All that is before a time, step by step; how many rows that were.
async fn compacted(store: &Store, before: Timestamp) -> usize {
    let mut rows = 0;
    while let Some(step) = store.compact(before).await.expect("a step") {
        assert!(step.rows > 0);
        rows += step.rows;
    }
    rows
}

/// A history, of which a part is old; until when.
async fn aged(store: &Store) -> (History, Timestamp, Seq) {
    let engine = Engine::start(store.clone()).await.expect("it starts");
    let history = History::play(&engine).await;
    let before = store.last().await.expect("a number");
    let rows = store.journal_since(Seq(before.0 - 1), 1).await.expect("rows");
    let until = Timestamp::from_micros(rows[0].at.micros() + 1);
    tokio::time::sleep(std::time::Duration::from_millis(2)).await;
    let (task, create) = history.work.create(history.lead, "Young");
    history.act(&engine, create).await;
    history.act(&engine, history.work.comment(task, "Young")).await;
    history.act(&engine, history.work.remove(task)).await;
    engine.shutdown().await;
    (history, until, before)
}

async fn what_a_wrong_clock_wrote_is_as_old_as_what_came_after_it(place: Place) {
    let store = place.open().await;
    let (_, until, before) = aged(&store).await;
    place.meddle("UPDATE journal SET at = at + 2592000000000 WHERE seq = 1").await;
    assert_eq!(compacted(&store, until).await as u64, before.0);
    let findings = checked(&store).await.0;
    assert!(!findings.is_empty() && findings.iter().all(Finding::is_harmless), "{findings:?}");
}

async fn only_what_is_old_is_emptied_and_all_else_stays(place: Place) {
    let store = place.open().await;
    let (history, until, before) = aged(&store).await;
    let scopes = history.scopes();
    let mut parts = Vec::new();
    for scope in &scopes {
        parts.push(store.load(*scope).await.expect("it loads"));
    }
    let board = history.work.board();
    let all = store.journal_after(board, (Seq(0), Seq(u64::MAX)), 1_000).await.expect("rows");
    let old: Vec<_> = all.iter().filter(|row| row.seq <= before).collect();

    assert_eq!(store.compact(Timestamp::from_micros(0)).await.expect("a look"), None, "nothing is so old");
    assert_eq!(compacted(&store, until).await as u64, before.0);
    assert_eq!(compacted(&store, until).await, 0, "once");
    assert_eq!(checked(&store).await.0, []);

    // Whoever has seen the last row that was emptied goes on from there; whoever has not, cannot.
    let last_old = old.last().expect("a row").seq;
    assert_eq!(store.backlog(board, last_old, 10).await.expect("a count").map(|backlog| backlog.rows), Some(3));
    assert_eq!(store.backlog(board, Seq(last_old.0 - 1), 10).await.expect("a count"), None);
    let young = store.journal_after(board, (last_old, Seq(u64::MAX)), 10).await.expect("rows");
    assert_eq!(young, all[old.len()..]);
    let refused = store.journal_after(board, (Seq(0), Seq(u64::MAX)), 10).await;
    assert!(matches!(refused, Err(StoreError::Compacted)), "{refused:?}");
    // The activity ends, and a command that ran long ago is still known.
    assert!(store.activity(board, history.task, None, 100).await.expect("rows").is_empty());
    let ids: Vec<_> = old.iter().map(|row| row.command).collect();
    let known = store.find(&ids).await.expect("rows");
    assert!(ids.iter().all(|id| known.iter().any(|known| known.command == *id && known.actor == history.lead)));
    for (scope, part) in scopes.iter().zip(&parts) {
        assert_eq!(store.load(*scope).await.expect("it loads"), *part);
    }

    // It goes on: the next snapshot comes from the last one, and numbers of tasks that are gone stay taken.
    let rest = store.last().await.expect("a number").0 - before.0;
    assert_eq!(compacted(&store, Timestamp::from_micros(i64::MAX)).await as u64, rest);
    assert_eq!(checked(&store).await.0, []);
    let engine = Engine::start(store.clone()).await.expect("it starts");
    let (task, create) = history.work.create(history.lead, "After it");
    history.act(&engine, create).await;
    let (_, state) = engine.read(&[board]).await.expect("it reads");
    assert_eq!(state.board(history.work.project).expect("a board").task(task).expect("the task").number, 5);
    engine.shutdown().await;
    assert_eq!(checked(&store).await.0, []);

    for other in place.others().await {
        let target = other.open().await;
        target.take_over(&store, Damage::Refused).await.expect("moved");
        assert_eq!(checked(&target).await, checked(&store).await);
        assert_eq!(store.backlog(board, last_old, 10).await.expect("a count"), None, "what it took along");
    }
}

async fn a_snapshot_that_was_changed_by_hand_is_found(place: Place) {
    let store = place.open().await;
    let (_, until, _) = aged(&store).await;
    compacted(&store, until).await;
    place.meddle("UPDATE snapshot SET body = replace(body, '启明', 'Other')").await;
    let (findings, _) = checked(&store).await;
    assert!(matches!(&findings[..], [Finding::Differs { .. }]), "{findings:?}");
    place.meddle("DELETE FROM snapshot WHERE scope = 'company'").await;
    let (findings, _) = checked(&store).await;
    assert!(findings.iter().any(|finding| matches!(finding, Finding::Snapshot(1))), "{findings:?}");
}
