//! Who is told what of tasks, and when it is taken back.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::super::{AwaitedFrom, Place, Task, TaskEdit, TaskIntent, untold};
use crate::Scope;
use crate::command::{Change, Changes};
use crate::id::{PersonId, TaskId};
use crate::inbox::{BoardTask, Card, InboxChange, News, Source};
use crate::incident::SYSTEM;
use crate::project::board::{BoardIntent, Status};
use crate::project::{Participation, ProjectEdit, ProjectIntent, Role};
use crate::testing::{
    A, B, C, D, DESIGN, DOING, DONE, HEAD, LEAD, MEMBER, OBSERVER, OUTSIDER, PLANNED, PROJECT, TECHNOLOGY, World,
    comment, comment_id, day, edit, move_to, task_id, whims,
};
use crate::{Command, Reason};

fn on(task: TaskId) -> BoardTask {
    BoardTask { project: PROJECT, task }
}

/// The tasks that are somebody's, by what their inbox says.
fn duties(world: &World, person: PersonId) -> Vec<TaskId> {
    world.state.inboxes.get(&person).map(|inbox| inbox.duties.keys().map(|key| key.task).collect()).unwrap_or_default()
}

fn card(world: &World, person: PersonId, task: TaskId) -> &Card {
    &world.state.inboxes[&person].duties[&on(task)].card
}

/// What somebody was told once of tasks.
fn news(world: &World, person: PersonId) -> Vec<(TaskId, News)> {
    let notes = world.state.inboxes.get(&person).into_iter().flat_map(|inbox| inbox.notes.keys());
    notes.map(|key| (key.task.task, key.news)).collect()
}

/// Whose inboxes a command writes to.
fn told(changes: &Changes) -> Vec<PersonId> {
    changes.iter().filter_map(|part| part.scope.owner()).collect()
}

fn says(world: &World, actor: PersonId, command: impl Into<Command>) -> Vec<PersonId> {
    told(&world.decide(actor, &command.into()).expect("the rules allow it"))
}

fn naming(index: u128, people: &[PersonId]) -> TaskIntent {
    let mentions = people.iter().copied().collect();
    TaskIntent::Comment { id: comment_id(index), task: A, text: "看一下".into(), mentions }
}

fn described(base: &str, text: &str) -> TaskIntent {
    edit(A, TaskEdit::Description { base: base.into(), text: text.into() })
}

fn block(from: AwaitedFrom) -> TaskIntent {
    edit(A, TaskEdit::Block { awaiting: "接口文档".into(), from })
}

#[test]
fn a_task_is_a_duty_of_its_owner_and_its_collaborators() {
    let mut world = World::board();
    assert_eq!(duties(&world, MEMBER), [A, B, C, D]);
    world.does(MEMBER, edit(A, TaskEdit::Owner(LEAD)));
    world.does(MEMBER, edit(A, TaskEdit::AddCollaborator(OBSERVER)));
    assert_eq!(duties(&world, MEMBER), [B, C, D]);
    assert!(card(&world, LEAD, A).owned && !card(&world, OBSERVER, A).owned);
    let given = &world.state.inboxes[&LEAD].duties[&on(A)];
    assert_eq!(given.by, MEMBER);
    world.does(MEMBER, edit(A, TaskEdit::RemoveCollaborator(OBSERVER)));
    assert!(duties(&world, OBSERVER).is_empty());
}

#[test]
fn a_duty_says_what_is_new_of_the_task_and_stays_whose_it_was() {
    let mut world = World::board();
    let since = world.state.inboxes[&MEMBER].duties[&on(A)].since;
    world.does(LEAD, edit(A, TaskEdit::Name("上线".into())));
    world.does(LEAD, edit(A, TaskEdit::Due(Some(day(8, 3)))));
    world.does(MEMBER, move_to(&[A], DOING, Place::Last));
    let duty = &world.state.inboxes[&MEMBER].duties[&on(A)];
    let card = &duty.card;
    assert_eq!((card.name.as_str(), card.due, card.status), ("上线", Some(day(8, 3)), Status::InProgress));
    assert_eq!((duty.since, duty.by), (since, MEMBER));
    world.does(LEAD, block(AwaitedFrom::Department(DESIGN)));
    assert_eq!(self::card(&world, MEMBER, A).status, Status::Blocked);
}

