//! Where cards land: *after this card, in this column*, whatever others do meanwhile.

use proptest::collection::vec;
use proptest::prelude::*;

use super::super::{AwaitedFrom, Place, Progress, TaskEdit};
use crate::id::{ColumnId, TaskId};
use crate::order::LONGEST;
use crate::project::board::Status;
use crate::testing::whims::COLUMNS;
use crate::testing::{
    A, B, C, D, DESIGN, DOING, DONE, LEAD, MEMBER, NOWHERE, PLANNED, SUBMITTED, World, create, edit, move_to, task_id,
};

fn moved(tasks: &[TaskId], column: ColumnId, place: Place) -> [Vec<TaskId>; 2] {
    let mut world = World::board();
    world.does(MEMBER, move_to(tasks, column, place));
    [world.cards(PLANNED), world.cards(DOING)]
}

/// A waits for design, B has begun.
fn at_work() -> World {
    let mut world = World::board();
    let from = AwaitedFrom::Department(DESIGN);
    world.does(MEMBER, edit(A, TaskEdit::Block { awaiting: "设计稿".into(), from }));
    world.does(MEMBER, edit(B, TaskEdit::Progress { percent: 40, note: "过半".into() }));
    world
}

fn keys_are_short(world: &World) -> bool {
    world.the_board().tasks().values().all(|task| task.key.len() <= LONGEST)
}

#[test]
fn a_card_lands_first_last_or_after_another() {
    assert_eq!(moved(&[C], PLANNED, Place::First)[0], [C, A, B, D]);
    assert_eq!(moved(&[A], PLANNED, Place::Last)[0], [B, C, D, A]);
    assert_eq!(moved(&[A], PLANNED, Place::After(C))[0], [B, C, A, D]);
    assert_eq!(moved(&[D], PLANNED, Place::After(A))[0], [A, D, B, C]);
    assert_eq!(moved(&[B], DOING, Place::First), [vec![A, C, D], vec![B]]);
}

#[test]
fn cards_land_together_in_the_order_in_which_they_are_named() {
    assert_eq!(moved(&[D, A], PLANNED, Place::After(B))[0], [B, D, A, C]);
    assert_eq!(moved(&[C, B], PLANNED, Place::First)[0], [C, B, A, D]);
    assert_eq!(moved(&[C, A], DOING, Place::Last), [vec![B, D], vec![C, A]]);
    assert_eq!(moved(&[A, D, A], PLANNED, Place::Last)[0], [B, C, A, D], "named twice, moved once");
}

#[test]
fn a_card_whose_anchor_is_gone_lands_at_the_end() {
    assert_eq!(moved(&[A], PLANNED, Place::After(NOWHERE))[0], [B, C, D, A]);
    let mut world = World::board();
    world.does(LEAD, move_to(&[B, C], DOING, Place::Last));
    world.does(MEMBER, move_to(&[D], DOING, Place::After(A)));
    assert_eq!(world.cards(DOING), [B, C, D], "the anchor is in another column");
}

#[test]
fn an_anchor_that_moves_along_stands_for_the_card_above_it() {
    assert_eq!(moved(&[B, D], PLANNED, Place::After(B))[0], [A, B, D, C]);
    assert_eq!(moved(&[C, B], PLANNED, Place::After(C))[0], [A, C, B, D]);
    assert_eq!(moved(&[A, C], PLANNED, Place::After(A))[0], [A, C, B, D]);
    assert_eq!(moved(&[A, B], DOING, Place::After(A)), [vec![C, D], vec![A, B]]);
}

#[test]
fn cards_that_stand_there_already_do_not_move() {
    let world = World::board();
    for (tasks, place) in [
        (vec![A], Place::First),
        (vec![B], Place::After(A)),
        (vec![B], Place::After(B)),
        (vec![D], Place::Last),
        (vec![D], Place::After(NOWHERE)),
        (vec![B, C], Place::After(A)),
        (vec![B, C], Place::After(C)),
        (vec![A, B, C, D], Place::First),
        (vec![A, B, C, D], Place::Last),
    ] {
        world.has_nothing_to_do(MEMBER, move_to(&tasks, PLANNED, place));
    }
    assert!(
        world
            .decide(MEMBER, &move_to(&[C, B], PLANNED, Place::After(A)).into())
            .is_ok_and(|changes| changes.len() == 1)
    );
}

