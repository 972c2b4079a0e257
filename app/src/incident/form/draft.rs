//! What has been typed into the report so far.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::Timestamp;
use shared::file::Attachment;
use shared::id::{EntryId, IncidentId};
use shared::incident::{Hindrance, Impact, IncidentKind, NewIncident, Reach, Severity};
use uuid::Uuid;

use crate::format;

/// The form as it stands.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Draft {
    pub title: RwSignal<String>,
    pub kind: RwSignal<IncidentKind>,
    pub reach: RwSignal<Option<Reach>>,
    pub hindrance: RwSignal<Option<Hindrance>>,
    /// What was chosen by hand; the advice holds until then.
    pub chosen: RwSignal<Option<Severity>>,
    pub impact: RwSignal<String>,
    pub affected: RwSignal<String>,
    pub since: RwSignal<String>,
    pub suggestion: RwSignal<String>,
    pub attachments: RwSignal<Vec<Attachment>>,
}

impl Draft {
    /// An empty form.
    pub fn new() -> Self {
        Self {
            title: RwSignal::default(),
            kind: RwSignal::new(IncidentKind::Technical),
            reach: RwSignal::new(None),
            hindrance: RwSignal::new(None),
            chosen: RwSignal::new(None),
            impact: RwSignal::default(),
            affected: RwSignal::default(),
            since: RwSignal::default(),
            suggestion: RwSignal::default(),
            attachments: RwSignal::default(),
        }
    }

    /// What the matrix advises, once both questions are answered; tracked.
    pub fn advised(self) -> Option<Severity> {
        Some(Severity::advised(self.reach.get()?, self.hindrance.get()?))
    }

    /// The severity: what was chosen, else what is advised; tracked.
    pub fn severity(self) -> Option<Severity> {
        self.chosen.get().or_else(|| self.advised())
    }

    /// All that was typed, to search by; tracked.
    pub fn text(self) -> String {
        format!("{} {}", self.title.get(), self.impact.get())
    }

    /// The report; `None` for the number if it is none.
    pub fn filled(self, severity: Severity) -> NewIncident {
        NewIncident {
            id: IncidentId::new(Uuid::now_v7()),
            entry: EntryId::new(Uuid::now_v7()),
            kind: self.kind.get_untracked(),
            severity,
            title: self.title.get_untracked(),
            impact: Impact {
                text: self.impact.get_untracked(),
                affected: self.affected.get_untracked().trim().parse().ok(),
                since: self.since(),
            },
            suggestion: self.suggestion.get_untracked(),
            attachments: self.attachments.get_untracked(),
        }
    }

    fn since(self) -> Option<Timestamp> {
        format::read_local(&self.since.get_untracked())
    }
}
