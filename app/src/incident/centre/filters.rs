//! What the list of incidents is filtered by, as the address holds it.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use leptos_router::params::ParamsMap;
use rust_i18n::t;
use shared::id::{DepartmentId, PersonId};
use shared::incident::{Incident, IncidentKind, Severity, Stage};
use shared::organisation::Company;

use crate::incident::words;

/// How long typing rests before the address follows it.
const REST: Duration = Duration::from_millis(250);
/// The parameters of the address that filter.
const KEYS: [&str; 6] = ["q", "state", "severity", "kind", "department", "mine"];

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
        let of_department = |wanted: DepartmentId| {
            let theirs = company.people.get(&incident.reporter).and_then(|person| person.department);
            theirs.is_some_and(|theirs| company.lineage(theirs).any(|above| above.id == wanted))
        };
        self.group.is_none_or(|group| group == Group::of(incident.stage))
            && self.severity.is_none_or(|severity| severity == incident.severity)
            && self.kind.is_none_or(|kind| kind == incident.kind)
            && self.department.is_none_or(of_department)
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

/// The filter in the address, and the text as it is typed.
#[derive(Clone, Copy)]
pub struct Filters {
    /// The text, which filters before it is in the address.
    pub text: RwSignal<String>,
    /// All of it.
    pub filter: Memo<Filter>,
    query: Memo<ParamsMap>,
    go: Callback<String>,
    waiting: StoredValue<Option<TimeoutHandle>>,
}

impl Filters {
    /// Those of the page that is shown.
    pub fn of_page() -> Self {
        let query = use_query_map();
        let navigate = use_navigate();
        let go = Callback::new(move |query: String| {
            let options = NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() };
            navigate(&format!("/incidents{query}"), options);
        });
        let text = RwSignal::new(String::new());
        let asked = Memo::new(move |_| query.with(|query| query.get("q").unwrap_or_default()));
        Effect::new(move |_| {
            let asked = asked.get();
            // A space at the end is still being typed: the address holds none.
            if text.with_untracked(|text| text.trim() != asked) {
                text.set(asked);
            }
        });
        let filter = Memo::new(move |_| {
            let get = |key: &str| query.with(|query| query.get(key).unwrap_or_default());
            let (severity, kind, group) = (get("severity"), get("kind"), get("state"));
            Filter {
                text: text.with(|text| text.trim().to_lowercase()),
                group: Group::ALL.into_iter().find(|each| each.key() == group),
                severity: Severity::ALL.into_iter().find(|each| words::severity_key(*each) == severity),
                kind: IncidentKind::ALL.into_iter().find(|each| kind_key(*each) == kind),
                department: get("department").parse().ok(),
                mine: get("mine") == "1",
            }
        });
        Self { text, filter, query, go, waiting: StoredValue::new(None) }
    }

    /// One parameter as it stands in the address; tracked.
    pub fn get(self, key: &str) -> String {
        self.query.with(|query| query.get(key).unwrap_or_default())
    }

    /// Asks for something, or with an empty value for nothing.
    pub fn set(self, key: &str, value: &str) {
        self.wait(None);
        let text = self.text.get_untracked();
        let mut query = self.query.get_untracked();
        for (key, value) in [("q", text.trim()), (key, value)] {
            query.remove(key);
            if !value.is_empty() {
                query.insert(key.to_owned(), value.to_owned());
            }
        }
        self.go.run(query.to_query_string());
    }

    /// The text has changed by a key.
    pub fn type_text(self, typed: String) {
        self.text.set(typed);
        let settle = move || {
            if let Some(text) = self.text.try_get_untracked() {
                self.set("q", text.trim());
            }
        };
        self.wait(set_timeout_with_handle(settle, REST).ok());
    }

    /// Shows everything again.
    pub fn clear(self) {
        self.wait(None);
        self.text.set(String::new());
        let mut query = self.query.get_untracked();
        for key in KEYS {
            query.remove(key);
        }
        self.go.run(query.to_query_string());
    }

    fn wait(self, next: Option<TimeoutHandle>) {
        let before = self.waiting.try_update_value(|waiting| std::mem::replace(waiting, next));
        if let Some(before) = before.flatten() {
            before.clear();
        }
    }
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
