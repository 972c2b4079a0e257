//! Deliverables: who hands in, who accepts, what their tasks do, who is asked; baselines and the end of a project.

use super::{
    Content, Deliverable, DeliverableCommand, DeliverableEdit, DeliverableIntent as D, DeliverableRefusal,
    NewDeliverable, NewVersion, Standing, Version,
};
use crate::command::Command;
use crate::id::{DeliverableId, PersonId, TaskId};
use crate::inbox::{AskKind, asks};
use crate::project::baseline::{Dated, Moves};
use crate::project::board::BoardIntent;
use crate::project::board::Status;
use crate::project::stage::Obstacle;
use crate::project::task::{Place, TaskEdit, TaskIntent};
use crate::project::{ProjectIntent as I, ProjectRefusal, Role, Stage};
use crate::testing::{
    A, ADMIN, B, DOING, DONE, HEAD, LEAD, LEFT, MEMBER, OBSERVER, OUTSIDER, PLANNED, PROJECT, SUBMITTED, World, day,
    deliverable_id, edit, milestone, milestone_id, move_to,
};
use crate::{Field, Reason, Rejection, State};
use proptest::prelude::*;

const DESIGN: DeliverableId = deliverable_id(1);
const REPORT: DeliverableId = deliverable_id(2);

fn new(id: DeliverableId, task: Option<TaskId>) -> NewDeliverable {
    let (name, criteria) = ("设计稿".to_owned(), "三种尺寸齐全".to_owned());
    NewDeliverable { id, name, criteria, task, producer: MEMBER, accepter: None }
}

fn hand_in(deliverable: DeliverableId) -> D {
    let content = Content::Link("https://design.example/v1".into());
    D::HandIn { deliverable, version: NewVersion { content, note: "首稿".into() } }
}

fn accept(deliverable: DeliverableId, version: u32) -> D {
    D::Accept { deliverable, version }
}

fn give_back(deliverable: DeliverableId, version: u32, reason: &str) -> D {
    D::Return { deliverable, version, reason: reason.into() }
}

fn people(producer: PersonId, accepter: Option<PersonId>) -> D {
    D::Edit { deliverable: DESIGN, edit: DeliverableEdit::People { producer, accepter } }
}

/// The board with a deliverable of the first card, which the lead has added.
fn begun() -> World {
    let mut world = World::board();
    world.does(LEAD, D::Add(new(DESIGN, Some(A))));
    world
}

fn the(world: &World) -> &Deliverable {
    world.the_board().deliverable(DESIGN).expect("the deliverable")
}

fn asked(world: &World, person: PersonId) -> Vec<AskKind> {
    let of = [AskKind::HandIn, AskKind::Accept, AskKind::Revise, AskKind::Accepted];
    asks(&world.state, person, world.now()).into_iter().map(|ask| ask.kind).filter(|kind| of.contains(kind)).collect()
}

#[test]
fn it_goes_from_hand_to_hand_and_its_task_along() {
    let mut world = begun();
    assert_eq!((asked(&world, MEMBER), asked(&world, LEAD)), (vec![AskKind::HandIn], vec![]));
    world.does(MEMBER, hand_in(DESIGN));
    assert_eq!(world.task(A).column, SUBMITTED);
    assert_eq!((asked(&world, MEMBER), asked(&world, LEAD)), (vec![], vec![AskKind::Accept]));
    world.does(LEAD, give_back(DESIGN, 1, "缺少暗色"));
    assert_eq!(world.task(A).column, DOING);
    assert_eq!((asked(&world, MEMBER), asked(&world, LEAD)), (vec![AskKind::Revise], vec![]));
    world.does(MEMBER, hand_in(DESIGN));
    world.does(LEAD, accept(DESIGN, 2));
    assert_eq!((world.task(A).column, world.task(A).progress.percent), (DONE, 100));
    assert_eq!((the(&world).standing(), the(&world).returns()), (Standing::Accepted, 1));
    assert_eq!((asked(&world, MEMBER), asked(&world, LEAD)), (vec![AskKind::Accepted], vec![]));
    world.does(MEMBER, hand_in(DESIGN));
    assert_eq!((the(&world).standing(), world.task(A).column), (Standing::Submitted, SUBMITTED), "it is open anew");
    world.does(LEAD, accept(DESIGN, 3));
    assert_eq!(the(&world).returns(), 1, "which is kept");
}

