//! What a person holds, in words, and where it goes.

use std::collections::BTreeSet;

use leptos::prelude::*;
use qibu::organisation::HeldInProject;
use shared::State;
use shared::holdings::{Holding, holdings};
use shared::id::{IncidentId, PersonId, ShiftId};
use shared::incident::Part;

use crate::format;
use crate::sync::{Replica, now};
use crate::ui::Key;

/// The sorts of what is held, as they are listed.
pub const GROUPS: [Key; 4] =
    [tr!("handing.projects"), tr!("handing.duty"), tr!("handing.departments"), tr!("handing.incidents")];

/// Something that is held.
#[derive(Clone, Debug)]
pub struct Row {
    /// What.
    pub holding: Holding,
    /// What it is called.
    pub text: String,
    /// Who reads the project that it is in, where not everybody may.
    pub readers: Option<BTreeSet<PersonId>>,
    /// Under which heading of [`GROUPS`].
    pub group: usize,
    /// Who takes it over; nobody: it stays.
    pub to: RwSignal<Option<PersonId>>,
    /// What became of it.
    pub outcome: RwSignal<Outcome>,
}

/// What became of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing yet.
    Open,
    /// It is being handed over.
    Working,
    /// It is theirs now.
    Done(PersonId),
    /// It was refused, and why.
    Failed(String),
}

impl Row {
    fn new(holding: Holding, text: String) -> Self {
        let group = match holding {
            Holding::Project(_) | Holding::Tasks(_) => 0,
            Holding::DutyLead(_) | Holding::Fallback(_) => 1,
            Holding::Department(_) => 2,
            Holding::Part(..) | Holding::Assignment(..) | Holding::Call(_) => 3,
        };
        let (to, outcome) = (RwSignal::new(None), RwSignal::new(Outcome::Open));
        Self { holding, text, readers: None, group, to, outcome }
    }

    /// Whether it opens to who takes it over what they may not read yet; tracked.
    pub fn opens(&self) -> bool {
        self.readers.as_ref().zip(self.to.get()).is_some_and(|(readers, to)| !readers.contains(&to))
    }

    /// Whether it has gone to somebody.
    pub fn is_done(&self) -> bool {
        self.outcome.with(|outcome| matches!(outcome, Outcome::Done(_)))
    }

    /// Whether it would stay with who leaves; tracked.
    pub fn stays(&self) -> bool {
        !self.is_done() && self.to.get().is_none()
    }

    /// Whether it will go to somebody; tracked.
    pub fn is_to_go(&self) -> bool {
        !self.is_done() && self.to.get().is_some()
    }

    /// Itself and who takes it over, if it is to go.
    pub fn goes(&self) -> Option<(&Self, PersonId)> {
        untrack(|| self.is_to_go()).then(|| self.to.get_untracked()).flatten().map(|to| (self, to))
    }

    /// Somebody else takes it over, or nobody.
    pub fn choose(&self, to: Option<PersonId>) {
        if !untrack(|| self.is_done()) {
            self.to.set(to);
            self.outcome.set(Outcome::Open);
        }
    }
}

/// What is held by what this browser has of the company; what is in projects comes from the server.
pub fn on_hand(replica: Replica, person: PersonId) -> Vec<Row> {
    replica.peek(|state| {
        let held = holdings(state, person, now());
        held.into_iter().filter_map(|holding| Some(Row::new(holding, named(state, holding)?))).collect()
    })
}

/// What is held in projects.
pub fn in_projects(held: &[HeldInProject]) -> Vec<Row> {
    let of = |held: &HeldInProject| {
        let row = |holding, text| Row { readers: held.readers.clone(), ..Row::new(holding, text) };
        let (number, name) = (held.number.as_str(), held.name.as_str());
        let leads = t!("handing.project", number = number, name = name).into_owned();
        let tasks = t!("handing.tasks", number = number, name = name, count = held.tasks).into_owned();
        [
            held.leads.then(|| row(Holding::Project(held.project), leads)),
            (held.tasks > 0).then(|| row(Holding::Tasks(held.project), tasks)),
        ]
    };
    held.iter().flat_map(of).flatten().collect()
}

/// What it is called; `None` where the server says so.
fn named(state: &State, holding: Holding) -> Option<String> {
    let text = match holding {
        Holding::Department(id) => t!("handing.department", name = state.company.departments.get(&id)?.name),
        Holding::DutyLead(id) => t!("handing.duty_lead", turn = turn(state, id)?),
        Holding::Fallback(id) => t!("handing.fallback", turn = turn(state, id)?),
        Holding::Part(id, Part::Leader) => t!("handing.leader", incident = incident(state, id)?),
        Holding::Part(id, Part::Deputy) => t!("handing.deputy", incident = incident(state, id)?),
        Holding::Call(id) => t!("handing.call", incident = incident(state, id)?),
        Holding::Assignment(id, given) => {
            let found = state.incidents.all.get(&id)?.assignments.iter().find(|other| other.id == given)?;
            t!("handing.assignment", incident = incident(state, id)?, what = found.text)
        }
        Holding::Project(_) | Holding::Tasks(_) => return None,
    };
    Some(text.into_owned())
}

fn turn(state: &State, id: ShiftId) -> Option<String> {
    let shift = state.incidents.roster.shifts.get(&id)?;
    Some(t!("handing.turn", from = format::instant(shift.from), until = format::instant(shift.until)).into_owned())
}

fn incident(state: &State, id: IncidentId) -> Option<String> {
    let incident = state.incidents.all.get(&id)?;
    Some(format!("{} {}", incident.number(), incident.title))
}
