//! What somebody who leaves holds in projects, and handing over (holdings: handing over).

use std::collections::BTreeMap;

use shared::Scope;
use shared::holdings::Holding;
use shared::id::{CommandId, PersonId, ProjectId};
use uuid::Uuid;

use super::caller::Caller;
use super::directory::company;
use super::wire::HeldInProject;
use crate::Fault;
use crate::clock::now;

/// See [`super::functions::held_in_projects`].
pub(super) async fn held_in_projects(caller: &Caller, person: PersonId) -> Result<Vec<HeldInProject>, Fault> {
    admin(caller).await?;
    let store = &caller.services.store;
    let mut held: BTreeMap<ProjectId, (bool, u32)> = BTreeMap::new();
    for project in store.led_by(person).await? {
        held.entry(project).or_default().0 = true;
    }
    for (project, tasks) in store.open_tasks_of(person).await? {
        held.entry(project).or_default().1 = tasks;
    }
    let scopes: Vec<Scope> = held.keys().map(|project| Scope::Project(*project)).collect();
    let (_, state) = caller.services.engine.read(&scopes).await?;
    let shown = held.into_iter().filter_map(|(id, (leads, tasks))| {
        let project = state.projects.get(&id).filter(|project| !project.stage.is_over())?;
        let (number, name) = (project.number.clone(), project.registration.name.clone());
        let readers = (!project.registration.open).then(|| project.members.keys().copied().collect());
        Some(HeldInProject { project: id, number, name, leads, tasks, readers })
    });
    Ok(shown.collect())
}

/// See [`super::functions::hand_over`].
pub(super) async fn hand_over(caller: &Caller, holding: Holding, from: PersonId, to: PersonId) -> Result<(), Fault> {
    let admin = admin(caller).await?;
    let engine = &caller.services.engine;
    let (_, state) = engine.read(&holding.scopes()).await?;
    for command in holding.hand_over(&state, (from, to), now(), Uuid::now_v7()) {
        engine.act(admin, CommandId::new(Uuid::now_v7()), command).await?;
    }
    tracing::info!(?holding, %from, %to, by = %admin, "something was handed over");
    Ok(())
}

async fn admin(caller: &Caller) -> Result<PersonId, Fault> {
    let person = caller.signed_in()?.person;
    if company(&caller.services).await?.is_admin(person) { Ok(person) } else { Err(Fault::NotAllowed) }
}
