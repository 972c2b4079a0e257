//! What asks something of whom, and what people say of it.

use super::*;
use crate::command::Command;
use crate::incident::tests::{CHIEF, DUTY, FALLBACK, REPORTER, reported, resolved, taken};
use crate::incident::{IncidentIntent, SYSTEM};
use crate::project::ProjectIntent;
use crate::testing::{ADMIN, LEAD, World, milestone};

impl From<InboxCommand> for Command {
    fn from(command: InboxCommand) -> Self {
        Self::Inbox(command)
    }
}

fn kinds(world: &World, person: PersonId) -> Vec<AskKind> {
    asks(&world.state, person, world.now()).into_iter().map(|ask| ask.kind).collect()
}

fn mark(key: &str, mark: Option<Intent>) -> InboxCommand {
    InboxCommand { person: DUTY, key: key.into(), mark }
}

#[test]
fn who_was_called_is_asked_to_take_it_until_somebody_did() {
    let world = reported();
    assert_eq!(kinds(&world, DUTY), [AskKind::Take]);
    assert_eq!(kinds(&world, CHIEF), [AskKind::Take]);
    assert!(kinds(&world, FALLBACK).is_empty());
    let world = taken();
    assert_eq!(kinds(&world, DUTY), [AskKind::Update], "who leads posts the next update");
    assert_eq!(kinds(&world, CHIEF), [AskKind::Respond]);
}

#[test]
fn the_reporter_is_asked_to_confirm_and_later_who_runs_it() {
    let mut world = resolved();
    assert_eq!(kinds(&world, REPORTER), [AskKind::Confirm]);
    assert!(kinds(&world, DUTY).is_empty());
    world.minutes_pass(31 * 60);
    assert_eq!(kinds(&world, DUTY), [AskKind::ConfirmInstead]);
    assert!(asks(&world.state, REPORTER, world.now())[0].presses, "what is late presses");
    world.does(REPORTER, IncidentIntent::Confirm);
    assert_eq!(kinds(&world, DUTY), [AskKind::Report]);
    assert!(kinds(&world, SYSTEM).is_empty());
}

#[test]
fn what_presses_comes_first() {
    let mut world = taken();
    let say = IncidentIntent::Say { text: "@member".into(), mentions: [DUTY].into(), files: Vec::new() };
    world.does(REPORTER, say);
    world.minutes_pass(31);
    assert_eq!(kinds(&world, DUTY), [AskKind::Update, AskKind::Mentioned]);
}

#[test]
fn a_late_milestone_asks_the_lead_of_its_project() {
    let mut world = reported();
    world.does(LEAD, ProjectIntent::PutMilestone(milestone(1, "上线", crate::testing::day(11, 20))));
    world.does(LEAD, ProjectIntent::PutMilestone(milestone(2, "复盘", crate::testing::day(12, 20))));
    assert_eq!(kinds(&world, LEAD), [AskKind::Take, AskKind::Milestone]);
}

#[test]
fn what_is_done_or_put_off_is_not_shown_until_then() {
    let mut world = taken();
    let key = asks(&world.state, DUTY, world.now())[0].key.clone();
    let shows = |world: &World| world.state.inboxes.get(&DUTY).is_none_or(|inbox| inbox.shows(&key, world.now()));
    assert!(shows(&world));
    let later = Timestamp::from_micros(world.now().micros() + 10 * 60_000_000);
    world.does(DUTY, mark(&key, Some(Intent::Snooze(later))));
    assert!(!shows(&world));
    world.minutes_pass(11);
    assert!(shows(&world));
    world.does(DUTY, mark(&key, Some(Intent::Done)));
    world.minutes_pass(10_000);
    assert!(!shows(&world));
    world.does(DUTY, mark(&key, None));
    assert!(shows(&world));
    world.has_nothing_to_do(DUTY, mark(&key, None));
}

#[test]
fn a_call_stands_until_somebody_takes_the_incident() {
    let mut world = reported();
    let key = asks(&world.state, DUTY, world.now())[0].key.clone();
    let later = Timestamp::from_micros(world.now().micros() + 10 * 60_000_000);
    for intent in [Intent::Done, Intent::Snooze(later)] {
        let refusal = world.refuses(DUTY, mark(&key, Some(intent)));
        assert_eq!(refusal, Reason::Incident(IncidentRefusal::CallStands).into());
    }
    // Who was not called may say of it what they like: it asks nothing of them.
    world.does(REPORTER, InboxCommand { person: REPORTER, ..mark(&key, Some(Intent::Done)) });
}

#[test]
fn what_was_said_of_an_ask_is_taken_back_to_what_was_said_before() {
    let mut world = taken();
    let put_aside: Command = mark("x", Some(Intent::Done)).into();
    let until = Timestamp::from_micros(77);
    let snoozed: Command = mark("x", Some(Intent::Snooze(until))).into();
    assert_eq!(snoozed.inverse(&world.state, &Vec::new()), [mark("x", None).into()]);
    world.does(DUTY, snoozed.clone());
    assert_eq!(put_aside.inverse(&world.state, &Vec::new()), [snoozed]);
}

#[test]
fn an_inbox_is_nobody_elses() {
    let world = reported();
    assert_eq!(world.refuses(ADMIN, mark("x", Some(Intent::Done))), Reason::NotAllowed.into());
    assert!(!world.state.may_read(ADMIN, Scope::Inbox(DUTY)));
    assert!(world.state.may_read(DUTY, Scope::Inbox(DUTY)));
}

#[test]
fn so_many_marks_are_kept_and_the_oldest_go_first() {
    let mut world = reported();
    for index in 0..=MOST_MARKS {
        world.does(DUTY, mark(&format!("key {index}"), Some(Intent::Done)));
    }
    let marks = &world.state.inboxes[&DUTY].marks;
    assert_eq!(marks.len(), MOST_MARKS);
    assert!(!marks.contains_key("key 0"));
}
