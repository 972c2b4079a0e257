//! From the report to a solution.

use super::*;

#[test]
fn an_urgent_report_calls_at_once_who_is_on_duty_and_whom_the_policy_names() {
    let world = reported();
    let incident = first(&world);
    assert_eq!(incident.number(), "I-2026-001");
    assert_eq!(incident.stage, Stage::Reported);
    let called: BTreeSet<PersonId> = incident.called.keys().copied().collect();
    assert_eq!(called, BTreeSet::from([DUTY, CHIEF, MANAGER]), "customer service is headed from above");
    assert_eq!(told(&world), [EntryKind::Reported, EntryKind::Called { people: called, alarm: None }]);
    let by: Vec<PersonId> = world.state.rooms[&FIRST].entries.values().map(|entry| entry.by).collect();
    assert_eq!(by, [REPORTER, SYSTEM], "the policy calls, not who reports");
}

#[test]
fn where_nobody_is_on_duty_every_admin_is_called() {
    let mut world = at_night();
    world.does(ADMIN, IncidentCommand::RemoveShift(shift(1, night(), night()).id));
    world.does(REPORTER, form(1, Severity::Normal));
    assert_eq!(first(&world).called.keys().collect::<Vec<_>>(), [&ADMIN]);
}

#[test]
fn a_duty_lead_who_has_left_is_stood_in_for() {
    let mut world = at_night();
    world.leaves_the_company(DUTY);
    world.does(REPORTER, form(1, Severity::Normal));
    assert_eq!(first(&world).called.keys().collect::<Vec<_>>(), [&FALLBACK]);
}

#[test]
fn numbers_count_up_within_the_year_of_the_company() {
    let mut world = at_night();
    world.does(REPORTER, form(1, Severity::Normal));
    world.does(REPORTER, form(2, Severity::Normal));
    // Half an hour before midnight in London is the new year in Shanghai.
    let new_year = jiff::civil::date(2026, 12, 31).at(23, 30, 0, 0);
    world.it_is(at(jiff::tz::Offset::UTC.to_timestamp(new_year).expect("an instant").as_microsecond()));
    world.does(REPORTER, form(3, Severity::Normal));
    // One that is over keeps its number.
    world.does(ADMIN, on(incident_id(3), IncidentIntent::Reject("误报".into())));
    world.does(REPORTER, form(4, Severity::Normal));
    let mut numbers: Vec<String> = all(&world.state).map(|incident| incident.number()).collect();
    numbers.sort_unstable();
    assert_eq!(numbers, ["I-2026-001", "I-2026-002", "I-2027-001", "I-2027-002"]);
}

#[test]
fn what_is_over_leaves_what_everybody_has_at_hand_and_stays_in_its_room() {
    let mut world = reported();
    let before = first(&world).clone();
    world.does(DUTY, IncidentIntent::Reject("误报".into()));
    assert!(world.state.incidents.all.is_empty());
    let room = world.state.rooms[&FIRST].incident.clone().expect("it is in its room");
    assert_eq!((room.stage, room.nth), (Stage::Rejected, before.nth));
    assert_eq!(world.state.incidents.over, BTreeMap::from([(room.year, room.nth)]));
    // Where its room is not at hand it is as if there were none.
    world.state.forget(Scope::Room(FIRST));
    assert_eq!(world.refuses(DUTY, IncidentIntent::Take), Reason::Gone.into());
}

/// Before that was so, it stayed among the others.
#[test]
fn what_was_over_long_ago_is_sent_to_its_room_by_the_server_alone() {
    let mut world = reported();
    let open = on(FIRST, IncidentIntent::Leave);
    assert_eq!(world.refuses(SYSTEM, open.clone()), Reason::NotAllowed.into(), "it is not over");
    let mut old = first(&world).clone();
    old.stage = Stage::Closed;
    world.state.change(Scope::Incidents, &Change::Incident(IncidentChange::Put(Arc::new(old.clone()))));
    assert_eq!(world.refuses(ADMIN, open.clone()), Reason::NotAllowed.into());
    world.does(SYSTEM, open.clone());
    assert!(world.state.incidents.all.is_empty());
    assert_eq!(**world.state.incident(FIRST).expect("in its room"), old);
    assert!(world.decide(SYSTEM, &open).is_err(), "once");
}

#[test]
fn what_is_filled_in_badly_is_refused_beside_its_field() {
    let world = at_night();
    let good = || form(1, Severity::Normal);
    let ahead = Some(after(night(), 60));
    let file = Attachment {
        id: crate::id::FileId::new(Uuid::from_u128(1)),
        name: "日志.txt".into(),
        media_type: "text/plain".into(),
        size: crate::file::LARGEST_FILE + 1,
    };
    for (form, field) in [
        (NewIncident { title: " ".into(), ..good() }, Field::Title),
        (NewIncident { title: "长".repeat(121), ..good() }, Field::Title),
        (NewIncident { suggestion: "\u{7}".into(), ..good() }, Field::Suggestion),
        (NewIncident { impact: Impact { affected: Some(u32::MAX), ..Impact::default() }, ..good() }, Field::Affected),
        (NewIncident { impact: Impact { since: ahead, ..Impact::default() }, ..good() }, Field::Since),
        (NewIncident { attachments: vec![file], ..good() }, Field::Attachments),
    ] {
        assert_eq!(world.refuses(REPORTER, form).field, Some(field));
    }
}

