//! Dragging by examples, and by properties over whatever may happen in whatever order.

use std::collections::BTreeSet;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::Timestamp;
use crate::id::{ColumnId, PersonId};
use crate::order;
use crate::project::board::{BoardChange, Column, Status};
use crate::project::task::{Place, Priority, Progress, Task};

const LEFT: ColumnId = column(1);
const RIGHT: ColumnId = column(2);
const EMPTY: ColumnId = column(3);

const fn column(number: u128) -> ColumnId {
    ColumnId::new(Uuid::from_u128(number))
}

const fn task(number: u128) -> TaskId {
    TaskId::new(Uuid::from_u128(number))
}

fn card(number: u128, column: ColumnId, key: order::Key) -> Arc<Task> {
    Arc::new(Task {
        id: task(number),
        number: 1,
        name: "任务".into(),
        description: String::new(),
        owner: PersonId::new(Uuid::nil()),
        collaborators: BTreeSet::new(),
        due: None,
        priority: Priority::Medium,
        dependencies: Vec::new(),
        progress: Progress::default(),
        labels: BTreeSet::new(),
        checklist: Vec::new(),
        estimate: None,
        blocked: None,
        column,
        key,
        created_by: PersonId::new(Uuid::nil()),
        created_at: Timestamp::default(),
    })
}

/// 11 to 14 on the left, 21 to 23 on the right, nothing in the third.
fn board() -> Board {
    let columns = [LEFT, RIGHT, EMPTY].into_iter().zip(order::spread(3));
    let columns =
        columns.map(|(id, key)| Column { id, name: "列".into(), status: Status::Todo, wip_limit: None, key }).collect();
    let left = (11..=14).zip(order::spread(4)).map(|(number, key)| card(number, LEFT, key));
    let right = (21..=23).zip(order::spread(3)).map(|(number, key)| card(number, RIGHT, key));
    Board::from_rows(columns, left.chain(right).collect(), Vec::new(), 0)
}

fn shelves(board: &Board, hidden: &[TaskId]) -> Arc<[Shelf]> {
    let visible = |column| board.cards(column).iter().copied().filter(|id| !hidden.contains(id)).collect();
    board.columns().iter().map(|column| Shelf { column: column.id, cards: visible(column.id) }).collect()
}

struct Desk {
    board: Board,
    shelves: Arc<[Shelf]>,
    drag: Drag,
}

impl Desk {
    fn new() -> Self {
        Self::hiding(&[])
    }

    fn hiding(hidden: &[TaskId]) -> Self {
        let board = board();
        let shelves = shelves(&board, hidden);
        Self { board, shelves, drag: Drag::default() }
    }

    fn feed(&mut self, input: Input) -> Vec<Effect> {
        self.drag.feed(input, View { board: &self.board, shelves: &self.shelves })
    }

    fn press(&mut self, card: TaskId, by: Driver) -> Vec<Effect> {
        self.feed(Input::Press { card, tasks: vec![card], by, at: Point::default() })
    }

    fn move_to(&mut self, column: ColumnId, slot: usize) -> Vec<Effect> {
        self.feed(Input::Move { at: Point { x: 300.0, y: 40.0 }, over: Some(Target { column, slot }) })
    }

    /// Lifts with the mouse and drops there.
    fn drag(&mut self, card: TaskId, column: ColumnId, slot: usize) -> Option<Place> {
        self.press(card, Driver::Mouse);
        self.move_to(column, slot);
        self.feed(Input::Release).into_iter().find_map(|effect| match effect {
            Effect::Drop(TaskIntent::Move { place, .. }) => Some(place),
            _ => None,
        })
    }
}

fn is_lift(effect: &Effect) -> bool {
    matches!(effect, Effect::Lift(_))
}

#[test]
fn a_mouse_lifts_after_five_pixels() {
    let mut desk = Desk::new();
    assert!(desk.press(task(11), Driver::Mouse).is_empty());
    assert!(desk.feed(Input::Move { at: Point { x: 3.0, y: 3.0 }, over: None }).is_empty());
    let effects = desk.feed(Input::Move { at: Point { x: 3.0, y: 4.0 }, over: None });
    assert_eq!(effects[0], Effect::Lift(vec![task(11)]));
    assert!(desk.drag.hand().is_some());
}

#[test]
fn a_click_lifts_nothing() {
    let mut desk = Desk::new();
    desk.press(task(11), Driver::Mouse);
    assert!(desk.feed(Input::Release).is_empty());
    assert_eq!(desk.drag, Drag::Idle);
}

