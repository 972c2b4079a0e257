//! What becomes of a command: shown at once, sent, confirmed by its delta, or parked.

use super::{BOARD, COMPANY, SPACE, Scene, acked, named};
use crate::project::task::{Place, TaskEdit, TaskIntent};
use crate::project::{ProjectIntent, Register};
use crate::sync::{Link, ServerFrame};
use crate::testing::{
    A, B, C, D, DOING, LEAD, MEMBER, NOWHERE, OUTSIDER, PLANNED, PROJECT, command_id, create, edit, move_to,
    project_id, registration, task_id,
};
use crate::{Reason, Rejection, Scope};

#[test]
fn a_command_shows_at_once_and_is_sent() {
    let mut scene = Scene::live();
    let id = scene.acts(named(A, "x"));
    assert_eq!((scene.shows(A), scene.knows(A)), ("x", "card 1"));
    assert_eq!(scene.sent(), [(1, id)]);
    assert_eq!(scene.client.take_changed().into_iter().collect::<Vec<_>>(), [BOARD]);
    assert_eq!(scene.client.status().unsent, 1);
}

#[test]
fn a_command_stays_shown_between_its_ack_and_its_delta() {
    let mut scene = Scene::live();
    let id = scene.acts(named(A, "x"));
    let row = scene.row(MEMBER, id, named(A, "x"));
    scene.hears(acked(1, std::slice::from_ref(&row)));
    assert_eq!((scene.shows(A), scene.knows(A)), ("x", "card 1"));
    assert_eq!((scene.waiting(), scene.client.unsent()), (1, 0), "it is answered, and not yet confirmed");
    scene.hears(ServerFrame::Delta(row));
    assert_eq!((scene.shows(A), scene.knows(A), scene.waiting()), ("x", "x", 0));
}

#[test]
fn a_delta_confirms_its_command_before_the_ack_as_well() {
    let mut scene = Scene::live();
    let id = scene.acts(named(A, "x"));
    let row = scene.row(MEMBER, id, named(A, "x"));
    scene.hears(ServerFrame::Delta(row.clone()));
    assert_eq!((scene.knows(A), scene.waiting()), ("x", 0));
    scene.hears(acked(1, &[row]));
    assert_eq!((scene.shows(A), scene.waiting()), ("x", 0));
}

#[test]
fn a_command_that_changed_nothing_on_the_server_is_confirmed_by_its_ack() {
    let mut scene = Scene::live();
    scene.acts(named(A, "x"));
    let row = scene.elsewhere(A, "x");
    scene.hears(acked(1, &[]));
    assert_eq!(scene.waiting(), 0);
    scene.hears(ServerFrame::Delta(row));
    assert_eq!(scene.shows(A), "x");
}

#[test]
fn an_ack_of_an_empty_catch_up_waits_for_the_cursor() {
    let mut scene = Scene::live();
    let id = scene.acts(named(A, "x"));
    let row = scene.row(MEMBER, id, named(A, "x"));
    scene.hears(acked(1, &[row]));
    scene.hears(ServerFrame::UpTo {
        cursor: super::Cursor { scope: BOARD, upto: super::BEGINNING },
        prev: super::BEGINNING,
    });
    assert_eq!((scene.shows(A), scene.waiting()), ("x", 1));
}

#[test]
fn what_the_rules_refuse_here_is_neither_shown_nor_sent() {
    let mut scene = Scene::live();
    assert_eq!(scene.act(named(NOWHERE, "x")), Err(Reason::Gone.into()));
    assert_eq!(scene.act(ProjectIntent::HandOver(MEMBER)), Err(Reason::NotAllowed.into()));
    assert!(scene.effects().is_empty());
    assert_eq!(scene.waiting(), 0);
    assert!(!scene.client.can_undo());
}

#[test]
fn what_changes_nothing_is_not_sent() {
    let mut scene = Scene::live();
    scene.acts(named(A, "card 1"));
    assert!(scene.effects().is_empty());
    assert_eq!(scene.waiting(), 0);
    assert!(!scene.client.can_undo());
}