#[test]
fn what_is_nobodys_news_is_written_to_no_inbox() {
    let world = World::board();
    for quiet in [
        move_to(&[A], PLANNED, Place::Last),
        edit(A, TaskEdit::AddLabel("x".into())),
        edit(A, TaskEdit::Estimate(Some(3))),
        described("", "@nobody"),
    ] {
        assert_eq!(says(&world, LEAD, quiet.clone()), [], "{quiet:?}");
    }
    assert_eq!(says(&world, LEAD, BoardIntent::RenameColumn { column: PLANNED, name: "x".into() }), []);
    assert_eq!(says(&world, LEAD, edit(A, TaskEdit::Name("x".into()))), [MEMBER]);
}

#[test]
fn what_is_over_is_no_duty_until_it_goes_on() {
    let mut world = World::board();
    world.does(LEAD, move_to(&[A], DONE, Place::Last));
    assert_eq!(duties(&world, MEMBER), [B, C, D]);
    world.does(LEAD, move_to(&[A], PLANNED, Place::Last));
    assert_eq!(world.state.inboxes[&MEMBER].duties[&on(A)].by, LEAD, "it was given back");
    world.does(LEAD, BoardIntent::SetStatus { column: PLANNED, status: Status::Cancelled });
    assert!(duties(&world, MEMBER).is_empty());
    world.does(LEAD, BoardIntent::SetStatus { column: PLANNED, status: Status::Todo });
    world.does(LEAD, TaskIntent::Remove(vec![B, C]));
    assert_eq!(duties(&world, MEMBER), [A, D]);
}

#[test]
fn who_leaves_the_project_is_told_no_more_of_it() {
    let mut world = World::board();
    world.does(LEAD, naming(1, &[MEMBER]));
    world.does(LEAD, ProjectIntent::RemoveMember(MEMBER));
    assert!(duties(&world, MEMBER).is_empty());
    assert_eq!(says(&world, LEAD, edit(A, TaskEdit::Name("secret".into()))), []);
    world.does(LEAD, ProjectIntent::PutMember { person: MEMBER, role: Role::Member });
    assert_eq!(duties(&world, MEMBER), [A, B, C, D]);
    let duty = &world.state.inboxes[&MEMBER].duties[&on(A)];
    assert_eq!((duty.by, duty.since), (MEMBER, world.task(A).created_at), "it was theirs all along");
}

#[test]
fn who_is_named_is_told_once_and_so_is_whose_the_task_is() {
    let mut world = World::board();
    world.does(LEAD, naming(1, &[OBSERVER, LEAD]));
    assert_eq!(news(&world, OBSERVER), [(A, News::Mentioned)]);
    assert_eq!(news(&world, MEMBER), [(A, News::Commented)], "it is their task");
    assert_eq!(news(&world, LEAD), [], "nobody is told what they said");
    world.does(LEAD, naming(2, &[MEMBER]));
    assert_eq!(news(&world, MEMBER), [(A, News::Mentioned), (A, News::Commented)]);
    let latest = world.state.inboxes[&MEMBER].notes.values().map(|note| note.source).collect::<Vec<_>>();
    assert_eq!(latest, [Source::Comment(comment_id(2)), Source::Comment(comment_id(1))], "once each");
    world.does(MEMBER, comment(3, A, "好"));
    assert_eq!(news(&world, LEAD), []);
}

#[test]
fn a_comment_that_is_taken_back_is_told_no_more() {
    let mut world = World::board();
    world.does(LEAD, naming(1, &[OBSERVER]));
    world.does(LEAD, naming(2, &[OBSERVER]));
    world.does(LEAD, TaskIntent::RemoveComment { task: A, comment: comment_id(1) });
    assert_eq!(news(&world, OBSERVER), [(A, News::Mentioned)], "another one names them");
    world.does(LEAD, TaskIntent::RemoveComment { task: A, comment: comment_id(2) });
    assert_eq!((news(&world, OBSERVER), news(&world, MEMBER)), (vec![], vec![]));
}

#[test]
fn a_comment_that_names_others_now_tells_them_instead() {
    let mut world = World::board();
    world.does(LEAD, naming(1, &[OBSERVER]));
    let rewritten = |people: &[PersonId]| TaskIntent::EditComment {
        task: A,
        comment: comment_id(1),
        text: "再看一下".into(),
        mentions: people.iter().copied().collect(),
    };
    world.does(LEAD, rewritten(&[MEMBER]));
    assert_eq!(news(&world, OBSERVER), []);
    assert_eq!(news(&world, MEMBER), [(A, News::Mentioned)], "named, rather than told of a comment");
    assert_eq!(says(&world, LEAD, rewritten(&[MEMBER])), [MEMBER; 0], "another word is no news");
}

