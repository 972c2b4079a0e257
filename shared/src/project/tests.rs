//! Project spaces: registration, roles, members, stages.

use std::collections::BTreeMap;

use super::{Participation, ProjectEdit, ProjectIntent, Register, Registration, Role, Stage};
use crate::project::board::{BoardRefusal, Status};
use crate::testing::{
    ADMIN, DESIGN, HEAD, LEAD, LEFT, MEMBER, NO_DEPARTMENT, OBSERVER, OPERATIONS, OUTSIDER, PROJECT, STRANGER,
    TECHNOLOGY, World, day, milestone, milestone_id, new_column, project_id, registration,
};
use crate::{Date, Field, Reason, Rejection, Scope};

use ProjectIntent as I;

fn refused(field: Field, reason: Reason) -> Rejection {
    Rejection::of(field, reason)
}

fn with(change: impl FnOnce(&mut Register)) -> Register {
    let mut form = registration();
    change(&mut form);
    form
}

fn of(fill: impl FnOnce(&mut Registration)) -> Register {
    with(|form| fill(&mut form.registration))
}

fn stage(stage: Stage, reason: &str) -> I {
    I::SetStage { stage, reason: reason.into() }
}

fn takes_part(representative: Option<crate::id::PersonId>, duty: &str) -> Participation {
    Participation { representative, duty: duty.into() }
}

fn invite(department: crate::id::DepartmentId, participation: Participation) -> I {
    I::InviteDepartment { department, participation }
}

fn over() -> World {
    let mut world = World::board();
    world.does(LEAD, stage(Stage::Cancelled, "no budget"));
    world
}

/// One of each intent that is the lead's.
fn intents_of_the_lead() -> Vec<I> {
    vec![
        I::Edit(ProjectEdit::Name("x".into())),
        I::Edit(ProjectEdit::Open(true)),
        I::HandOver(MEMBER),
        stage(Stage::Accepting, ""),
        I::PutMilestone(milestone(1, "first", day(8, 1))),
        I::RemoveMilestone(milestone_id(1)),
        invite(OPERATIONS, takes_part(None, "")),
        I::RemoveDepartment(OPERATIONS),
        I::PutMember { person: OUTSIDER, role: Role::Member },
        I::RemoveMember(LEFT),
        I::CloseDespite { reason: "x".into() },
        I::TakeBaseline { reason: "x".into() },
    ]
}

#[test]
fn numbers_are_given_by_year() {
    let mut world = World::company();
    world.does(HEAD, with(|form| form.members.clear()));
    let more = [(2, day(8, 1)), (3, Date::constant(2027, 1, 1)), (4, day(1, 1))];
    for (index, start) in more {
        let form = with(|form| {
            form.id = project_id(index);
            form.registration.start = start;
            form.members.clear();
        });
        world.does(HEAD, form);
    }
    let numbers: Vec<&str> = world.state.projects.values().map(|project| project.number.as_str()).collect();
    assert_eq!(numbers, ["P-2026-001", "P-2026-002", "P-2027-001", "P-2026-003"]);
}

#[test]
fn a_refused_registration_takes_no_number() {
    let mut world = World::project();
    let second = with(|form| form.id = project_id(2));
    world.refuses(LEAD, Register { members: BTreeMap::from([(STRANGER, Role::Member)]), ..second.clone() });
    world.does(LEAD, Register { members: BTreeMap::new(), ..second });
    assert_eq!(world.state.projects[&project_id(2)].number, "P-2026-002");
}

#[test]
fn whoever_is_here_may_register_and_is_in_it() {
    let mut world = World::company();
    let form = with(|form| form.members.clear());
    assert_eq!(world.refuses(LEFT, form.clone()), Reason::Deactivated.into());
    assert_eq!(world.refuses(STRANGER, form.clone()), Reason::NotAllowed.into());
    world.does(OUTSIDER, form);
    let roles: Vec<_> = world.the_project().members.iter().map(|(person, role)| (*person, *role)).collect();
    assert_eq!(roles, [(LEAD, Role::Lead), (OUTSIDER, Role::Member)]);
}

