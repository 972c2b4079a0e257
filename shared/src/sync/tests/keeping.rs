//! What is written down for a tab that opens later, and what that one makes of it.

use super::{BEGINNING, BOARD, COMPANY, EPOCH, RESTORED, SPACE, Scene, acked, named};
use crate::command::Command;
use crate::id::{ClientId, CommandId};
use crate::sync::{Client, ClientFrame, Cursor, Effect, Keep, KeptCommand, KeptScope, Link, ServerFrame, Snapshot};
use crate::testing::{A, B, MEMBER, NOWHERE, OUTSIDER, command_id};
use crate::{Reason, Scope};
use uuid::Uuid;

const HEIR: ClientId = ClientId::new(Uuid::from_u128(4));

fn kept(scene: &Scene, id: CommandId, command: Command) -> KeptCommand {
    KeptCommand { id, command, at: scene.now, refused: None }
}

fn whole(scene: &Scene, scopes: &[Scope]) -> Vec<KeptScope> {
    scopes.iter().map(|scope| KeptScope { snapshot: scene.snapshot(*scope), deltas: Vec::new() }).collect()
}

/// The scene goes on in another tab, which begins with what is kept.
fn reopened(scopes: &[Scope], commands: impl FnOnce(&Scene) -> Vec<KeptCommand>) -> Scene {
    let mut scene = Scene::new();
    scene.client = Client::reopen(HEIR, MEMBER, whole(&scene, scopes));
    let commands = commands(&scene);
    scene.client.adopt(commands, scene.now);
    scene
}

fn recalls(scene: &mut Scene) -> bool {
    scene.effects() == [Effect::Recall(BOARD)]
}

#[test]
fn what_the_first_page_brings_is_kept_whole() {
    let mut scene = Scene::offline();
    let expected = [COMPANY, SPACE, BOARD].map(|scope| Keep::Scope(scene.snapshot(scope)));
    assert_eq!(scene.client.take_kept(), expected);
}

#[test]
fn a_command_is_kept_before_anything_else_happens_and_struck_out_when_it_is_confirmed() {
    let mut scene = Scene::live();
    scene.client.take_kept();
    let id = scene.acts(named(A, "x"));
    let command = Keep::Command(Box::new(kept(&scene, id, named(A, "x"))));
    assert_eq!(scene.client.take_kept(), std::slice::from_ref(&command));
    assert_eq!(scene.client.queue_to_keep(), [command]);
    let row = scene.row(MEMBER, id, named(A, "x"));
    scene.hears(acked(1, std::slice::from_ref(&row)));
    assert!(scene.client.take_kept().is_empty(), "it is answered, and not yet confirmed");
    scene.hears(ServerFrame::Delta(row.clone()));
    let batch = scene.client.take_kept();
    assert!(batch.contains(&Keep::Settled(id)) && batch.contains(&Keep::Delta(EPOCH, row)), "in one batch: {batch:?}");
    assert!(scene.client.queue_to_keep().is_empty());
}

#[test]
fn a_command_that_changed_nothing_is_struck_out_by_its_ack() {
    let mut scene = Scene::live();
    let id = scene.acts(named(A, "x"));
    scene.client.take_kept();
    scene.hears(acked(1, &[]));
    assert_eq!(scene.client.take_kept(), [Keep::Settled(id)]);
}

#[test]
fn a_refused_command_is_kept_with_its_reason_until_it_was_seen() {
    let mut scene = Scene::live();
    let id = scene.acts(named(A, "x"));
    scene.client.take_kept();
    scene.hears(ServerFrame::Refused { number: 1, rejection: Reason::Gone.into() });
    let refused = KeptCommand { refused: Some(Reason::Gone.into()), ..kept(&scene, id, named(A, "x")) };
    assert_eq!(scene.client.take_kept(), [Keep::Command(Box::new(refused.clone()))]);

    let mut later = reopened(&[COMPANY, SPACE, BOARD], |_| vec![refused]);
    assert_eq!((later.waiting(), later.shows(A)), (0, "card 1"), "it is not tried again");
    assert_eq!(later.client.parked()[0].rejection, Reason::Gone.into());
    later.client.dismiss(id);
    assert_eq!(later.client.take_kept(), [Keep::Settled(id)]);
}