#[test]
fn who_is_named_in_a_description_is_told_once() {
    let mut world = World::board();
    let text = "@observer 请核对，@outsider 不在项目里，@leader 谁也不是";
    world.does(MEMBER, described("", text));
    assert_eq!(news(&world, OBSERVER), [(A, News::Mentioned)]);
    assert_eq!((news(&world, OUTSIDER), news(&world, LEAD)), (vec![], vec![]));
    assert_eq!(says(&world, MEMBER, described(text, &format!("{text}。"))), [], "they were told");
    world.does(MEMBER, described(text, "`@lead`"));
    assert_eq!((news(&world, OBSERVER), news(&world, LEAD)), (vec![], vec![]));
}

#[test]
fn a_block_tells_whoever_is_awaited_while_it_lasts() {
    let mut world = World::board();
    world.does(MEMBER, block(AwaitedFrom::Person(OBSERVER)));
    assert_eq!(news(&world, OBSERVER), [(A, News::Awaited)]);
    assert_eq!(
        says(
            &world,
            MEMBER,
            edit(A, TaskEdit::Block { awaiting: "新的文档".into(), from: AwaitedFrom::Person(OBSERVER) })
        ),
        [],
        "worded anew"
    );
    world.does(MEMBER, block(AwaitedFrom::Person(LEAD)));
    assert_eq!((news(&world, OBSERVER), news(&world, LEAD)), (vec![], vec![(A, News::Awaited)]));
    world.does(MEMBER, edit(A, TaskEdit::Unblock));
    assert_eq!(news(&world, LEAD), []);
    world.does(MEMBER, block(AwaitedFrom::Person(LEAD)));
    world.does(MEMBER, move_to(&[A], DONE, Place::Last));
    assert_eq!(news(&world, LEAD), [], "what is over waits for nobody");
}

#[test]
fn a_block_on_a_department_tells_its_head_who_reads_it_or_who_speaks_for_it() {
    let mut world = World::board();
    assert_eq!(says(&world, MEMBER, block(AwaitedFrom::Department(DESIGN))), [MEMBER], "its head may not read it");
    let speaks = Participation { representative: Some(OBSERVER), duty: String::new() };
    world.does(LEAD, ProjectIntent::InviteDepartment { department: DESIGN, participation: speaks });
    world.does(MEMBER, block(AwaitedFrom::Department(DESIGN)));
    assert_eq!(news(&world, OBSERVER), [(A, News::Awaited)]);
    world.does(MEMBER, edit(A, TaskEdit::Unblock));
    world.does(LEAD, ProjectIntent::Edit(ProjectEdit::Open(true)));
    world.does(MEMBER, block(AwaitedFrom::Department(DESIGN)));
    assert_eq!((news(&world, HEAD), news(&world, OBSERVER)), (vec![(A, News::Awaited)], vec![]));
    world.does(MEMBER, block(AwaitedFrom::Department(TECHNOLOGY)));
    assert_eq!(news(&world, HEAD), [], "it waits for a department without a head");
}

#[test]
fn a_task_that_is_gone_or_another_ones_leaves_nothing_behind() {
    let mut world = World::board();
    world.does(LEAD, naming(1, &[OBSERVER]));
    world.does(MEMBER, edit(A, TaskEdit::Owner(OBSERVER)));
    assert_eq!(news(&world, MEMBER), [], "comments there are no longer theirs to read");
    world.does(LEAD, comment(2, A, "好"));
    world.does(LEAD, TaskIntent::Remove(vec![A]));
    assert_eq!(news(&world, OBSERVER), []);
}

#[test]
fn taking_back_tells_the_opposite() {
    let mut world = World::board();
    for command in [
        edit(A, TaskEdit::Owner(LEAD)),
        edit(A, TaskEdit::AddCollaborator(OBSERVER)),
        block(AwaitedFrom::Person(OBSERVER)),
        naming(1, &[OBSERVER]),
        described("", "@observer"),
    ] {
        let before = world.clone();
        let command = Command::from(command);
        let changes = world.tries(MEMBER, &command).expect("the rules allow it");
        assert_ne!(told(&changes), [], "{command:?}");
        for back in command.inverse(&before.state, &changes) {
            world.does(MEMBER, back);
        }
        for person in [LEAD, MEMBER, OBSERVER] {
            let all = |world: &World| (duties(world, person), news(world, person));
            assert_eq!(all(&world), all(&before), "{command:?}");
        }
    }
}

