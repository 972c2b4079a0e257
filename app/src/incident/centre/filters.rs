//! What the list of incidents is filtered by, as the address holds it.

use leptos::prelude::*;
use qibu::incident::OverFilter;
use shared::id::{DepartmentId, PersonId};
use shared::incident::{Incident, IncidentKind, Severity, Stage};
use shared::organisation::Company;

use crate::incident::words;
use crate::reactive::memo;
use crate::ui::{Address, Filters};

/// What incidents are filtered by beside a text, as the address names it.
const CHOICES: [&str; 5] = ["state", "severity", "kind", "department", "mine"];

/// Stages that ask for the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    /// Nobody has solved it yet.
    Running,
    /// The reporter is to confirm.
    ToConfirm,
    /// The report is due.
    ReportDue,
    /// Nothing is to be done any more.
    Over,
}

impl Group {
    /// All of them, as the filter lists them.
    pub const ALL: [Self; 4] = [Self::Running, Self::ToConfirm, Self::ReportDue, Self::Over];

    /// The one that a stage is in.
    pub const fn of(stage: Stage) -> Self {
        match stage {
            Stage::Resolved => Self::ToConfirm,
            Stage::Confirmed => Self::ReportDue,
            Stage::Closed | Stage::Merged | Stage::Rejected => Self::Over,
            Stage::Reported | Stage::Reopened | Stage::Responding | Stage::TeamFormed | Stage::Mitigated => {
                Self::Running
            }
        }
    }

    /// In the address.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Running => "running",
            Self::ToConfirm => "confirm",
            Self::ReportDue => "report",
            Self::Over => "over",
        }
    }

    /// In words.
    pub fn words(self) -> String {
        match self {
            Self::Running => t!("centre.running"),
            Self::ToConfirm => t!("centre.to_confirm"),
            Self::ReportDue => t!("centre.report_due"),
            Self::Over => t!("centre.over"),
        }
        .into_owned()
    }
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    text: String,
    group: Option<Group>,
    severity: Option<Severity>,
    kind: Option<IncidentKind>,
    department: Option<DepartmentId>,
    mine: bool,
}

impl Filter {
    /// Whether it asks for anything.
    pub fn is_set(&self) -> bool {
        *self != Self::default()
    }

    /// Whether an incident is asked for by `me`.
    pub fn fits(&self, company: &Company, me: PersonId, incident: &Incident) -> bool {
        self.group.is_none_or(|group| group == Group::of(incident.stage))
            && self.severity.is_none_or(|severity| severity == incident.severity)
            && self.kind.is_none_or(|kind| kind == incident.kind)
            && self.department.is_none_or(|department| company.works_in(incident.reporter, department))
            && (!self.mine || incident.involved().contains(&me))
            && self.has_text(company, incident)
    }

    fn has_text(&self, company: &Company, incident: &Incident) -> bool {
        let name = |id: PersonId| company.people.get(&id).map(|person| person.name.as_str());
        let names = [Some(incident.reporter), incident.leader()].into_iter().flatten().filter_map(name);
        let number = incident.number();
        let mut texts = [incident.title.as_str(), &number, &incident.impact.text].into_iter().chain(names);
        self.text.is_empty() || texts.any(|text| text.to_lowercase().contains(&self.text))
    }
}

/// The filters of the page that is shown, what they ask for, and what of it is asked of those that are over, once nothing
/// is being typed; `None` if it is none of them.
pub fn centre_filters() -> (Filters, Memo<Filter>, Memo<Option<OverFilter>>) {
    let filters = Filters::of(Address::of("/incidents".to_owned()), &CHOICES, false);
    let filter = memo(move || {
        let (severity, kind, group) = (filters.get("severity"), filters.get("kind"), filters.get("state"));
        Filter {
            text: filters.text.with(|text| text.to_lowercase()),
            group: Group::ALL.into_iter().find(|each| each.key() == group),
            severity: Severity::ALL.into_iter().find(|each| words::severity_key(*each) == severity),
            kind: IncidentKind::ALL.into_iter().find(|each| kind_key(*each) == kind),
            department: filters.get("department").parse().ok(),
            mine: filters.get("mine") == "1",
        }
    });
    let over = memo(move || {
        let Filter { severity, kind, department, mine, group, .. } = filter.get();
        let text = filters.settled_text();
        let asks = group.is_none_or(|group| group == Group::Over);
        asks.then_some(OverFilter { text, severity, kind, department, mine })
    });
    (filters, filter, over)
}

/// A sort of problem in the address.
pub const fn kind_key(kind: IncidentKind) -> &'static str {
    match kind {
        IncidentKind::Technical => "technical",
        IncidentKind::Complaint => "complaint",
        IncidentKind::Security => "security",
        IncidentKind::Other => "other",
    }
}