#[test]
fn a_card_handed_in_or_over_waits_for_nobody() {
    for (column, waits) in [(DOING, true), (SUBMITTED, false), (DONE, false)] {
        let mut world = at_work();
        world.does(MEMBER, move_to(&[A], column, Place::Last));
        assert_eq!(world.task(A).blocked.is_some(), waits);
    }
}

#[test]
fn a_card_that_is_cancelled_waits_for_nobody_and_is_not_done() {
    let mut world = at_work();
    world.does(LEAD, crate::project::board::BoardIntent::SetStatus { column: DONE, status: Status::Cancelled });
    world.does(MEMBER, move_to(&[A, B], DONE, Place::Last));
    assert!(world.task(A).blocked.is_none());
    assert_eq!(world.task(B).progress.percent, 40);
}

#[test]
fn a_card_that_is_done_is_all_done() {
    for (column, percent) in [(DOING, 40), (SUBMITTED, 40), (DONE, 100)] {
        let mut world = at_work();
        let said = world.task(B).progress.at;
        world.does(MEMBER, move_to(&[B], column, Place::Last));
        let progress = &world.task(B).progress;
        assert_eq!((progress.percent, progress.note.as_str()), (percent, "过半"));
        assert_eq!(progress.at == said, percent == 40);
    }
    let mut world = at_work();
    world.does(MEMBER, edit(B, TaskEdit::Progress { percent: 100, note: "齐".into() }));
    let before = world.task(B).progress.clone();
    world.does(MEMBER, move_to(&[B], DONE, Place::Last));
    assert_eq!(world.task(B).progress, before, "what was said already is not said again");
}

#[test]
fn another_place_in_the_same_column_is_no_new_status() {
    let mut world = at_work();
    world.does(MEMBER, move_to(&[A, B], SUBMITTED, Place::Last));
    let from = AwaitedFrom::Person(LEAD);
    world.does(MEMBER, edit(A, TaskEdit::Block { awaiting: "验收".into(), from }));
    world.does(MEMBER, move_to(&[A], SUBMITTED, Place::Last));
    assert!(world.task(A).blocked.is_some());

    world.does(MEMBER, move_to(&[B, C], DONE, Place::Last));
    world.does(MEMBER, edit(B, TaskEdit::Progress { percent: 90, note: "返工".into() }));
    world.does(MEMBER, move_to(&[B], DONE, Place::Last));
    let Progress { percent, note, .. } = &world.task(B).progress;
    assert_eq!((*percent, note.as_str()), (90, "返工"));
}

#[test]
fn thousands_of_cards_at_the_top_leave_room() {
    let mut world = World::project();
    for index in 1..=2_000 {
        world.does(MEMBER, create(task_id(index), PLANNED, Place::First));
    }
    assert!(keys_are_short(&world));
    let expected: Vec<_> = (1..=2_000).rev().map(task_id).collect();
    assert_eq!(world.cards(PLANNED), expected);
    // And between each two of them, which the first bytes of the keys have made narrow.
    for index in 2..=1_000 {
        world.does(MEMBER, move_to(&[task_id(1)], PLANNED, Place::After(task_id(index))));
    }
    assert_eq!(world.cards(PLANNED)[..2], expected[..2]);
}

#[test]
fn ten_thousand_moves_to_each_place_keep_keys_short_and_cards_in_order() {
    for place in [Place::First, Place::After(A), Place::After(B), Place::Last] {
        let mut world = World::board();
        let moving = [C, D];
        for round in 0..10_000 {
            let card = moving[round % 2];
            world.does(MEMBER, move_to(&[card], PLANNED, place));
            assert!(keys_are_short(&world), "after {round} moves to {place:?}");
        }
        let expected = match place {
            Place::First => [D, C, A, B],
            Place::After(A) => [A, D, C, B],
            Place::After(_) => [A, B, D, C],
            Place::Last => [A, B, C, D],
        };
        assert_eq!(world.cards(PLANNED), expected);
    }
}

#[test]
fn keys_are_rewritten_for_the_whole_column_by_the_command_that_needs_it() {
    let mut world = World::board();
    let mut rewritten = 0;
    for round in 0..10_000 {
        let intent = move_to(&[[C, D][round % 2]], PLANNED, Place::After(A));
        let changes = world.tries(MEMBER, &intent.into()).expect("there is always room");
        let changes = changes.iter().map(|part| part.changes.len()).sum::<usize>();
        assert!((1..=4).contains(&changes));
        rewritten += usize::from(changes > 1);
    }
    assert!((1..10).contains(&rewritten), "{rewritten}");
}