#[test]
fn the_server_alone_tells_of_what_was_there_before() {
    let mut world = World::board();
    world.does(MEMBER, edit(A, TaskEdit::AddCollaborator(LEAD)));
    world.does(MEMBER, move_to(&[B], DONE, Place::Last));
    let told = world.state.inboxes.clone();
    assert_eq!(untold(&world.state, PROJECT), []);
    world.state.inboxes.clear();
    let missing = untold(&world.state, PROJECT);
    assert_eq!(missing, [A, C, D]);
    for actor in [LEAD, MEMBER, HEAD] {
        assert_eq!(world.refuses(actor, TaskIntent::Tell(missing.clone())), Reason::NotAllowed.into());
    }
    world.does(SYSTEM, TaskIntent::Tell(missing));
    assert_eq!(untold(&world.state, PROJECT), []);
    assert_eq!(duties(&world, MEMBER), told[&MEMBER].duties.keys().map(|key| key.task).collect::<Vec<_>>());
    assert_eq!(world.state.inboxes[&LEAD].duties[&on(A)].by, LEAD, "nobody is asked to begin with what is old");
    let too_many = TaskIntent::Tell((0..501).map(task_id).collect());
    assert_eq!(world.refuses(SYSTEM, too_many), Reason::TooMany { max: 500 }.into());
}

/// What every inbox should say, read off the boards.
fn scanned(world: &World) -> BTreeMap<PersonId, BTreeMap<TaskId, Card>> {
    let mut all: BTreeMap<PersonId, BTreeMap<TaskId, Card>> = BTreeMap::new();
    let (project, board) = (world.the_project(), world.the_board());
    for task in board.tasks().values() {
        let people: BTreeSet<PersonId> = task.collaborators.iter().copied().chain([task.owner]).collect();
        let is_over = board.column(task.column).expect("its column").status.is_over();
        for person in people.into_iter().filter(|person| !is_over && project.role(*person).is_some()) {
            all.entry(person).or_default().insert(task.id, card_of(task, board.status(task), person));
        }
    }
    all
}

fn card_of(task: &Task, status: Status, person: PersonId) -> Card {
    let (number, name, due, priority) = (task.number, task.name.clone(), task.due, task.priority);
    Card { number, name, due, priority, status, owned: task.owner == person }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// Whatever is done on boards, in projects and in the company: each inbox says of tasks what the boards say.
    #[test]
    fn inboxes_say_what_the_boards_say(history in whims::history(100)) {
        let mut world = World::board();
        for (index, whim) in history.iter().enumerate() {
            let (actor, command) = whim.command(&world, index as u128);
            let before = world.state.clone();
            let Ok(changes) = world.tries(actor, &command) else { continue };
            // Nothing is said that was known.
            for part in changes.iter().filter(|part| part.scope.owner().is_some()) {
                let is_news = |change: &Change| {
                    matches!(change, Change::Inbox(InboxChange::NoteGone(..) | InboxChange::DeliveryGone(_)))
                };
                let changed = before.part(part.scope) != world.state.part(part.scope);
                prop_assert!(changed || part.changes.iter().all(is_news), "{part:?}");
                prop_assert_eq!(before.is_touched_by(part), changed);
            }
            // Nobody is told of what they did, nor of what they may not read.
            for note in changes.iter().flat_map(|part| part.changes.iter().map(move |change| (part.scope, change))) {
                if let (Scope::Inbox(person), Change::Inbox(InboxChange::NotePut(_))) = note {
                    prop_assert!(person != actor && world.the_project().is_read_by(person));
                }
            }
        }
        let said = world.state.inboxes.iter().map(|(person, inbox)| {
            (*person, inbox.duties.iter().map(|(key, duty)| (key.task, duty.card.clone())).collect())
        });
        let said: BTreeMap<PersonId, BTreeMap<TaskId, Card>> =
            said.filter(|(_, duties): &(_, BTreeMap<_, _>)| !duties.is_empty()).collect();
        prop_assert_eq!(said, scanned(&world));
        prop_assert_eq!(untold(&world.state, PROJECT), Vec::<TaskId>::new());
        // What is told of a task once is told of one that is there.
        for note in world.state.inboxes.values().flat_map(|inbox| inbox.notes.values()) {
            prop_assert!(world.the_board().task(note.task.task).is_ok(), "{note:?}");
        }
    }
}
