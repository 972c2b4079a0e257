//! What of the server's state is here: deltas in order, snapshots, and what may no longer be seen.

use super::{BEGINNING, BOARD, COMPANY, EPOCH, RESTORED, SPACE, Scene, acked, named};
use crate::project::task::{Place, TaskEdit};
use crate::project::{ProjectEdit, ProjectIntent};
use crate::sync::{ClientFrame, Cursor, Effect, Onlooker, Seq, ServerFrame, Snapshot};
use crate::testing::{A, B, LEAD, MEMBER, OBSERVER, PLANNED, PROJECT, command_id, comment, create, edit, task_id};
use crate::{Reason, Scope, State};

fn watch(upto: Seq) -> Effect {
    Effect::Send(ClientFrame::Watch(Cursor { scope: BOARD, upto }))
}

fn up_to(upto: u64, prev: u64) -> ServerFrame {
    ServerFrame::UpTo { cursor: Cursor { scope: BOARD, upto: Seq(upto) }, prev: Seq(prev) }
}

fn has_nothing_of_the_board(scene: &Scene) -> bool {
    let without = |state: &State| !state.boards.contains_key(&PROJECT);
    without(scene.client.shown()) && without(scene.client.confirmed()) && !scene.client.holds(BOARD)
}

#[test]
fn the_first_page_brings_its_snapshots() {
    let mut scene = Scene::new();
    let snapshots = [COMPANY, SPACE, BOARD].map(|scope| scene.snapshot(scope)).into();
    let now = scene.now;
    scene.client.start(super::Start { protocol: super::PROTOCOL, person: MEMBER, now, snapshots });
    assert!(scene.effects().is_empty());
    assert!(scene.client.shown() == &scene.server.state && scene.client.confirmed() == &scene.server.state);
    assert!([COMPANY, SPACE, BOARD].into_iter().all(|scope| scene.client.holds(scope)));
    assert_eq!(scene.client.take_changed().into_iter().collect::<Vec<_>>(), [COMPANY, SPACE, BOARD]);
    // The board is looked at: another wish for it needs nothing.
    scene.client.watch(BOARD);
    assert!(scene.effects().is_empty());
}

#[test]
fn a_delta_is_applied_once() {
    let mut scene = Scene::live();
    let first = scene.elsewhere(A, "x");
    let second = scene.elsewhere(A, "y");
    for row in [&first, &second, &second, &first] {
        scene.hears(ServerFrame::Delta(row.clone()));
    }
    assert_eq!(scene.shows(A), "y");
    assert!(scene.effects().is_empty());
}

#[test]
fn a_gap_is_asked_for_and_nothing_is_applied_before() {
    let mut scene = Scene::live();
    let lost = scene.elsewhere(A, "x");
    let next = scene.elsewhere(B, "y");
    scene.hears(ServerFrame::Delta(next.clone()));
    assert_eq!(scene.effects(), [watch(BEGINNING)]);
    assert_eq!(scene.shows(B), "card 2");
    scene.hears(ServerFrame::Delta(lost));
    scene.hears(ServerFrame::Delta(next));
    assert_eq!((scene.shows(A), scene.shows(B)), ("x", "y"));
    assert!(scene.effects().is_empty());
}

#[test]
fn numbers_of_other_scopes_are_no_gap() {
    let mut scene = Scene::live();
    let space = scene.row(LEAD, command_id(900), ProjectIntent::Edit(ProjectEdit::Name("x".into())));
    let board = scene.elsewhere(A, "x");
    scene.hears(ServerFrame::Delta(board));
    scene.hears(ServerFrame::Delta(space));
    assert!(scene.effects().is_empty());
    assert_eq!(scene.shows(A), "x");
    assert_eq!(scene.client.shown().projects[&PROJECT].registration.name, "x");
}

