//! The incident that the room is about, for all its parts.

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::{EntryId, IncidentId};
use shared::incident::{Incident, IncidentCommand, IncidentIntent, Stage};
use shared::{Command, Rejection};
use uuid::Uuid;

use super::entry::Filter;
use crate::incident::rights::may;
use crate::reactive::memo;
use crate::sync::Replica;

/// Something that asks for more before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Another pinned status.
    Pin,
    /// A progress update.
    Update,
    /// The harm is contained.
    Mitigate,
    /// It is solved.
    Resolve,
    /// The solution is not good.
    Refuse,
    /// Graver, or less grave.
    Severity,
    /// It is no incident.
    Reject,
    /// It is part of another one.
    Merge,
    /// A team.
    FormTeam,
    /// Another leader or deputy.
    Parts,
    /// Something to do for somebody.
    Assign,
}

/// The incident that the room is about.
#[derive(Clone, Copy)]
pub struct Here {
    pub replica: Replica,
    pub id: IncidentId,
    incident: Memo<Arc<Incident>>,
    /// Whether the person who looks runs it.
    pub runs: Memo<bool>,
    /// Whether they may take it.
    pub takes: Memo<bool>,
    /// Whether they may confirm or refuse the solution.
    pub confirms: Memo<bool>,
    /// The question that is open.
    pub asking: RwSignal<Option<Action>>,
    /// What part of the timeline is shown.
    pub filter: RwSignal<Filter>,
}

impl Here {
    /// Of an incident that is here.
    pub fn provide(first: Arc<Incident>) -> Self {
        let replica = Replica::expect();
        let id = first.id;
        let incident = replica.follow(first, move |view| view.incident(id).cloned());
        let here = Self {
            replica,
            id,
            incident,
            runs: may(replica, incident, Incident::is_run_by),
            takes: may(replica, incident, Incident::may_be_taken_by),
            confirms: may(replica, incident, Incident::may_be_confirmed_by),
            asking: RwSignal::new(None),
            filter: RwSignal::new(Filter::All),
        };
        provide_context(here);
        here
    }

    /// The one around here.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Something of the incident; tracked, and told only when it differs.
    pub fn map<T: PartialEq + Send + Sync + 'static>(
        self,
        of: impl Fn(&Incident) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        memo(move || self.incident.with(|incident| of(incident)))
    }

    /// Something of the incident as it is now.
    pub fn now<T>(self, of: impl FnOnce(&Incident) -> T) -> T {
        self.incident.with_untracked(|incident| of(incident))
    }

    /// Whether it is taken and not yet resolved.
    pub fn responds(self) -> Memo<bool> {
        self.map(|incident| matches!(incident.stage, Stage::Responding | Stage::TeamFormed | Stage::Mitigated))
    }

    /// Does something to it.
    pub fn act(self, intent: IncidentIntent) -> Result<(), Rejection> {
        let entry = EntryId::new(Uuid::now_v7());
        self.replica.act(Command::Incident(IncidentCommand::On { incident: self.id, entry, intent }))
    }
}