#[test]
fn a_finger_lifts_when_it_rests_and_scrolls_when_it_does_not() {
    let mut desk = Desk::new();
    desk.press(task(11), Driver::Touch);
    desk.feed(Input::Move { at: Point { x: 0.0, y: 8.0 }, over: None });
    assert!(desk.feed(Input::Held).iter().any(is_lift));

    let mut desk = Desk::new();
    desk.press(task(11), Driver::Touch);
    desk.feed(Input::Move { at: Point { x: 0.0, y: 12.0 }, over: None });
    assert!(desk.feed(Input::Held).is_empty());
    assert_eq!(desk.drag, Drag::Idle);
}

#[test]
fn a_drop_says_after_which_card() {
    assert_eq!(Desk::new().drag(task(11), RIGHT, 0), Some(Place::First));
    assert_eq!(Desk::new().drag(task(11), RIGHT, 2), Some(Place::After(task(22))));
    assert_eq!(Desk::new().drag(task(11), RIGHT, 3), Some(Place::After(task(23))));
    assert_eq!(Desk::new().drag(task(11), EMPTY, 0), Some(Place::First));
    // Its own place is free: the second slot of its column is below 12.
    assert_eq!(Desk::new().drag(task(11), LEFT, 1), Some(Place::After(task(12))));
}

#[test]
fn a_hidden_card_is_no_anchor() {
    let mut desk = Desk::hiding(&[task(21), task(22)]);
    assert_eq!(desk.drag(task(11), RIGHT, 0), Some(Place::First));
    let mut desk = Desk::hiding(&[task(22)]);
    assert_eq!(desk.drag(task(11), RIGHT, 1), Some(Place::After(task(21))));
}

#[test]
fn an_anchor_that_left_the_column_hands_over_to_the_one_above() {
    let mut desk = Desk::new();
    desk.press(task(11), Driver::Mouse);
    desk.move_to(RIGHT, 2);
    desk.board.apply(&BoardChange::TaskGone(task(22)));
    desk.feed(Input::Changed);
    let effects = desk.feed(Input::Release);
    let place = Place::After(task(21));
    assert!(effects.contains(&Effect::Drop(TaskIntent::Move { tasks: vec![task(11)], column: RIGHT, place })));
}

#[test]
fn nothing_moves_under_the_pointer() {
    let mut desk = Desk::new();
    desk.press(task(11), Driver::Mouse);
    desk.move_to(RIGHT, 2);
    desk.board.apply(&BoardChange::TaskGone(task(21)));
    desk.feed(Input::Changed);
    let hand = desk.drag.hand().expect("still held");
    assert_eq!(hand.rows(RIGHT), [task(21), task(22), task(23)]);
    assert_eq!(hand.slot_row(Target { column: RIGHT, slot: 2 }), (2, true));
}

#[test]
fn a_drag_whose_cards_are_all_gone_is_over() {
    let mut desk = Desk::new();
    desk.press(task(11), Driver::Mouse);
    desk.move_to(RIGHT, 1);
    desk.board.apply(&BoardChange::TaskGone(task(11)));
    let effects = desk.feed(Input::Changed);
    let said = Announcement::Cancelled { tasks: vec![task(11)], why: Why::Gone };
    assert_eq!(effects, [Effect::Let, Effect::Show(None), Effect::Announce(said)]);
    assert!(desk.feed(Input::Release).is_empty());
}

#[test]
fn one_of_many_gone_leaves_the_others_in_the_hand() {
    let mut desk = Desk::new();
    desk.feed(Input::KeyLift { card: task(12), tasks: vec![task(11), task(12)] });
    desk.feed(Input::KeyMove(Step::Right));
    desk.board.apply(&BoardChange::TaskGone(task(11)));
    assert!(desk.feed(Input::Changed).contains(&Effect::Announce(Announcement::Fewer(1))));
    let effects = desk.feed(Input::Release);
    let tasks = vec![task(12)];
    assert!(effects.contains(&Effect::Drop(TaskIntent::Move { tasks, column: RIGHT, place: Place::First })));
}

#[test]
fn a_target_whose_column_is_gone_is_none() {
    let mut desk = Desk::new();
    desk.press(task(11), Driver::Mouse);
    desk.move_to(EMPTY, 0);
    desk.board.apply(&BoardChange::ColumnGone(EMPTY));
    assert_eq!(desk.feed(Input::Changed), [Effect::Show(None)]);
    assert!(desk.feed(Input::Release).iter().all(|effect| !matches!(effect, Effect::Drop(_))));
}