#[test]
fn the_end_of_a_catch_up_tells_a_gap_as_well() {
    let mut scene = Scene::live();
    scene.hears(up_to(120, 100));
    assert!(scene.effects().is_empty(), "nothing was missed");
    scene.hears(up_to(130, 125));
    assert_eq!(scene.effects(), [watch(Seq(120))]);
    scene.hears(up_to(110, 100));
    scene.hears(up_to(121, 121));
    assert_eq!(scene.effects(), [watch(Seq(120))], "a cursor never goes back");
}

#[test]
fn a_delta_of_a_scope_that_is_not_here_is_passed_over() {
    let mut scene = Scene::live();
    scene.client.unwatch(BOARD);
    scene.effects();
    let row = scene.elsewhere(A, "x");
    scene.hears(ServerFrame::Delta(row));
    scene.hears(up_to(130, 125));
    assert!(has_nothing_of_the_board(&scene));
    assert!(scene.effects().is_empty());
}

#[test]
fn a_scope_too_far_behind_is_fetched_once() {
    let mut scene = Scene::live();
    scene.hears(ServerFrame::Resync(BOARD));
    scene.hears(ServerFrame::Resync(BOARD));
    assert_eq!(scene.effects(), [Effect::Fetch(BOARD)]);
    assert_eq!(scene.shows(A), "card 1", "what is here stays on screen meanwhile");
}

#[test]
fn deltas_that_come_while_a_snapshot_is_fetched_are_kept() {
    let mut scene = Scene::live();
    let lost = scene.elsewhere(A, "x");
    scene.hears(ServerFrame::Resync(BOARD));
    scene.effects();
    let snapshot = scene.snapshot(BOARD);
    let next = scene.elsewhere(B, "y");
    scene.hears(ServerFrame::Delta(lost));
    scene.hears(ServerFrame::Delta(next.clone()));
    assert_eq!((scene.shows(A), scene.shows(B)), ("card 1", "card 2"));
    scene.client.snapshot(snapshot);
    assert_eq!((scene.shows(A), scene.shows(B)), ("x", "y"));
    assert_eq!(scene.effects(), [watch(Seq(101))]);
    assert!(scene.client.confirmed() == &scene.server.state);
}

#[test]
fn a_snapshot_keeps_what_waits_on_top() {
    let mut scene = Scene::live();
    let id = scene.acts(named(A, "mine"));
    scene.elsewhere(A, "theirs");
    scene.hears(ServerFrame::Resync(BOARD));
    let snapshot = scene.snapshot(BOARD);
    scene.client.snapshot(snapshot);
    assert_eq!((scene.shows(A), scene.knows(A), scene.waiting()), ("mine", "theirs", 1));

    let row = scene.row(MEMBER, id, named(A, "mine"));
    scene.hears(acked(1, &[row]));
    scene.hears(ServerFrame::Resync(BOARD));
    let snapshot = scene.snapshot(BOARD);
    scene.client.snapshot(snapshot);
    assert_eq!((scene.shows(A), scene.knows(A), scene.waiting()), ("mine", "mine", 0), "a snapshot confirms too");
}

#[test]
fn a_snapshot_that_comes_twice_takes_nothing_back() {
    let mut scene = Scene::live();
    scene.hears(ServerFrame::Resync(BOARD));
    let snapshot = scene.snapshot(BOARD);
    scene.client.snapshot(snapshot.clone());
    let row = scene.elsewhere(A, "x");
    scene.hears(ServerFrame::Delta(row));
    scene.effects();
    scene.client.snapshot(snapshot);
    assert_eq!(scene.shows(A), "x");
    assert!(scene.effects().is_empty());
}

#[test]
fn a_snapshot_of_another_journal_is_not_taken() {
    let mut scene = Scene::live();
    scene.hears(ServerFrame::Resync(BOARD));
    scene.effects();
    let snapshot = Snapshot { epoch: RESTORED, ..scene.snapshot(BOARD) };
    scene.client.snapshot(snapshot);
    assert_eq!(scene.effects(), [Effect::Reconnect]);
    assert_eq!(scene.shows(A), "card 1");
}

