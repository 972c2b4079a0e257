//! The fields of a task, each with what it takes and refuses.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::super::{AwaitedFrom, Dependency, Item, Place, Priority, TaskEdit, TaskIntent, TaskRefusal};
use super::refused;
use crate::id::{PersonId, TaskId};
use crate::testing::{
    A, B, C, D, DESIGN, DONE, LEAD, LEFT, MEMBER, NO_DEPARTMENT, NOWHERE, OBSERVER, OUTSIDER, STRANGER, SUBMITTED,
    World, create, day, edit, item_id, move_to, task_id,
};
use crate::{Field, Reason, Rejection};

use TaskEdit as E;

fn on_a(change: E) -> TaskIntent {
    edit(A, change)
}

fn after_edits(edits: impl IntoIterator<Item = E>) -> World {
    let mut world = World::board();
    edits.into_iter().for_each(|edit| world.does(MEMBER, on_a(edit)));
    world
}

#[track_caller]
fn refusal(edit: E) -> Rejection {
    World::board().refuses(MEMBER, on_a(edit))
}

fn described(base: &str, text: &str) -> E {
    E::Description { base: base.into(), text: text.into() }
}

fn step(index: u128, text: &str) -> E {
    E::AddItem { id: item_id(index), text: text.into() }
}

fn steps(world: &World) -> Vec<(&str, bool)> {
    world.task(A).checklist.iter().map(|item| (item.text.as_str(), item.done)).collect()
}

fn waits_for(on: TaskId, days: u16) -> E {
    E::AddDependency(Dependency { on, days })
}

fn block(awaiting: &str, from: AwaitedFrom) -> E {
    E::Block { awaiting: awaiting.into(), from }
}

const FROM_LEAD: AwaitedFrom = AwaitedFrom::Person(LEAD);

#[test]
fn a_name_is_a_line_that_must_be_there() {
    assert_eq!(after_edits([E::Name(" 设计稿 ".into())]).task(A).name, "设计稿");
    assert_eq!(refusal(E::Name(" ".into())), refused(Field::Name, Reason::Required));
    assert_eq!(refusal(E::Name("x".repeat(121))), refused(Field::Name, Reason::TooLong { max: 120 }));
    assert_eq!(refusal(E::Name("a\nb".into())), refused(Field::Name, Reason::Unprintable));
}

#[test]
fn what_is_so_already_changes_nothing() {
    let world = after_edits([E::AddLabel("界面".into()), step(1, "一"), waits_for(B, 3), waits_for(C, 3)]);
    for same in [
        E::Name("card 1 ".into()),
        described("", " "),
        E::Owner(MEMBER),
        E::Due(None),
        E::Priority(Priority::Medium),
        E::Estimate(None),
        E::AddLabel("界面".into()),
        E::RemoveLabel("别的".into()),
        E::RemoveCollaborator(LEAD),
        E::CheckItem { id: item_id(1), done: false },
        E::RemoveItem(item_id(9)),
        waits_for(B, 3),
        waits_for(C, 3),
        E::RemoveDependency(D),
        E::Unblock,
    ] {
        world.has_nothing_to_do(MEMBER, on_a(same));
    }
}

#[test]
fn owner_and_collaborators_are_active_people_of_the_project() {
    let owner: fn(PersonId) -> E = E::Owner;
    for (field, edit) in [(Field::Owner, owner), (Field::Collaborators, E::AddCollaborator)] {
        assert_eq!(refusal(edit(OUTSIDER)), refused(field, Reason::NotAMember));
        assert_eq!(refusal(edit(LEFT)), refused(field, Reason::Deactivated));
        assert_eq!(refusal(edit(STRANGER)), refused(field, Reason::NotAllowed));
    }
    let world = after_edits([
        E::Owner(LEAD),
        E::AddCollaborator(MEMBER),
        E::AddCollaborator(OBSERVER),
        E::RemoveCollaborator(MEMBER),
    ]);
    assert_eq!(world.task(A).owner, LEAD);
    assert_eq!(world.task(A).collaborators, BTreeSet::from([OBSERVER]));
}

