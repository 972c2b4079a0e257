//! Tasks: who makes, removes and discusses them.

mod edits;
mod hand_over;
mod moves;
mod telling;

use std::collections::BTreeSet;

use super::{Dependency, NewTask, Place, Priority, TaskEdit, TaskIntent, TaskRefusal};
use crate::project::{ProjectEdit, ProjectIntent, Role, Stage};
use crate::testing::{
    A, ADMIN, B, C, D, DONE, LEAD, LEFT, MEMBER, NOWHERE, OBSERVER, OUTSIDER, PLANNED, STRANGER, World, comment,
    comment_id, create, day, edit, move_to, new_task, task_id,
};
use crate::{Field, Reason, Rejection};

const NEW: crate::id::TaskId = task_id(50);

fn refused(field: Field, reason: Reason) -> Rejection {
    Rejection::of(field, reason)
}

fn new() -> NewTask {
    new_task(NEW, PLANNED, Place::Last)
}

fn rewrite(task: crate::id::TaskId, text: &str) -> TaskIntent {
    TaskIntent::EditComment { task, comment: comment_id(1), text: text.into(), mentions: BTreeSet::new() }
}

const TAKE_DOWN: TaskIntent = TaskIntent::RemoveComment { task: A, comment: comment_id(1) };

#[test]
fn lead_and_members_work_on_tasks() {
    let mut world = World::board();
    let work = [
        create(NEW, PLANNED, Place::Last),
        move_to(&[A], DONE, Place::Last),
        edit(A, TaskEdit::Name("x".into())),
        TaskIntent::Remove(vec![A]),
    ];
    for intent in &work {
        for actor in [LEAD, MEMBER] {
            assert!(world.allows(actor, intent.clone()));
        }
        for actor in [OBSERVER, OUTSIDER, ADMIN, STRANGER] {
            assert_eq!(world.refuses(actor, intent.clone()), Reason::NotAllowed.into(), "{intent:?}");
        }
        assert_eq!(world.refuses(LEFT, intent.clone()), Reason::Deactivated.into());
    }
    world.does(LEAD, ProjectIntent::Edit(ProjectEdit::Open(true)));
    for intent in work {
        assert_eq!(world.refuses(OUTSIDER, intent), Reason::NotAllowed.into(), "who may read may not write");
    }
}

#[test]
fn observers_comment_and_outsiders_do_not() {
    let mut world = World::board();
    world.does(LEAD, ProjectIntent::Edit(ProjectEdit::Open(true)));
    for actor in [LEAD, MEMBER, OBSERVER] {
        assert!(world.allows(actor, comment(1, A, "好")));
    }
    for actor in [OUTSIDER, ADMIN, STRANGER] {
        assert_eq!(world.refuses(actor, comment(1, A, "好")), Reason::NotAllowed.into());
    }
}

#[test]
fn nothing_on_a_project_that_is_over_changes() {
    let mut world = World::board();
    world.does(LEAD, comment(1, A, "好"));
    world.does(LEAD, ProjectIntent::SetStage { stage: Stage::Cancelled, reason: "x".into() });
    for intent in [
        create(NEW, PLANNED, Place::Last),
        move_to(&[A], DONE, Place::Last),
        edit(A, TaskEdit::Unblock),
        TaskIntent::Remove(vec![A]),
        comment(2, A, "好"),
        rewrite(A, "x"),
        TAKE_DOWN,
    ] {
        assert_eq!(world.refuses(LEAD, intent), Reason::ProjectOver.into());
    }
}

#[test]
fn a_new_task_is_what_the_form_says_and_else_empty() {
    let mut world = World::board();
    let form =
        NewTask { name: " 设计稿 ".into(), owner: LEAD, due: Some(day(8, 1)), priority: Priority::High, ..new() };
    world.does(MEMBER, TaskIntent::Create(form));
    let task = world.task(NEW);
    assert_eq!((task.name.as_str(), task.owner, task.due), ("设计稿", LEAD, Some(day(8, 1))));
    assert_eq!((task.priority, task.number, task.created_by), (Priority::High, 5, MEMBER));
    assert_eq!(task.created_at, world.now());
    assert!(task.blocked.is_none() && task.dependencies.is_empty() && task.checklist.is_empty());
    assert_eq!(task.progress, super::Progress::default());
}

