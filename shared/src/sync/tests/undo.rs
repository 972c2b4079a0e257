//! Undo leads back: the same cards in the same order with the same values; keys and times may differ.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Scene, named};
use crate::command::Command;
use crate::project::board::{Board, BoardIntent, BoardRefusal, Status};
use crate::project::task::{AwaitedFrom, Place, Task, TaskEdit, TaskIntent};
use crate::project::{Participation, ProjectEdit, ProjectIntent, Role};
use crate::sync::{ServerFrame, Undone};
use crate::testing::whims::{self, Whim};
use crate::testing::{
    A, B, C, D, DESIGN, DOING, DONE, HEAD, LEAD, MEMBER, OBSERVER, OUTSIDER, PLANNED, PROJECT, SUBMITTED, World,
    command_id, comment, comment_id, create, day, edit, item_id, milestone, move_to, new_column, task_id,
};
use crate::{Reason, Scope, Timestamp};

/// What a person sees of a board.
#[derive(Debug, PartialEq)]
struct Seen {
    columns: Vec<(String, Status, Option<u16>)>,
    cards: Vec<Vec<Task>>,
    comments: Vec<(crate::id::TaskId, String)>,
}

fn seen(board: &Board) -> Seen {
    let never = Timestamp::default();
    let top = crate::order::spread(1).remove(0);
    let plain = |id: &crate::id::TaskId| {
        let mut task = board.task(*id).expect("it is in its column").as_ref().clone();
        task.key.clone_from(&top);
        task.progress.at = None;
        task.blocked.iter_mut().for_each(|blocked| blocked.since = never);
        task
    };
    let columns = board.columns();
    let comments = board.tasks().keys().flat_map(|task| board.comments(*task));
    Seen {
        columns: columns.iter().map(|column| (column.name.clone(), column.status, column.wip_limit)).collect(),
        cards: columns.iter().map(|column| board.cards(column.id).iter().map(plain).collect()).collect(),
        comments: comments.map(|comment| (comment.task, comment.text.clone())).collect(),
    }
}

fn shown(scene: &Scene) -> Seen {
    seen(scene.client.shown().board(PROJECT).expect("it is here"))
}

/// Acts, takes it back, and demands that all is as it was.
#[track_caller]
fn leads_back(prepared: &[Command], command: impl Into<Command>) {
    let mut scene = Scene::offline();
    for command in prepared {
        scene.acts(command.clone());
    }
    let before = shown(&scene);
    scene.acts(command);
    assert_ne!(shown(&scene), before);
    scene.undoes();
    assert_eq!(shown(&scene), before);
}

fn of_a(change: TaskEdit) -> Command {
    edit(A, change).into()
}

fn step(index: u128) -> Command {
    of_a(TaskEdit::AddItem { id: item_id(index), text: format!("step {index}") })
}

fn blocked() -> TaskEdit {
    TaskEdit::Block { awaiting: "接口文档".into(), from: AwaitedFrom::Person(LEAD) }
}

#[test]
fn a_move_is_taken_back() {
    leads_back(&[], move_to(&[B], PLANNED, Place::Last));
    leads_back(&[], move_to(&[A], DOING, Place::First));
    leads_back(&[], move_to(&[D, B], PLANNED, Place::First));
    leads_back(&[move_to(&[C], DOING, Place::Last).into()], move_to(&[D, C, A], DONE, Place::Last));
}

#[test]
fn a_move_is_taken_back_with_what_it_entailed() {
    let prepared = [of_a(blocked()), edit(B, TaskEdit::Progress { percent: 40, note: "过半".into() }).into()];
    leads_back(&prepared, move_to(&[A, B], DONE, Place::Last));
    leads_back(&prepared, move_to(&[A, B], SUBMITTED, Place::Last));
}

#[test]
fn a_card_comes_back_as_it_was_where_others_are_all_done_or_wait_for_nobody() {
    let done = move_to(&[A], DONE, Place::Last).into();
    let again = of_a(TaskEdit::Progress { percent: 90, note: "返工".into() });
    leads_back(&[done, again], move_to(&[A], PLANNED, Place::First));
    let prepared = [move_to(&[A], SUBMITTED, Place::Last).into(), of_a(blocked())];
    leads_back(&prepared, move_to(&[A], PLANNED, Place::First));
    let mut world = World::board();
    for command in prepared {
        world.does(MEMBER, command);
    }
    demand_the_way_back(&mut world, &BoardIntent::SetStatus { column: SUBMITTED, status: Status::Todo }.into());
}

