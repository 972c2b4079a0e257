//! What is wrong with the form, all of it at once and each beside its field.
//!
//! The rules stop at the first thing that they refuse. So each part is put alone into a form that is right otherwise,
//! and the very rules that the server runs are asked about that.

use std::collections::BTreeSet;

use leptos::prelude::*;
use shared::command::decide;
use shared::id::MilestoneId;
use shared::project::{Milestone, ProjectCommand, Register};
use shared::{Command, Context, Field, Reason, Rejection};

use super::draft::{Draft, blank, date};
use crate::reactive::derived;
use crate::sync::{Replica, now};
use crate::ui::focus;
use crate::words;

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The id of the input.
    pub id: String,
    /// What the input is called.
    label: String,
    /// Why it was refused.
    rejection: Rejection,
}

impl Problem {
    /// What is wrong with the form as a whole.
    pub fn of_form(rejection: Rejection) -> Self {
        Self { id: String::from("name"), label: t!("project.form").into_owned(), rejection }
    }

    /// The input and what is wrong with it.
    pub fn text(&self) -> String {
        t!("project.problem_line", label = self.label, problem = words::reason(&self.rejection.reason)).into_owned()
    }
}

/// All that is wrong, as the fields and the summary show it.
#[derive(Clone, Copy)]
pub struct Problems(RwSignal<Vec<Problem>>);

impl Problems {
    /// None yet.
    pub fn new() -> Self {
        Self(RwSignal::new(Vec::new()))
    }

    /// The ones of the form around here.
    pub fn expect() -> Self {
        expect_context()
    }

    /// Shows these instead of the earlier ones.
    pub fn set(self, problems: Vec<Problem>) {
        self.0.set(problems);
    }

    /// All of them; tracked.
    pub fn all(self) -> Vec<Problem> {
        self.0.get()
    }

    /// What is wrong with the input of this id.
    pub fn of(self, id: impl Into<String>) -> Signal<Option<String>> {
        let id = id.into();
        derived(move || {
            self.0.with(|all| {
                all.iter().find(|problem| problem.id == id).map(|problem| words::reason(&problem.rejection.reason))
            })
        })
    }

    /// Moves the focus to the first input that is wrong; `false` if there is none.
    pub fn show_first(self) -> bool {
        let Some(id) = self.0.with_untracked(|all| all.first().map(|problem| problem.id.clone())) else {
            return false;
        };
        focus(&id);
        true
    }
}

/// Asks the rules about each part of the form.
pub fn check(replica: Replica, draft: Draft, is_draft: bool) -> Vec<Problem> {
    let me = replica.me();
    let start = draft.start.get_untracked();
    let right = {
        let mut right = blank(me, is_draft);
        // Any name will do to try the other parts.
        right.registration.name = String::from("-");
        right.registration.start = date(Field::StartDate, &start).unwrap_or(right.registration.start);
        right
    };
    let context = Context { actor: me, now: now() };
    let tried = |form: Register| {
        let command = Command::Project(ProjectCommand::Register(Box::new(form)));
        replica.peek(|state| decide(state, &command, &context)).err()
    };
    let mut found = Vec::new();
    let mut note = |id: String, label: String, rejection: Option<Rejection>| {
        found.extend(rejection.map(|rejection| Problem { id, label, rejection }));
    };

    let mut form = right.clone();
    form.registration.name = draft.name.get_untracked();
    note("name".into(), t!("project.name").into(), tried(form));

    note("start".into(), t!("project.start").into(), date(Field::StartDate, &start).err());

    let mut form = right.clone();
    form.lead = draft.lead.get_untracked();
    note("lead".into(), t!("project.lead").into(), tried(form));

    let mut form = right.clone();
    form.registration.contact = draft.contact.get_untracked();
    note("contact".into(), t!("project.contact").into(), tried(form));

    let mut form = right.clone();
    form.registration.background = draft.background.get_untracked();
    note("background".into(), t!("project.background").into(), tried(form));

    let mut form = right.clone();
    form.registration.problem = draft.problem.get_untracked();
    note("problem".into(), t!("project.problem").into(), tried(form));

    for (place, (key, text)) in (1..).zip(draft.written_results()) {
        let mut form = right.clone();
        // As many as stand above it, so that one too many is told beside the row that is.
        form.registration.expected_results = vec![text; place];
        note(format!("result-{key}"), t!("project.result_number", number = place).into(), tried(form));
    }

    for (place, (key, row)) in (1..).zip(draft.written_milestones()) {
        let label = || t!("project.milestone_number", number = place).into_owned();
        let tried = |milestone| tried(Register { milestones: vec![milestone], ..right.clone() });
        // The name with a date that is right, then the date with a name that is.
        let named = Milestone {
            id: MilestoneId::new(right.id.uuid()),
            name: row.name.clone(),
            date: right.registration.start,
            done: row.done,
        };
        note(format!("milestone-{key}"), label(), tried(named));
        let dated = row.milestone().map(|milestone| Milestone { name: String::from("-"), ..milestone });
        note(format!("milestone-date-{key}"), label(), dated.map_or_else(Some, tried));
    }

    let mut seen = BTreeSet::new();
    for (place, (key, row)) in (1..).zip(draft.written_departments()) {
        let rejection = match row.department {
            None => Some(Rejection::of(Field::Department, Reason::Required)),
            Some(id) if !seen.insert(id) => Some(Rejection::of(Field::Department, Reason::Exists)),
            Some(id) => {
                let mut form = right.clone();
                form.departments.insert(id, row.participation());
                tried(form)
            }
        };
        let id = match rejection.as_ref().and_then(|rejection| rejection.field) {
            Some(Field::Representative) => format!("representative-{key}"),
            Some(Field::Duty) => format!("duty-{key}"),
            _ => format!("department-{key}"),
        };
        note(id, t!("project.department_number", number = place).into(), rejection);
    }

    for (key, row) in draft.members.all() {
        let mut form = right.clone();
        form.members.insert(row.person, row.role);
        note(format!("member-{key}"), words::person_name(replica, row.person), tried(form));
    }
    found
}
