//! Columns, and the board put together from its rows.

use std::sync::Arc;

use proptest::prelude::*;

use super::{Board, BoardIntent, BoardRefusal, Status};
use crate::order::LONGEST;
use crate::project::task::{AwaitedFrom, Place, TaskEdit};
use crate::project::{ProjectIntent, Stage};
use crate::testing::{
    A, ADMIN, B, C, D, DOING, DONE, LEAD, LEFT, MEMBER, OBSERVER, OUTSIDER, PLANNED, SUBMITTED, World, column_id,
    comment, create, edit, move_to, new_column, task_id, whims,
};
use crate::{Field, Reason, Rejection};

use BoardIntent as I;

const NEW: crate::id::ColumnId = column_id(50);
const GONE: crate::id::ColumnId = column_id(99);

fn refused(field: Field, reason: Reason) -> Rejection {
    Rejection::of(field, reason)
}

fn board(refusal: BoardRefusal) -> Rejection {
    Reason::Board(refusal).into()
}

fn limit(column: crate::id::ColumnId, limit: u16) -> I {
    I::SetWipLimit { column, limit: Some(limit) }
}

fn blocked() -> TaskEdit {
    TaskEdit::Block { awaiting: "接口文档".into(), from: AwaitedFrom::Person(LEAD) }
}

fn columns(world: &World) -> Vec<crate::id::ColumnId> {
    world.the_board().columns().iter().map(|column| column.id).collect()
}

#[test]
fn columns_are_the_leads() {
    let mut world = World::project();
    let intents = [
        I::AddColumn(new_column(NEW, Status::Todo)),
        I::RenameColumn { column: PLANNED, name: "x".into() },
        I::SetStatus { column: PLANNED, status: Status::Done },
        limit(PLANNED, 3),
        I::MoveColumn { column: PLANNED, after: Some(DONE) },
        I::RemoveColumn(PLANNED),
    ];
    for intent in &intents {
        for actor in [MEMBER, OBSERVER, OUTSIDER, ADMIN] {
            assert_eq!(world.refuses(actor, intent.clone()), Reason::NotAllowed.into());
        }
        assert_eq!(world.refuses(LEFT, intent.clone()), Reason::Deactivated.into());
        assert!(world.allows(LEAD, intent.clone()));
    }
    world.does(LEAD, ProjectIntent::SetStage { stage: Stage::Cancelled, reason: "x".into() });
    for intent in intents {
        assert_eq!(world.refuses(LEAD, intent), Reason::ProjectOver.into());
    }
}

#[test]
fn a_new_column_stands_at_the_right_end() {
    let mut world = World::project();
    world.does(LEAD, I::AddColumn(new_column(NEW, Status::Cancelled)));
    assert_eq!(columns(&world), [PLANNED, DOING, SUBMITTED, DONE, NEW]);
    let again = I::AddColumn(new_column(NEW, Status::Todo));
    assert_eq!(world.refuses(LEAD, again), Reason::Exists.into());
}

#[test]
fn a_column_refuses_bad_input() {
    let mut world = World::project();
    let named = |name: &str| I::AddColumn(super::NewColumn { name: name.into(), ..new_column(NEW, Status::Todo) });
    let renamed = |name: &str| I::RenameColumn { column: PLANNED, name: name.into() };
    for intent in [named as fn(&str) -> I, renamed] {
        let refusal = |name: &str| world.refuses(LEAD, intent(name));
        assert_eq!(refusal(" "), refused(Field::Name, Reason::Required));
        assert_eq!(refusal(&"x".repeat(121)), refused(Field::Name, Reason::TooLong { max: 120 }));
        assert_eq!(refusal("a\0b"), refused(Field::Name, Reason::Unprintable));
    }
    for max in [0, 1_000, u16::MAX] {
        let range = Reason::OutOfRange { min: 1, max: 999 };
        assert_eq!(world.refuses(LEAD, limit(PLANNED, max)), refused(Field::WipLimit, range));
    }
    for index in 100..146 {
        world.does(LEAD, I::AddColumn(new_column(column_id(index), Status::Todo)));
    }
    assert_eq!(world.refuses(LEAD, named("x")), refused(Field::Column, Reason::TooMany { max: 50 }));
}

#[test]
fn a_column_is_renamed_limited_and_given_another_status() {
    let mut world = World::project();
    let intents = [
        I::RenameColumn { column: PLANNED, name: " 待办 ".into() },
        limit(PLANNED, 999),
        I::SetStatus { column: PLANNED, status: Status::InProgress },
    ];
    for intent in intents {
        world.does(LEAD, intent.clone());
        world.has_nothing_to_do(LEAD, intent);
    }
    let column = world.the_board().column(PLANNED).expect("it is there");
    assert_eq!((column.name.as_str(), column.wip_limit, column.status), ("待办", Some(999), Status::InProgress));
    world.does(LEAD, I::SetWipLimit { column: PLANNED, limit: None });
    assert_eq!(world.the_board().column(PLANNED).expect("it is there").wip_limit, None);
}

