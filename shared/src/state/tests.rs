//! What holds of every scope: who reads it, what it is called, and that it is kept as it is.

use proptest::prelude::*;

use crate::incident::tests::reported;
use crate::project::{ProjectEdit, ProjectIntent};
use crate::testing::kept::Kept;
use crate::testing::whims;
use crate::testing::{ADMIN, HEAD, LEAD, LEFT, MEMBER, OBSERVER, OUTSIDER, PROJECT, STRANGER, World, project_id};
use crate::{Scope, State};

const OF_THE_PROJECT: [Scope; 2] = [Scope::Project(PROJECT), Scope::Board(PROJECT)];

#[test]
fn every_active_person_reads_the_directory() {
    let world = World::project();
    for person in [ADMIN, HEAD, LEAD, MEMBER, OBSERVER, OUTSIDER] {
        assert!(world.state.may_read(person, Scope::Company));
    }
    for person in [LEFT, STRANGER] {
        assert!(!world.state.may_read(person, Scope::Company));
    }
    assert!(!State::default().may_read(ADMIN, Scope::Company));
}

#[test]
fn a_project_is_read_by_those_who_are_in_it() {
    let world = World::project();
    for scope in OF_THE_PROJECT {
        for person in [LEAD, MEMBER, OBSERVER] {
            assert!(world.state.may_read(person, scope));
        }
        // Not by admins either; and not by a member who has left the company.
        for person in [ADMIN, HEAD, OUTSIDER, LEFT, STRANGER] {
            assert!(!world.state.may_read(person, scope), "{person} {scope:?}");
        }
    }
}

#[test]
fn an_open_project_is_read_by_the_whole_company() {
    let mut world = World::project();
    world.does(LEAD, ProjectIntent::Edit(ProjectEdit::Open(true)));
    for scope in OF_THE_PROJECT {
        for person in [ADMIN, HEAD, LEAD, MEMBER, OBSERVER, OUTSIDER] {
            assert!(world.state.may_read(person, scope));
        }
        for person in [LEFT, STRANGER] {
            assert!(!world.state.may_read(person, scope));
        }
    }
}

#[test]
fn who_is_removed_reads_no_more() {
    let mut world = World::project();
    world.does(LEAD, ProjectIntent::RemoveMember(MEMBER));
    for scope in OF_THE_PROJECT {
        assert!(!world.state.may_read(MEMBER, scope));
    }
}

#[test]
fn a_project_that_is_not_there_is_read_by_nobody() {
    let world = World::project();
    assert!(!world.state.may_read(LEAD, Scope::Project(project_id(9))));
    assert!(!world.state.may_read(LEAD, Scope::Board(project_id(9))));
}

/// A scope of every sort that there is, in a state that has something of each.
fn one_of_each() -> (State, Vec<Scope>) {
    let mut world = reported();
    let article = crate::id::ArticleId::new(uuid::Uuid::from_u128(1));
    let new = crate::knowledge::NewArticle {
        kind: crate::knowledge::ArticleKind::HowTo,
        title: "支付".into(),
        body: "支付".into(),
        tags: std::collections::BTreeSet::new(),
        readers: crate::knowledge::Readers::Company,
        source: None,
    };
    let intent = crate::knowledge::KnowledgeIntent::Create(Box::new(new));
    world.does(ADMIN, crate::Command::Knowledge(crate::knowledge::KnowledgeCommand { article, intent }));
    let mark = crate::inbox::InboxCommand { person: ADMIN, key: "key".into(), mark: Some(crate::inbox::Intent::Done) };
    world.does(ADMIN, crate::Command::Inbox(mark));
    let state = world.state;
    let mut scopes = state.light_scopes(ADMIN);
    scopes.extend(state.boards.keys().map(|id| Scope::Board(*id)));
    scopes.extend(state.rooms.keys().map(|id| Scope::Room(*id)));
    scopes.extend(state.articles.keys().map(|id| Scope::Article(*id)));
    (state, scopes)
}