#[test]
fn commands_are_numbered_in_their_order() {
    let mut scene = Scene::live();
    let ids = [scene.acts(named(A, "x")), scene.acts(named(B, "y")), scene.acts(named(A, "z"))];
    assert_eq!(scene.sent(), [(1, ids[0]), (2, ids[1]), (3, ids[2])]);
    assert_eq!((scene.shows(A), scene.shows(B)), ("z", "y"));
}

#[test]
fn what_others_do_comes_beneath_what_waits_here() {
    let mut scene = Scene::live();
    scene.acts(move_to(&[A], PLANNED, Place::After(C)));
    let row = scene.row(LEAD, command_id(900), move_to(&[C], PLANNED, Place::First));
    scene.hears(ServerFrame::Delta(row));
    let cards = |state: &crate::State| state.board(PROJECT).expect("it is here").cards(PLANNED).to_vec();
    assert_eq!(cards(scene.client.confirmed()), [C, A, B, D]);
    assert_eq!(cards(scene.client.shown()), [C, A, B, D], "A stands after C wherever C has gone");
    let row = scene.row(LEAD, command_id(901), move_to(&[C], PLANNED, Place::Last));
    scene.hears(ServerFrame::Delta(row));
    assert_eq!(cards(scene.client.confirmed()), [A, B, D, C]);
    assert_eq!(cards(scene.client.shown()), [B, D, C, A]);
}

#[test]
fn a_command_that_no_longer_fits_is_not_shown_and_left_to_the_server() {
    let mut scene = Scene::live();
    scene.acts(named(A, "x"));
    let row = scene.row(LEAD, command_id(900), TaskIntent::Remove(vec![A]));
    scene.hears(ServerFrame::Delta(row));
    assert!(scene.client.shown().board(PROJECT).is_ok_and(|board| board.task(A).is_err()));
    assert_eq!(scene.client.unsent(), 1);
    scene.hears(ServerFrame::Refused { number: 1, rejection: Reason::Gone.into() });
    assert_eq!((scene.waiting(), scene.client.status().parked), (0, 1));
}

#[test]
fn a_refused_command_is_undone_on_screen_and_kept_with_its_reason() {
    let mut scene = Scene::live();
    let id = scene.acts(named(A, "x"));
    scene.client.take_changed();
    let rejection = Rejection::from(Reason::NotAllowed);
    scene.hears(ServerFrame::Refused { number: 1, rejection: rejection.clone() });
    assert_eq!(scene.shows(A), "card 1");
    assert!(scene.client.take_changed().contains(&BOARD));
    let parked = &scene.client.parked()[0];
    assert_eq!((parked.id, &parked.command, &parked.rejection), (id, &named(A, "x"), &rejection));
    scene.client.dismiss(command_id(999));
    assert_eq!(scene.client.parked().len(), 1);
    scene.client.dismiss(id);
    assert!(scene.client.parked().is_empty());
}

#[test]
fn a_refused_command_never_blocks_the_queue() {
    let mut scene = Scene::live();
    scene.acts(named(A, "x"));
    let second = scene.acts(named(B, "y"));
    scene.hears(ServerFrame::Refused { number: 1, rejection: Reason::NotAllowed.into() });
    assert_eq!((scene.shows(A), scene.shows(B)), ("card 1", "y"));
    let row = scene.row(MEMBER, second, named(B, "y"));
    scene.hears(acked(2, std::slice::from_ref(&row)));
    scene.hears(ServerFrame::Delta(row));
    assert_eq!((scene.knows(B), scene.waiting()), ("y", 0));
    scene.effects();
    let third = scene.acts(named(C, "z"));
    assert_eq!(scene.sent(), [(3, third)]);
}

#[test]
fn what_was_built_on_a_refused_command_goes_with_it() {
    let mut scene = Scene::live();
    let new = task_id(50);
    scene.acts(create(new, DOING, Place::Last));
    scene.acts(named(new, "x"));
    scene.hears(ServerFrame::Refused { number: 1, rejection: Reason::NotAllowed.into() });
    assert!(scene.client.shown().board(PROJECT).is_ok_and(|board| board.task(new).is_err()));
    scene.hears(ServerFrame::Refused { number: 2, rejection: Reason::Gone.into() });
    assert_eq!((scene.waiting(), scene.client.parked().len()), (0, 2));
}