#[test]
fn blocked_is_a_mark_on_a_card_and_no_column() {
    let world = World::project();
    let refusal = board(BoardRefusal::BlockedColumn);
    assert_eq!(world.refuses(LEAD, I::AddColumn(new_column(NEW, Status::Blocked))), refusal);
    assert_eq!(world.refuses(LEAD, I::SetStatus { column: PLANNED, status: Status::Blocked }), refusal);
}

#[test]
fn a_blocked_card_has_the_status_blocked_wherever_it_stands() {
    let mut world = World::board();
    world.does(MEMBER, move_to(&[A], DOING, Place::First));
    let status = |world: &World| world.the_board().status(world.task(A));
    assert_eq!(status(&world), Status::InProgress);
    world.does(MEMBER, edit(A, blocked()));
    assert_eq!(status(&world), Status::Blocked);
    world.does(MEMBER, edit(A, TaskEdit::Unblock));
    assert_eq!(status(&world), Status::InProgress);
}

#[test]
fn a_column_that_becomes_done_does_to_its_cards_what_a_move_there_does() {
    let mut world = World::board();
    world.does(MEMBER, edit(A, blocked()));
    world.does(LEAD, I::SetStatus { column: PLANNED, status: Status::Done });
    for card in [A, B, C, D] {
        assert_eq!(world.the_board().status(world.task(card)), Status::Done);
        assert_eq!(world.task(card).progress.percent, 100);
    }
}

#[test]
fn columns_move_after_one_another() {
    let mut world = World::project();
    let mut moved = |column, after| {
        world.does(LEAD, I::MoveColumn { column, after });
        columns(&world)
    };
    assert_eq!(moved(DONE, None), [DONE, PLANNED, DOING, SUBMITTED]);
    assert_eq!(moved(DONE, Some(DOING)), [PLANNED, DOING, DONE, SUBMITTED]);
    assert_eq!(moved(PLANNED, Some(SUBMITTED)), [DOING, DONE, SUBMITTED, PLANNED]);
    assert_eq!(moved(DOING, Some(GONE)), [DONE, SUBMITTED, PLANNED, DOING], "the nearest guess is the right end");
}

#[test]
fn a_column_that_stands_there_already_does_not_move() {
    let world = World::project();
    world.has_nothing_to_do(LEAD, I::MoveColumn { column: PLANNED, after: None });
    world.has_nothing_to_do(LEAD, I::MoveColumn { column: DOING, after: Some(PLANNED) });
    world.has_nothing_to_do(LEAD, I::MoveColumn { column: DOING, after: Some(DOING) });
    world.has_nothing_to_do(LEAD, I::MoveColumn { column: DONE, after: Some(GONE) });
}

#[test]
fn a_column_that_is_gone_takes_nothing() {
    let world = World::board();
    for intent in [
        I::RenameColumn { column: GONE, name: "x".into() },
        I::SetStatus { column: GONE, status: Status::Done },
        limit(GONE, 3),
        I::MoveColumn { column: GONE, after: None },
        I::RemoveColumn(GONE),
    ] {
        assert_eq!(world.refuses(LEAD, intent), Reason::Gone.into());
    }
    assert_eq!(world.refuses(MEMBER, create(task_id(50), GONE, Place::Last)), Reason::Gone.into());
    assert_eq!(world.refuses(MEMBER, move_to(&[A], GONE, Place::Last)), Reason::Gone.into());
}

#[test]
fn only_an_empty_column_is_removed_and_never_the_last() {
    let mut world = World::board();
    assert_eq!(world.refuses(LEAD, I::RemoveColumn(PLANNED)), board(BoardRefusal::ColumnNotEmpty));
    world.does(MEMBER, crate::project::task::TaskIntent::Remove(vec![A, B, C, D]));
    for column in [DOING, SUBMITTED, DONE] {
        world.does(LEAD, I::RemoveColumn(column));
    }
    assert_eq!(columns(&world), [PLANNED]);
    assert_eq!(world.refuses(LEAD, I::RemoveColumn(PLANNED)), board(BoardRefusal::LastColumn));
}

#[test]
fn a_limit_refuses_newcomers_alone() {
    let mut world = World::board();
    world.does(LEAD, limit(PLANNED, 2));
    let full = board(BoardRefusal::WipLimit { column: "Todo".into(), limit: 2 });
    assert_eq!(world.refuses(MEMBER, create(task_id(50), PLANNED, Place::Last)), full);
    world.does(MEMBER, move_to(&[D], PLANNED, Place::First));
    world.does(MEMBER, move_to(&[A, B], DOING, Place::Last));
    assert_eq!(world.refuses(MEMBER, move_to(&[A], PLANNED, Place::Last)), full, "two are in it, as many as it takes");
    world.does(MEMBER, move_to(&[C], DOING, Place::Last));
    assert_eq!(world.refuses(MEMBER, move_to(&[A, B], PLANNED, Place::Last)), full, "all come or none");
    assert_eq!(world.refuses(MEMBER, move_to(&[D, A, B], PLANNED, Place::Last)), full);
    world.does(MEMBER, move_to(&[D, A, A], PLANNED, Place::Last));
    assert_eq!(world.cards(PLANNED), [D, A]);
}