#[test]
fn the_lead_leads_even_if_they_are_named_as_a_member() {
    let mut world = World::company();
    let members = BTreeMap::from([(LEAD, Role::Observer)]);
    world.does(LEAD, Register { members, ..registration() });
    assert_eq!(world.the_project().role(LEAD), Some(Role::Lead));
    assert_eq!(world.the_project().lead, LEAD);
}

#[test]
fn the_lead_is_one_person_who_is_here() {
    let world = World::company();
    let led_by = |lead| with(|form| (form.lead, form.members) = (lead, BTreeMap::new()));
    assert_eq!(world.refuses(LEAD, led_by(LEFT)), refused(Field::Lead, Reason::Deactivated));
    assert_eq!(world.refuses(LEAD, led_by(STRANGER)), refused(Field::Lead, Reason::NotAllowed));
    let two = with(|form| form.members = BTreeMap::from([(MEMBER, Role::Lead)]));
    assert_eq!(world.refuses(LEAD, two), refused(Field::Member, Reason::LeadStays));
}

#[test]
fn a_project_is_registered_once() {
    assert_eq!(World::project().refuses(LEAD, registration()), Reason::Exists.into());
}

#[test]
fn a_project_begins_as_a_draft_or_active() {
    let begun = |draft| {
        let mut world = World::company();
        world.does(LEAD, with(|form| (form.draft, form.members) = (draft, BTreeMap::new())));
        world.the_project().stage
    };
    assert_eq!(begun(true), Stage::Draft);
    assert_eq!(begun(false), Stage::Active);
}

#[test]
fn each_field_of_the_form_refuses_bad_input() {
    let world = World::company();
    let refusal = |form: Register| world.refuses(LEAD, Register { members: BTreeMap::new(), ..form });
    let line = "x".repeat(301);
    let long = "x".repeat(20_001);
    assert_eq!(refusal(of(|f| f.name = " ".into())), refused(Field::Name, Reason::Required));
    assert_eq!(refusal(of(|f| f.name = "x".repeat(121))), refused(Field::Name, Reason::TooLong { max: 120 }));
    assert_eq!(refusal(of(|f| f.name = "a\nb".into())), refused(Field::Name, Reason::Unprintable));
    assert_eq!(refusal(of(|f| f.contact.clone_from(&line))), refused(Field::Contact, Reason::TooLong { max: 300 }));
    assert_eq!(refusal(of(|f| f.contact = "a\u{1b}b".into())), refused(Field::Contact, Reason::Unprintable));
    let too_long = Reason::TooLong { max: 20_000 };
    assert_eq!(refusal(of(|f| f.background.clone_from(&long))), refused(Field::Background, too_long.clone()));
    assert_eq!(refusal(of(|f| f.background = "a\0".into())), refused(Field::Background, Reason::Unprintable));
    assert_eq!(refusal(of(|f| f.problem.clone_from(&long))), refused(Field::Problem, too_long));
    let results = |list: Vec<String>| of(|f| f.expected_results = list);
    assert_eq!(refusal(results(vec![String::new()])), refused(Field::ExpectedResults, Reason::Required));
    assert_eq!(refusal(results(vec![line])), refused(Field::ExpectedResults, Reason::TooLong { max: 300 }));
    let many = results(vec!["x".into(); 31]);
    assert_eq!(refusal(many), refused(Field::ExpectedResults, Reason::TooMany { max: 30 }));
}

#[test]
fn a_board_begins_with_columns() {
    let mut world = World::company();
    let columns = |columns| Register { columns, members: BTreeMap::new(), ..registration() };
    assert_eq!(world.refuses(LEAD, columns(vec![])), refused(Field::Column, Reason::Required));
    let blocked = columns(vec![new_column(crate::testing::PLANNED, Status::Blocked)]);
    assert_eq!(world.refuses(LEAD, blocked), Reason::Board(BoardRefusal::BlockedColumn).into());
    let many = (0..51).map(|index| new_column(crate::testing::column_id(index), Status::Todo)).collect();
    assert_eq!(world.refuses(LEAD, columns(many)), refused(Field::Column, Reason::TooMany { max: 50 }));
    world.does(LEAD, with(|form| form.members.clear()));
    let statuses: Vec<_> = world.the_board().columns().iter().map(|column| column.status).collect();
    assert_eq!(statuses, [Status::Todo, Status::InProgress, Status::Submitted, Status::Done]);
}