#[test]
fn changes_are_kept_one_by_one_and_now_and_then_the_whole() {
    let mut scene = Scene::live();
    scene.client.take_kept();
    let mut wholes = 0;
    for index in 0..120 {
        let row = scene.elsewhere(A, &format!("name {index}"));
        scene.hears(ServerFrame::Delta(row.clone()));
        match &scene.client.take_kept()[..] {
            [Keep::Delta(EPOCH, delta)] => assert_eq!(*delta, row),
            [Keep::Scope(snapshot)] => {
                assert_eq!(*snapshot, scene.snapshot(BOARD), "as the server has it");
                wholes += 1;
            }
            other => panic!("neither a change nor a whole: {other:?}"),
        }
    }
    assert_eq!(wholes, 2);
}

#[test]
fn what_may_not_be_read_any_more_is_forgotten_on_disk_also_when_it_was_not_here() {
    let mut scene = Scene::live();
    scene.client.unwatch(BOARD);
    scene.client.take_kept();
    scene.hears(ServerFrame::Revoked(SPACE));
    assert_eq!(scene.client.take_kept(), [Keep::Forget(BOARD), Keep::Forget(SPACE)]);
}

#[test]
fn a_board_that_is_not_looked_at_stays_on_disk_and_comes_from_there() {
    let mut scene = Scene::live();
    scene.client.take_kept();
    scene.client.unwatch(BOARD);
    assert!(scene.client.take_kept().is_empty());
    scene.effects();
    scene.client.watch(BOARD);
    assert!(recalls(&mut scene));
    let board = whole(&scene, &[BOARD]).pop();
    scene.client.recalled(BOARD, board);
    assert_eq!(scene.shows(A), "card 1");
    let watch = ClientFrame::Watch(Cursor { scope: BOARD, upto: BEGINNING });
    assert_eq!(scene.effects(), [Effect::Send(watch)]);
}

#[test]
fn a_board_that_was_not_kept_or_of_another_journal_is_fetched() {
    let mut scene = Scene::live();
    let board = scene.snapshot(BOARD);
    let restored = KeptScope { snapshot: Snapshot { epoch: RESTORED, ..board }, deltas: Vec::new() };
    for kept in [None, Some(restored)] {
        scene.client.unwatch(BOARD);
        scene.effects();
        scene.client.watch(BOARD);
        assert!(recalls(&mut scene));
        scene.client.recalled(BOARD, kept);
        assert_eq!(scene.effects(), [Effect::Fetch(BOARD)]);
        let board = scene.snapshot(BOARD);
        scene.client.snapshot(board);
        assert_eq!(scene.shows(A), "card 1");
    }
}

#[test]
fn a_tab_begins_with_what_is_kept_and_greets_with_its_cursors() {
    let mut scene = Scene::new();
    let mut scopes = whole(&scene, &[COMPANY, SPACE, BOARD]);
    let (first, missing, third) = (scene.elsewhere(A, "x"), scene.elsewhere(A, "y"), scene.elsewhere(A, "z"));
    scopes[2].deltas = vec![first.clone(), third];
    scene.client = Client::reopen(HEIR, MEMBER, scopes);
    assert_eq!((scene.shows(A), scene.knows(A)), ("x", "x"), "behind the gap nothing is taken for true");
    scene.connects();
    let effects = scene.effects();
    let [Effect::Send(ClientFrame::Hello(resume))] = &effects[..] else { panic!("not a greeting: {effects:?}") };
    assert_eq!((resume.client, resume.epoch), (HEIR, Some(EPOCH)));
    assert_eq!(resume.cursors.len(), 3);
    assert!(resume.cursors.contains(&Cursor { scope: BOARD, upto: first.seq }));
    scene.is_welcome(0);
    scene.hears(ServerFrame::Delta(missing));
    assert_eq!(scene.shows(A), "y");
}

#[test]
fn without_the_company_there_is_nothing_to_begin_with() {
    let scene = reopened(&[SPACE, BOARD], |_| Vec::new());
    assert!(![COMPANY, SPACE, BOARD].into_iter().any(|scope| scene.client.holds(scope)));
}