#[test]
fn a_new_task_and_a_comment_are_taken_back() {
    leads_back(&[], create(task_id(50), DOING, Place::First));
    leads_back(&[], comment(1, A, "好"));
}

#[test]
fn a_step_comes_back_where_it_stood_and_as_it_was() {
    let steps = [step(1), step(2), step(3), of_a(TaskEdit::CheckItem { id: item_id(2), done: true })];
    for index in 1..=3 {
        leads_back(&steps, of_a(TaskEdit::RemoveItem(item_id(index))));
    }
    leads_back(&steps, of_a(TaskEdit::CheckItem { id: item_id(2), done: false }));
    leads_back(&steps, step(4));
}

#[test]
fn a_description_is_taken_back_from_among_the_words_of_others() {
    let base = "一\n二\n三\n四\n五";
    let described = |base: &str, text: &str| of_a(TaskEdit::Description { base: base.into(), text: text.into() });
    let mut scene = Scene::live();
    scene.acts(described("", base));
    scene.acts(described(base, "甲\n二\n三\n四\n五"));
    let first = scene.row(MEMBER, command_id(1), described("", base));
    let mine = scene.row(MEMBER, command_id(2), described(base, "甲\n二\n三\n四\n五"));
    let theirs = scene.row(LEAD, command_id(900), described(base, "一\n二\n三\n四\n戊"));
    for row in [first, mine, theirs] {
        scene.hears(ServerFrame::Delta(row));
    }
    scene.undoes();
    let board = scene.client.shown().board(PROJECT).expect("it is here");
    assert_eq!(board.task(A).expect("it is there").description, "一\n二\n三\n四\n戊");
}

#[test]
fn the_last_is_taken_back_first() {
    let mut scene = Scene::offline();
    scene.acts(named(A, "x"));
    scene.acts(named(A, "y"));
    scene.undoes();
    assert_eq!(scene.shows(A), "x");
    scene.undoes();
    assert_eq!(scene.shows(A), "card 1");
    assert!(!scene.client.can_undo());
    assert_eq!(scene.client.undo(|| unreachable!("nothing to name"), scene.now), Ok(Undone::Nothing));
}

#[test]
fn what_is_taken_back_is_not_offered_again_even_when_much_was_done() {
    let mut scene = Scene::offline();
    let before = shown(&scene);
    for round in 0..60 {
        scene.acts(named(A, &format!("name {round}")));
    }
    scene.acts(move_to(&[A, B, C], DOING, Place::Last));
    scene.undoes();
    assert_eq!(scene.shows(A), "name 59");
    // The oldest are let go of: what one takes back is what one remembers.
    for round in (11..60).rev() {
        assert_eq!(scene.shows(A), format!("name {round}"));
        scene.undoes();
    }
    assert_eq!(scene.shows(A), "name 10");
    assert!(!scene.client.can_undo());
    assert_eq!(shown(&scene).cards[1..], before.cards[1..]);
}

#[test]
fn undo_is_a_command_that_the_rules_may_refuse() {
    let mut scene = Scene::live();
    scene.acts(move_to(&[A], DOING, Place::Last));
    let limit = BoardIntent::SetWipLimit { column: PLANNED, limit: Some(2) };
    let row = scene.row(LEAD, command_id(900), limit);
    scene.hears(ServerFrame::Delta(row));
    let full = BoardRefusal::WipLimit { column: "Todo".into(), limit: 2 };
    let refusal = scene.client.undo(|| command_id(901), scene.now);
    assert_eq!(refusal, Err(Reason::Board(full).into()));
    assert!(!scene.client.can_undo());
}

#[test]
fn what_was_done_in_one_go_is_taken_back_whole() {
    let mut scene = Scene::offline();
    scene.acts(named(A, "x"));
    let before = shown(&scene);
    scene.acts_at_once([A, B, C].map(|task| edit(task, TaskEdit::Owner(MEMBER))));
    assert_ne!(shown(&scene), before);
    scene.undoes();
    assert_eq!(shown(&scene), before);
    scene.undoes();
    assert_eq!(scene.shows(A), "card 1");
}