#[test]
fn each_field_is_edited_by_itself_under_the_same_rules() {
    let mut world = World::project();
    for edit in [
        ProjectEdit::Name(" 积分商城二期 ".into()),
        ProjectEdit::Start(day(6, 1)),
        ProjectEdit::Contact("分机 8001".into()),
        ProjectEdit::Background("一\n二".into()),
        ProjectEdit::Problem("三".into()),
        ProjectEdit::ExpectedResults(vec!["月活 +10 %".into()]),
        ProjectEdit::Open(true),
    ] {
        world.does(LEAD, I::Edit(edit.clone()));
        world.has_nothing_to_do(LEAD, I::Edit(edit));
    }
    let expected = Registration {
        name: "积分商城二期".into(),
        start: day(6, 1),
        contact: "分机 8001".into(),
        background: "一\n二".into(),
        problem: "三".into(),
        expected_results: vec!["月活 +10 %".into()],
        open: true,
    };
    assert_eq!(world.the_project().registration, expected);
    let refusal = |edit| world.refuses(LEAD, I::Edit(edit));
    assert_eq!(refusal(ProjectEdit::Name(String::new())), refused(Field::Name, Reason::Required));
    assert_eq!(refusal(ProjectEdit::Contact("a\0b".into())), refused(Field::Contact, Reason::Unprintable));
    let long = "x".repeat(20_001);
    assert_eq!(refusal(ProjectEdit::Problem(long)), refused(Field::Problem, Reason::TooLong { max: 20_000 }));
    let none = ProjectEdit::ExpectedResults(vec![" ".into()]);
    assert_eq!(refusal(none), refused(Field::ExpectedResults, Reason::Required));
}

#[test]
fn only_the_lead_manages_the_space() {
    let mut world = World::project();
    for intent in intents_of_the_lead() {
        let admins_too = matches!(intent, I::HandOver(_));
        let others = [MEMBER, OBSERVER, OUTSIDER, STRANGER].into_iter().chain((!admins_too).then_some(ADMIN));
        for actor in others {
            assert_eq!(world.refuses(actor, intent.clone()), Reason::NotAllowed.into(), "{intent:?}");
        }
        assert_eq!(world.refuses(LEFT, intent.clone()), Reason::Deactivated.into());
        let is_early = matches!(intent, I::CloseDespite { .. });
        assert_eq!(world.allows(LEAD, intent), !is_early);
    }
    world.does(LEAD, I::Edit(ProjectEdit::Open(true)));
    for intent in intents_of_the_lead() {
        assert_eq!(world.refuses(OUTSIDER, intent), Reason::NotAllowed.into(), "who may read may not write");
    }
}

#[test]
fn a_project_that_is_not_there_does_not_change() {
    let world = World::company();
    assert_eq!(world.refuses(LEAD, I::HandOver(MEMBER)), Reason::Gone.into());
}

#[test]
fn an_invited_department_brings_its_active_people_and_those_beneath() {
    let mut world = World::project();
    world.does(LEAD, I::RemoveMember(MEMBER));
    world.does(LEAD, I::RemoveMember(LEFT));
    world.does(LEAD, invite(OPERATIONS, takes_part(None, " 活动运营 ")));
    let project = world.the_project();
    assert_eq!(project.departments[&OPERATIONS].duty, "活动运营");
    assert_eq!(project.role(HEAD), Some(Role::Member));
    assert_eq!(project.role(MEMBER), Some(Role::Member), "design is beneath operations");
    assert_eq!(project.role(LEFT), None);
    assert_eq!(project.role(OUTSIDER), None);
}

