//! What holds for every command: both sides of the wire decide and apply alike.

use proptest::prelude::*;

use super::{Command, Context, decide};
use crate::State;
use crate::project::board::BoardChange;
use crate::project::task::TaskField;
use crate::sync::{decode, encode};
use crate::testing::{ADMIN, LEAD, MEMBER, PROJECT, World, registration, whims};
use crate::{Scope, organisation::OrganisationCommand, project::ProjectIntent, project::task::TaskIntent};

/// The value that the field of this change has in `state`; as [`TaskField`] says it.
fn value(state: &State, task: crate::id::TaskId, like: &TaskField) -> Option<TaskField> {
    let task = state.board(PROJECT).ok()?.task(task).ok()?;
    Some(match like {
        TaskField::Name(_) => TaskField::Name(task.name.clone()),
        TaskField::Description(_) => TaskField::Description(task.description.clone()),
        TaskField::Owner(_) => TaskField::Owner(task.owner),
        TaskField::Collaborators(_) => TaskField::Collaborators(task.collaborators.clone()),
        TaskField::Due(_) => TaskField::Due(task.due),
        TaskField::Priority(_) => TaskField::Priority(task.priority),
        TaskField::Dependencies(_) => TaskField::Dependencies(task.dependencies.clone()),
        TaskField::Progress(_) => TaskField::Progress(task.progress.clone()),
        TaskField::Labels(_) => TaskField::Labels(task.labels.clone()),
        TaskField::Checklist(_) => TaskField::Checklist(task.checklist.clone()),
        TaskField::Estimate(_) => TaskField::Estimate(task.estimate),
        TaskField::Blocked(_) => TaskField::Blocked(task.blocked.clone()),
        TaskField::Place { .. } => TaskField::Place { column: task.column, key: task.key.clone() },
    })
}

#[test]
fn a_command_reads_and_changes_the_scopes_that_it_names() {
    let project = [Scope::Company, Scope::Project(PROJECT), Scope::Board(PROJECT)];
    for (command, scopes) in [
        (Command::from(OrganisationCommand::RenameCompany("x".into())), vec![Scope::Company]),
        (registration().into(), project.to_vec()),
        (ProjectIntent::HandOver(MEMBER).into(), project.to_vec()),
        (TaskIntent::Remove(vec![]).into(), project.to_vec()),
        (crate::project::board::BoardIntent::RemoveColumn(crate::testing::PLANNED).into(), project.to_vec()),
    ] {
        assert_eq!(command.scopes(), scopes);
    }
}

#[test]
fn a_board_that_is_not_here_is_not_guessed_at() {
    let mut world = World::board();
    world.state.forget(Scope::Board(PROJECT));
    let refusal = world.refuses(MEMBER, TaskIntent::Remove(vec![crate::testing::A]));
    assert_eq!(refusal, crate::Reason::Gone.into());
}

#[test]
fn changes_that_no_longer_fit_are_passed_over() {
    let mut world = World::board();
    let changes = world.decide(MEMBER, &TaskIntent::Remove(vec![crate::testing::A]).into()).expect("allowed");
    world.state.apply_all(&changes);
    let once = world.state.clone();
    world.state.apply_all(&changes);
    assert_eq!(world.state, once, "a thing that is gone goes once");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    /// The browser decides, the server decides, the changes travel: all three end the same.
    #[test]
    fn states_that_began_equal_stay_equal(history in whims::history(80)) {
        let mut decided = World::board();
        let mut told = decided.state.clone();
        for (index, whim) in history.iter().enumerate() {
            let (actor, command) = whim.command(&decided, index as u128);
            let sent: Command = decode(&encode(&command).expect("it can be written")).expect("it can be read");
            prop_assert_eq!(&sent, &command);
            let Ok(changes) = decided.tries(actor, &command) else { continue };
            let bytes = encode(&changes).expect("they can be written");
            told.apply_all(&decode::<super::Changes>(&bytes).expect("they can be read"));
        }
        prop_assert!(told == decided.state);
    }

    #[test]
    fn the_same_decision_is_made_again_and_changes_nothing_by_itself(history in whims::history(60)) {
        let mut world = World::board();
        for (index, whim) in history.iter().enumerate() {
            let (actor, command) = whim.command(&world, index as u128);
            let before = world.state.clone();
            let context = Context { actor, now: world.now() };
            let first = decide(&world.state, &command, &context);
            prop_assert_eq!(&decide(&before, &command, &context), &first);
            prop_assert!(world.state == before);
            let _ = world.tries(actor, &command);
        }
    }

    #[test]
    fn a_change_says_what_was_before_and_what_is_new(history in whims::history(80)) {
        let mut world = World::board();
        for (index, whim) in history.iter().enumerate() {
            let (actor, command) = whim.command(&world, index as u128);
            let before = world.state.clone();
            let Ok(changes) = world.tries(actor, &command) else { continue };
            for change in whims::on_the_board(&changes) {
                if let BoardChange::TaskField { task, was, now } = change {
                    prop_assert_ne!(was, now);
                    prop_assert_eq!(&value(&before, *task, was), &Some(was.clone()));
                    prop_assert_eq!(&value(&world.state, *task, now), &Some(now.clone()));
                }
            }
        }
    }

    #[test]
    fn a_decision_without_changes_is_empty_and_one_with_changes_does_something(history in whims::history(80)) {
        let mut world = World::board();
        for (index, whim) in history.iter().enumerate() {
            let (actor, command) = whim.command(&world, index as u128);
            let before = world.state.clone();
            let Ok(changes) = world.tries(actor, &command) else { continue };
            prop_assert!(changes.iter().all(|part| !part.changes.is_empty()));
            prop_assert_eq!(changes.is_empty(), world.state == before);
            let scopes = command.scopes();
            // It tells people in their inboxes, whoever they are.
            let is_told = |scope: Scope| scope.owner().is_some();
            prop_assert!(changes.iter().all(|part| scopes.contains(&part.scope) || is_told(part.scope)));
        }
    }

    #[test]
    fn who_is_not_in_the_company_does_nothing(history in whims::history(20)) {
        let mut world = World::board();
        world.does(LEAD, ProjectIntent::HandOver(MEMBER));
        world.leaves_the_company(LEAD);
        for (index, whim) in history.iter().enumerate() {
            let (_, command) = whim.command(&world, index as u128);
            prop_assert!(world.decide(LEAD, &command).is_err());
            prop_assert!(world.decide(crate::testing::STRANGER, &command).is_err());
        }
        prop_assert!(world.state.company.is_admin(ADMIN));
    }
}