#[test]
fn of_what_was_done_in_one_go_that_is_taken_back_which_was_not_refused() {
    let mut scene = Scene::live();
    let before = shown(&scene);
    scene.acts_at_once([named(A, "x"), named(B, "y")]);
    scene.hears(ServerFrame::Refused { number: 2, rejection: Reason::NotAllowed.into() });
    assert_eq!((scene.shows(A), scene.shows(B)), ("x", "card 2"));
    scene.undoes();
    assert_eq!(shown(&scene), before);
    assert!(!scene.client.can_undo());
}

#[test]
fn nothing_is_taken_back_where_not_all_can_be() {
    let mut scene = Scene::live();
    scene.acts_at_once([move_to(&[A], DOING, Place::Last).into(), named(B, "y")]);
    let limit = BoardIntent::SetWipLimit { column: PLANNED, limit: Some(2) };
    let row = scene.row(LEAD, command_id(900), limit);
    scene.hears(ServerFrame::Delta(row));
    let mut ids = 901..;
    let fresh = || command_id(ids.next().expect("no end of ids"));
    let refused = scene.client.undo(fresh, scene.now);
    assert!(matches!(refused, Err(rejection) if matches!(rejection.reason, Reason::Board(_))));
    assert_eq!(scene.shows(B), "y");
}

/// Acts, hears of it and of what a colleague does then, and demands that undo leaves that alone.
#[track_caller]
fn stays_overtaken(mine: impl Into<Command>, theirs: impl Into<Command>) {
    let mut scene = Scene::live();
    let mine: Command = mine.into();
    let id = scene.acts(mine.clone());
    let own = scene.row(MEMBER, id, mine.clone());
    scene.hears(ServerFrame::Delta(own));
    let row = scene.row(LEAD, command_id(900), theirs.into());
    scene.hears(ServerFrame::Delta(row));
    let before = shown(&scene);
    let undone = scene.client.undo(|| unreachable!("nothing is done"), scene.now);
    assert_eq!(undone, Ok(Undone::Overtaken(vec![mine])));
    assert_eq!(shown(&scene), before);
}

#[test]
fn what_a_colleague_has_set_since_stays() {
    let said = |percent, note: &str| TaskEdit::Progress { percent, note: note.to_owned() };
    let blocked = |awaiting: &str| TaskEdit::Block { awaiting: awaiting.to_owned(), from: AwaitedFrom::Person(HEAD) };
    for (mine, theirs) in [
        (TaskEdit::Due(Some(day(8, 20))), TaskEdit::Due(Some(day(8, 22)))),
        (TaskEdit::Name("mine".into()), TaskEdit::Name("theirs".into())),
        (said(80, ""), said(90, "nearly there")),
        (blocked("a design"), blocked("a signature")),
    ] {
        stays_overtaken(edit(A, mine), edit(A, theirs));
    }
    stays_overtaken(move_to(&[A], DOING, Place::First), move_to(&[A], DONE, Place::First));
}

#[test]
fn a_card_that_a_colleague_works_with_is_not_taken_away() {
    let new = task_id(90);
    stays_overtaken(create(new, PLANNED, Place::Last), edit(new, TaskEdit::Name("theirs".into())));
    stays_overtaken(create(new, PLANNED, Place::Last), comment(5, new, "good"));
}

#[test]
fn what_is_final_says_so_and_is_not_passed_over() {
    let mut scene = Scene::offline();
    scene.acts(named(A, "x"));
    let remove = TaskIntent::Remove(vec![B]);
    scene.acts(remove.clone());
    let undone = scene.client.undo(|| unreachable!("nothing is done"), scene.now);
    assert_eq!(undone, Ok(Undone::Final(vec![remove.into()])));
    assert_eq!(scene.shows(A), "x");
    scene.undoes();
    assert_eq!(scene.shows(A), "card 1");
}

#[test]
fn a_changed_comment_gets_its_words_back() {
    let text = "better".to_owned();
    let changed = TaskIntent::EditComment { task: A, comment: comment_id(1), text, mentions: BTreeSet::new() };
    leads_back(&[comment(1, A, "good").into()], changed);
}