#[test]
fn due_and_priority_and_estimate_come_and_go() {
    let world = after_edits([E::Due(Some(day(8, 1))), E::Priority(Priority::High), E::Estimate(Some(10_000))]);
    let task = world.task(A);
    assert_eq!((task.due, task.priority, task.estimate), (Some(day(8, 1)), Priority::High, Some(10_000)));
    let world = after_edits([E::Due(Some(day(8, 1))), E::Due(None), E::Estimate(Some(1)), E::Estimate(None)]);
    assert_eq!((world.task(A).due, world.task(A).estimate), (None, None));
    for hours in [0, 10_001] {
        let range = Reason::OutOfRange { min: 1, max: 10_000 };
        assert_eq!(refusal(E::Estimate(Some(hours))), refused(Field::Estimate, range));
    }
}

#[test]
fn progress_is_a_percentage_with_a_line_and_its_time() {
    let said = |percent, note: &str| E::Progress { percent, note: note.into() };
    let world = after_edits([said(0, ""), said(100, " 完成初稿 ")]);
    let progress = &world.task(A).progress;
    assert_eq!((progress.percent, progress.note.as_str(), progress.at), (100, "完成初稿", Some(world.now())));
    assert_eq!(refusal(said(101, "")), refused(Field::Progress, Reason::OutOfRange { min: 0, max: 100 }));
    assert_eq!(refusal(said(1, &"x".repeat(301))), refused(Field::Note, Reason::TooLong { max: 300 }));
    assert_eq!(refusal(said(1, "a\nb")), refused(Field::Note, Reason::Unprintable));
    let mut world = after_edits([said(40, "过半"), E::Name("later".into())]);
    world.does(MEMBER, on_a(said(40, "过半")));
    assert_eq!(world.task(A).progress.at, Some(world.now()), "the same word on another day is a word");
}

#[test]
fn labels_are_a_set_of_short_lines() {
    let world = after_edits([E::AddLabel(" 界面 ".into()), E::AddLabel("紧急".into()), E::RemoveLabel("紧急".into())]);
    assert_eq!(world.task(A).labels, BTreeSet::from(["界面".to_owned()]));
    assert_eq!(refusal(E::AddLabel(" ".into())), refused(Field::Label, Reason::Required));
    assert_eq!(refusal(E::AddLabel("x".repeat(41))), refused(Field::Label, Reason::TooLong { max: 40 }));
    assert_eq!(refusal(E::AddLabel("a\0".into())), refused(Field::Label, Reason::Unprintable));
    let world = after_edits((0..20).map(|index| E::AddLabel(format!("{index}"))));
    assert_eq!(
        world.refuses(MEMBER, on_a(E::AddLabel("x".into()))),
        refused(Field::Label, Reason::TooMany { max: 20 })
    );
    world.has_nothing_to_do(MEMBER, on_a(E::AddLabel("3".into())));
}

#[test]
fn steps_are_added_at_the_end_checked_and_removed() {
    let check = |index, done| E::CheckItem { id: item_id(index), done };
    let world =
        after_edits([step(1, " 一 "), step(2, "二"), step(3, "三"), check(2, true), check(3, true), check(3, false)]);
    assert_eq!(steps(&world), [("一", false), ("二", true), ("三", false)]);
    let world = after_edits([step(1, "一"), step(2, "二"), E::RemoveItem(item_id(1))]);
    assert_eq!(steps(&world), [("二", false)]);
    assert_eq!(refusal(check(9, true)), Reason::Gone.into());
    assert_eq!(world.refuses(MEMBER, on_a(step(2, "again"))), Reason::Exists.into());
}

