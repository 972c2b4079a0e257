//! What asks something of whom, and what people say of it.

use jiff::civil::{DateTime, datetime};
use jiff::tz::Offset;

use super::told::MOST_NOTES;
use super::*;
use crate::command::Command;
use crate::id::TaskId;
use crate::incident::tests::{CHIEF, DUTY, FALLBACK, REPORTER, at_night, form, reported, resolved, taken};
use crate::incident::{IncidentIntent, SYSTEM, Severity, end_of};
use crate::project::task::{AwaitedFrom, Place, TaskEdit, TaskIntent};
use crate::project::{ProjectEdit, ProjectIntent, Stage};
use crate::testing::{
    A, ADMIN, B, DESIGN, DOING, HEAD, LEAD, MEMBER, OBSERVER, OPERATIONS, SUBMITTED, World, comment, comment_id, day,
    department, edit, milestone, move_to, task_id,
};

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
fn what_nobody_has_taken_comes_before_tasks_with_a_date_and_says_until_when() {
    let mut world = at_night();
    world.does(DUTY, edit(A, TaskEdit::Due(Some(day(11, 24)))));
    world.does(DUTY, edit(B, TaskEdit::Due(Some(day(11, 23)))));
    world.does(REPORTER, form(1, Severity::Normal));
    assert_eq!(kinds(&world, DUTY), [AskKind::Overdue, AskKind::Take, AskKind::DueSoon]);
    let call = &asks(&world.state, DUTY, world.now())[1];
    assert!(call.due > Some(end_of(day(11, 24))), "there is time, until it is to be solved");
}

