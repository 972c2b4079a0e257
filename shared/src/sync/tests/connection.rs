//! The socket: greeting, resending, noticing that it only seems to stand.

use super::{BEGINNING, BOARD, COMPANY, EPOCH, SPACE, Scene, TAB, acked, named};
use crate::sync::{BEAT_SECONDS, ClientFrame, Cursor, Effect, Link, PROTOCOL, Resume, ServerFrame};
use crate::testing::{A, B, C, LEAD, MEMBER};
use crate::{Scope, Timestamp};

fn hello(epoch: Option<crate::id::Epoch>, scopes: &[Scope]) -> Effect {
    let cursors = scopes.iter().map(|scope| Cursor { scope: *scope, upto: BEGINNING }).collect();
    Effect::Send(ClientFrame::Hello(Resume { protocol: PROTOCOL, client: TAB, epoch, cursors }))
}

fn beat_seconds() -> i64 {
    BEAT_SECONDS.try_into().expect("small")
}

#[test]
fn a_greeting_says_what_is_here() {
    let mut scene = Scene::new();
    scene.connects();
    assert_eq!(scene.effects(), [hello(None, &[])]);
    let mut scene = Scene::offline();
    scene.connects();
    assert_eq!(scene.effects(), [hello(Some(EPOCH), &[COMPANY, SPACE, BOARD])]);
    assert_eq!(scene.client.link(), Link::Greeting);
}

#[test]
fn a_greeting_asks_again_for_the_snapshots_that_did_not_come() {
    let mut scene = Scene::live();
    scene.hears(ServerFrame::Resync(BOARD));
    scene.is_cut();
    scene.connects();
    assert_eq!(scene.effects(), [hello(Some(EPOCH), &[COMPANY, SPACE]), Effect::Fetch(BOARD)]);
    scene.is_welcome(0);
    assert!(scene.effects().is_empty(), "and only once");
}

#[test]
fn a_board_that_was_wished_for_without_a_socket_is_fetched() {
    let mut scene = Scene::new();
    scene.client.watch(BOARD);
    assert_eq!(scene.effects(), [Effect::Recall(BOARD)]);
    scene.connects();
    assert_eq!(scene.effects(), [hello(None, &[]), Effect::Fetch(BOARD)]);
}

#[test]
fn nothing_is_sent_before_the_welcome() {
    let mut scene = Scene::offline();
    scene.connects();
    scene.effects();
    let id = scene.acts(named(A, "x"));
    assert!(scene.effects().is_empty());
    scene.is_welcome(0);
    assert_eq!(scene.sent(), [(1, id)]);
    assert_eq!(scene.client.link(), Link::Live);
}

#[test]
fn the_queue_is_sent_again_in_order_after_a_cut() {
    let mut scene = Scene::live();
    let ids = [scene.acts(named(A, "x")), scene.acts(named(B, "y"))];
    scene.is_cut();
    let third = scene.acts(named(C, "z"));
    assert!(scene.sent().is_empty());
    scene.connects();
    scene.is_welcome(0);
    assert_eq!(scene.sent(), [(1, ids[0]), (2, ids[1]), (3, third)]);
    scene.acts(named(A, "w"));
    assert_eq!(scene.sent().len(), 1, "what is under way is not sent twice");
}

#[test]
fn what_was_acknowledged_is_not_sent_again() {
    let mut scene = Scene::live();
    let first = scene.acts(named(A, "x"));
    let second = scene.acts(named(B, "y"));
    let row = scene.row(MEMBER, first, named(A, "x"));
    scene.hears(acked(1, std::slice::from_ref(&row)));
    scene.is_cut();
    scene.connects();
    scene.is_welcome(1);
    assert_eq!(scene.sent(), [(2, second)]);
    assert_eq!(scene.shows(A), "x");
    scene.hears(ServerFrame::Delta(row));
    assert_eq!(scene.waiting(), 1);
}

#[test]
fn what_was_done_without_an_answer_is_asked_about_under_its_number() {
    let mut scene = Scene::live();
    let ids = [scene.acts(named(A, "x")), scene.acts(named(B, "y")), scene.acts(named(C, "z"))];
    scene.is_cut();
    scene.connects();
    scene.is_welcome(2);
    assert_eq!(scene.sent(), [(1, ids[0]), (2, ids[1]), (3, ids[2])]);
}