#[test]
fn a_task_made_in_a_done_column_is_all_done() {
    let mut world = World::board();
    world.does(MEMBER, create(NEW, DONE, Place::Last));
    assert_eq!(world.task(NEW).progress.percent, 100);
}

#[test]
fn a_new_task_refuses_bad_input() {
    let world = World::board();
    let refusal = |form| world.refuses(MEMBER, TaskIntent::Create(form));
    let named = |name: &str| NewTask { name: name.into(), ..new() };
    assert_eq!(refusal(named(" ")), refused(Field::Name, Reason::Required));
    assert_eq!(refusal(named(&"x".repeat(121))), refused(Field::Name, Reason::TooLong { max: 120 }));
    assert_eq!(refusal(named("a\0b")), refused(Field::Name, Reason::Unprintable));
    assert_eq!(refusal(NewTask { owner: OUTSIDER, ..new() }), refused(Field::Owner, Reason::NotAMember));
    assert_eq!(refusal(NewTask { owner: LEFT, ..new() }), refused(Field::Owner, Reason::Deactivated));
    assert_eq!(refusal(NewTask { owner: STRANGER, ..new() }), refused(Field::Owner, Reason::NotAllowed));
    assert_eq!(refusal(NewTask { id: A, ..new() }), Reason::Exists.into());
}

#[test]
fn a_task_stands_where_it_was_made() {
    let made_at = |place| {
        let mut world = World::board();
        world.does(MEMBER, create(NEW, PLANNED, place));
        world.cards(PLANNED)
    };
    assert_eq!(made_at(Place::First), [NEW, A, B, C, D]);
    assert_eq!(made_at(Place::After(B)), [A, B, NEW, C, D]);
    assert_eq!(made_at(Place::Last), [A, B, C, D, NEW]);
    assert_eq!(made_at(Place::After(NOWHERE)), [A, B, C, D, NEW]);
}

#[test]
fn who_waited_for_a_removed_task_waits_no_more() {
    let mut world = World::board();
    for on in [A, B, C] {
        world.does(MEMBER, edit(D, TaskEdit::AddDependency(Dependency { on, days: 3 })));
    }
    world.does(MEMBER, edit(A, TaskEdit::AddDependency(Dependency { on: C, days: 1 })));
    world.does(MEMBER, TaskIntent::Remove(vec![A, C]));
    assert_eq!(world.task(D).dependencies, [Dependency { on: B, days: 3 }]);
    assert_eq!(world.cards(PLANNED), [B, D]);
}

#[test]
fn a_removed_task_takes_its_comments_along() {
    let mut world = World::board();
    world.does(MEMBER, comment(1, A, "好"));
    world.does(MEMBER, TaskIntent::Remove(vec![A, A]));
    assert!(world.the_board().task(A).is_err());
    assert!(world.the_board().comments(A).is_empty());
    assert_eq!(world.refuses(MEMBER, comment(2, A, "好")), Reason::Gone.into());
}

#[test]
fn tasks_that_are_gone_are_not_touched() {
    let world = World::board();
    for intent in [
        TaskIntent::Remove(vec![A, NOWHERE]),
        move_to(&[A, NOWHERE], PLANNED, Place::Last),
        edit(NOWHERE, TaskEdit::Unblock),
        comment(1, NOWHERE, "好"),
        rewrite(A, "x"),
        TAKE_DOWN,
    ] {
        assert_eq!(world.refuses(MEMBER, intent), Reason::Gone.into());
    }
}

