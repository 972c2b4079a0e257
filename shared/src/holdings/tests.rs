//! What somebody holds, and that nothing of it is left once it is handed over.

use proptest::collection::vec;
use proptest::prelude::*;

use super::*;
use crate::Rejection;
use crate::id::PersonId;
use crate::incident::tests::{CHIEF, DUTY, FALLBACK, FIRST, REPORTER, at_night, on, reported, taken};
use crate::incident::{Shift, Stage};
use crate::project::Stage as ProjectStage;
use crate::testing::{ADMIN, HEAD, LEAD, MEMBER, OPERATIONS, OUTSIDER, PROJECT, TECHNOLOGY, World, at};

const HOUR: i64 = 3_600_000_000;

const FRESH: Uuid = Uuid::from_u128(160_000);

fn held(world: &World, person: PersonId) -> Vec<Holding> {
    holdings(&world.state, person, world.now())
}

/// Hands one thing over, as an admin.
fn give(world: &mut World, holding: Holding, from: PersonId, to: PersonId) -> Result<(), Rejection> {
    let commands = holding.hand_over(&world.state, (from, to), world.now(), FRESH);
    commands.iter().try_for_each(|command| world.tries(ADMIN, command).map(drop))
}

#[track_caller]
fn gives_all(world: &mut World, from: PersonId, to: PersonId) {
    for holding in held(world, from) {
        assert_eq!(give(world, holding, from, to), Ok(()), "{holding:?}");
    }
    // That somebody was called stays on record, and asks them no more once they have left.
    let left: Vec<_> = held(world, from).into_iter().filter(|holding| !matches!(holding, Holding::Call(_))).collect();
    assert_eq!(left, []);
}

/// A turn that begins some hours after the company's week on duty.
fn later(world: &World, index: u128, lead: PersonId, fallback: Option<PersonId>) -> Shift {
    let end = world.state.incidents.roster.shifts.values().map(|shift| shift.until).max().unwrap_or_default();
    let (id, until) = (ShiftId::new(Uuid::from_u128(150_000 + index)), at(end.micros() + 24 * HOUR));
    Shift { id, from: end, until, lead, fallback, note: String::new(), handed_over_by: None }
}

fn plan(world: &mut World, shift: Shift) {
    world.does(ADMIN, IncidentCommand::PutShift(shift));
}

fn people(world: &World) -> Vec<(PersonId, Option<PersonId>)> {
    world.state.incidents.roster.after(world.now()).into_iter().map(|shift| (shift.lead, shift.fallback)).collect()
}

#[test]
fn a_head_a_lead_and_a_duty_lead_hold_what_they_are_named_in() {
    let world = at_night();
    assert_eq!(held(&world, HEAD), [Holding::Department(OPERATIONS)]);
    assert_eq!(held(&world, LEAD), [Holding::Department(TECHNOLOGY), Holding::Project(PROJECT)]);
    assert!(matches!(held(&world, DUTY)[..], [Holding::DutyLead(_)]));
    assert!(matches!(held(&world, FALLBACK)[..], [Holding::Fallback(_)]));
    assert_eq!(held(&world, ADMIN), []);
}

#[test]
fn what_is_over_is_held_by_nobody() {
    let mut world = at_night();
    world.does(LEAD, ProjectIntent::SetStage { stage: ProjectStage::Cancelled, reason: "x".into() });
    assert_eq!(held(&world, LEAD), [Holding::Department(TECHNOLOGY)]);
    world.minutes_pass(8 * 24 * 60);
    assert_eq!(held(&world, DUTY), [], "their turn is over");
    world.does(REPORTER, crate::incident::tests::form(1, crate::incident::Severity::Urgent));
    world.does(ADMIN, IncidentIntent::Reject("演练".into()));
    assert!(held(&world, CHIEF).iter().all(|holding| !matches!(holding, Holding::Call(_))));
}

#[test]
fn of_an_incident_parts_work_and_calls_are_held() {
    let mut world = reported();
    assert!(held(&world, CHIEF).contains(&Holding::Call(FIRST)));
    world.does(DUTY, IncidentIntent::Take);
    assert!(held(&world, DUTY).contains(&Holding::Part(FIRST, Part::Leader)));
    assert!(held(&world, CHIEF).contains(&Holding::Call(FIRST)), "to help");
    let id = AssignmentId::new(Uuid::from_u128(1));
    let new = NewAssignment { id, text: "排查".into(), person: CHIEF, due: world.now() };
    world.does(DUTY, IncidentIntent::Assign(new));
    let of_chief = held(&world, CHIEF);
    assert!(of_chief.contains(&Holding::Assignment(FIRST, id)) && !of_chief.contains(&Holding::Call(FIRST)));
    world.does(CHIEF, IncidentIntent::SetDone { assignment: id, done: true });
    assert!(!held(&world, CHIEF).contains(&Holding::Assignment(FIRST, id)));
}