#[test]
fn an_invitation_takes_no_role_away() {
    let mut world = World::project();
    world.does(LEAD, invite(TECHNOLOGY, takes_part(Some(OBSERVER), "")));
    assert_eq!(world.the_project().role(LEAD), Some(Role::Lead));
    assert_eq!(world.the_project().role(OBSERVER), Some(Role::Observer));
    assert_eq!(world.the_project().role(OUTSIDER), Some(Role::Member));
}

#[test]
fn a_representative_joins_from_wherever_they_are() {
    let mut world = World::project();
    world.does(LEAD, invite(DESIGN, takes_part(Some(HEAD), "视觉")));
    assert_eq!(world.the_project().role(HEAD), Some(Role::Member));
    let refusal = |person| world.refuses(LEAD, invite(DESIGN, takes_part(Some(person), "")));
    assert_eq!(refusal(LEFT), refused(Field::Representative, Reason::Deactivated));
    assert_eq!(refusal(STRANGER), refused(Field::Representative, Reason::NotAllowed));
}

#[test]
fn another_duty_brings_nobody_back_who_was_removed() {
    let mut world = World::project();
    world.does(LEAD, invite(OPERATIONS, takes_part(None, "")));
    world.does(LEAD, I::RemoveMember(HEAD));
    world.does(LEAD, invite(OPERATIONS, takes_part(None, "duty")));
    assert_eq!(world.the_project().departments[&OPERATIONS].duty, "duty");
    assert_eq!(world.the_project().role(HEAD), None);
}

#[test]
fn a_departments_people_stay_when_its_part_ends() {
    let mut world = World::project();
    world.does(LEAD, invite(OPERATIONS, takes_part(None, "")));
    world.does(LEAD, I::RemoveDepartment(OPERATIONS));
    assert!(world.the_project().departments.is_empty());
    assert_eq!(world.the_project().role(HEAD), Some(Role::Member));
    world.has_nothing_to_do(LEAD, I::RemoveDepartment(OPERATIONS));
}

#[test]
fn an_invitation_refuses_bad_input() {
    let world = World::project();
    let refusal = |department, duty: &str| world.refuses(LEAD, invite(department, takes_part(None, duty)));
    assert_eq!(refusal(NO_DEPARTMENT, ""), refused(Field::Department, Reason::Gone));
    assert_eq!(refusal(DESIGN, &"x".repeat(301)), refused(Field::Duty, Reason::TooLong { max: 300 }));
    assert_eq!(refusal(DESIGN, "a\0b"), refused(Field::Duty, Reason::Unprintable));
}

#[test]
fn departments_of_the_form_are_invited_with_it() {
    let mut world = World::company();
    let departments = BTreeMap::from([(OPERATIONS, takes_part(Some(OUTSIDER), "活动运营"))]);
    world.does(LEAD, Register { departments, members: BTreeMap::new(), ..registration() });
    let members: Vec<_> = world.the_project().members.keys().copied().collect();
    assert_eq!(members, [HEAD, LEAD, MEMBER, OUTSIDER]);
}

#[test]
fn milestones_stand_by_date_and_never_before_the_start() {
    let mut world = World::project();
    world.does(LEAD, I::PutMilestone(milestone(1, "上线", day(9, 1))));
    world.does(LEAD, I::PutMilestone(milestone(2, " 设计稿 ", day(7, 1))));
    let names = |world: &World| -> Vec<String> {
        world.the_project().milestones.iter().map(|milestone| milestone.name.clone()).collect()
    };
    assert_eq!(names(&world), ["设计稿", "上线"]);
    let (milestone_two, why) = (milestone_id(2), "评审延期".into());
    world.does(LEAD, I::MoveMilestone { milestone: milestone_two, date: day(10, 1), why });
    assert_eq!(names(&world), ["上线", "设计稿"]);
    let early = I::PutMilestone(milestone(3, "早", day(6, 30)));
    assert_eq!(world.refuses(LEAD, early), refused(Field::Date, Reason::DatesReversed));
    let form = Register { milestones: vec![milestone(1, "早", day(6, 30))], ..registration() };
    let form = Register { id: project_id(2), ..form };
    assert_eq!(world.refuses(LEAD, form), refused(Field::Date, Reason::DatesReversed));
    world.does(LEAD, I::RemoveMilestone(milestone_id(1)));
    world.has_nothing_to_do(LEAD, I::RemoveMilestone(milestone_id(1)));
    assert_eq!(names(&world), ["设计稿"]);
}

