//! What goes off when nobody does anything, and what does not when somebody did.

use super::*;

#[test]
fn an_urgent_report_that_nobody_takes_goes_to_the_fallback_then_to_every_admin() {
    let mut world = reported();
    world.minutes_pass(4);
    assert!(ring_due(&mut world).is_empty());
    world.minutes_pass(1);
    assert_eq!(ring_due(&mut world), [AlarmKind::CallFallback]);
    assert!(first(&world).called.contains_key(&FALLBACK));
    assert_eq!(first(&world).breaches.len(), 1);
    assert!(!first(&world).called.contains_key(&ADMIN));
    world.minutes_pass(5);
    assert_eq!(ring_due(&mut world), [AlarmKind::CallAdmins]);
    assert!(first(&world).called.contains_key(&ADMIN));
    world.does(FALLBACK, IncidentIntent::Take);
    assert!(first(&world).breaches[0].made_good.is_some(), "late, and on record");
    assert_eq!(first(&world).breaches.len(), 1);
}

#[test]
fn no_alarm_fires_for_what_was_meanwhile_handled() {
    let mut world = reported();
    let alarm = first(&world).next_alarm().expect("one is due in five minutes");
    world.minutes_pass(4);
    world.does(DUTY, IncidentIntent::Take);
    world.minutes_pass(2);
    let ring = world.refuses(SYSTEM, IncidentIntent::Ring(alarm));
    assert_eq!(ring, refusal(IncidentRefusal::NotDue));
}

#[test]
fn an_alarm_goes_off_once_when_it_is_due_and_by_no_persons_hand() {
    let mut world = reported();
    let alarm = first(&world).next_alarm().expect("one is due in five minutes");
    assert_eq!(world.refuses(SYSTEM, IncidentIntent::Ring(alarm)), refusal(IncidentRefusal::NotDue));
    world.minutes_pass(6);
    assert_eq!(world.refuses(ADMIN, IncidentIntent::Ring(alarm)), Reason::NotAllowed.into());
    world.does(SYSTEM, IncidentIntent::Ring(alarm));
    assert_eq!(world.refuses(SYSTEM, IncidentIntent::Ring(alarm)), refusal(IncidentRefusal::NotDue));
}

#[test]
fn what_fell_due_while_nobody_looked_fires_once_and_in_its_order() {
    let mut world = reported();
    world.minutes_pass(300);
    assert_eq!(ring_due(&mut world), [AlarmKind::CallFallback, AlarmKind::CallAdmins, AlarmKind::ResolveLate]);
    assert!(ring_due(&mut world).is_empty());
}

#[test]
fn a_missed_update_is_recorded_and_escalated_and_a_late_post_closes_the_miss() {
    let mut world = taken();
    let assignments = vec![given(1, "排查原因", CHIEF, after(night(), 30))];
    world.does(DUTY, IncidentIntent::FormTeam { leader: CHIEF, deputy: Some(FALLBACK), assignments });
    world.minutes_pass(25);
    assert_eq!(ring_due(&mut world), [AlarmKind::UpdateSoon]);
    world.minutes_pass(5);
    assert_eq!(ring_due(&mut world), [AlarmKind::UpdateMissed]);
    assert!(first(&world).called.contains_key(&FALLBACK), "the deputy");
    world.minutes_pass(10);
    assert_eq!(ring_due(&mut world), [AlarmKind::UpdateStillMissing]);
    world.minutes_pass(60);
    assert_eq!(ring_due(&mut world), [AlarmKind::ResolveLate], "one miss is one miss");

    world.does(CHIEF, IncidentIntent::Update("找到原因".into()));
    let breach = first(&world).breaches[0];
    assert_eq!((breach.clock, breach.made_good.is_some()), (Clock::Update, true));
    assert!(matches!(told(&world).last(), Some(EntryKind::Updated { late: true, .. })));
    let next = first(&world).deadline(Clock::Update);
    assert_eq!(next, Some(after(world.now(), 30)), "posting restarts the clock");
}

#[test]
fn an_update_in_time_silences_its_alarms() {
    let mut world = taken();
    world.minutes_pass(28);
    assert_eq!(ring_due(&mut world), [AlarmKind::UpdateSoon]);
    world.does(DUTY, IncidentIntent::Update("还在查".into()));
    world.minutes_pass(24);
    assert!(ring_due(&mut world).is_empty());
    world.minutes_pass(1);
    assert_eq!(ring_due(&mut world), [AlarmKind::UpdateSoon], "and the next one has its own");
}

