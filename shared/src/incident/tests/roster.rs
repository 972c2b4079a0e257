//! The duty roster.

use super::*;

fn hand_over(to: PersonId) -> IncidentCommand {
    let rest = ShiftId::new(Uuid::from_u128(149_000));
    IncidentCommand::HandOver { rest, to, note: "支付渠道在观察".into() }
}

#[test]
fn turns_touch_but_do_not_overlap() {
    let mut world = at_night();
    let end = after(night(), 7 * 24 * 60);
    let next = shift(2, end, after(end, 60));
    let overlap = Rejection::of(Field::Date, Reason::Incident(IncidentRefusal::ShiftsOverlap));
    assert_eq!(world.refuses(ADMIN, IncidentCommand::PutShift(shift(2, night(), end))), overlap);
    assert_eq!(world.refuses(DUTY, IncidentCommand::PutShift(next.clone())), Reason::NotAllowed.into());
    world.does(ADMIN, IncidentCommand::PutShift(next.clone()));
    world.has_nothing_to_do(ADMIN, IncidentCommand::PutShift(next));
    assert_eq!(world.state.incidents.roster.at(end).map(|shift| shift.id), Some(shift(2, end, end).id));
}

#[test]
fn a_turn_has_an_end_and_a_fallback_who_is_somebody_else() {
    let world = at_night();
    let later = after(night(), 30 * 24 * 60);
    let good = shift(2, later, after(later, 60));
    for (turn, field) in [
        (Shift { until: later, ..good.clone() }, Field::Date),
        (Shift { until: after(later, 32 * 24 * 60), ..good.clone() }, Field::Date),
        (Shift { fallback: Some(DUTY), ..good.clone() }, Field::Fallback),
        (Shift { lead: crate::testing::LEFT, ..good }, Field::DutyLead),
    ] {
        assert_eq!(world.refuses(ADMIN, IncidentCommand::PutShift(turn)).field, Some(field));
    }
}

#[test]
fn what_is_left_of_a_turn_is_handed_over_with_a_note() {
    let mut world = at_night();
    assert_eq!(world.refuses(FALLBACK, hand_over(CHIEF)), Reason::NotAllowed.into());
    world.minutes_pass(90);
    world.does(DUTY, hand_over(FALLBACK));
    let now = world.now();
    let roster = &world.state.incidents.roster;
    let (before, after) = (roster.at(at(now.micros() - 1)), roster.at(now));
    assert_eq!(before.map(|shift| shift.lead), Some(DUTY));
    let after = after.expect("somebody is on duty");
    assert_eq!((after.lead, after.fallback), (FALLBACK, Some(DUTY)), "who had it is called next");
    assert_eq!((after.note.as_str(), after.handed_over_by), ("支付渠道在观察", Some(DUTY)));
    world.does(REPORTER, form(1, Severity::Normal));
    assert!(first(&world).called.contains_key(&FALLBACK));
}

#[test]
fn what_nobody_has_taken_goes_over_with_the_duty() {
    let mut world = reported();
    let asked = |world: &World| crate::inbox::asks(&world.state, REPORTER, world.now()).len();
    assert_eq!(asked(&world), 0);
    world.does(DUTY, hand_over(REPORTER));
    assert_eq!(asked(&world), 1, "it asks at once");
    world.minutes_pass(5);
    assert_eq!(ring_due(&mut world), [AlarmKind::CallFallback]);
    assert!(first(&world).called.contains_key(&REPORTER) && first(&world).called.contains_key(&FALLBACK));
}

#[test]
fn where_nobody_is_on_duty_there_is_nothing_to_hand_over() {
    let mut world = at_night();
    world.minutes_pass(8 * 24 * 60);
    assert_eq!(world.refuses(ADMIN, hand_over(CHIEF)), refusal(IncidentRefusal::NotOnDuty));
}