#[test]
fn a_task_is_done_through_acceptance_alone() {
    let mut world = begun();
    let refusal = Reason::Deliverable(DeliverableRefusal::NotAccepted { name: "设计稿".into() });
    assert_eq!(world.refuses(MEMBER, move_to(&[B, A], DONE, Place::Last)), refusal.clone().into());
    world.does(MEMBER, move_to(&[B], DONE, Place::Last));
    let done = BoardIntent::SetStatus { column: PLANNED, status: Status::Done };
    assert_eq!(world.refuses(LEAD, done), refusal.into());
    let late = D::Add(new(REPORT, Some(B)));
    assert!(matches!(world.refuses(LEAD, late).reason, Reason::Task(_)), "it is done already");
    world.does(MEMBER, hand_in(DESIGN));
    world.does(LEAD, accept(DESIGN, 1));
    world.does(MEMBER, move_to(&[A], PLANNED, Place::Last));
    world.does(MEMBER, move_to(&[A], DONE, Place::Last));
}

#[test]
fn a_task_goes_on_when_all_that_it_delivers_does() {
    let mut world = begun();
    world.does(LEAD, D::Add(new(REPORT, Some(A))));
    world.does(LEAD, BoardIntent::SetWipLimit { column: SUBMITTED, limit: Some(1) });
    world.does(MEMBER, move_to(&[B], SUBMITTED, Place::Last));
    world.does(MEMBER, hand_in(DESIGN));
    assert_eq!(world.task(A).column, PLANNED, "the report is missing");
    world.does(MEMBER, hand_in(REPORT));
    assert_eq!(world.task(A).column, SUBMITTED, "past the limit");
    world.does(LEAD, accept(DESIGN, 1));
    assert_eq!(world.task(A).column, SUBMITTED);
    world.does(LEAD, accept(REPORT, 1));
    assert_eq!(world.task(A).column, DONE);
}

#[test]
fn who_produces_it_hands_in_and_somebody_else_accepts() {
    let mut world = begun();
    for actor in [LEAD, OBSERVER, OUTSIDER, ADMIN] {
        assert_eq!(world.refuses(actor, hand_in(DESIGN)), Reason::NotAllowed.into());
    }
    world.does(MEMBER, hand_in(DESIGN));
    for actor in [MEMBER, OBSERVER, ADMIN] {
        assert_eq!(world.refuses(actor, accept(DESIGN, 1)), Reason::NotAllowed.into());
    }
    let own = |field| Rejection::of(field, Reason::Deliverable(DeliverableRefusal::OwnAccepter));
    assert_eq!(world.refuses(LEAD, people(LEAD, None)), own(Field::Accepter));
    assert_eq!(world.refuses(LEAD, people(MEMBER, Some(MEMBER))), own(Field::Accepter));
    world.does(LEAD, people(LEAD, Some(MEMBER)));
    assert_eq!(
        world.refuses(MEMBER, accept(DESIGN, 1)),
        Reason::Deliverable(DeliverableRefusal::OwnAccepter).into(),
        "they handed that version in"
    );
    assert_eq!(world.refuses(LEAD, people(OUTSIDER, None)), Rejection::of(Field::Producer, Reason::NotAMember));
    assert_eq!(world.refuses(LEAD, people(LEFT, None)), Rejection::of(Field::Producer, Reason::Deactivated));
}

#[test]
fn the_lead_accepts_where_the_accepter_is_gone() {
    let mut world = begun();
    world.does(LEAD, I::PutMember { person: OUTSIDER, role: Role::Observer });
    world.does(LEAD, people(MEMBER, Some(OUTSIDER)));
    world.does(MEMBER, hand_in(DESIGN));
    assert_eq!((asked(&world, OUTSIDER), asked(&world, LEAD)), (vec![AskKind::Accept], vec![]));
    world.does(LEAD, I::RemoveMember(OUTSIDER));
    assert_eq!((asked(&world, OUTSIDER), asked(&world, LEAD)), (vec![], vec![AskKind::Accept]));
    world.does(LEAD, I::HandOver(HEAD));
    assert_eq!((asked(&world, LEAD), asked(&world, HEAD)), (vec![], vec![AskKind::Accept]));
    world.does(HEAD, accept(DESIGN, 1));
}

