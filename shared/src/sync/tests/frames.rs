//! Frames and snapshots as bytes: what is written is read, and no bytes do harm.

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;

use super::{BOARD, COMPANY, EPOCH, SPACE, Scene, TAB, named};
use crate::command::ScopedChanges;
use crate::id::ProjectId;
use crate::organisation::Company;
use crate::project::Project;
use crate::project::board::{Board, BoardChange};
use crate::state::Part;
use crate::sync::{ClientFrame, Cursor, Delta, PROTOCOL, Resume, Seq, ServerFrame, Snapshot, Start, decode, encode};
use crate::testing::{A, LEAD, MEMBER, PROJECT, World, at, command_id, whims};
use crate::{Change, Reason, State};

fn bytes<T: serde::Serialize>(value: &T) -> Vec<u8> {
    encode(value).expect("it can be written")
}

/// Reads bytes as everything that either side reads; whatever can be read is used, as the client would.
fn read(bytes: &[u8]) {
    if let Ok(frame) = decode::<ClientFrame>(bytes) {
        assert_eq!(decode::<ClientFrame>(&self::bytes(&frame)).expect("it was written here"), frame);
    }
    if let Ok(frame) = decode::<ServerFrame>(bytes) {
        let mut scene = Scene::live();
        scene.hears(frame);
        let _ = scene.act(named(A, "x"));
    }
    if let Ok(snapshot) = decode::<Snapshot>(bytes) {
        let mut scene = Scene::live();
        scene.hears(ServerFrame::Resync(snapshot.cursor.scope));
        scene.client.snapshot(snapshot);
    }
    let _ = decode::<Start>(bytes);
}

fn frames() -> Vec<Vec<u8>> {
    let mut scene = Scene::live();
    let delta = scene.elsewhere(A, "x");
    let cursor = Cursor { scope: BOARD, upto: Seq(7) };
    let resume = Resume { protocol: PROTOCOL, client: TAB, epoch: Some(EPOCH), cursors: vec![cursor] };
    let put = BoardChange::TaskPut(scene.server.task(A).clone());
    let part = ScopedChanges { scope: BOARD, changes: vec![Change::Board(put)] };
    vec![
        bytes(&ClientFrame::Hello(resume)),
        bytes(&ClientFrame::Act { number: 1, id: command_id(1), command: named(A, "积分商城") }),
        bytes(&ServerFrame::Delta(delta.clone())),
        bytes(&ServerFrame::Delta(Arc::new(Delta { part, ..delta.as_ref().clone() }))),
        bytes(&ServerFrame::Refused { number: 1, rejection: Reason::Gone.into() }),
        bytes(&ServerFrame::Welcome { epoch: EPOCH, person: MEMBER, now: at(1), done: 1 }),
        bytes(&scene.snapshot(BOARD)),
        bytes(&scene.snapshot(SPACE)),
        bytes(&scene.snapshot(COMPANY)),
    ]
}

#[test]
fn a_frame_that_is_cut_short_is_malformed() {
    let whole = bytes(&ServerFrame::Delta(Scene::live().elsewhere(A, "x")));
    for length in 0..whole.len() {
        assert!(decode::<ServerFrame>(&whole[..length]).is_err());
    }
}

/// Puts a state together from the snapshots of its scopes.
fn travelled(state: &State, projects: &[ProjectId]) -> State {
    let scopes = projects.iter().flat_map(|id| [crate::Scope::Project(*id), crate::Scope::Board(*id)]);
    let mut arrived = State::default();
    let inboxes = state.inboxes.keys().map(|person| crate::Scope::Inbox(*person));
    for scope in scopes.chain([COMPANY]).chain(inboxes) {
        let snapshot = Snapshot { epoch: EPOCH, cursor: Cursor { scope, upto: Seq(1) }, part: state.part(scope) };
        let read: Snapshot = decode(&bytes(&snapshot)).expect("it was written here");
        assert_eq!(read, snapshot);
        arrived.put(scope, read.part.expect("it is there"));
    }
    arrived
}

#[test]
fn a_part_never_lands_in_the_scope_of_another() {
    let mut state = World::board().state;
    let before = state.clone();
    let company = Part::Company(Arc::new(Company::default()));
    state.put(BOARD, company.clone());
    state.put(SPACE, company);
    state.put(COMPANY, Part::Board(Arc::new(Board::default())));
    let project: Arc<Project> = before.projects[&PROJECT].clone();
    state.put(BOARD, Part::Project(project));
    assert!(state == before);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn no_bytes_do_harm(bytes in vec(any::<u8>(), 0..600)) {
        read(&bytes);
    }

    /// Nearly right bytes get further than random ones.
    #[test]
    fn no_damage_to_a_frame_does_harm(
        which in any::<prop::sample::Index>(),
        damage in vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let frames = frames();
        let mut bytes = which.get(&frames).clone();
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        read(&bytes);
        read(&bytes[..cut.index(bytes.len())]);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_snapshot_reads_back_as_it_was_written(history in whims::history(80)) {
        let mut world = World::board();
        whims::run(&mut world, &history);
        prop_assert!(travelled(&world.state, &[PROJECT]) == world.state);
    }

    #[test]
    fn a_journal_in_json_reads_back_as_it_was_written(history in whims::history(40)) {
        let mut world = World::board();
        for (index, whim) in history.iter().enumerate() {
            let (actor, command) = whim.command(&world, index as u128);
            let Ok(changes) = world.tries(actor, &command) else { continue };
            let written = serde_json::to_string(&(&command, &changes)).expect("it can be written");
            let read: (crate::Command, crate::command::Changes) = serde_json::from_str(&written).expect("it was written here");
            prop_assert_eq!(read, (command, changes));
        }
        prop_assert!(world.state.may_read(LEAD, BOARD));
    }
}