#[test]
fn an_orphaned_queue_is_shown_and_sent_under_numbers_of_the_heir() {
    let ids = [command_id(71), command_id(72)];
    let mut scene = reopened(&[COMPANY, SPACE, BOARD], |scene| {
        vec![kept(scene, ids[0], named(A, "x")), kept(scene, ids[1], named(A, "y"))]
    });
    assert_eq!((scene.shows(A), scene.knows(A), scene.client.unsent()), ("y", "card 1", 2));
    assert_eq!(scene.client.link(), Link::Down);
    scene.connects();
    scene.is_welcome(0);
    assert_eq!(scene.sent(), [(1, ids[0]), (2, ids[1])]);
    let rows = ids.map(|id| scene.row(MEMBER, id, named(A, if id == ids[0] { "x" } else { "y" })));
    for row in rows {
        scene.hears(ServerFrame::Delta(row));
    }
    assert_eq!((scene.waiting(), scene.knows(A)), (0, "y"));
}

#[test]
fn a_command_that_the_server_has_done_already_waits_for_its_word_alone() {
    let mut scene = Scene::live();
    let row = scene.row(MEMBER, command_id(71), named(A, "x"));
    scene.hears(ServerFrame::Delta(row.clone()));
    let commands = vec![kept(&scene, command_id(71), named(A, "x"))];
    scene.client.adopt(commands.clone(), scene.now);
    scene.client.adopt(commands, scene.now);
    assert_eq!(scene.sent(), [(1, command_id(71))], "once, however often it is handed over");
    scene.client.take_kept();
    scene.hears(acked(1, &[row]));
    assert_eq!((scene.waiting(), scene.client.take_kept()), (0, vec![Keep::Settled(command_id(71))]));
}

#[test]
fn a_command_on_a_board_that_is_not_here_is_shown_as_soon_as_it_is() {
    let mut scene = reopened(&[COMPANY, SPACE], |scene| vec![kept(scene, command_id(71), named(B, "x"))]);
    assert_eq!(scene.waiting(), 1);
    scene.client.watch(BOARD);
    let board = whole(&scene, &[BOARD]).pop();
    scene.client.recalled(BOARD, board);
    assert_eq!((scene.shows(B), scene.knows(B)), ("x", "card 2"));
    scene.client.take_changed();
    let row = scene.row(MEMBER, command_id(71), named(B, "x"));
    scene.hears(ServerFrame::Delta(row));
    assert_eq!((scene.waiting(), scene.knows(B)), (0, "x"));
    assert!(scene.client.take_changed().contains(&BOARD), "so that the page shows it as done");
}

#[test]
fn what_the_rules_refuse_meanwhile_waits_for_the_servers_word() {
    let mut scene = reopened(&[COMPANY, SPACE, BOARD], |scene| vec![kept(scene, command_id(71), named(NOWHERE, "x"))]);
    scene.connects();
    scene.is_welcome(0);
    assert_eq!(scene.sent(), [(1, command_id(71))]);
    scene.hears(ServerFrame::Refused { number: 1, rejection: Reason::Gone.into() });
    assert_eq!((scene.waiting(), scene.client.parked().len()), (0, 1));
}

#[test]
fn a_tab_for_somebody_else_is_told_to_begin_anew() {
    let mut scene = Scene::offline();
    scene.connects();
    scene.effects();
    scene.hears(ServerFrame::Welcome { epoch: EPOCH, person: OUTSIDER, now: scene.now, done: 0 });
    assert_eq!(scene.effects(), [Effect::Reload]);
}

#[test]
fn a_kept_command_reads_back_from_its_text() {
    let scene = Scene::offline();
    let command = kept(&scene, command_id(71), named(A, "x"));
    let text = serde_json::to_string(&command).expect("it has a text");
    assert_eq!(serde_json::from_str::<KeptCommand>(&text).expect("it reads back"), command);
    let refused = KeptCommand { refused: Some(Reason::WrongStage.into()), ..command };
    let text = serde_json::to_string(&refused).expect("it has a text");
    assert_eq!(serde_json::from_str::<KeptCommand>(&text).expect("it reads back"), refused);
}
