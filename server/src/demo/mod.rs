//! A company to look around in: 启明科技, its people, four projects at work and five months of incidents, in Chinese and
//! English.
//!
//! Everything is done by real commands of those who would do it, so that the demo can hold nothing that the rules
//! forbid. Ids follow from names and dates from today: tests find things, and the boards are always current.

mod benchmark;
mod case;
mod deliverables;
mod follow_ups;
mod helpdesk;
mod history;
mod lessons;
mod people;
mod plan;
mod points_mall;
mod project;
mod relaunch;
mod response;
mod restructuring;
mod review;
mod script;
mod stories;

use shared::id::{DepartmentId, PersonId, ProjectId, TaskId};
use shared::organisation::Company;
use shared::{Rejection, Scope};
use thiserror::Error;
use uuid::Uuid;

use crate::Fault;
use crate::store::{Store, StoreError};
use crate::sync::Engine;

use people::{COMPANY, PEOPLE, SIGN_INS};
use script::Script;

/// What everybody in the demo signs in with.
pub const PASSWORD: &str = "qibu-demo-2026";

/// Somebody to sign in as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignIn {
    /// What they sign in with.
    pub email: String,
    /// Who they are.
    pub who: &'static str,
}

/// What was loaded.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The company's name.
    pub company: &'static str,
    /// How many people are in it.
    pub people: usize,
    /// How many projects.
    pub projects: usize,
    /// How many tasks are on their boards.
    pub tasks: usize,
    /// Whom to sign in as.
    pub sign_ins: Vec<SignIn>,
}

/// Why the demo could not be loaded.
#[derive(Debug, Error)]
pub enum DemoError {
    /// It never touches what is somebody's.
    #[error("this database holds a company already; the demo needs an empty one")]
    NotEmpty,
    /// A command of the demo breaks a rule: a mistake in its tables.
    #[error("the rules refused {command}: {rejection}")]
    Refused {
        /// The command.
        command: String,
        /// Why.
        rejection: Rejection,
    },
    /// The server could not do it.
    #[error(transparent)]
    Fault(#[from] Fault),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Loads the demo into an empty database, with a project "Benchmark" of `cards` cards if there are to be any.
pub async fn load(store: &Store, engine: &Engine, cards: usize) -> Result<Summary, DemoError> {
    let (_, state) = engine.read(&[Scope::Company]).await.map_err(Fault::from)?;
    if !state.company.people.is_empty() {
        return Err(DemoError::NotEmpty);
    }
    let script = Script::new(engine.clone());
    script.go_to(script.instant(history::BEGIN));
    project::organisation(store, &script).await?;
    response::prepare(&script).await?;
    let measures = history::load(&script).await?;
    let plans = [points_mall::plan(), relaunch::plan(), helpdesk::plan(), restructuring::plan()];
    let (mut projects, mut tasks) = (plans.len() + 1, measures);
    for plan in &plans {
        tasks += project::load(&script, plan).await?;
    }
    deliverables::load(&script).await?;
    response::load(&script).await?;
    if cards > 0 {
        benchmark::load(&script, cards).await?;
        projects += 1;
        tasks += cards;
    }
    let (_, state) = engine.read(&[Scope::Company]).await.map_err(Fault::from)?;
    Ok(Summary { company: COMPANY, people: PEOPLE.len(), projects, tasks, sign_ins: sign_ins(&state.company) })
}

/// Whom to sign in as, if this is the demo's company.
pub fn sign_ins(company: &Company) -> Vec<SignIn> {
    let here =
        |slug: &str| company.people.get(&person(slug)).filter(|person| person.active && person.email == email(slug));
    SIGN_INS
        .iter()
        .filter_map(|(slug, who)| here(slug).map(|person| SignIn { email: person.email.clone(), who }))
        .collect()
}

/// The email address of a person of the demo, by its first part: `lin.xiao`.
pub fn email(slug: &str) -> String {
    format!("{slug}@qiming.example")
}

/// A person of the demo, by the first part of their address: `lin.xiao`.
pub fn person(slug: &str) -> PersonId {
    PersonId::new(id("person", slug))
}

/// A department of the demo: `product`, `tech`, `backend`, `design`, …
pub fn department(slug: &str) -> DepartmentId {
    DepartmentId::new(id("department", slug))
}

/// A project of the demo: `points-mall`, `relaunch`, `helpdesk`, `restructuring`, `follow-ups`, `benchmark`.
pub fn project(slug: &str) -> ProjectId {
    ProjectId::new(id("project", slug))
}

/// A task of a project of the demo, by its name.
pub fn task(project: &str, name: &str) -> TaskId {
    TaskId::new(id("task", &format!("{project}/{name}")))
}

/// The same id for the same name, in every database.
fn id(kind: &str, name: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_URL, format!("https://qiming.example/{kind}/{name}").as_bytes())
}