#[test]
fn a_version_is_decided_on_that_was_seen() {
    let mut world = begun();
    let stale = Rejection::from(DeliverableRefusal::NotWaiting);
    assert_eq!(world.refuses(LEAD, accept(DESIGN, 1)), stale);
    world.does(MEMBER, hand_in(DESIGN));
    world.does(MEMBER, hand_in(DESIGN));
    assert_eq!(world.refuses(LEAD, accept(DESIGN, 1)), stale);
    let refusal = world.refuses(LEAD, give_back(DESIGN, 2, " "));
    assert_eq!(refusal, Rejection::of(Field::Reason, Reason::Required));
    world.does(LEAD, accept(DESIGN, 2));
    assert_eq!(world.refuses(LEAD, give_back(DESIGN, 2, "late")), stale, "it is decided");
}

#[test]
fn bad_input_is_refused() {
    let mut world = World::board();
    let refusal = |change: fn(&mut NewDeliverable)| {
        let mut form = new(DESIGN, None);
        change(&mut form);
        world.refuses(LEAD, D::Add(form))
    };
    assert_eq!(refusal(|form| form.name.clear()), Rejection::of(Field::Name, Reason::Required));
    let long = Reason::TooLong { max: 20_000 };
    assert_eq!(refusal(|form| form.criteria = "x".repeat(20_001)), Rejection::of(Field::Criteria, long));
    world.does(MEMBER, D::Add(new(DESIGN, None)));
    for link in ["", "design", "javascript:alert(1)", "https://", "https://a b"] {
        let version = NewVersion { content: Content::Link(link.into()), note: String::new() };
        let refusal = world.refuses(MEMBER, D::HandIn { deliverable: DESIGN, version });
        assert_eq!(refusal.field, Some(Field::Version), "{link}");
    }
}

#[test]
fn what_was_added_is_its_makers_until_it_is_handed_in() {
    let mut world = World::board();
    world.does(MEMBER, D::Add(new(DESIGN, Some(A))));
    assert_eq!(asked(&world, MEMBER), [], "they added it themselves");
    assert_eq!(world.refuses(OBSERVER, D::Remove(DESIGN)), Reason::NotAllowed.into());
    assert!(world.allows(MEMBER, D::Remove(DESIGN)));
    world.does(MEMBER, hand_in(DESIGN));
    assert_eq!(world.refuses(MEMBER, D::Remove(DESIGN)), Reason::NotAllowed.into());
    assert_eq!(world.refuses(MEMBER, people(MEMBER, None)), Reason::NotAllowed.into());
    world.does(LEAD, D::Remove(DESIGN));
    assert_eq!(asked(&world, LEAD), []);
}

#[test]
fn what_a_removed_task_delivers_stays() {
    let mut world = begun();
    world.does(MEMBER, TaskIntent::Remove(vec![A]));
    assert_eq!(the(&world).task, None);
}

#[test]
fn what_somebody_was_to_hand_in_and_accept_is_handed_over() {
    let mut world = begun();
    world.does(LEAD, D::Add(NewDeliverable { producer: LEAD, accepter: Some(MEMBER), ..new(REPORT, None) }));
    world.does(LEAD, TaskIntent::HandOver { from: MEMBER, to: OUTSIDER });
    assert_eq!(the(&world).producer, OUTSIDER);
    assert_eq!(world.the_board().deliverable(REPORT).map(|report| report.accepter), Ok(Some(OUTSIDER)));
    assert_eq!(asked(&world, OUTSIDER), [AskKind::HandIn]);
}

fn undoes(world: &mut World, actor: PersonId, intent: D) -> State {
    let before = world.state.clone();
    let command: Command = intent.into();
    let changes = world.tries(actor, &command).expect("allowed");
    for back in command.inverse(&before, &changes) {
        world.does(actor, back);
    }
    before
}

