//! All open tasks of a person go to another (task: handing over).

use super::*;
use crate::testing::PROJECT;

fn hand_over(from: crate::id::PersonId, to: crate::id::PersonId) -> TaskIntent {
    TaskIntent::HandOver { from, to }
}

#[test]
fn open_tasks_go_to_another_and_what_is_over_stays() {
    let mut world = World::board();
    world.does(MEMBER, move_to(&[A], DONE, Place::Last));
    world.does(MEMBER, edit(D, TaskEdit::Owner(LEAD)));
    world.does(LEAD, hand_over(MEMBER, OUTSIDER));
    let owners = [A, B, C, D].map(|task| world.task(task).owner);
    assert_eq!(owners, [MEMBER, OUTSIDER, OUTSIDER, LEAD]);
    assert_eq!(world.the_project().role(OUTSIDER), Some(Role::Member), "whoever takes over is in it");
    world.has_nothing_to_do(LEAD, hand_over(MEMBER, OUTSIDER));
    world.has_nothing_to_do(LEAD, hand_over(OUTSIDER, OUTSIDER));
}

#[test]
fn an_observer_who_takes_over_becomes_a_member_and_a_lead_stays_one() {
    let mut world = World::board();
    world.does(LEAD, hand_over(MEMBER, OBSERVER));
    assert_eq!(world.the_project().role(OBSERVER), Some(Role::Member));
    world.does(LEAD, hand_over(OBSERVER, LEAD));
    assert_eq!(world.the_project().role(LEAD), Some(Role::Lead));
}

#[test]
fn the_lead_and_admins_hand_over_also_what_is_of_somebody_who_has_left() {
    let mut world = World::board();
    for actor in [MEMBER, OBSERVER, OUTSIDER, STRANGER] {
        assert_eq!(world.refuses(actor, hand_over(MEMBER, LEAD)), Reason::NotAllowed.into());
    }
    assert_eq!(world.refuses(LEAD, hand_over(MEMBER, LEFT)), refused(Field::Owner, Reason::Deactivated));
    assert_eq!(world.refuses(ADMIN, hand_over(MEMBER, STRANGER)), refused(Field::Owner, Reason::NotAllowed));
    world.leaves_the_company(MEMBER);
    world.does(ADMIN, hand_over(MEMBER, OUTSIDER));
    assert_eq!(world.task(A).owner, OUTSIDER);
    assert!(!world.state.may_read(ADMIN, crate::Scope::Board(PROJECT)), "an admin reads it no more than before");
    world.does(LEAD, ProjectIntent::SetStage { stage: Stage::Cancelled, reason: "x".into() });
    assert_eq!(world.refuses(ADMIN, hand_over(OUTSIDER, LEAD)), Reason::ProjectOver.into());
}