#[test]
fn a_reporter_who_does_not_confirm_is_reminded_and_then_stood_in_for() {
    let mut world = resolved();
    world.minutes_pass(4 * 60);
    assert_eq!(ring_due(&mut world), [AlarmKind::ConfirmSoon]);
    world.minutes_pass(28 * 60);
    assert_eq!(ring_due(&mut world), [AlarmKind::ConfirmLate]);
    assert!(first(&world).breaches.is_empty(), "whoever takes their time breaks no policy");
    assert!(world.allows(DUTY, IncidentIntent::Confirm));
}

#[test]
fn a_report_is_due_three_working_days_after_the_confirmation_of_an_urgent_one() {
    let mut world = resolved();
    world.does(REPORTER, IncidentIntent::Confirm);
    // Confirmed on Tuesday before the opening: Tuesday counts from nine, so that Friday at nine is the end.
    let due = first(&world).deadline(Clock::Report).expect("a report is due");
    assert_eq!(due, after(night(), 3 * 24 * 60 + 7 * 60));
    world.it_is(due);
    assert_eq!(ring_due(&mut world), [AlarmKind::ReportLate]);
    assert_eq!(first(&world).breaches.last().map(|breach| breach.clock), Some(Clock::Report));
}

#[test]
fn a_severe_incident_has_two_hours_for_its_team_and_four_to_its_solution() {
    let mut world = at_night();
    world.does(REPORTER, form(1, Severity::Severe));
    let begun = first(&world).reported_at;
    let due = |clock| first(&world).deadline(clock);
    assert_eq!(due(Clock::Take), Some(after(begun, 15)));
    assert_eq!(due(Clock::Team), Some(after(begun, 120)));
    assert_eq!(due(Clock::Resolve), Some(after(begun, 240)));
    world.does(DUTY, IncidentIntent::Take);
    world.it_is(after(begun, 120));
    assert!(ring_due(&mut world).contains(&AlarmKind::TeamLate));
}

#[test]
fn a_normal_incident_has_one_working_day_and_nobody_is_called_twice() {
    let mut world = at_night();
    world.does(REPORTER, form(1, Severity::Normal));
    // Reported on Tuesday at two in the night: counts from nine, until nine on Wednesday.
    assert_eq!(first(&world).deadline(Clock::Resolve), Some(after(night(), 31 * 60)));
    assert_eq!(first(&world).deadline(Clock::Take), None);
    assert_eq!(first(&world).alarms().len(), 1);
}

#[test]
fn a_turn_of_somebody_who_has_left_calls_the_fallback_and_the_admins_in_their_stead() {
    let mut world = at_night();
    world.leaves_the_company(DUTY);
    world.does(REPORTER, form(1, Severity::Urgent));
    assert!(first(&world).called.contains_key(&FALLBACK), "the fallback is on duty");
    assert!(
        world.allows(FALLBACK, IncidentIntent::Take) && first(&world).is_run_by(&world.state, FALLBACK, world.now())
    );
    world.minutes_pass(5);
    assert_eq!(ring_due(&mut world), [AlarmKind::CallFallback]);
    assert!(first(&world).called.contains_key(&ADMIN), "the admins stand in for the fallback");
}

#[test]
fn where_both_of_a_turn_have_left_every_admin_is_called_at_once() {
    let mut world = at_night();
    world.leaves_the_company(DUTY);
    world.leaves_the_company(FALLBACK);
    world.does(REPORTER, form(1, Severity::Severe));
    assert!(first(&world).called.contains_key(&ADMIN));
    world.does(ADMIN, IncidentIntent::Take);
    world.minutes_pass(120);
    assert!(ring_due(&mut world).contains(&AlarmKind::TeamLate));
}

#[test]
fn a_duty_lead_who_leaves_while_it_waits_leaves_it_to_the_fallback() {
    let mut world = reported();
    let asked = |world: &World, person| crate::inbox::asks(&world.state, person, world.now()).len();
    assert_eq!(asked(&world, FALLBACK), 0);
    world.leaves_the_company(DUTY);
    assert_eq!(asked(&world, FALLBACK), 1, "it asks at once");
}

#[test]
fn a_head_who_has_left_is_passed_over_for_the_one_above() {
    let mut world = at_night();
    let design = Department { head: Some(MEMBER), ..department(DESIGN, "设计部", Some(OPERATIONS)) };
    world.does(ADMIN, OrganisationCommand::EditDepartment(design));
    world.leaves_the_company(MEMBER);
    world.does(REPORTER, form(1, Severity::Urgent));
    assert!(first(&world).called.contains_key(&MANAGER), "design is under operations");
}