#[test]
fn handing_in_is_taken_back_with_its_task() {
    let mut world = begun();
    let before = undoes(&mut world, MEMBER, hand_in(DESIGN));
    assert_eq!(
        the(&world).versions,
        before.board(PROJECT).and_then(|board| board.deliverable(DESIGN)).expect("it").versions
    );
    assert_eq!(world.task(A).column, PLANNED);
    assert_eq!(asked(&world, LEAD), []);
    world.does(MEMBER, hand_in(DESIGN));
    assert_eq!(world.refuses(LEAD, accept(DESIGN, 1)), DeliverableRefusal::NotWaiting.into(), "that was another");
    let withdraw = D::Withdraw { deliverable: DESIGN, version: 2 };
    assert_eq!(world.refuses(LEAD, withdraw.clone()), Reason::NotAllowed.into());
    world.does(LEAD, accept(DESIGN, 2));
    assert_eq!(world.refuses(MEMBER, withdraw), DeliverableRefusal::NotWaiting.into());
}

#[test]
fn what_was_handed_in_before_a_version_that_is_withdrawn_stands_again() {
    let withdraw = |version| D::Withdraw { deliverable: DESIGN, version };
    let mut world = begun();
    world.does(MEMBER, hand_in(DESIGN));
    world.does(MEMBER, hand_in(DESIGN));
    world.does(MEMBER, withdraw(2));
    assert_eq!((the(&world).standing(), world.task(A).column), (Standing::Submitted, SUBMITTED), "the first one waits");
    world.does(LEAD, accept(DESIGN, 1));
    world.does(MEMBER, hand_in(DESIGN));
    world.does(MEMBER, withdraw(3));
    assert_eq!((the(&world).standing(), world.task(A).column), (Standing::Accepted, DONE), "the first one is accepted");
    world.does(MEMBER, hand_in(DESIGN));
    world.does(LEAD, give_back(DESIGN, 4, "缺少暗色"));
    world.does(MEMBER, hand_in(DESIGN));
    world.does(MEMBER, withdraw(5));
    assert_eq!((the(&world).standing(), world.task(A).column), (Standing::Returned, DOING));
}

fn set(stage: Stage, reason: &str) -> I {
    I::SetStage { stage, reason: reason.into() }
}

#[test]
fn a_project_closes_when_nothing_is_open_or_despite_it_with_a_reason() {
    let mut world = begun();
    world.does(LEAD, set(Stage::Accepting, ""));
    let obstacles = vec![Obstacle::Deliverables(1), Obstacle::Tasks(4)];
    let refusal = Reason::Project(ProjectRefusal::NotFinished { obstacles: obstacles.clone() });
    assert_eq!(world.refuses(LEAD, set(Stage::Closed, "enough")), refusal.into());
    let despite = |reason: &str| I::CloseDespite { reason: reason.into() };
    assert_eq!(world.refuses(LEAD, despite(" ")), Rejection::of(Field::Reason, Reason::Required));
    assert_eq!(world.refuses(MEMBER, despite("x")), Reason::NotAllowed.into());
    world.does(LEAD, despite("先行结项\n余下的转入二期"));
    let last = world.the_board().record().steps.last().cloned().expect("a step");
    assert_eq!((last.reason.as_str(), &last.despite), ("先行结项\n余下的转入二期", &obstacles), "it is on record");
    assert_eq!(world.refuses(MEMBER, hand_in(DESIGN)), Reason::ProjectOver.into());
    assert_eq!(asked(&world, MEMBER), [], "what is over asks nothing");

    let reopen = |reason: &str| I::Reopen { reason: reason.into() };
    assert_eq!(world.refuses(LEAD, reopen("")), Rejection::of(Field::Reason, Reason::Required));
    assert_eq!(world.refuses(ADMIN, reopen("x")), Reason::NotAllowed.into());
    world.does(LEAD, reopen("客户要求补充"));
    assert_eq!(world.the_project().stage, Stage::Accepting);
    assert_eq!(asked(&world, MEMBER), [AskKind::HandIn]);
    world.does(MEMBER, hand_in(DESIGN));
    world.does(LEAD, accept(DESIGN, 1));
    let rest: Vec<TaskId> = world.cards(PLANNED);
    world.does(MEMBER, move_to(&rest, DONE, Place::Last));
    world.does(LEAD, set(Stage::Closed, ""));
    assert!(world.the_board().record().steps.last().is_some_and(|step| step.despite.is_empty()));
}