#[test]
fn everything_is_handed_over_by_an_admin() {
    let mut world = taken();
    let id = AssignmentId::new(Uuid::from_u128(1));
    let new = NewAssignment { id, text: "排查".into(), person: DUTY, due: world.now() };
    world.does(DUTY, IncidentIntent::Assign(new));
    let next = later(&world, 1, HEAD, Some(DUTY));
    plan(&mut world, next);
    gives_all(&mut world, DUTY, OUTSIDER);
    assert_eq!(people(&world), [(OUTSIDER, None), (HEAD, Some(OUTSIDER))], "nobody stands in for themself");
    assert_eq!(held(&world, OUTSIDER).len(), 4);
    gives_all(&mut world, LEAD, OUTSIDER);
    assert_eq!(world.the_project().lead, OUTSIDER);
    assert_eq!(world.state.company.departments[&TECHNOLOGY].head, Some(OUTSIDER));
}

#[test]
fn a_call_goes_to_another_and_the_record_of_the_first_stays() {
    let mut world = reported();
    give(&mut world, Holding::Call(FIRST), CHIEF, HEAD).expect("called");
    let called = &world.state.incidents.all[&FIRST].called;
    assert!(called.contains_key(&HEAD) && called.contains_key(&CHIEF));
    assert!(world.allows(HEAD, IncidentIntent::Take));
}

#[test]
fn a_leader_is_followed_by_another_until_it_is_over() {
    let mut world = taken();
    let solve = |world: &mut World| {
        world.does(DUTY, IncidentIntent::Resolve("重启".into()));
        world.does(REPORTER, IncidentIntent::Confirm);
    };
    solve(&mut world);
    assert_eq!(world.state.incidents.all[&FIRST].stage, Stage::Confirmed);
    gives_all(&mut world, DUTY, CHIEF);
    assert_eq!(world.state.incidents.all[&FIRST].leader(), Some(CHIEF), "who writes the report");
    assert!(!world.allows(FALLBACK, on(FIRST, IncidentIntent::Call(HEAD))));
}

#[test]
fn what_went_elsewhere_meanwhile_is_left_alone() {
    let world = at_night();
    let none = |holding: Holding| holding.hand_over(&world.state, (OUTSIDER, MEMBER), world.now(), FRESH).is_empty();
    let shift = world.state.incidents.roster.shifts.keys().next().copied().expect("a turn");
    for holding in [
        Holding::Department(OPERATIONS),
        Holding::DutyLead(shift),
        Holding::Project(PROJECT),
        Holding::Part(FIRST, Part::Leader),
        Holding::Assignment(FIRST, AssignmentId::new(Uuid::from_u128(1))),
    ] {
        assert!(none(holding), "{holding:?}");
    }
}

#[test]
fn all_open_tasks_of_a_project_are_one_step() {
    let mut world = World::board();
    give(&mut world, Holding::Tasks(PROJECT), MEMBER, OUTSIDER).expect("handed over");
    assert!(world.the_board().tasks().values().all(|task| task.owner == OUTSIDER));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whoever is on whichever turns, and whoever takes over: nothing is left, no turn is lost, and nobody stands in
    /// for themself.
    #[test]
    fn a_roster_is_handed_over_whole(turns in vec((0..4_usize, 0..5_usize), 0..8), to in 1..4_usize, passed in 0..200_i64) {
        let staff = [DUTY, FALLBACK, HEAD, CHIEF];
        let mut world = at_night();
        for (index, (lead, fallback)) in turns.into_iter().enumerate() {
            let fallback = staff.get(fallback).copied().filter(|fallback| *fallback != staff[lead]);
            let turn = later(&world, index as u128, staff[lead], fallback);
            plan(&mut world, turn);
        }
        world.it_is(at(world.now().micros() + passed * HOUR));
        let end = |world: &World| world.state.incidents.roster.shifts.values().map(|shift| shift.until).max();
        let (before, count) = (end(&world), people(&world).len());
        gives_all(&mut world, DUTY, staff[to]);
        prop_assert_eq!((end(&world), people(&world).len()), (before, count));
        prop_assert!(people(&world).iter().all(|(lead, fallback)| *lead != DUTY && Some(*lead) != *fallback));
    }
}