#[test]
fn the_keyboard_says_each_step() {
    let mut desk = Desk::new();
    let effects = desk.feed(Input::KeyLift { card: task(12), tasks: vec![task(12)] });
    let at = Some(Standing { column: LEFT, position: 2, count: 4 });
    assert!(effects.contains(&Effect::Announce(Announcement::Lifted { tasks: vec![task(12)], at })));
    let effects = desk.feed(Input::KeyMove(Step::Down));
    let over = Announcement::Over(Standing { column: LEFT, position: 3, count: 4 });
    assert!(effects.contains(&Effect::Announce(over)));
    let effects = desk.feed(Input::KeyMove(Step::Right));
    let over = Announcement::Over(Standing { column: RIGHT, position: 3, count: 4 });
    assert!(effects.contains(&Effect::Announce(over)));
    desk.feed(Input::KeyMove(Step::Right));
    let effects = desk.feed(Input::Release);
    let at = Standing { column: EMPTY, position: 1, count: 1 };
    assert!(effects.contains(&Effect::Announce(Announcement::Dropped { tasks: vec![task(12)], at })));
}

#[test]
fn keys_reach_both_ends_and_stop_there() {
    let mut desk = Desk::new();
    desk.feed(Input::KeyLift { card: task(12), tasks: vec![task(12)] });
    for (step, column, slot) in [
        (Step::First, LEFT, 0),
        (Step::Up, LEFT, 0),
        (Step::Left, LEFT, 0),
        (Step::Last, LEFT, 3),
        (Step::Down, LEFT, 3),
        (Step::Right, RIGHT, 3),
        (Step::Right, EMPTY, 0),
        (Step::Right, EMPTY, 0),
    ] {
        desk.feed(Input::KeyMove(step));
        assert_eq!(desk.drag.target(), Some(Target { column, slot }), "{step:?}");
    }
}

#[test]
fn escape_puts_back_and_a_drop_outside_too() {
    let mut desk = Desk::new();
    desk.press(task(11), Driver::Mouse);
    desk.move_to(RIGHT, 1);
    let effects = desk.feed(Input::Cancel);
    assert_eq!(effects[..2], [Effect::Let, Effect::Show(None)]);
    assert!(matches!(desk.drag, Drag::Cancelled(_, Why::Cancelled)));

    desk.press(task(11), Driver::Mouse);
    desk.feed(Input::Move { at: Point { x: 90.0, y: 0.0 }, over: None });
    desk.feed(Input::Release);
    assert!(matches!(desk.drag, Drag::Cancelled(_, Why::Nowhere)));
}

#[test]
fn a_slot_at_home_needs_no_room() {
    let mut desk = Desk::new();
    desk.press(task(12), Driver::Mouse);
    desk.move_to(LEFT, 1);
    let hand = desk.drag.hand().expect("lifted");
    for gap in [1, 2] {
        let target = hand.target_at(LEFT, gap);
        assert_eq!(hand.slot_row(target), (1, false), "gap {gap}");
    }
    assert_eq!(hand.slot_row(hand.target_at(LEFT, 3)), (3, true));
    assert_eq!(hand.slot_row(hand.target_at(LEFT, 4)), (4, true));
    assert_eq!(hand.slot_row(hand.target_at(LEFT, 0)), (0, true));
}

#[test]
fn all_selected_cards_go_along_in_board_order() {
    let board = board();
    let selected = [task(22), task(13), task(11)];
    let with = |card| lifted_with(&board, card, |id| selected.contains(&id));
    assert_eq!(with(task(22)), [task(11), task(13), task(22)]);
    assert_eq!(with(task(12)), [task(12)]);
}

#[test]
fn a_view_of_rows() {
    assert_eq!(rows_in_view(0.0, 840.0, 5_000, 2), 0..12);
    assert_eq!(rows_in_view(8_400.0, 800.0, 5_000, 2), 98..112);
    assert_eq!(rows_in_view(f64::NAN, 0.0, 5, 2), 0..2);
    assert_eq!(rows_in_view(9_000.0, 800.0, 3, 2), 3..3);
}

#[test]
fn a_card_hovers_over_the_nearest_gap() {
    assert_eq!(gap_at(-50.0, 3), 0);
    assert_eq!(gap_at(41.0, 3), 0);
    assert_eq!(gap_at(43.0, 3), 1);
    assert_eq!(gap_at(9_000.0, 3), 3);
}

#[test]
fn a_row_comes_into_view_by_the_shortest_way() {
    assert!((scroll_to_row(0, 500.0, 400.0) - 0.0).abs() < 1e-9);
    assert!((scroll_to_row(10, 0.0, 400.0) - 524.0).abs() < 1e-9);
    assert!((scroll_to_row(3, 200.0, 400.0) - 200.0).abs() < 1e-9);
}