#[test]
fn every_sort_of_scope_can_be_forgotten_and_put_back_and_has_a_name() {
    let (whole, scopes) = one_of_each();
    let mut sorts: Vec<String> = Vec::new();
    for scope in scopes {
        let mut state = whole.clone();
        let part = state.part(scope).expect("it is there");
        state.forget(scope);
        assert_ne!(state, whole);
        state.put(scope, part);
        assert_eq!(state, whole);
        assert_eq!(scope.to_string().parse(), Ok(scope));
        if let Some(judge) = scope.judge().filter(|judge| *judge != scope) {
            assert_eq!(judge.takes_along(), Some(scope), "who takes it away tells of it");
        }
        sorts.push(scope.to_string().split(':').next().expect("a name").to_owned());
    }
    for name in Scope::NAMES {
        let scope = name.parse().or_else(|_| format!("{name}:{}", uuid::Uuid::from_u128(1)).parse::<Scope>());
        assert!(scope.is_ok_and(|scope| scope.to_string().starts_with(name)), "{name}");
    }
    sorts.sort_unstable();
    let mut names = Scope::NAMES.to_vec();
    names.sort_unstable();
    assert_eq!(sorts, names, "one of each sort");
    for wrong in ["", "company:", "project", "board:x", "nothing:1"] {
        assert!(wrong.parse::<Scope>().is_err(), "{wrong}");
    }
}

#[test]
fn kinds_are_named_once() {
    let names: Vec<&str> = Scope::kinds().map(|kind| kind.name).collect();
    let mut once = names.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), names.len(), "{names:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The things that changes touch are all that is needed to have the state again.
    #[test]
    fn what_is_kept_is_what_is_there(history in whims::history(80)) {
        let mut world = World::board();
        let (mut kept, mut state) = (Kept::default(), State::default());
        kept.take(&mut state, &whole(&world.state));
        for (index, whim) in history.iter().enumerate() {
            let (actor, command) = whim.command(&world, index as u128);
            let Ok(changes) = world.tries(actor, &command) else { continue };
            kept.take(&mut state, &changes);
        }
        prop_assert!(state == world.state);
        kept.reads_as(&state);
    }
}

/// The changes that make a state from nothing.
fn whole(state: &State) -> crate::command::Changes {
    use crate::command::ScopedChanges;
    use crate::inbox::InboxChange;
    use crate::organisation::OrganisationChange as O;
    use crate::project::ProjectChange;
    use crate::project::board::{BoardChange as B, RecordChange};
    use crate::state::Change;
    let company = &state.company;
    let info = std::iter::once(O::CompanyPut(company.info.clone()));
    let directory = info
        .chain(company.departments.values().cloned().map(O::DepartmentPut))
        .chain(company.people.values().cloned().map(O::PersonPut));
    let project = state.projects[&PROJECT].as_ref().clone();
    let board = &state.boards[&PROJECT];
    let columns = board.columns().iter().cloned().map(B::ColumnPut);
    let tasks = board.tasks().values().cloned().map(B::TaskPut);
    let baselines = board.record().baselines.iter().cloned().map(|it| B::Record(RecordChange::BaselinePut(it)));
    let inboxes = state.inboxes.iter().map(|(person, inbox)| {
        let duties = inbox.duties.iter().map(|(task, duty)| InboxChange::DutyGiven(*task, duty.clone()));
        ScopedChanges { scope: Scope::Inbox(*person), changes: duties.map(Change::Inbox).collect() }
    });
    let project = ScopedChanges {
        scope: Scope::Project(PROJECT),
        changes: vec![Change::Project(ProjectChange::Put(Box::new(project)))],
    };
    let company = ScopedChanges { scope: Scope::Company, changes: directory.map(Change::Organisation).collect() };
    let board = ScopedChanges {
        scope: Scope::Board(PROJECT),
        changes: columns.chain(tasks).chain(baselines).map(Change::Board).collect(),
    };
    [company, project, board].into_iter().chain(inboxes).collect()
}
