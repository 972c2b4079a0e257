//! Who may read what: the one rule behind pages, snapshots and frames.

use crate::project::{ProjectEdit, ProjectIntent};
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

#[test]
fn a_scope_that_is_forgotten_is_gone_and_can_be_put_back() {
    let world = World::board();
    for scope in [Scope::Company, Scope::Project(PROJECT), Scope::Board(PROJECT)] {
        let mut state = world.state.clone();
        let part = state.part(scope).expect("it is there");
        state.forget(scope);
        assert_ne!(state, world.state);
        state.put(scope, part);
        assert_eq!(state, world.state);
    }
}