#[test]
fn an_edge_pulls_harder_the_nearer() {
    assert!(edge_speed(300.0, 0.0, 600.0).abs() < 1e-9);
    assert!(edge_speed(10.0, 0.0, 600.0) < edge_speed(40.0, 0.0, 600.0));
    assert!(edge_speed(40.0, 0.0, 600.0) < 0.0);
    assert!(edge_speed(700.0, 0.0, 600.0) > edge_speed(590.0, 0.0, 600.0));
    assert!(edge_speed(5.0, 0.0, 0.0).abs() < 1e-9);
}

fn inputs() -> impl Strategy<Value = Vec<Input>> {
    let cards = || prop::sample::select((11..=14).chain(21..=23).map(task).collect::<Vec<_>>());
    let columns = prop::sample::select(vec![LEFT, RIGHT, EMPTY]);
    let place = (columns, 0_usize..5).prop_map(|(column, slot)| Target { column, slot });
    let point = (0.0..30.0, 0.0..30.0).prop_map(|(x, y)| Point { x, y });
    let steps = [Step::Up, Step::Down, Step::Left, Step::Right, Step::First, Step::Last];
    let by = prop::sample::select(vec![Driver::Mouse, Driver::Touch]);
    let input = prop_oneof![
        (cards(), by, point.clone()).prop_map(|(card, by, at)| Input::Press { card, tasks: vec![card], by, at }),
        (point, prop::option::of(place)).prop_map(|(at, over)| Input::Move { at, over }),
        Just(Input::Held),
        Just(Input::Release),
        Just(Input::Cancel),
        (cards(), cards()).prop_map(|(card, other)| Input::KeyLift { card, tasks: vec![card, other] }),
        prop::sample::select(steps.to_vec()).prop_map(Input::KeyMove),
        Just(Input::Changed),
    ];
    prop::collection::vec(input, 1..60)
}

proptest! {
    /// Whatever comes in whatever order: what is lifted is let go once, a slot is shown only meanwhile, and a command
    /// comes only from a release.
    #[test]
    fn lifts_and_lets_alternate(inputs in inputs(), gone in prop::collection::vec((0_usize..60, 11_u128..24), 0..4)) {
        let mut desk = Desk::new();
        let mut held = false;
        for (at, input) in inputs.into_iter().enumerate() {
            for (_, number) in gone.iter().filter(|(when, _)| *when == at) {
                desk.board.apply(&BoardChange::TaskGone(task(*number)));
            }
            let released = input == Input::Release;
            for effect in desk.feed(input) {
                match effect {
                    Effect::Lift(tasks) => {
                        prop_assert!(!tasks.is_empty());
                        held = true;
                    }
                    Effect::Let => {
                        prop_assert!(held);
                        held = false;
                    }
                    Effect::Show(Some(_)) => prop_assert!(held),
                    Effect::Drop(TaskIntent::Move { tasks, .. }) => {
                        prop_assert!(released && !held && !tasks.is_empty());
                    }
                    Effect::Drop(_) => prop_assert!(false, "a drop is a move"),
                    Effect::Show(None) | Effect::Announce(_) => {}
                }
            }
            prop_assert_eq!(held, desk.drag.hand().is_some());
        }
    }

    /// The anchor that a slot names stays in the column and is visible, and as many visible cards are above it.
    #[test]
    fn a_slot_counts_the_visible_cards_above(
        hidden in prop::collection::btree_set(11_u128..24, 0..5),
        slot in 0_usize..5,
        card in prop::sample::select(vec![11_u128, 13, 22]),
    ) {
        let hidden: Vec<TaskId> = hidden.into_iter().filter(|number| *number != card).map(task).collect();
        let mut desk = Desk::hiding(&hidden);
        let visible: Vec<TaskId> =
            desk.board.cards(RIGHT).iter().copied().filter(|id| *id != task(card) && !hidden.contains(id)).collect();
        let slot = slot.min(visible.len());
        let place = desk.drag(task(card), RIGHT, slot);
        let expected = slot.checked_sub(1).map_or(Place::First, |above| Place::After(visible[above]));
        prop_assert_eq!(place, Some(expected));
    }

    #[test]
    fn the_view_covers_what_is_on_screen(top in 0.0..500_000.0, height in 0.0..2_000.0, count in 0_usize..5_000) {
        let rows = rows_in_view(top, height, count, 3);
        prop_assert!(rows.end <= count && rows.start <= rows.end);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // small and positive
        let row_at = |y: f64| (y / SLOT) as usize;
        let (first, last) = (row_at(top), row_at(top + height));
        for row in [first, last].into_iter().filter(|row| *row < count && height > 0.0) {
            prop_assert!(rows.contains(&row) || (row == last && (top + height) % SLOT == 0.0));
        }
        prop_assert!(rows.len() <= row_at(height) + 9);
    }
}