#[test]
fn a_step_is_restored_where_it_stood() {
    let back = |after| {
        let item = Item { id: item_id(9), text: "零".into(), done: true };
        let world = after_edits([step(1, "一"), step(2, "二"), E::RestoreItem { item, after }]);
        world.task(A).checklist.iter().map(|item| item.text.clone()).collect::<Vec<_>>()
    };
    assert_eq!(back(None), ["零", "一", "二"]);
    assert_eq!(back(Some(item_id(1))), ["一", "零", "二"]);
    assert_eq!(back(Some(item_id(7))), ["一", "二", "零"], "at the end if the one above it is gone");
}

#[test]
fn a_checklist_refuses_bad_input() {
    assert_eq!(refusal(step(1, " ")), refused(Field::ChecklistItem, Reason::Required));
    assert_eq!(refusal(step(1, &"x".repeat(301))), refused(Field::ChecklistItem, Reason::TooLong { max: 300 }));
    assert_eq!(refusal(step(1, "a\nb")), refused(Field::ChecklistItem, Reason::Unprintable));
    let world = after_edits((0..200).map(|index| step(index, "x")));
    let many = refused(Field::ChecklistItem, Reason::TooMany { max: 200 });
    assert_eq!(world.refuses(MEMBER, on_a(step(200, "x"))), many);
    let item = |text: &str| Item { id: item_id(200), text: text.into(), done: false };
    assert_eq!(world.refuses(MEMBER, on_a(E::RestoreItem { item: item("x"), after: None })), many);
    let empty = E::RestoreItem { item: item(""), after: None };
    assert_eq!(refusal(empty), refused(Field::ChecklistItem, Reason::Required));
}

#[test]
fn a_dependency_has_a_lead_time_that_can_change() {
    let world = after_edits([waits_for(B, 0), waits_for(C, 365), waits_for(B, 3)]);
    assert_eq!(world.task(A).dependencies, [Dependency { on: B, days: 3 }, Dependency { on: C, days: 365 }]);
    let world = after_edits([waits_for(B, 0), waits_for(C, 1), E::RemoveDependency(B)]);
    assert_eq!(world.task(A).dependencies, [Dependency { on: C, days: 1 }]);
}

#[test]
fn a_dependency_refuses_bad_input() {
    let itself = Reason::Task(TaskRefusal::DependsOnItself);
    assert_eq!(refusal(waits_for(A, 1)), refused(Field::Dependencies, itself));
    assert_eq!(refusal(waits_for(NOWHERE, 1)), refused(Field::Dependencies, Reason::Gone));
    let range = Reason::OutOfRange { min: 0, max: 365 };
    assert_eq!(refusal(waits_for(B, 366)), refused(Field::Dependencies, range));
    let mut world = World::project().with_cards(52);
    (2..=51).for_each(|index| world.does(MEMBER, on_a(waits_for(task_id(index), 1))));
    let many = refused(Field::Dependencies, Reason::TooMany { max: 50 });
    assert_eq!(world.refuses(MEMBER, on_a(waits_for(task_id(52), 1))), many);
    world.does(MEMBER, on_a(waits_for(task_id(51), 2)));
}

#[test]
fn a_cycle_of_dependencies_is_refused_with_the_cycle_named() {
    let mut world = World::board();
    for (task, on) in [(A, B), (B, C), (A, D), (C, D)] {
        world.does(MEMBER, edit(task, waits_for(on, 1)));
    }
    let cycle = |names: [&str; 4]| {
        let cycle = names.iter().map(|name| (*name).to_owned()).collect();
        refused(Field::Dependencies, Reason::Task(TaskRefusal::DependencyCycle { cycle }))
    };
    assert_eq!(world.refuses(MEMBER, edit(C, waits_for(A, 1))), cycle(["card 3", "card 1", "card 2", "card 3"]));
    let short = vec!["card 2".to_owned(), "card 1".into(), "card 2".into()];
    let short = Reason::Task(TaskRefusal::DependencyCycle { cycle: short });
    assert_eq!(world.refuses(MEMBER, edit(B, waits_for(A, 1))), refused(Field::Dependencies, short));
}

