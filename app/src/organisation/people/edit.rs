//! What an admin changes about a person: name, address, phone, department and role; and whether they come back.

use leptos::prelude::*;
use shared::id::PersonId;
use shared::organisation::{CompanyRole, OrganisationCommand, Profile, checked_email};
use shared::{Command, Field as FieldName};

use super::super::directory::DepartmentSelect;
use crate::language::profile_of;
use crate::reactive::{derived, effect};
use crate::sync::Replica;
use crate::ui::{Errors, Field, FormDialog, Text, TextInput};
use crate::words;

/// The form of a person's name, address, phone, department and role; open while somebody is being edited.
#[component]
pub fn PersonForm(editing: RwSignal<Option<PersonId>>) -> impl IntoView {
    let replica = Replica::expect();
    let open = RwSignal::new(false);
    // The title says whom it is about, whatever is typed.
    let [title, name, phone, email, department] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let role = RwSignal::new(CompanyRole::Member);
    let errors = Errors::new();
    effect(move || {
        let Some(id) = editing.get() else { return };
        let Some(person) = replica.peek(|state| state.company.people.get(&id).cloned()) else { return };
        errors.clear();
        title.set(person.name.clone());
        name.set(person.name);
        phone.set(person.phone);
        email.set(person.email);
        department.set(person.department.map(|id| id.to_string()).unwrap_or_default());
        role.set(person.role);
        open.set(true);
    });
    effect(move || {
        if !open.get() {
            editing.set(None);
        }
    });
    let on_submit = Callback::new(move |()| {
        let Some(person) = editing.get_untracked() else { return };
        let department = department.get_untracked().parse().ok();
        errors.clear();
        let profile = replica.peek(|state| state.company.people.get(&person).map(profile_of)).unwrap_or_default();
        let profile = Profile { name: name.get_untracked(), phone: phone.get_untracked(), ..profile };
        // These first: they may be refused.
        let commands = [
            OrganisationCommand::EditProfile { person, profile },
            OrganisationCommand::SetEmail { person, email: email.get_untracked() },
            OrganisationCommand::SetRole { person, role: role.get_untracked() },
            OrganisationCommand::SetDepartment { person, department },
        ];
        let done = commands
            .into_iter()
            .filter(|command| changes_something(replica, command))
            .try_for_each(|command| errors.keep(replica.act(Command::Organisation(command))));
        if done.is_some() {
            open.set(false);
        }
    });
    view! {
        <FormDialog
            open
            title=derived(move || t!("people.edit", name = title.get()).into_owned())
            submit=tr!("people.save")
            errors
            on_submit
        >
            <TextInput
                id="person-name"
                label=t!("account.name")
                value=name
                error=derived(move || errors.of(FieldName::Name))
                autofocus=true
            />
            <TextInput
                id="person-email"
                label=t!("people.email")
                hint=t!("people.email_hint")
                kind=Text::Email
                value=email
                error=derived(move || errors.of(FieldName::Email))
            />
            <TextInput
                id="person-phone"
                label=t!("account.phone")
                value=phone
                error=derived(move || errors.of(FieldName::Phone))
            />
            <Field
                id="person-department"
                label=t!("people.department")
                error=derived(move || errors.of(FieldName::Department))
            >
                <DepartmentSelect
                    id="person-department"
                    value=department
                    none=t!("people.no_department")
                    of=Callback::new(|_| true)
                />
            </Field>
            <RoleSelect id="person-role" role error=derived(move || errors.of(FieldName::Role)) />
        </FormDialog>
    }
}

/// Whether an edit differs from what is there: saving a form as it was writes nothing into the journal.
fn changes_something(replica: Replica, command: &OrganisationCommand) -> bool {
    replica.peek(|state| {
        let found = |id: &PersonId| state.company.people.get(id);
        match command {
            OrganisationCommand::SetRole { person, role } => found(person).is_some_and(|it| it.role != *role),
            OrganisationCommand::EditProfile { person, profile } => {
                found(person).is_some_and(|it| it.name != profile.name.trim() || it.phone != profile.phone.trim())
            }
            OrganisationCommand::SetEmail { person, email } => {
                found(person).is_some_and(|it| checked_email(email).as_ref() != Ok(&it.email))
            }
            OrganisationCommand::SetDepartment { person, department } => {
                found(person).is_some_and(|it| it.department != *department)
            }
            _ => true,
        }
    })
}

/// A choice between admin and member.
#[component]
pub fn RoleSelect(
    #[prop(into)] id: String,
    role: RwSignal<CompanyRole>,
    #[prop(into)] error: Signal<Option<String>>,
) -> impl IntoView {
    const ROLES: [CompanyRole; 2] = [CompanyRole::Member, CompanyRole::Admin];
    let on_change = move |event| {
        let chosen: usize = event_target_value(&event).parse().unwrap_or_default();
        role.set(ROLES.get(chosen).copied().unwrap_or_default());
    };
    view! {
        <Field id=id.clone() label=t!("people.role") hint=t!("people.role_hint") error>
            <select
                class="input"
                id=id.clone()
                aria-describedby=format!("{id}-hint {id}-error")
                on:change=on_change
            >
                {ROLES
                    .into_iter()
                    .enumerate()
                    .map(|(index, offered)| {
                        view! {
                            <option value=index.to_string() prop:selected=move || role.get() == offered>
                                {words::company_role(offered)}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </Field>
    }
}

/// Asks before a person comes back, and says what happens then.
#[component]
pub fn ReturnQuestion(returning: RwSignal<Option<PersonId>>) -> impl IntoView {
    let replica = Replica::expect();
    let open = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let errors = Errors::new();
    effect(move || {
        let Some(person) = returning.get() else { return };
        errors.clear();
        name.set(replica.peek(|state| words::name_in(&state.company, person)));
        open.set(true);
    });
    effect(move || {
        if !open.get() {
            returning.set(None);
        }
    });
    let on_yes = Callback::new(move |()| {
        let Some(person) = returning.get_untracked() else { return };
        errors.clear();
        let command = Command::Organisation(OrganisationCommand::SetActive { person, active: true });
        if errors.keep(replica.act(command)).is_some() {
            open.set(false);
        }
    });
    view! {
        <FormDialog
            open
            title=derived(move || t!("people.activate", name = name.get()).into_owned())
            submit=tr!("people.activate_submit")
            on_submit=on_yes
            errors
        >
            <p>{t!("people.activate_text")}</p>
        </FormDialog>
    }
}