#[test]
fn a_late_milestone_asks_the_lead_of_its_project() {
    let mut world = reported();
    world.does(LEAD, ProjectIntent::PutMilestone(milestone(1, "上线", day(11, 20))));
    world.does(LEAD, ProjectIntent::PutMilestone(milestone(2, "复盘", day(12, 20))));
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

/// An instant by the company's clock.
fn instant(local: DateTime) -> Timestamp {
    Timestamp::from_micros(Offset::constant(8).to_timestamp(local).expect("an instant").as_microsecond())
}

/// The board on a Thursday of 2026 at ten; A and B are the member's.
fn on_thursday() -> World {
    let mut world = World::board();
    world.it_is(instant(datetime(2026, 8, 6, 10, 0, 0, 0)));
    world
}

/// What asks the member, with the tasks.
fn asked(world: &World) -> Vec<(AskKind, TaskId)> {
    asked_of(world, MEMBER)
}

fn asked_of(world: &World, person: PersonId) -> Vec<(AskKind, TaskId)> {
    let of_task = |ask: Ask| match ask.about {
        About::Task(on) => Some((ask.kind, on.task)),
        _ => None,
    };
    asks(&world.state, person, world.now()).into_iter().filter_map(of_task).collect()
}

fn put_aside(world: &mut World, person: PersonId) {
    let key = asks(&world.state, person, world.now())[0].key.clone();
    world.does(person, InboxCommand { person, key, mark: Some(Intent::Done) });
}

/// Those that are not put aside.
fn left(world: &World, person: PersonId) -> usize {
    let inbox = &world.state.inboxes[&person];
    asks(&world.state, person, world.now()).iter().filter(|ask| inbox.shows(&ask.key, world.now())).count()
}

#[test]
fn a_task_that_others_gave_asks_until_it_is_begun() {
    let mut world = on_thursday();
    assert_eq!(asked(&world), [], "they made them themselves");
    world.does(MEMBER, edit(A, TaskEdit::Owner(LEAD)));
    world.does(MEMBER, edit(B, TaskEdit::AddCollaborator(LEAD)));
    assert_eq!(asked_of(&world, LEAD), [(AskKind::Owned, A), (AskKind::Helps, B)]);
    world.does(LEAD, move_to(&[A], DOING, Place::Last));
    assert_eq!(asked_of(&world, LEAD), [(AskKind::Helps, B)]);
    put_aside(&mut world, LEAD);
    assert_eq!(left(&world, LEAD), 0);
    world.does(MEMBER, edit(B, TaskEdit::RemoveCollaborator(LEAD)));
    world.does(MEMBER, edit(B, TaskEdit::AddCollaborator(LEAD)));
    assert_eq!(left(&world, LEAD), 1, "given anew, it asks anew");
}

#[test]
fn a_task_is_due_by_the_next_working_day_and_presses_when_it_is_late() {
    let mut world = on_thursday();
    world.does(MEMBER, edit(A, TaskEdit::Due(Some(day(8, 10)))));
    assert_eq!(asked(&world), [], "Monday, seen from Thursday");
    world.it_is(instant(datetime(2026, 8, 7, 10, 0, 0, 0)));
    assert_eq!(asked(&world), [(AskKind::DueSoon, A)], "Monday, seen from Friday");
    put_aside(&mut world, MEMBER);
    assert_eq!(left(&world, MEMBER), 0);
    world.it_is(instant(datetime(2026, 8, 11, 10, 0, 0, 0)));
    let late = asks(&world.state, MEMBER, world.now());
    assert_eq!((late[0].kind, late[0].presses, late[0].day), (AskKind::Overdue, true, Some(day(8, 10))));
    assert_eq!(left(&world, MEMBER), 1, "that it is late is another word");
    put_aside(&mut world, MEMBER);
    world.does(LEAD, edit(A, TaskEdit::Due(Some(day(8, 11)))));
    assert_eq!(left(&world, MEMBER), 1, "another date asks anew");
    world.does(MEMBER, move_to(&[A], SUBMITTED, Place::Last));
    assert_eq!(asked(&world), [], "handed in");
}

#[test]
fn a_task_that_was_just_given_says_its_date_rather_than_asking_twice() {
    let mut world = on_thursday();
    world.does(MEMBER, edit(A, TaskEdit::Due(Some(day(8, 5)))));
    world.does(MEMBER, edit(A, TaskEdit::Owner(LEAD)));
    let all = asks(&world.state, LEAD, world.now());
    assert_eq!(all.len(), 1);
    assert_eq!((all[0].kind, all[0].presses, all[0].day), (AskKind::Owned, true, Some(day(8, 5))));
    put_aside(&mut world, LEAD);
    assert_eq!(left(&world, LEAD), 1, "that it is late remains");
    assert_eq!(asked_of(&world, LEAD), [(AskKind::Owned, A), (AskKind::Overdue, A)]);
}

#[test]
fn what_was_said_of_a_task_asks_until_it_is_put_aside_and_anew_with_the_next_word() {
    let mut world = on_thursday();
    let named =
        TaskIntent::Comment { id: comment_id(1), task: A, text: "@observer".into(), mentions: [OBSERVER].into() };
    world.does(LEAD, named);
    assert_eq!(asked(&world), [(AskKind::Commented, A)]);
    let said = asks(&world.state, MEMBER, world.now())[0].said;
    assert_eq!(said, Some((LEAD, Source::Comment(comment_id(1)))), "who said so, and where");
    assert_eq!(asked_of(&world, OBSERVER), [(AskKind::Mentioned, A)]);
    put_aside(&mut world, MEMBER);
    assert_eq!(left(&world, MEMBER), 0);
    world.does(LEAD, comment(2, A, "还有"));
    assert_eq!(left(&world, MEMBER), 1);
}

#[test]
fn a_block_asks_who_answers_for_the_department_as_long_as_they_do() {
    let mut world = on_thursday();
    world.does(LEAD, ProjectIntent::Edit(ProjectEdit::Open(true)));
    let from = AwaitedFrom::Department(DESIGN);
    world.does(MEMBER, edit(A, TaskEdit::Block { awaiting: "设计稿".into(), from }));
    assert_eq!(asked_of(&world, HEAD), [(AskKind::Awaited, A)]);
    let other = crate::organisation::Department { head: Some(ADMIN), ..department(OPERATIONS, "运营部", None) };
    world.does(ADMIN, crate::organisation::OrganisationCommand::EditDepartment(other));
    assert_eq!(asked_of(&world, HEAD), []);
}

#[test]
fn a_project_that_is_over_or_closed_to_one_asks_nothing() {
    let mut world = on_thursday();
    world.does(LEAD, ProjectIntent::Edit(ProjectEdit::Open(true)));
    world.does(LEAD, comment(1, A, "好"));
    world.does(LEAD, edit(A, TaskEdit::Due(Some(day(8, 5)))));
    assert_eq!(asked(&world).len(), 2);
    let mut closed = world.clone();
    closed.does(LEAD, ProjectIntent::RemoveMember(MEMBER));
    assert_eq!(asked(&closed), [(AskKind::Commented, A)], "it is open to all");
    closed.does(LEAD, ProjectIntent::Edit(ProjectEdit::Open(false)));
    assert_eq!(asked(&closed), []);
    world.does(LEAD, ProjectIntent::SetStage { stage: Stage::Cancelled, reason: "不做了".into() });
    assert_eq!(asked(&world), []);
}

#[test]
fn so_many_notes_are_kept_and_the_oldest_goes_first() {
    let most = u128::try_from(MOST_NOTES).expect("a few");
    let mut world = World::project().with_cards(most + 1);
    for index in 1..=most + 1 {
        world.does(LEAD, comment(index, task_id(index), "好"));
    }
    let notes = &world.state.inboxes[&MEMBER].notes;
    assert_eq!(notes.len(), MOST_NOTES);
    assert!(!notes.keys().any(|key| key.task.task == A));
}

#[test]
fn a_lead_sees_the_late_tasks_of_others_in_their_projects() {
    let mut world = on_thursday();
    let mut due = |task, date| world.does(MEMBER, edit(task, TaskEdit::Due(Some(date))));
    due(A, day(8, 5));
    due(B, day(8, 3));
    due(task_id(3), day(8, 6));
    world.does(MEMBER, edit(A, TaskEdit::AddCollaborator(OBSERVER)));
    let late = |world: &World, lead: PersonId| -> Vec<(PersonId, TaskId)> {
        late_for_lead(&world.state, lead, world.now()).into_iter().map(|(owner, on, _)| (owner, on.task)).collect()
    };
    assert_eq!(late(&world, LEAD), [(MEMBER, B), (MEMBER, A)]);
    assert_eq!(late(&world, MEMBER), []);
    world.does(LEAD, edit(B, TaskEdit::Owner(LEAD)));
    assert_eq!(late(&world, LEAD), [(MEMBER, A)], "their own are theirs to see elsewhere");
    world.does(LEAD, ProjectIntent::SetStage { stage: Stage::Cancelled, reason: "不做了".into() });
    assert_eq!(late(&world, LEAD), []);
}