#[test]
fn a_block_says_what_is_awaited_from_whom_and_since_when() {
    let mut world = World::board();
    world.does(MEMBER, on_a(block(" 接口文档 ", AwaitedFrom::Department(DESIGN))));
    let since = world.now();
    world.does(MEMBER, on_a(block("接口文档二", FROM_LEAD)));
    let blocked = world.task(A).blocked.as_ref().expect("it is blocked");
    assert_eq!((blocked.awaiting.as_str(), blocked.from), ("接口文档二", FROM_LEAD));
    assert_eq!(blocked.since, since, "it has been waiting since the first word");
    world.does(MEMBER, on_a(E::Unblock));
    assert!(world.task(A).blocked.is_none());
}

#[test]
fn a_block_refuses_bad_input() {
    assert_eq!(refusal(block(" ", FROM_LEAD)), refused(Field::Awaiting, Reason::Required));
    assert_eq!(refusal(block(&"x".repeat(301), FROM_LEAD)), refused(Field::Awaiting, Reason::TooLong { max: 300 }));
    assert_eq!(refusal(block("a\0b", FROM_LEAD)), refused(Field::Awaiting, Reason::Unprintable));
    let from = |from| refusal(block("x", from));
    assert_eq!(from(AwaitedFrom::Person(LEFT)), refused(Field::AwaitedFrom, Reason::Deactivated));
    assert_eq!(from(AwaitedFrom::Person(STRANGER)), refused(Field::AwaitedFrom, Reason::NotAllowed));
    assert_eq!(from(AwaitedFrom::Department(NO_DEPARTMENT)), refused(Field::AwaitedFrom, Reason::Gone));
    assert!(World::board().allows(MEMBER, on_a(block("x", AwaitedFrom::Person(OUTSIDER)))), "also from outside");
}

#[test]
fn a_task_that_is_over_is_not_blocked() {
    let mut world = World::board();
    world.does(MEMBER, move_to(&[A], DONE, Place::Last));
    assert_eq!(world.refuses(MEMBER, on_a(block("x", FROM_LEAD))), Reason::Task(TaskRefusal::OverAlready).into());
    world.does(MEMBER, move_to(&[A], SUBMITTED, Place::Last));
    assert!(world.allows(MEMBER, on_a(block("x", FROM_LEAD))));
}

#[test]
fn a_description_keeps_its_lines() {
    let world = after_edits([described("", "一\r\n\t二\n")]);
    assert_eq!(world.task(A).description, "一\n\t二");
    let long = described("", &"x".repeat(20_001));
    assert_eq!(refusal(long), refused(Field::Description, Reason::TooLong { max: 20_000 }));
    assert_eq!(refusal(described("", "a\0b")), refused(Field::Description, Reason::Unprintable));
}

#[test]
fn two_who_write_different_lines_both_keep_their_words() {
    let base = "一\n二\n三\n四\n五";
    let world = after_edits([
        described("", base),
        described(base, "甲\n二\n三\n四\n五"),
        described(base, "一\n二\n三\n四\n戊"),
    ]);
    assert_eq!(world.task(A).description, "甲\n二\n三\n四\n戊");
    let world = after_edits([
        described("", base),
        described(base, "零\n一\n二\n三\n四\n五"),
        described(base, "一\n二\n三\n四\n五\n六"),
    ]);
    assert_eq!(world.task(A).description, "零\n一\n二\n三\n四\n五\n六");
}

#[test]
fn two_who_write_the_same_line_are_told() {
    let conflict = refused(Field::Description, Reason::TextConflict);
    let world = after_edits([described("", "一\n二\n三"), described("一\n二\n三", "一\n甲\n三")]);
    assert_eq!(world.refuses(MEMBER, on_a(described("一\n二\n三", "一\n乙\n三"))), conflict);
    let world = after_edits([described("", "first")]);
    assert_eq!(world.refuses(MEMBER, on_a(described("", "second"))), conflict, "both began with nothing");
}

