//! What home knows of one's own projects: their next milestones, and all that are late or near.

use std::collections::BTreeMap;
use std::sync::Arc;

use leptos::prelude::*;
use shared::Date;
use shared::arrange::Arrange as _;
use shared::id::{MilestoneId, PersonId, ProjectId};
use shared::project::{Project, Role, Stage};

use crate::reactive::memo;
use crate::sync::Replica;
use crate::ui::Seconds;

/// How many days ahead a milestone is near.
pub const DAYS_AHEAD: i32 = 14;

/// A project that somebody takes part in and that is not over.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mine {
    /// Its id.
    pub id: ProjectId,
    /// Its name.
    pub name: String,
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
    let (me, day) = (replica.me(), Seconds::expect().day());
    memo(move || {
        let today = day.get();
        replica.read(|view| mine(view.projects(), me, today))
    })
}

fn mine(projects: &BTreeMap<ProjectId, Arc<Project>>, me: PersonId, today: Date) -> Vec<Mine> {
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
        ahead.arrange_by_key(|milestone| milestone.date);
        Some(Mine { id: project.id, name: project.registration.name.clone(), stage: project.stage, role, ahead })
    };
    // Ids are ordered by time: the newest first where no date decides.
    let mut all: Vec<Mine> = projects.values().rev().filter_map(|project| of(project)).collect();
    all.arrange_by_key(|project| project.ahead.first().map_or(Date::MAX, |next| next.date));
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
    all.arrange_by_key(|point| point.milestone.date);
    all
}
