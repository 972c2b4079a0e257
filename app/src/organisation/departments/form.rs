//! The form of one department: a new one, or another name, place or head.

use leptos::prelude::*;
use shared::id::{DepartmentId, PersonId};
use shared::organisation::{Department, OrganisationCommand};
use shared::{Command, Field as FieldName};
use uuid::Uuid;

use super::super::directory::DepartmentSelect;
use crate::reactive::derived;
use crate::sync::Replica;
use crate::ui::{Errors, Field, FormDialog, PersonField, TextInput, focus_error};

/// What is being edited, and what was typed so far.
#[derive(Clone, Copy)]
pub struct Editor {
    open: RwSignal<bool>,
    department: RwSignal<Option<DepartmentId>>,
    name: RwSignal<String>,
    parent: RwSignal<String>,
    head: RwSignal<Option<PersonId>>,
    errors: Errors,
}

impl Editor {
    /// With nothing in it.
    pub fn new() -> Self {
        let [name, parent] = std::array::from_fn(|_| RwSignal::new(String::new()));
        let (open, department, head) = (RwSignal::new(false), RwSignal::new(None), RwSignal::new(None));
        Self { open, department, name, parent, head, errors: Errors::new() }
    }

    /// Asks for a new department below one, or at the top.
    pub fn add(self, parent: Option<DepartmentId>) {
        self.ask(None, String::new(), parent, None);
    }

    /// Asks for changes of one that is there.
    pub fn edit(self, replica: Replica, id: DepartmentId) {
        let Some(found) = replica.peek(|state| state.company.departments.get(&id).cloned()) else { return };
        self.ask(Some(id), found.name, found.parent, found.head);
    }

    fn ask(self, id: Option<DepartmentId>, name: String, parent: Option<DepartmentId>, head: Option<PersonId>) {
        self.errors.clear();
        self.department.set(id);
        self.name.set(name);
        self.parent.set(parent.map(|id| id.to_string()).unwrap_or_default());
        self.head.set(head);
        self.open.set(true);
    }

    fn save(self, replica: Replica) {
        let existing = self.department.get_untracked();
        let department = Department {
            id: existing.unwrap_or_else(|| DepartmentId::new(Uuid::now_v7())),
            name: self.name.get_untracked(),
            parent: self.parent.get_untracked().parse().ok(),
            head: self.head.get_untracked(),
        };
        let command = match existing {
            Some(_) => OrganisationCommand::EditDepartment(department),
            None => OrganisationCommand::AddDepartment(department),
        };
        self.errors.clear();
        match self.errors.keep(replica.act(Command::Organisation(command))) {
            Some(()) => self.open.set(false),
            None => focus_error(),
        }
    }
}

/// The dialog.
#[component]
pub fn DepartmentForm(editor: Editor) -> impl IntoView {
    let replica = Replica::expect();
    let Editor { open, department, name, parent, head, errors } = editor;
    let title = derived(move || {
        if department.get().is_some() { t!("departments.edit_title") } else { t!("departments.add") }.into_owned()
    });
    let submit = derived(move || {
        if department.get().is_some() { t!("departments.save") } else { t!("departments.add_submit") }.into_owned()
    });
    // A department cannot go below itself, so neither it nor those below it are offered.
    let may_be_parent = Callback::new(move |id: DepartmentId| {
        let itself = department.get_untracked();
        itself.is_none_or(|itself| replica.peek(|state| state.company.lineage(id).all(|above| above.id != itself)))
    });
    view! {
        <FormDialog open title submit errors on_submit=Callback::new(move |()| editor.save(replica))>
            <TextInput
                id="department-name"
                label=t!("departments.name")
                value=name
                error=derived(move || errors.of(FieldName::Name))
                autofocus=true
            />
            <Field
                id="department-parent"
                label=t!("departments.parent")
                error=derived(move || errors.of(FieldName::Parent))
            >
                <DepartmentSelect id="department-parent" value=parent none=t!("departments.top") of=may_be_parent />
            </Field>
            <PersonField id="department-head" label=t!("departments.head") chosen=head none=t!("departments.no_head") error=derived(move || errors.of(FieldName::Head)) />
        </FormDialog>
    }
}