#[test]
fn of_two_who_take_it_at_once_one_does_and_the_other_is_told() {
    let mut world = reported();
    world.does(DUTY, IncidentIntent::Take);
    assert_eq!(world.refuses(CHIEF, IncidentIntent::Take), refusal(IncidentRefusal::Taken(DUTY)));
    assert_eq!(first(&world).leader(), Some(DUTY), "who takes it leads until a team is formed");
    assert_eq!(first(&world).stage, Stage::Responding);
}

#[test]
fn who_was_not_called_does_not_take_it() {
    let world = reported();
    assert_eq!(world.refuses(REPORTER, IncidentIntent::Take), Reason::NotAllowed.into());
    for person in [DUTY, FALLBACK, CHIEF, MANAGER, ADMIN] {
        assert!(world.allows(person, IncidentIntent::Take));
    }
}

#[test]
fn a_team_has_a_leader_and_something_to_do_for_each() {
    let mut world = taken();
    let none = IncidentIntent::FormTeam { leader: CHIEF, deputy: None, assignments: Vec::new() };
    assert_eq!(world.refuses(DUTY, none), Rejection::of(Field::Assignment, Reason::Required));
    let due = after(night(), 30);
    let assignments =
        vec![given(1, "排查原因", CHIEF, due), given(2, "安抚客户", MEMBER, due), given(3, "准备话术", HEAD, due)];
    world.does(DUTY, IncidentIntent::FormTeam { leader: CHIEF, deputy: Some(DUTY), assignments });
    let incident = first(&world);
    assert_eq!(incident.stage, Stage::TeamFormed);
    assert_eq!((incident.leader(), incident.holder(Part::Deputy)), (Some(CHIEF), Some(DUTY)));
    assert_eq!(incident.assignments.len(), 3);
    let leaders: Vec<_> = incident.tenures.iter().filter(|tenure| tenure.part == Part::Leader).collect();
    assert_eq!(leaders[0].person, DUTY);
    assert_eq!(leaders[0].until, Some(leaders[1].from), "roles keep when each person took and gave them up");
}

#[test]
fn an_assignment_is_done_by_whose_it_is_or_who_runs_the_incident() {
    let mut world = taken();
    world.does(DUTY, IncidentIntent::Assign(given(1, "安抚客户", REPORTER, after(night(), 30))));
    let done = |done| IncidentIntent::SetDone { assignment: assignment(1), done };
    assert_eq!(world.refuses(FALLBACK, done(true)), Reason::NotAllowed.into());
    world.does(REPORTER, done(true));
    assert!(first(&world).assignments[0].done.is_some_and(|stamp| stamp.by == REPORTER));
    world.has_nothing_to_do(DUTY, done(true));
    world.does(DUTY, done(false));
    assert_eq!(first(&world).assignments[0].done, None);
}

#[test]
fn everybody_may_speak_and_whoever_is_named_is_told() {
    let mut world = reported();
    let say = |text: &str| IncidentIntent::Say {
        text: text.into(),
        mentions: BTreeSet::from([CHIEF, REPORTER, crate::testing::LEFT]),
        files: Vec::new(),
    };
    world.does(REPORTER, say("@lead 日志在附件里"));
    assert_eq!(first(&world).mentions.keys().collect::<Vec<_>>(), [&CHIEF], "neither oneself nor who has left");
    assert_eq!(world.refuses(REPORTER, say(" ")), Rejection::of(Field::Message, Reason::Required));
}

#[test]
fn talk_that_names_nobody_leaves_the_list_of_incidents_alone() {
    let world = reported();
    let say = IncidentIntent::Say { text: "收到".into(), mentions: BTreeSet::new(), files: Vec::new() };
    let changes = world.decide(CHIEF, &say.into()).expect("allowed");
    assert_eq!(changes.iter().map(|part| part.scope).collect::<Vec<_>>(), [Scope::Room(FIRST)]);
}