#[test]
fn what_was_cancelled_goes_on_where_it_was() {
    for before in [Stage::Active, Stage::Accepting] {
        let mut world = World::board();
        if before == Stage::Accepting {
            world.does(LEAD, set(before, ""));
        }
        let not_over = Reason::Project(ProjectRefusal::NotOver);
        assert_eq!(world.refuses(LEAD, I::Reopen { reason: "x".into() }), not_over.into());
        world.does(LEAD, set(Stage::Cancelled, "没有预算"));
        world.does(LEAD, I::Reopen { reason: "有了".into() });
        assert_eq!(world.the_project().stage, before);
    }
}

fn moves(world: &World, of: Dated) -> Moves {
    world.the_board().record().moves.get(&of).map_or(Moves::none(of), |moves| moves.as_ref().clone())
}

#[test]
fn the_dates_are_kept_when_a_project_begins_and_each_move_counts() {
    let mut world = World::company();
    let form = crate::project::Register {
        draft: true,
        members: [(MEMBER, Role::Member)].into(),
        milestones: vec![milestone(1, "上线", day(9, 1))],
        ..crate::testing::registration()
    };
    world.does(LEAD, form);
    world = world.with_cards(1);
    world.does(MEMBER, edit(A, TaskEdit::Due(Some(day(8, 3)))));
    world.does(MEMBER, edit(A, TaskEdit::Due(Some(day(8, 4)))));
    world.does(LEAD, I::PutMilestone(milestone(1, "上线", day(9, 2))));
    let (task, launch) = (Dated::Task(A), Dated::Milestone(milestone_id(1)));
    assert_eq!((moves(&world, task).count, moves(&world, launch).count), (0, 0), "a draft is only being planned");
    assert!(world.the_board().record().baselines.is_empty());

    world.does(LEAD, set(Stage::Active, ""));
    let first = world.the_board().record().baselines[0].clone();
    assert_eq!((first.number, first.date(task), first.date(launch)), (1, Some(day(8, 4)), Some(day(9, 2))));
    world.does(MEMBER, edit(A, TaskEdit::Due(Some(day(8, 6)))));
    world.does(MEMBER, edit(A, TaskEdit::Due(None)));
    world.does(MEMBER, edit(A, TaskEdit::Due(Some(day(8, 7)))));
    assert_eq!(moves(&world, task).count, 2, "a first date is no move");

    let put = |date| I::PutMilestone(milestone(1, "上线", date));
    let go = |date, why: &str| I::MoveMilestone { milestone: milestone_id(1), date, why: why.into() };
    let why = Rejection::of(Field::Why, Reason::Required);
    assert_eq!(world.refuses(LEAD, put(day(9, 9))), why);
    assert_eq!(world.refuses(LEAD, go(day(9, 9), " ")), why);
    world.does(LEAD, go(day(9, 9), " 接口晚到 "));
    let last = moves(&world, launch).last.pop().expect("a move");
    assert_eq!((last.from, last.to, last.by, last.why.as_str()), (day(9, 2), Some(day(9, 9)), LEAD, "接口晚到"));
    world.does(LEAD, put(day(9, 7)));
    world.does(LEAD, put(day(9, 9)));
    assert_eq!(moves(&world, launch).count, 1, "put back, it is no move");

    let baseline = |reason: &str| I::TakeBaseline { reason: reason.into() };
    assert_eq!(world.refuses(LEAD, baseline("")), Rejection::of(Field::Reason, Reason::Required));
    assert_eq!(world.refuses(MEMBER, baseline("x")), Reason::NotAllowed.into());
    world.does(LEAD, baseline("范围变更"));
    let all = &world.the_board().record().baselines;
    assert_eq!((all.len(), all[1].number, all[1].date(launch)), (2, 2, Some(day(9, 9))));
    assert_eq!(all[0], first, "the old one stays");
    world.does(MEMBER, TaskIntent::Remove(vec![A]));
    assert_eq!(moves(&world, task).count, 0);
}