#[test]
fn the_start_is_not_moved_behind_a_milestone() {
    let mut world = World::project();
    world.does(LEAD, I::PutMilestone(milestone(1, "上线", day(9, 1))));
    let starts = |date| I::Edit(ProjectEdit::Start(date));
    assert_eq!(world.refuses(LEAD, starts(day(9, 2))), refused(Field::StartDate, Reason::DatesReversed));
    world.does(LEAD, starts(day(9, 1)));
}

#[test]
fn a_milestone_refuses_bad_input() {
    let mut world = World::project();
    let refusal = |world: &World, name: &str| world.refuses(LEAD, I::PutMilestone(milestone(200, name, day(8, 1))));
    assert_eq!(refusal(&world, ""), refused(Field::Milestone, Reason::Required));
    assert_eq!(refusal(&world, &"x".repeat(121)), refused(Field::Milestone, Reason::TooLong { max: 120 }));
    assert_eq!(refusal(&world, "a\0b"), refused(Field::Milestone, Reason::Unprintable));
    (0..100).for_each(|index| world.does(LEAD, I::PutMilestone(milestone(index, "x", day(8, 1)))));
    assert_eq!(refusal(&world, "x"), refused(Field::Milestone, Reason::TooMany { max: 100 }));
    world.does(LEAD, I::PutMilestone(milestone(0, "another name for one that is there", day(8, 1))));
}

#[test]
fn stages_follow_each_other() {
    use Stage::{Accepting, Active, Cancelled, Closed, Draft};
    let ways = [
        (Draft, vec![Active, Cancelled]),
        (Active, vec![Accepting, Cancelled]),
        (Accepting, vec![Active, Closed, Cancelled]),
    ];
    for (from, allowed) in ways {
        let mut world = World::company();
        world.does(LEAD, with(|form| (form.draft, form.members) = (from == Draft, BTreeMap::new())));
        if from == Accepting {
            world.does(LEAD, stage(Accepting, ""));
        }
        for to in [Draft, Active, Accepting, Closed, Cancelled] {
            let goes = stage(to, "a reason");
            if allowed.contains(&to) {
                assert!(world.allows(LEAD, goes), "{from:?} → {to:?}");
            } else {
                assert_eq!(world.refuses(LEAD, goes), Reason::WrongStage.into(), "{from:?} → {to:?}");
            }
        }
    }
}

#[test]
fn an_end_takes_a_reason_that_is_on_record() {
    let mut world = World::project();
    assert_eq!(world.refuses(LEAD, stage(Stage::Cancelled, " ")), refused(Field::Reason, Reason::Required));
    let long = stage(Stage::Cancelled, &"x".repeat(20_001));
    assert_eq!(world.refuses(LEAD, long), refused(Field::Reason, Reason::TooLong { max: 20_000 }));
    world.does(LEAD, stage(Stage::Accepting, ""));
    assert!(world.allows(LEAD, stage(Stage::Closed, "")), "nothing stands in the way");
    world.does(LEAD, stage(Stage::Closed, " 复盘未发布，先行结项 "));
    assert_eq!(world.the_project().reason, "复盘未发布，先行结项");
    assert_eq!(world.the_project().stage, Stage::Closed);
}