#[test]
fn a_revoked_scope_disappears_at_once() {
    let mut scene = Scene::live();
    scene.acts(named(A, "x"));
    scene.client.take_changed();
    scene.hears(ServerFrame::Revoked(BOARD));
    assert!(has_nothing_of_the_board(&scene));
    assert!(scene.client.take_changed().contains(&BOARD));
    assert_eq!(scene.act(named(A, "y")), Err(Reason::Gone.into()));
    scene.hears(ServerFrame::Refused { number: 1, rejection: Reason::NotAllowed.into() });
    assert_eq!((scene.waiting(), scene.client.parked().len()), (0, 1));
}

#[test]
fn a_revoked_project_takes_its_board_along() {
    let mut scene = Scene::live();
    scene.hears(ServerFrame::Revoked(SPACE));
    assert!(has_nothing_of_the_board(&scene));
    assert!(!scene.client.shown().projects.contains_key(&PROJECT));
    assert!(scene.client.holds(COMPANY));
}

#[test]
fn a_snapshot_under_way_does_not_bring_back_what_was_revoked() {
    let mut scene = Scene::live();
    scene.hears(ServerFrame::Resync(BOARD));
    let late = scene.snapshot(BOARD);
    scene.hears(ServerFrame::Revoked(BOARD));
    scene.effects();
    scene.client.snapshot(late);
    assert!(has_nothing_of_the_board(&scene));
    assert!(scene.effects().is_empty());
}

#[test]
fn a_scope_that_is_not_there_or_may_not_be_read_is_not_held() {
    let mut scene = Scene::live();
    scene.hears(ServerFrame::Resync(BOARD));
    let snapshot = Snapshot { part: None, ..scene.snapshot(BOARD) };
    scene.client.snapshot(snapshot);
    assert!(has_nothing_of_the_board(&scene));
}

#[test]
fn what_is_looked_at_is_lacking_once_the_server_has_said_so() {
    let mut scene = Scene::live();
    assert!(!scene.client.lacks(BOARD), "it is here");
    scene.hears(ServerFrame::Resync(BOARD));
    assert!(!scene.client.lacks(BOARD), "it is on its way");
    let snapshot = Snapshot { part: None, ..scene.snapshot(BOARD) };
    scene.client.snapshot(snapshot);
    assert!(scene.client.lacks(BOARD));
    scene.client.unwatch(BOARD);
    assert!(!scene.client.lacks(BOARD), "nobody looks at it");
    scene.client.watch(BOARD);
    assert!(!scene.client.lacks(BOARD), "it is asked for again");
}

#[test]
fn what_was_looked_at_too_soon_comes_once_it_may_be_there() {
    let mut scene = Scene::live();
    let room = Scope::Room(crate::id::IncidentId::new(uuid::Uuid::from_u128(7)));
    scene.client.watch(room);
    scene.client.recalled(room, None);
    assert_eq!(scene.effects(), [Effect::Recall(room), Effect::Fetch(room)]);
    let nothing = Snapshot { part: None, cursor: Cursor { scope: room, upto: Seq(0) }, ..scene.snapshot(BOARD) };
    scene.client.snapshot(nothing.clone());
    assert!(scene.client.lacks(room));
    let edit = |name: &str| ProjectIntent::Edit(ProjectEdit::Name(name.into()));
    let row = scene.row(LEAD, command_id(900), edit("another"));
    scene.hears(ServerFrame::Delta(row));
    assert_eq!(scene.effects(), [Effect::Fetch(room)]);
    // It was looked up before that row: it is asked for once more, and no more than that.
    scene.client.snapshot(nothing.clone());
    assert_eq!(scene.effects(), [Effect::Fetch(room)]);
    scene.client.snapshot(nothing);
    assert!(scene.client.lacks(room) && scene.effects().is_empty());
}