#[test]
fn a_server_that_remembers_less_is_sent_numbers_without_a_gap() {
    let mut scene = Scene::live();
    let done = scene.acts(named(A, "x"));
    let row = scene.row(MEMBER, done, named(A, "x"));
    scene.hears(acked(1, std::slice::from_ref(&row)));
    scene.hears(ServerFrame::Delta(row));
    let ids = [scene.acts(named(B, "y")), scene.acts(named(C, "z"))];
    assert_eq!(scene.sent(), [(1, done), (2, ids[0]), (3, ids[1])]);
    scene.is_cut();
    scene.connects();
    scene.is_welcome(0);
    assert_eq!(scene.sent(), [(1, ids[0]), (2, ids[1])]);
    let next = scene.acts(named(A, "w"));
    assert_eq!(scene.sent(), [(3, next)]);
}

#[test]
fn a_browser_that_begins_anew_goes_on_after_the_last_number() {
    let mut scene = Scene::offline();
    scene.connects();
    scene.is_welcome(7);
    let id = scene.acts(named(A, "x"));
    assert_eq!(scene.sent(), [(8, id)]);
}

#[test]
fn another_person_at_this_browser_loads_the_page_anew() {
    let mut scene = Scene::offline();
    scene.acts(named(A, "x"));
    scene.connects();
    scene.effects();
    let now = scene.now;
    scene.hears(ServerFrame::Welcome { epoch: EPOCH, person: LEAD, now, done: 0 });
    assert_eq!(scene.effects(), [Effect::Reload], "and nothing of the one is sent for the other");
}

#[test]
fn a_page_of_another_version_is_loaded_anew() {
    let mut scene = Scene::live();
    scene.acts(named(A, "x"));
    scene.effects();
    scene.hears(ServerFrame::Reload);
    assert_eq!(scene.effects(), [Effect::Reload]);
    assert_eq!(scene.waiting(), 1, "its queue is kept");
}

#[test]
fn a_connection_without_a_beat_is_given_up() {
    let mut scene = Scene::live();
    for _ in 0..5 {
        scene.passes(beat_seconds());
        assert!(scene.effects().is_empty());
        scene.hears(ServerFrame::Beat(Timestamp::default()));
    }
    scene.passes(2 * beat_seconds());
    assert!(scene.effects().is_empty(), "one beat may be lost");
    scene.passes(6);
    assert_eq!(scene.effects(), [Effect::Reconnect]);
}

#[test]
fn a_command_without_an_answer_gives_the_connection_up() {
    let mut scene = Scene::live();
    let id = scene.acts(named(A, "x"));
    scene.effects();
    scene.passes(9);
    scene.hears(ServerFrame::Beat(Timestamp::default()));
    assert!(scene.effects().is_empty());
    scene.passes(2);
    assert_eq!(scene.effects(), [Effect::Reconnect]);
    let row = scene.row(MEMBER, id, named(A, "x"));
    scene.hears(acked(1, &[row]));
    scene.passes(9);
    assert!(scene.effects().is_empty(), "the answer came after all");
}

#[test]
fn a_command_that_waited_offline_is_not_late() {
    let mut scene = Scene::offline();
    scene.acts(named(A, "x"));
    scene.passes(1_000);
    assert!(scene.effects().is_empty(), "there is nothing to give up");
    scene.connects();
    scene.is_welcome(0);
    scene.effects();
    scene.passes(9);
    assert!(scene.effects().is_empty());
}

#[test]
fn a_greeting_without_an_answer_gives_the_connection_up() {
    let mut scene = Scene::offline();
    scene.connects();
    scene.effects();
    scene.passes(9);
    assert!(scene.effects().is_empty());
    scene.passes(2);
    assert_eq!(scene.effects(), [Effect::Reconnect]);
    scene.is_cut();
    scene.passes(60);
    assert!(scene.effects().is_empty());
}

#[test]
fn a_clock_that_is_set_back_gives_nothing_up() {
    let mut scene = Scene::live();
    scene.acts(named(A, "x"));
    scene.effects();
    scene.client.tick(Timestamp::from_micros(0));
    assert!(scene.effects().is_empty());
}

#[test]
fn what_is_dragged_is_told_while_the_socket_stands() {
    let mut scene = Scene::live();
    let dragging = Effect::Send(ClientFrame::Dragging { scope: BOARD, tasks: vec![A] });
    scene.client.dragging(BOARD, vec![A]);
    assert_eq!(scene.effects(), [dragging]);
    scene.is_cut();
    scene.client.dragging(BOARD, vec![A]);
    assert!(scene.effects().is_empty());
}
