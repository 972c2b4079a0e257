//! What home knows of one's own projects: their next milestones, and all that are late or near.

use std::time::Duration;

use leptos::prelude::*;
use shared::id::{MilestoneId, ProjectId};
use shared::project::{Project, Role, Stage};
use shared::{Date, Scope, State};

use crate::format;
use crate::sync::Replica;

/// How many days ahead a milestone is near.
pub const DAYS_AHEAD: i32 = 14;
/// How often home looks for projects that have come.
const LOOK: Duration = Duration::from_millis(500);

/// A project that somebody takes part in and that is not over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mine {
    /// Its id.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
    /// Its number.
    pub number: String,
    /// Where it stands.
    pub stage: Stage,
    /// What one may do in it.
    pub role: Role,
    /// Its milestones that are not reached, by date.
    pub ahead: Vec<Ahead>,
}

/// A milestone that is not reached.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Ahead {
    /// Its id.
    pub id: MilestoneId,
    /// What is to be reached.
    pub name: String,
    /// When.
    pub date: Date,
    /// In how many days; negative when it is late.
    pub days: i32,
}

/// One's own projects: first those whose next milestone comes first.
pub fn my_projects(replica: Replica) -> Memo<Vec<Mine>> {
    let ids = move || replica.peek(|state| state.projects.keys().copied().collect::<Vec<_>>());
    let known = RwSignal::new(ids());
    // The replica tells of scopes that somebody already reads; a project that is new here has no reader yet.
    let look = move || {
        let now = ids();
        if known.with_untracked(|known| *known != now) {
            known.set(now);
        }
    };
    let looking = set_interval_with_handle(look, LOOK).ok();
    on_cleanup(move || {
        if let Some(looking) = looking {
            looking.clear();
        }
    });
    Memo::new(move |_| {
        for id in known.get() {
            replica.read(Scope::Project(id), |_| ());
        }
        // Registering a project touches the directory too.
        replica.read(Scope::Company, |state| mine(state, replica))
    })
}

fn mine(state: &State, replica: Replica) -> Vec<Mine> {
    let me = replica.me();
    let today = format::today();
    let of = |project: &Project| {
        let role = project.role(me).filter(|_| !project.stage.is_over())?;
        let ahead = project.milestones.iter().filter(|milestone| !milestone.done);
        let mut ahead: Vec<Ahead> = ahead
            .map(|milestone| Ahead {
                id: milestone.id,
                name: milestone.name.clone(),
                date: milestone.date,
                days: (milestone.date - today).get_days(),
            })
            .collect();
        ahead.sort_by_key(|milestone| milestone.date);
        Some(Mine {
            id: project.id,
            name: project.registration.name.clone(),
            number: project.number.clone(),
            stage: project.stage,
            role,
            ahead,
        })
    };
    // Ids are ordered by time: the newest first where no date decides.
    let mut all: Vec<Mine> = state.projects.values().rev().filter_map(|project| of(project)).collect();
    all.sort_by_key(|project| project.ahead.first().map_or(Date::MAX, |next| next.date));
    all
}

/// A milestone with its project, as home lists it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Point {
    /// The milestone.
    pub milestone: Ahead,
    /// Its project.
    pub project: ProjectId,
    /// The project's name.
    pub project_name: String,
}

/// All milestones that are late or near, by date.
pub fn points(projects: &[Mine]) -> Vec<Point> {
    let of = |project: &Mine| {
        let near = project.ahead.iter().filter(|milestone| milestone.days <= DAYS_AHEAD);
        let point = |milestone: &Ahead| Point {
            milestone: milestone.clone(),
            project: project.id,
            project_name: project.name.clone(),
        };
        near.map(point).collect::<Vec<_>>()
    };
    let mut all: Vec<Point> = projects.iter().flat_map(of).collect();
    all.sort_by_key(|point| point.milestone.date);
    all
}