#[test]
fn the_head_of_a_lead_who_has_left_names_a_new_one() {
    let mut world = World::project();
    world.does(LEAD, I::HandOver(MEMBER));
    assert_eq!(world.refuses(HEAD, I::HandOver(OUTSIDER)), Reason::NotAllowed.into());
    world.leaves_the_company(MEMBER);
    world.does(HEAD, I::HandOver(LEAD));
    assert_eq!(world.the_project().lead, LEAD);
}

/// One step of a random plan: who, what, which of two deliverables.
type Whim = (u8, u8, bool);

fn whim((who, what, which): Whim, world: &World) -> (PersonId, Command) {
    let actor = [LEAD, MEMBER, OBSERVER][who as usize % 3];
    let id = if which { DESIGN } else { REPORT };
    let last = world.the_board().deliverable(id).ok().and_then(|it| it.versions.last().map(|last| last.number));
    let version = last.unwrap_or(1);
    let command: Command = match what % 11 {
        0 => D::Add(new(id, Some(A))).into(),
        1 | 2 => hand_in(id).into(),
        3 => D::Withdraw { deliverable: id, version }.into(),
        4 | 5 => accept(id, version).into(),
        6 => give_back(id, version, "again").into(),
        7 => move_to(&[A], [PLANNED, DOING, SUBMITTED, DONE][who as usize / 3 % 4], Place::Last).into(),
        8 => people([MEMBER, LEAD][who as usize % 2], [None, Some(OBSERVER)][who as usize / 2 % 2]).into(),
        9 => I::HandOver([LEAD, MEMBER][who as usize % 2]).into(),
        _ => edit(A, TaskEdit::Due(Some(day(8, 1 + (who % 28).cast_signed())))).into(),
    };
    (actor, command)
}

proptest! {
    /// Whatever is done: nobody accepts their own, returns are never forgotten, a task with something open does not become
    /// done, whoever is asked may answer, and what was handed in is taken back.
    #[test]
    fn whatever_happens(plan in proptest::collection::vec(any::<Whim>(), 1..60)) {
        let mut world = begun();
        let mut returns = 0;
        for step in plan {
            let (actor, command) = whim(step, &world);
            let before = world.state.clone();
            let Ok(changes) = world.tries(actor, &command) else { continue };
            let board = world.the_board();
            let became_done = board.task(A).is_ok_and(|task| task.column == DONE)
                && before.board(PROJECT).and_then(|board| board.task(A)).is_ok_and(|task| task.column != DONE);
            for deliverable in board.record().deliverables.values() {
                let own = |version: &Version| version.verdict.as_ref().is_some_and(|verdict| verdict.by == version.by);
                prop_assert!(!deliverable.versions.iter().any(own));
                prop_assert!(!became_done || deliverable.is_accepted());
            }
            let returned = board.record().deliverables.values().map(|it| it.returns()).sum();
            prop_assert!(returned >= returns);
            returns = returned;
            for person in [LEAD, MEMBER, OBSERVER] {
                for kind in asked(&world, person) {
                    let may = |it: &Deliverable| match kind {
                        AskKind::Accept => it.accepted_by(world.the_project()) == Some(person),
                        _ => it.producer == person,
                    };
                    prop_assert!(board.record().deliverables.values().any(|it| may(it)), "{kind:?}");
                }
            }
            if matches!(command, Command::Deliverable(DeliverableCommand { intent: D::HandIn { .. }, .. })) {
                let mut undone = world.clone();
                for back in command.inverse(&before, &changes) {
                    prop_assert!(undone.tries(actor, &back).is_ok(), "{back:?}");
                }
                let versions = |state: &State| -> Vec<Vec<Version>> {
                    state.board(PROJECT).expect("it").record().deliverables.values().map(|it| it.versions.clone()).collect()
                };
                prop_assert_eq!(versions(&undone.state), versions(&before));
            }
        }
    }
}