#[test]
fn a_refusal_said_twice_parks_once() {
    let mut scene = Scene::live();
    scene.acts(named(A, "x"));
    for _ in 0..2 {
        scene.hears(ServerFrame::Refused { number: 1, rejection: Reason::NotAllowed.into() });
    }
    assert_eq!(scene.client.parked().len(), 1);
}

#[test]
fn the_undo_of_a_refused_command_is_not_offered() {
    let mut scene = Scene::live();
    scene.acts(named(A, "x"));
    scene.acts(named(B, "y"));
    scene.hears(ServerFrame::Refused { number: 2, rejection: Reason::NotAllowed.into() });
    assert!(scene.client.can_undo());
    scene.undoes();
    assert_eq!((scene.shows(A), scene.shows(B)), ("card 1", "card 2"));
    assert!(!scene.client.can_undo());
}

#[test]
fn a_new_project_is_shown_until_each_of_its_rows_is_here() {
    let mut scene = Scene::live();
    let form =
        Register { id: project_id(2), lead: MEMBER, members: std::collections::BTreeMap::new(), ..registration() };
    let (space, board) = (Scope::Project(form.id), Scope::Board(form.id));
    let id = scene.acts(form.clone());
    let number =
        |scene: &Scene| scene.client.shown().projects.get(&project_id(2)).map(|project| project.number.clone());
    assert_eq!(number(&scene).as_deref(), Some("P-2026-002"));
    let rows = scene.decides(MEMBER, id, form);
    let [company, project, columns] = &rows[..] else { panic!("one row in each scope") };
    scene.hears(ServerFrame::Granted(space));
    scene.hears(ServerFrame::Delta(company.clone()));
    scene.hears(acked(1, &rows));
    assert_eq!((number(&scene).as_deref(), scene.waiting()), (Some("P-2026-002"), 1));
    scene.hears(ServerFrame::Delta(super::Delta { prev: super::Seq(0), ..project.as_ref().clone() }.into()));
    assert_eq!((number(&scene).as_deref(), scene.waiting()), (Some("P-2026-002"), 0));
    // Nobody looks at its board.
    scene.hears(ServerFrame::Delta(columns.clone()));
    assert!(!scene.client.holds(board));
    assert!(!scene.client.shown().boards.contains_key(&project_id(2)));
    assert!(scene.client.holds(space) && scene.client.holds(COMPANY) && scene.client.holds(SPACE));
}

#[test]
fn the_board_of_a_new_project_is_looked_at_before_the_server_knows_it() {
    let mut scene = Scene::live();
    let form =
        Register { id: project_id(2), lead: MEMBER, members: std::collections::BTreeMap::new(), ..registration() };
    let (space, board) = (Scope::Project(form.id), Scope::Board(form.id));
    let id = scene.acts(form.clone());
    scene.client.watch(board);
    // The request for the board overtakes the command.
    let early = scene.snapshot(board);
    assert!(early.part.is_none());
    scene.client.snapshot(early);
    let columns = |scene: &Scene| scene.client.shown().boards.get(&project_id(2)).map(|board| board.columns().len());
    assert_eq!(columns(&scene), Some(4));
    let rows = scene.decides(MEMBER, id, form);
    scene.effects();
    scene.hears(ServerFrame::Granted(space));
    assert!(scene.effects().contains(&crate::sync::Effect::Fetch(board)), "it is asked for again");
    scene.hears(ServerFrame::Delta(rows[0].clone()));
    scene.hears(ServerFrame::Delta(super::Delta { prev: super::Seq(0), ..rows[1].as_ref().clone() }.into()));
    scene.hears(acked(1, &rows));
    let late = scene.snapshot(board);
    scene.client.snapshot(late);
    assert_eq!((columns(&scene), scene.waiting()), (Some(4), 0));
    assert!(scene.client.holds(board));
}

#[test]
fn without_a_socket_commands_show_and_wait() {
    let mut scene = Scene::offline();
    scene.acts(named(A, "x"));
    scene.acts(edit(B, TaskEdit::AddCollaborator(LEAD)));
    assert!(scene.effects().is_empty());
    assert_eq!(scene.shows(A), "x");
    let status = scene.client.status();
    assert_eq!((status.link, status.unsent, status.parked), (Link::Down, 2, 0));
    assert!(scene.act(edit(B, TaskEdit::Owner(OUTSIDER))).is_err(), "the rules hold offline as well");
}