#[test]
fn what_is_done_to_a_project_is_taken_back() {
    let name = ProjectEdit::Name("another".into());
    let milestone = milestone(77, "one more", day(8, 30));
    let duty = Participation { representative: Some(HEAD), duty: "draw".into() };
    for intent in [
        ProjectIntent::Edit(name),
        ProjectIntent::PutMilestone(milestone),
        ProjectIntent::PutMember { person: OUTSIDER, role: Role::Observer },
        ProjectIntent::PutMember { person: OBSERVER, role: Role::Member },
        ProjectIntent::RemoveMember(OBSERVER),
        ProjectIntent::InviteDepartment { department: DESIGN, participation: duty },
    ] {
        let mut world = World::board();
        let before = world.state.projects.clone();
        let command: Command = intent.into();
        let state = world.state.clone();
        let changes = world.tries(LEAD, &command).expect("the rules allow it");
        assert_ne!(world.state.projects, before, "{command:?}");
        for back in command.inverse(&state, &changes) {
            world.does(LEAD, back);
        }
        assert_eq!(world.state.projects, before, "{command:?}");
    }
}

#[test]
fn what_others_did_is_not_taken_back() {
    let mut scene = Scene::live();
    let row = scene.elsewhere(A, "x");
    scene.hears(ServerFrame::Delta(row));
    assert!(!scene.client.can_undo());
}

#[test]
fn a_column_that_became_done_is_taken_back_with_what_that_did_to_its_cards() {
    let mut world = World::board();
    world.does(MEMBER, edit(A, blocked()));
    world.does(MEMBER, edit(B, TaskEdit::Progress { percent: 40, note: "过半".into() }));
    let status = BoardIntent::SetStatus { column: PLANNED, status: Status::Done };
    demand_the_way_back(&mut world, &status.into());
}

#[test]
fn what_removes_is_not_taken_back() {
    let mut world = World::board();
    world.does(LEAD, comment(1, A, "好"));
    for command in [
        Command::from(TaskIntent::Remove(vec![B])),
        TaskIntent::RemoveComment { task: A, comment: comment_id(1) }.into(),
        BoardIntent::RemoveColumn(DONE).into(),
    ] {
        let before = world.state.clone();
        let changes = world.tries(LEAD, &command).expect("the lead may");
        assert!(command.inverse(&before, &changes).is_empty());
    }
}

#[test]
fn columns_are_put_back() {
    for intent in [
        BoardIntent::AddColumn(new_column(crate::testing::column_id(50), Status::Todo)),
        BoardIntent::RenameColumn { column: PLANNED, name: "x".into() },
        BoardIntent::SetWipLimit { column: PLANNED, limit: Some(9) },
        BoardIntent::MoveColumn { column: PLANNED, after: Some(SUBMITTED) },
        BoardIntent::MoveColumn { column: DONE, after: None },
    ] {
        demand_the_way_back(&mut World::board(), &intent.into());
    }
}

/// Does it as the lead, and demands that its inverse leads back; only a full column may be in the way.
fn demand_the_way_back(world: &mut World, command: &Command) {
    let before = seen(world.the_board());
    let state = world.state.clone();
    let Ok(changes) = world.tries(LEAD, command) else { return };
    let mut back = world.clone();
    let way = command.inverse(&state, &changes);
    if way.is_empty() {
        return;
    }
    for step in &way {
        match back.tries(LEAD, step) {
            Ok(_) => {}
            Err(refusal) if matches!(refusal.reason, Reason::Board(BoardRefusal::WipLimit { .. })) => return,
            Err(refusal) => panic!("{step:?}, which takes back {command:?}, is refused: {refusal}"),
        }
    }
    assert_eq!(seen(back.the_board()), before, "{way:?} does not take back {command:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn whatever_is_taken_back_is_as_it_was(history in whims::history(60)) {
        let mut world = World::board();
        for (index, whim) in history.iter().enumerate() {
            let (_, command): (_, Command) = Whim::on_the_board(whim, &world, index as u128);
            prop_assert!(command.scopes().contains(&Scope::Board(PROJECT)));
            demand_the_way_back(&mut world, &command);
        }
    }
}
