//! What has been typed into the registration so far.

use std::collections::BTreeMap;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::id::{ColumnId, DepartmentId, MilestoneId, PersonId, ProjectId};
use shared::project::board::{NewColumn, Status};
use shared::project::{Milestone, Participation, Register, Registration, Role};
use shared::{Date, Field, Reason, Rejection};
use uuid::Uuid;

use super::super::rows::Rows;
use crate::format;
use crate::words;

/// The form as it stands: texts as typed, rows that are still open.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Draft {
    pub name: RwSignal<String>,
    pub start: RwSignal<String>,
    pub lead: RwSignal<PersonId>,
    pub contact: RwSignal<String>,
    pub background: RwSignal<String>,
    pub problem: RwSignal<String>,
    pub results: Rows<String>,
    pub milestones: Rows<MilestoneRow>,
    pub departments: Rows<DepartmentRow>,
    pub members: Rows<MemberRow>,
    pub open: RwSignal<bool>,
}

/// One milestone as typed.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct MilestoneRow {
    pub name: String,
    pub date: String,
    pub done: bool,
}

/// One department's part as chosen.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct DepartmentRow {
    pub department: Option<DepartmentId>,
    pub representative: Option<PersonId>,
    pub duty: String,
}

/// One further member.
#[derive(Clone, Serialize, Deserialize)]
pub struct MemberRow {
    pub person: PersonId,
    pub role: Role,
}

impl MilestoneRow {
    fn is_blank(&self) -> bool {
        self.name.trim().is_empty() && self.date.is_empty()
    }

    /// The milestone, if its date is one.
    pub fn milestone(&self) -> Result<Milestone, Rejection> {
        let date = date(Field::Date, &self.date)?;
        Ok(Milestone { id: MilestoneId::new(Uuid::now_v7()), name: self.name.clone(), date, done: self.done })
    }
}

impl DepartmentRow {
    fn is_blank(&self) -> bool {
        self.department.is_none() && self.representative.is_none() && self.duty.trim().is_empty()
    }

    /// The part that the department takes.
    pub fn participation(&self) -> Participation {
        Participation { representative: self.representative, duty: self.duty.clone() }
    }
}

impl Draft {
    /// An empty form: begins today, led by who fills it in.
    pub fn new(me: PersonId) -> Self {
        Self {
            name: RwSignal::default(),
            start: RwSignal::new(format::today().to_string()),
            lead: RwSignal::new(me),
            contact: RwSignal::default(),
            background: RwSignal::default(),
            problem: RwSignal::default(),
            results: Rows::new([String::new()]),
            milestones: Rows::new([MilestoneRow::default()]),
            departments: Rows::new([]),
            members: Rows::new([]),
            open: RwSignal::new(false),
        }
    }

    /// The expected results that are not blank, with the keys of their rows.
    pub fn written_results(self) -> Vec<(u32, String)> {
        self.results.all().into_iter().filter(|(_, text)| !text.trim().is_empty()).collect()
    }

    /// The milestones that are not blank, with the keys of their rows.
    pub fn written_milestones(self) -> Vec<(u32, MilestoneRow)> {
        self.milestones.all().into_iter().filter(|(_, row)| !row.is_blank()).collect()
    }

    /// The departments that are not blank, with the keys of their rows.
    pub fn written_departments(self) -> Vec<(u32, DepartmentRow)> {
        self.departments.all().into_iter().filter(|(_, row)| !row.is_blank()).collect()
    }

    /// The whole form as one intent; what is no date or no department is left out, see [`super::check`].
    pub fn filled(self, is_draft: bool) -> Register {
        let milestones = self.written_milestones();
        let departments = self.written_departments();
        let part = |(_, row): (u32, DepartmentRow)| row.department.map(|id| (id, row.participation()));
        Register {
            registration: Registration {
                name: self.name.get_untracked(),
                start: date(Field::StartDate, &self.start.get_untracked()).unwrap_or_else(|_| format::today()),
                contact: self.contact.get_untracked(),
                background: self.background.get_untracked(),
                problem: self.problem.get_untracked(),
                expected_results: self.written_results().into_iter().map(|(_, text)| text).collect(),
                open: self.open.get_untracked(),
            },
            milestones: milestones.iter().filter_map(|(_, row)| row.milestone().ok()).collect(),
            departments: departments.into_iter().filter_map(part).collect(),
            members: self.members.all().into_iter().map(|(_, row)| (row.person, row.role)).collect(),
            ..blank(self.lead.get_untracked(), is_draft)
        }
    }
}

/// A project with nothing but a lead and the columns of its board, named in the person's language.
pub fn blank(lead: PersonId, is_draft: bool) -> Register {
    let column = |status| NewColumn { id: ColumnId::new(Uuid::now_v7()), name: words::status(status), status };
    Register {
        id: ProjectId::new(Uuid::now_v7()),
        registration: Registration {
            name: String::new(),
            start: format::today(),
            contact: String::new(),
            background: String::new(),
            problem: String::new(),
            expected_results: Vec::new(),
            open: false,
        },
        lead,
        draft: is_draft,
        milestones: Vec::new(),
        departments: BTreeMap::new(),
        members: BTreeMap::new(),
        columns: [Status::Todo, Status::InProgress, Status::Submitted, Status::Done].map(column).into(),
    }
}

/// The day in a date input.
pub fn date(field: Field, text: &str) -> Result<Date, Rejection> {
    text.parse().map_err(|_| Rejection::of(field, Reason::Required))
}