#[test]
fn at_most_five_hundred_cards_go_at_once() {
    let world = World::board();
    let cards = |count| vec![A; count];
    let many = Reason::TooMany { max: 500 }.into();
    assert_eq!(world.refuses(MEMBER, move_to(&cards(501), DONE, Place::Last)), many);
    assert_eq!(world.refuses(MEMBER, TaskIntent::Remove(cards(501))), many);
    assert!(world.allows(MEMBER, move_to(&cards(500), DONE, Place::Last)));
    world.has_nothing_to_do(MEMBER, TaskIntent::Remove(vec![]));
    world.has_nothing_to_do(MEMBER, move_to(&[], DONE, Place::Last));
}

#[test]
fn a_comment_keeps_its_author_and_when_it_was_written() {
    let mut world = World::board();
    world.does(OBSERVER, comment(1, A, " 一\r\n二 "));
    let written = world.now();
    world.does(OBSERVER, rewrite(A, "三"));
    let comment = &world.the_board().comments(A)[0];
    assert_eq!((comment.author, comment.text.as_str(), comment.at), (OBSERVER, "三", written));
    assert_eq!(comment.edited, Some(world.now()));
}

#[test]
fn a_comment_that_says_the_same_was_not_edited() {
    let mut world = World::board();
    world.does(OBSERVER, comment(1, A, "一"));
    world.has_nothing_to_do(OBSERVER, rewrite(A, " 一 "));
}

#[test]
fn only_its_author_changes_a_comment_and_the_lead_may_remove_it() {
    let mut world = World::board();
    world.does(OBSERVER, comment(1, A, "好"));
    let not_yours = Reason::Task(TaskRefusal::NotTheAuthor).into();
    for actor in [LEAD, MEMBER] {
        assert_eq!(world.refuses(actor, rewrite(A, "x")), not_yours);
    }
    assert_eq!(world.refuses(MEMBER, TAKE_DOWN), not_yours);
    assert_eq!(world.refuses(OUTSIDER, TAKE_DOWN), Reason::NotAllowed.into());
    assert!(world.allows(OBSERVER, TAKE_DOWN));
    world.does(LEAD, TAKE_DOWN);
    assert!(world.the_board().comments(A).is_empty());
}

#[test]
fn who_left_the_project_changes_their_comments_no_more() {
    let mut world = World::board();
    world.does(MEMBER, comment(1, A, "好"));
    world.does(LEAD, ProjectIntent::RemoveMember(MEMBER));
    assert_eq!(world.refuses(MEMBER, rewrite(A, "x")), Reason::NotAllowed.into());
    assert_eq!(world.refuses(MEMBER, TAKE_DOWN), Reason::NotAllowed.into());
}

#[test]
fn a_comment_refuses_bad_input() {
    let mut world = World::board();
    world.does(MEMBER, comment(1, A, "好"));
    assert_eq!(world.refuses(MEMBER, comment(1, A, "again")), Reason::Exists.into());
    let intents: [fn(&str) -> TaskIntent; 2] = [|text| comment(2, A, text), |text| rewrite(A, text)];
    for intent in intents {
        let refusal = |text: &str| world.refuses(MEMBER, intent(text));
        assert_eq!(refusal(" \n "), refused(Field::Comment, Reason::Required));
        assert_eq!(refusal(&"x".repeat(20_001)), refused(Field::Comment, Reason::TooLong { max: 20_000 }));
        assert_eq!(refusal("a\0b"), refused(Field::Comment, Reason::Unprintable));
    }
}

#[test]
fn only_people_of_the_project_are_mentioned() {
    let mut world = World::board();
    let mentions = BTreeSet::from([LEAD, OUTSIDER, STRANGER]);
    world.does(MEMBER, TaskIntent::Comment { id: comment_id(1), task: A, text: "@lead".into(), mentions });
    assert_eq!(world.the_board().comments(A)[0].mentions, BTreeSet::from([LEAD]));
}

#[test]
fn who_becomes_an_observer_works_no_more() {
    let mut world = World::board();
    world.does(LEAD, ProjectIntent::PutMember { person: MEMBER, role: Role::Observer });
    assert_eq!(world.refuses(MEMBER, edit(A, TaskEdit::Unblock)), Reason::NotAllowed.into());
    assert!(world.allows(MEMBER, comment(1, A, "好")));
}