#[test]
fn a_raised_severity_calls_the_newcomers_and_counts_from_the_report() {
    let mut world = at_night();
    world.does(REPORTER, form(1, Severity::Severe));
    world.does(DUTY, IncidentIntent::Take);
    world.minutes_pass(90);
    let reported_at = first(&world).reported_at;
    let raise = |reason: &str| IncidentIntent::SetSeverity { severity: Severity::Urgent, reason: reason.into() };
    assert_eq!(world.refuses(DUTY, raise("")), Rejection::of(Field::Reason, Reason::Required));
    world.does(DUTY, raise("所有客户都受影响"));
    let incident = first(&world);
    assert_eq!(incident.deadline(Clock::Resolve), Some(after(reported_at, 60)));
    let late: Vec<Clock> = incident.breaches.iter().map(|breach| breach.clock).collect();
    assert_eq!(late, [Clock::Update, Clock::Resolve], "one that is past already is a breach at once");
    let newcomers = told(&world).into_iter().rev().find_map(|kind| match kind {
        EntryKind::Called { people, .. } => Some(people),
        _ => None,
    });
    assert_eq!(newcomers, Some(BTreeSet::from([MANAGER])), "who was called before is not called again");

    world.does(DUTY, IncidentIntent::SetSeverity { severity: Severity::Normal, reason: "误判".into() });
    assert_eq!(first(&world).breaches.len(), 2, "what was missed stays on record");
    assert!(first(&world).deadline(Clock::Resolve) > Some(world.now()));
}

#[test]
fn a_second_report_of_the_same_joins_the_first() {
    let mut world = taken();
    world.does(REPORTER, form(2, Severity::Severe));
    let merge = |into| IncidentIntent::MergeInto { into, reason: "同一原因".into() };
    let not_mergeable = Rejection::of(Field::MergeInto, Reason::Incident(IncidentRefusal::NotMergeable));
    assert_eq!(world.refuses(DUTY, on(FIRST, merge(FIRST))), not_mergeable);
    world.does(DUTY, on(incident_id(2), merge(FIRST)));
    let second = world.state.incident(incident_id(2)).expect("the second");
    assert_eq!(second.stage, Stage::Merged);
    assert!(first(&world).mentions.contains_key(&REPORTER));
    assert!(told(&world).contains(&EntryKind::MergedHere { from: incident_id(2) }));
    assert_eq!(world.refuses(DUTY, on(FIRST, merge(incident_id(2)))), not_mergeable, "nor into one that is over");
    assert_eq!(world.refuses(DUTY, on(incident_id(2), IncidentIntent::Take)), refusal(IncidentRefusal::Over));
    world.does(CHIEF, IncidentIntent::ReportToo("我们这里也打不开".into()));
}

#[test]
fn whoever_reported_it_first_is_told_however_often_it_is_merged() {
    let mut world = taken();
    world.does(CHIEF, form(2, Severity::Severe));
    world.does(REPORTER, form(3, Severity::Severe));
    let merge = |into| IncidentIntent::MergeInto { into, reason: "同一原因".into() };
    world.does(DUTY, on(incident_id(2), merge(incident_id(3))));
    world.does(DUTY, on(incident_id(3), merge(FIRST)));
    let told = &first(&world).mentions;
    assert!(told.contains_key(&CHIEF) && told.contains_key(&REPORTER));
}

#[test]
fn what_is_no_incident_is_rejected_with_a_reason() {
    let mut world = reported();
    assert_eq!(
        world.refuses(DUTY, IncidentIntent::Reject(String::new())),
        Rejection::of(Field::Reason, Reason::Required)
    );
    assert_eq!(world.refuses(REPORTER, IncidentIntent::Reject("x".into())), Reason::NotAllowed.into());
    world.does(DUTY, IncidentIntent::Reject("演练".into()));
    assert_eq!(first(&world).stage, Stage::Rejected);
    assert!(first(&world).alarms().is_empty());
}

#[test]
fn lines_of_one_command_have_ids_of_their_own() {
    let world = reported();
    let ids: BTreeSet<EntryId> = world.state.rooms[&FIRST].entries.values().map(|entry| entry.id).collect();
    assert_eq!(ids.len(), told(&world).len());
}

#[test]
fn a_change_of_the_policy_is_an_admins_and_leaves_what_runs_alone() {
    let mut world = reported();
    let mut policy = world.state.incidents.policy.clone();
    let terms = policy.terms.get_mut(&Severity::Urgent).expect("terms");
    terms.resolve = Span::Minutes(30);
    let set = |policy: &Policy| IncidentCommand::SetPolicy(Box::new(policy.clone()));
    assert_eq!(world.refuses(DUTY, set(&policy)), Reason::NotAllowed.into());
    world.does(ADMIN, set(&policy));
    assert_eq!(first(&world).deadline(Clock::Resolve), Some(after(first(&world).reported_at, 60)));
    policy.terms.get_mut(&Severity::Urgent).expect("terms").take = Some(0);
    assert_eq!(world.refuses(ADMIN, set(&policy)).field, Some(Field::TakeWithin));
    let changes = world.decide(ADMIN, &set(&Policy::default()).into()).expect("allowed");
    assert!(matches!(changes[0].changes[0], Change::Incident(IncidentChange::PolicyPut(_))));
}