#[test]
fn nothing_of_a_project_that_is_over_changes() {
    let world = over();
    for intent in intents_of_the_lead() {
        assert_eq!(world.refuses(LEAD, intent), Reason::ProjectOver.into());
    }
    assert_eq!(world.refuses(LEAD, stage(Stage::Active, "")), Reason::ProjectOver.into());
    assert_eq!(world.refuses(MEMBER, I::RemoveMember(MEMBER)), Reason::ProjectOver.into());
    assert_eq!(world.refuses(OUTSIDER, I::HandOver(OUTSIDER)), Reason::NotAllowed.into(), "and nothing is told");
    assert!(world.state.may_read(MEMBER, Scope::Board(PROJECT)), "it stays to be read");
}

#[test]
fn the_lead_hands_over_to_anybody_who_is_here() {
    let mut world = World::project();
    assert_eq!(world.refuses(LEAD, I::HandOver(LEFT)), refused(Field::Lead, Reason::Deactivated));
    assert_eq!(world.refuses(LEAD, I::HandOver(STRANGER)), refused(Field::Lead, Reason::NotAllowed));
    world.has_nothing_to_do(LEAD, I::HandOver(LEAD));
    world.does(LEAD, I::HandOver(OUTSIDER));
    let project = world.the_project();
    assert_eq!(project.lead, OUTSIDER);
    assert_eq!((project.role(OUTSIDER), project.role(LEAD)), (Some(Role::Lead), Some(Role::Member)));
    assert_eq!(world.refuses(LEAD, I::HandOver(LEAD)), Reason::NotAllowed.into());
}

#[test]
fn an_admin_hands_over_what_they_are_not_in() {
    let mut world = World::project();
    assert_eq!(world.refuses(OUTSIDER, I::HandOver(MEMBER)), Reason::NotAllowed.into());
    world.does(ADMIN, I::HandOver(OUTSIDER));
    assert_eq!((world.the_project().lead, world.the_project().role(OUTSIDER)), (OUTSIDER, Some(Role::Lead)));
    assert_eq!(world.the_project().role(ADMIN), None, "and stays outside");
    assert_eq!(over().refuses(ADMIN, I::HandOver(MEMBER)), Reason::ProjectOver.into());
}

#[test]
fn the_lead_stays_until_another_leads() {
    let mut world = World::project();
    let stays = refused(Field::Member, Reason::LeadStays);
    assert_eq!(world.refuses(LEAD, I::RemoveMember(LEAD)), stays);
    for role in [Role::Lead, Role::Member, Role::Observer] {
        assert_eq!(world.refuses(LEAD, I::PutMember { person: LEAD, role }), stays);
    }
    assert_eq!(world.refuses(LEAD, I::PutMember { person: MEMBER, role: Role::Lead }), stays);
    world.does(LEAD, I::HandOver(MEMBER));
    world.does(LEAD, I::RemoveMember(LEAD));
    assert_eq!(world.the_project().role(LEAD), None);
}

#[test]
fn members_and_observers_come_change_and_go() {
    let mut world = World::project();
    world.does(LEAD, I::PutMember { person: OUTSIDER, role: Role::Observer });
    world.does(LEAD, I::PutMember { person: OUTSIDER, role: Role::Member });
    assert_eq!(world.the_project().role(OUTSIDER), Some(Role::Member));
    world.has_nothing_to_do(LEAD, I::PutMember { person: OUTSIDER, role: Role::Member });
    let refusal = |person| world.refuses(LEAD, I::PutMember { person, role: Role::Member });
    assert_eq!(refusal(LEFT), refused(Field::Member, Reason::Deactivated));
    assert_eq!(refusal(STRANGER), refused(Field::Member, Reason::NotAllowed));
    world.does(LEAD, I::RemoveMember(OUTSIDER));
    world.has_nothing_to_do(LEAD, I::RemoveMember(OUTSIDER));
}

#[test]
fn everybody_but_the_lead_may_leave() {
    for person in [MEMBER, OBSERVER] {
        let mut world = World::project();
        world.does(person, I::RemoveMember(person));
        assert_eq!(world.the_project().role(person), None);
        assert_eq!(world.refuses(person, I::RemoveMember(person)), Reason::NotAllowed.into());
    }
    assert_eq!(World::project().refuses(MEMBER, I::RemoveMember(OBSERVER)), Reason::NotAllowed.into());
}