/// One move of the model: which cards, to which column, to which place.
#[derive(Clone, Debug)]
struct Move {
    cards: Vec<usize>,
    column: usize,
    place: Spot,
}

#[derive(Clone, Copy, Debug)]
enum Spot {
    First,
    Last,
    After(usize),
}

const CARDS: usize = 12;

fn a_move() -> impl Strategy<Value = Move> {
    let spot = prop_oneof![
        3 => Just(Spot::First),
        1 => Just(Spot::Last),
        // One more than there are: an anchor that is gone.
        5 => (0..=CARDS).prop_map(Spot::After),
    ];
    // Most moves are within one column, where keys grow.
    let column = prop_oneof![3 => Just(0_usize), 1 => 0..COLUMNS.len()];
    (vec(0..CARDS, 1..4), column, spot).prop_map(|(cards, column, place)| Move { cards, column, place })
}

/// The board as anybody would explain it: lists of cards.
#[derive(Debug, PartialEq)]
struct Lists([Vec<usize>; COLUMNS.len()]);

impl Lists {
    fn apply(&mut self, step: &Move) {
        let mut cards: Vec<usize> = Vec::new();
        for card in &step.cards {
            if !cards.contains(card) {
                cards.push(*card);
            }
        }
        let mut anchor = match step.place {
            Spot::After(anchor) => Some(anchor),
            Spot::First | Spot::Last => None,
        };
        let mut first = matches!(step.place, Spot::First);
        let target = &self.0[step.column];
        // An anchor that is lifted hands over to the card above it.
        while let Some(lifted) = anchor.filter(|card| cards.contains(card) && target.contains(card)) {
            let at = target.iter().position(|card| *card == lifted).expect("it is in the column");
            anchor = at.checked_sub(1).map(|above| target[above]);
            first = anchor.is_none();
        }
        for column in &mut self.0 {
            column.retain(|card| !cards.contains(card));
        }
        let target = &mut self.0[step.column];
        let below = anchor.and_then(|anchor| target.iter().position(|card| *card == anchor)).map(|at| at + 1);
        let at = if first { 0 } else { below.unwrap_or(target.len()) };
        target.splice(at..at, cards);
    }
}

fn card(index: usize) -> TaskId {
    task_id(1 + index as u128)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn cards_stand_as_in_simple_lists(steps in vec(a_move(), 1..300)) {
        let mut world = World::project().with_cards(CARDS as u128);
        let mut lists = Lists([(0..CARDS).collect(), Vec::new(), Vec::new(), Vec::new()]);
        for step in &steps {
            let cards: Vec<_> = step.cards.iter().map(|index| card(*index)).collect();
            let place = match step.place {
                Spot::First => Place::First,
                Spot::Last => Place::Last,
                Spot::After(anchor) => Place::After(card(anchor)),
            };
            world.does(MEMBER, move_to(&cards, COLUMNS[step.column], place));
            lists.apply(step);
            for (column, list) in COLUMNS.iter().zip(&lists.0) {
                prop_assert_eq!(world.cards(*column), list.iter().map(|index| card(*index)).collect::<Vec<_>>());
            }
            prop_assert!(keys_are_short(&world));
        }
    }

    #[test]
    fn thousands_of_moves_to_the_same_place_never_fail(step in a_move(), before in vec(a_move(), 0..20)) {
        let mut world = World::project().with_cards(CARDS as u128);
        let run = |world: &mut World, step: &Move, turn: usize| {
            let cards: Vec<_> = step.cards.iter().map(|index| card((*index + turn) % CARDS)).collect();
            let place = match step.place {
                Spot::First => Place::First,
                Spot::Last => Place::Last,
                Spot::After(anchor) => Place::After(card(anchor)),
            };
            world.does(MEMBER, move_to(&cards, COLUMNS[step.column], place));
        };
        for step in &before {
            run(&mut world, step, 0);
        }
        for turn in 0..2_000 {
            run(&mut world, &step, turn);
            prop_assert!(keys_are_short(&world));
        }
    }
}