#[test]
fn a_board_that_nobody_looks_at_is_forgotten() {
    let mut scene = Scene::live();
    scene.client.unwatch(BOARD);
    assert!(has_nothing_of_the_board(&scene));
    assert_eq!(scene.effects(), [Effect::Send(ClientFrame::Unwatch(BOARD))]);
    scene.client.unwatch(BOARD);
    assert!(scene.effects().is_empty());
    scene.client.watch(BOARD);
    assert_eq!(scene.effects(), [Effect::Recall(BOARD)]);
    let snapshot = scene.snapshot(BOARD);
    scene.client.snapshot(snapshot);
    assert_eq!(scene.effects(), [watch(BEGINNING)]);
    assert_eq!(scene.shows(A), "card 1");
}

#[test]
fn a_snapshot_under_way_does_not_bring_back_what_nobody_looks_at() {
    let mut scene = Scene::live();
    scene.client.unwatch(BOARD);
    scene.client.watch(BOARD);
    let late = scene.snapshot(BOARD);
    scene.client.unwatch(BOARD);
    scene.effects();
    scene.client.snapshot(late);
    assert!(has_nothing_of_the_board(&scene));
    assert!(scene.effects().is_empty());
}

#[test]
fn a_board_with_commands_that_wait_is_forgotten_when_they_are_confirmed() {
    let mut scene = Scene::live();
    let id = scene.acts(named(A, "x"));
    scene.client.unwatch(BOARD);
    scene.effects();
    assert!(scene.client.holds(BOARD));
    let row = scene.row(MEMBER, id, named(A, "x"));
    scene.hears(acked(1, std::slice::from_ref(&row)));
    assert!(scene.client.holds(BOARD));
    scene.hears(ServerFrame::Delta(row));
    assert!(has_nothing_of_the_board(&scene));
    assert_eq!(scene.effects(), [Effect::Send(ClientFrame::Unwatch(BOARD))]);
}

#[test]
fn a_board_with_a_command_that_is_refused_is_forgotten_then() {
    let mut scene = Scene::live();
    scene.acts(named(A, "x"));
    scene.client.unwatch(BOARD);
    scene.hears(ServerFrame::Refused { number: 1, rejection: Reason::NotAllowed.into() });
    assert!(has_nothing_of_the_board(&scene));
    assert_eq!(scene.client.parked().len(), 1);
}

#[test]
fn a_board_that_is_looked_at_again_before_its_commands_are_confirmed_stays() {
    let mut scene = Scene::live();
    let id = scene.acts(named(A, "x"));
    scene.client.unwatch(BOARD);
    scene.client.watch(BOARD);
    let row = scene.row(MEMBER, id, named(A, "x"));
    scene.hears(acked(1, std::slice::from_ref(&row)));
    scene.hears(ServerFrame::Delta(row));
    let snapshot = scene.snapshot(BOARD);
    scene.client.snapshot(snapshot);
    assert_eq!((scene.shows(A), scene.waiting()), ("x", 0));
}

#[test]
fn a_granted_scope_fills_from_its_beginning() {
    let mut scene = Scene::live();
    let row = scene.row(LEAD, command_id(900), ProjectIntent::HandOver(MEMBER));
    scene.hears(ServerFrame::Revoked(SPACE));
    scene.hears(ServerFrame::Granted(SPACE));
    let first = super::Delta { prev: Seq(0), ..row.as_ref().clone() };
    scene.hears(ServerFrame::Delta(first.into()));
    assert_eq!(scene.client.shown().projects[&PROJECT].lead, MEMBER);
}

#[test]
fn a_grant_of_what_is_here_changes_nothing() {
    let mut scene = Scene::live();
    scene.hears(ServerFrame::Granted(SPACE));
    let row = scene.row(LEAD, command_id(900), ProjectIntent::HandOver(MEMBER));
    scene.hears(ServerFrame::Delta(row));
    assert_eq!(scene.client.shown().projects[&PROJECT].lead, MEMBER);
    assert!(scene.effects().is_empty());
}