#[test]
fn columns_moved_a_thousand_times_to_the_same_place_keep_short_keys() {
    let mut world = World::project();
    for round in 0..1_000_usize {
        let column = [PLANNED, DOING, SUBMITTED][round % 3];
        world.does(LEAD, I::MoveColumn { column, after: (round % 2 == 0).then_some(DONE) });
        assert!(world.the_board().columns().iter().all(|column| column.key.len() <= LONGEST));
    }
}

#[test]
fn columns_added_and_removed_a_thousand_times_keep_short_keys() {
    let mut world = World::project();
    for index in 100..5_100 {
        world.does(LEAD, I::AddColumn(new_column(column_id(index), Status::Todo)));
        world.does(LEAD, I::RemoveColumn(world.the_board().columns()[3].id));
        assert!(world.the_board().columns().iter().all(|column| column.key.len() <= LONGEST));
    }
    let last: Vec<_> = (5_096..5_100).map(column_id).collect();
    assert_eq!(columns(&world)[..3], [PLANNED, DOING, SUBMITTED]);
    assert_eq!(columns(&world).last(), last.last());
}

#[test]
fn comments_stand_from_old_to_new() {
    let mut world = World::board();
    world.does(MEMBER, comment(2, A, "first"));
    world.does(OBSERVER, comment(1, A, "second"));
    let texts: Vec<_> = world.the_board().comments(A).iter().map(|comment| comment.text.as_str()).collect();
    assert_eq!(texts, ["first", "second"]);
    assert!(world.the_board().comments(B).is_empty());
}

#[test]
fn a_number_is_never_given_twice() {
    let mut world = World::board();
    world.does(MEMBER, crate::project::task::TaskIntent::Remove(vec![D]));
    world.does(MEMBER, create(task_id(5), PLANNED, Place::Last));
    assert_eq!(world.task(task_id(5)).number, 5);
    assert_eq!(world.the_board().last_number(), 5);
}

#[test]
fn a_row_that_comes_twice_is_one_card() {
    let world = World::board();
    let (columns, first) = (world.the_board().columns().to_vec(), world.task(A).clone());
    let mut second = first.as_ref().clone();
    second.column = DOING;
    let board = Board::from_rows(columns, vec![first, Arc::new(second)], Vec::new(), 0);
    assert!(board.cards(PLANNED).is_empty());
    assert_eq!(board.cards(DOING), [A]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_board_from_its_rows_is_the_board_that_grew_change_by_change(history in whims::history(120), shuffle in any::<u64>()) {
        let mut world = World::board();
        whims::run(&mut world, &history);
        let board = world.the_board();
        let mut columns = board.columns().to_vec();
        let mut tasks: Vec<_> = board.tasks().values().cloned().collect();
        let mut comments: Vec<_> = board.tasks().keys().flat_map(|task| board.comments(*task)).cloned().collect();
        // Rows come in any order.
        let turned = |length: usize| if length == 0 { 0 } else { usize::try_from(shuffle % length as u64).expect("small") };
        let (by_columns, by_tasks, by_comments) = (turned(columns.len()), turned(tasks.len()), turned(comments.len()));
        columns.rotate_left(by_columns);
        tasks.rotate_left(by_tasks);
        tasks.reverse();
        comments.rotate_left(by_comments);
        let again = Board::from_rows(columns, tasks, comments, board.last_number());
        prop_assert_eq!(&again.with_record(board.record().clone()), board);
    }

    #[test]
    fn a_card_is_in_one_column_and_its_column_is_there(history in whims::history(120)) {
        let mut world = World::board();
        whims::run(&mut world, &history);
        let board = world.the_board();
        let mut standing: Vec<_> = board.columns().iter().flat_map(|column| board.cards(column.id)).copied().collect();
        standing.sort();
        prop_assert_eq!(standing, board.tasks().keys().copied().collect::<Vec<_>>());
        for column in board.columns() {
            let keys = board.cards(column.id).iter().map(|card| board.task(*card).map(|task| task.key.clone()));
            let keys: Vec<_> = keys.collect::<Result<_, _>>().expect("its tasks are there");
            prop_assert!(keys.is_sorted_by(|above, below| above < below));
            prop_assert!(keys.iter().all(|key| key.len() <= LONGEST));
            prop_assert!(board.cards(column.id).iter().all(|card| Arc::as_ref(&board.tasks()[card]).column == column.id));
        }
    }
}
