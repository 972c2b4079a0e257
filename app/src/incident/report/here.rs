//! The report that the page is about, for all its parts.

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::{EntryId, IncidentId};
use shared::incident::{Incident, IncidentCommand, IncidentIntent, Report, ReportEdit, Stage};
use shared::{Command, Rejection};
use uuid::Uuid;

use crate::incident::rights::may;
use crate::reactive::memo;
use crate::sync::Replica;

/// The report that the page is about.
#[derive(Clone, Copy)]
pub struct Here {
    pub replica: Replica,
    pub id: IncidentId,
    /// The incident as it stands; tracked.
    pub incident: Memo<Arc<Incident>>,
    /// The report as far as it is written; tracked.
    pub report: Memo<Report>,
    /// Whether the person who looks may write it now.
    pub writes: Memo<bool>,
    /// Whether they run the incident.
    pub runs: Memo<bool>,
}

impl Here {
    /// Of an incident that is here.
    pub fn provide(first: Arc<Incident>) -> Self {
        let replica = Replica::expect();
        let id = first.id;
        let incident = replica.follow(first, move |view| view.incident(id).cloned());
        let report = memo(move || replica.read(|view| view.room(id).map(|room| room.report.clone())));
        let runs = may(replica, incident, Incident::is_run_by);
        let writes = memo(move || {
            let open = incident.with(|incident| {
                matches!(incident.stage, Stage::Resolved | Stage::Confirmed) && incident.filed.is_none()
            });
            open && runs.get()
        });
        let report = memo(move || report.get().unwrap_or_default());
        let here = Self { replica, id, incident, report, writes, runs };
        provide_context(here);
        here
    }

    /// The one around here.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Changes a part of the report.
    pub fn edit(self, edit: ReportEdit) -> Result<(), Rejection> {
        self.act(IncidentIntent::EditReport(edit))
    }

    /// Does something to the incident.
    pub fn act(self, intent: IncidentIntent) -> Result<(), Rejection> {
        let entry = EntryId::new(Uuid::now_v7());
        self.replica.act(Command::Incident(IncidentCommand::On { incident: self.id, entry, intent }))
    }
}