#[test]
fn who_else_looks_is_told_and_forgotten_with_the_board() {
    let mut scene = Scene::live();
    let onlookers = vec![Onlooker { person: LEAD, dragging: vec![A] }];
    let presence = ServerFrame::Presence { scope: BOARD, onlookers: onlookers.clone() };
    assert!(scene.client.onlookers(BOARD).is_empty());
    scene.hears(presence.clone());
    assert_eq!(scene.client.onlookers(BOARD), onlookers);
    assert!(scene.client.take_changed().contains(&BOARD));
    scene.is_cut();
    assert!(scene.client.onlookers(BOARD).is_empty(), "nobody knows while there is no socket");
    let mut scene = Scene::live();
    scene.hears(presence);
    scene.client.unwatch(BOARD);
    assert!(scene.client.onlookers(BOARD).is_empty());
}

#[test]
fn another_journal_is_taken_from_its_beginning() {
    let mut scene = Scene::live();
    let id = scene.acts(named(A, "x"));
    let row = scene.row(MEMBER, id, named(A, "x"));
    scene.hears(acked(1, &[row]));
    scene.is_cut();
    scene.connects();
    scene.effects();
    let now = scene.now;
    scene.hears(ServerFrame::Welcome { epoch: RESTORED, person: MEMBER, now, done: 0 });
    let effects = scene.effects();
    for scope in [COMPANY, SPACE, BOARD] {
        assert!(effects.contains(&Effect::Fetch(scope)), "{scope:?}");
    }
    // What was acknowledged by the old journal is not in the new one.
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Send(ClientFrame::Act { number: 1, .. }))));
    assert_eq!((scene.shows(A), scene.client.unsent()), ("x", 1));
    for scope in [COMPANY, SPACE, BOARD] {
        let stale = Snapshot { epoch: EPOCH, ..scene.snapshot(scope) };
        scene.client.snapshot(stale);
    }
    assert!(scene.effects().contains(&Effect::Reconnect), "an answer of before the restore");
}

#[test]
fn what_a_command_tells_others_is_not_here_and_what_it_tells_oneself_is_at_once() {
    let mut scene = Scene::live();
    let inboxes = |scene: &Scene| scene.client.shown().inboxes.keys().copied().collect::<Vec<_>>();
    scene.acts(edit(A, TaskEdit::AddCollaborator(OBSERVER)));
    scene.acts(comment(1, A, "好"));
    assert_eq!(inboxes(&scene), []);
    assert_eq!(scene.client.take_changed().into_iter().collect::<Vec<_>>(), [BOARD]);
    scene.acts(edit(A, TaskEdit::Owner(MEMBER)));
    assert_eq!(inboxes(&scene), [MEMBER]);
    assert_eq!(scene.client.take_changed().into_iter().collect::<Vec<_>>(), [BOARD, Scope::Inbox(MEMBER)]);
    // A rebase, a restart and taking it back decide anew.
    let theirs = scene.elsewhere(B, "theirs");
    scene.hears(ServerFrame::Delta(theirs));
    assert_eq!(inboxes(&scene), [MEMBER]);
    scene.undoes();
    assert!(scene.client.shown().inboxes[&MEMBER].duties.is_empty());
    let waiting = scene.client.queue().count();
    assert_eq!(waiting, 4);
}

#[test]
fn what_is_under_way_no_more_is_drawn_anew_wherever_it_was() {
    let mut scene = Scene::live();
    let id = scene.acts(create(task_id(90), PLANNED, Place::Last));
    let board = scene.row(MEMBER, id, create(task_id(90), PLANNED, Place::Last));
    let row = Cursor { scope: BOARD, upto: board.seq };
    scene.hears(ServerFrame::Delta(board));
    assert_eq!(scene.client.queue().count(), 1, "the row of the own inbox is to follow");
    scene.client.take_changed();
    scene.hears(ServerFrame::Acked { number: 1, rows: vec![row] });
    assert_eq!(scene.client.queue().count(), 0);
    assert!(scene.client.take_changed().contains(&BOARD));
}