#[test]
fn the_same_words_twice_are_no_conflict() {
    let world = after_edits([described("", "一\n二"), described("一\n二", "一\n甲")]);
    world.has_nothing_to_do(MEMBER, on_a(described("一\n二", "一\n甲")));
}

#[test]
fn a_merge_that_grows_too_long_is_refused() {
    let half = |letter: &str| letter.repeat(11_000);
    let base = "一\n二\n三\n四\n五";
    let world = after_edits([described("", base), described(base, &format!("{}\n二\n三\n四\n五", half("x")))]);
    let text = format!("一\n二\n三\n四\n{}", half("y"));
    let long = refused(Field::Description, Reason::TooLong { max: 20_000 });
    assert_eq!(world.refuses(MEMBER, on_a(described(base, &text))), long);
}

#[test]
fn a_base_that_no_description_could_be_is_refused() {
    let world = after_edits([described("", "一")]);
    let forged = described(&"x\n".repeat(1_000_000), "二");
    assert_eq!(world.refuses(MEMBER, on_a(forged)), refused(Field::Description, Reason::TooLong { max: 20_000 }));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    /// Whoever comes second: what comes out has every line that either of them added, or somebody is told.
    #[test]
    fn a_merge_loses_no_line_in_silence(
        base in proptest::collection::vec("[a-c]", 0..6),
        mine in (0_usize..7, "[x]{1,3}"),
        theirs in (0_usize..7, "[y]{1,3}"),
    ) {
        let with_line = |(at, line): &(usize, String)| {
            let mut lines = base.clone();
            lines.insert((*at).min(lines.len()), line.clone());
            lines.join("\n")
        };
        let base_text = base.join("\n");
        let mut world = after_edits([described("", &base_text), described(&base_text, &with_line(&mine))]);
        if world.tries(MEMBER, &on_a(described(&base_text, &with_line(&theirs))).into()).is_ok() {
            let merged: Vec<_> = world.task(A).description.lines().collect();
            prop_assert!(merged.contains(&mine.1.as_str()) && merged.contains(&theirs.1.as_str()));
            prop_assert_eq!(merged.len(), base.len() + 2);
        }
    }

    /// No texts make a merge fail otherwise than by a refusal.
    #[test]
    fn any_three_texts_merge_or_are_refused(base in "[ab\n]{0,40}", mine in "[ab\n]{0,40}", theirs in "[ab\n]{0,40}") {
        let mut world = World::board();
        let _ = world.tries(MEMBER, &on_a(described("", &mine)).into());
        let _ = world.tries(MEMBER, &on_a(described(&base, &theirs)).into());
    }

    /// However dependencies come and go, no task ever waits for itself by way of others.
    #[test]
    fn dependencies_never_go_round(pairs in proptest::collection::vec((1_u128..8, 1_u128..8), 1..60)) {
        let mut world = World::project().with_cards(7);
        for (task, on) in pairs {
            let _ = world.tries(MEMBER, &edit(task_id(task), waits_for(task_id(on), 1)).into());
        }
        let tasks = world.the_board().tasks();
        // Who waits for nobody that is left goes, until nobody is left.
        let mut left: BTreeSet<TaskId> = tasks.keys().copied().collect();
        while !left.is_empty() {
            let free: Vec<_> = left
                .iter()
                .filter(|id| tasks[id].dependencies.iter().all(|dependency| !left.contains(&dependency.on)))
                .copied()
                .collect();
            prop_assert!(!free.is_empty());
            left.retain(|id| !free.contains(id));
        }
        prop_assert!(world.allows(MEMBER, create(task_id(50), DONE, Place::Last)));
    }
}
