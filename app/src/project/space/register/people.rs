//! The people of the form: lead and contact, departments with their duties, further members.

use leptos::prelude::*;
use shared::id::{DepartmentId, PersonId};
use shared::project::Role;

use super::super::rows::Rows;
use super::super::select::{DepartmentPicker, staff_of};
use super::check::Problems;
use super::draft::{DepartmentRow, Draft, MemberRow};
use super::parts::{AddRow, RemoveRow};
use crate::reactive::{For, derived};
use crate::sync::Replica;
use crate::ui::{Choice, Combobox, Field, PersonPicker, PersonTag, Text, TextInput, focus_later, people_named};
use crate::words;

/// Name, start, lead and contact.
#[component]
pub fn Basics(draft: Draft) -> impl IntoView {
    let problems = Problems::expect();
    let lead = draft.lead;
    view! {
        <TextInput id="name" label=t!("project.name") value=draft.name error=problems.of("name") />
        <div class="field-row">
            <TextInput
                id="start"
                label=t!("project.start")
                kind=Text::Date
                value=draft.start
                error=problems.of("start")
            />
            <Field id="lead" label=t!("project.lead") error=problems.of("lead")>
                <PersonPicker
                    id="lead"
                    chosen=derived(move || Some(lead.get()))
                    of=Callback::new(|_| true)
                    on_pick=Callback::new(move |person: Option<PersonId>| {
                        if let Some(person) = person {
                            lead.set(person);
                        }
                    })
                />
            </Field>
            <TextInput
                id="contact"
                label=t!("project.contact")
                value=draft.contact
                error=problems.of("contact")
            />
        </div>
    }
}

/// Who takes part, who speaks for them, and what they do.
#[component]
pub fn Departments(rows: Rows<DepartmentRow>) -> impl IntoView {
    view! {
        <div class="rows">
            <For each=move || rows.places() key=|row| *row let((key, place))>
                <DepartmentLine rows key place />
            </For>
            <AddRow
                label=t!("project.add_department")
                on_add=move || focus_later(format!("department-{}", rows.add(DepartmentRow::default())))
            />
        </div>
    }
}

#[component]
fn DepartmentLine(rows: Rows<DepartmentRow>, key: u32, place: usize) -> impl IntoView {
    let replica = Replica::expect();
    let problems = Problems::expect();
    let begun = rows.get(key).unwrap_or_default();
    let department = RwSignal::new(begun.department);
    let representative = RwSignal::new(begun.representative);
    let choose = Callback::new(move |chosen: Option<DepartmentId>| {
        // Its head speaks for it unless somebody else is named.
        let head = replica.peek(|state| chosen.and_then(|id| state.company.departments.get(&id)?.head));
        department.set(chosen);
        representative.set(head);
        rows.edit(key, |row| {
            row.department = chosen;
            row.representative = head;
        });
    });
    let speaks = Callback::new(move |chosen: Option<PersonId>| {
        representative.set(chosen);
        rows.edit(key, |row| row.representative = chosen);
    });
    view! {
        <div class="row" role="group" aria-label=t!("project.department_number", number = place)>
            <Field
                id=format!("department-{key}")
                label=t!("project.department")
                error=problems.of(format!("department-{key}"))
            >
                <DepartmentPicker
                    id=format!("department-{key}")
                    chosen=department
                    of=Callback::new(|_| true)
                    on_pick=choose
                />
            </Field>
            <Field
                id=format!("representative-{key}")
                label=t!("project.representative")
                error=problems.of(format!("representative-{key}"))
            >
                <PersonPicker
                    id=format!("representative-{key}")
                    chosen=representative
                    none=t!("project.nobody")
                    of=staff_of(replica, department.into())
                    on_pick=speaks
                />
            </Field>
            <Field id=format!("duty-{key}") label=t!("project.duty") error=problems.of(format!("duty-{key}"))>
                <input
                    class="input"
                    id=format!("duty-{key}")
                    type="text"
                    autocomplete="off"
                    aria-describedby=format!("duty-{key}-error")
                    value=begun.duty
                    on:input=move |event| rows.edit(key, |row| row.duty = event_target_value(&event))
                />
            </Field>
            <RemoveRow
                label=t!("project.remove_department_number", number = place)
                on_remove=move || rows.remove(key)
            />
        </div>
    }
}

/// Who else works on it or watches it.
#[component]
pub fn Members(rows: Rows<MemberRow>) -> impl IntoView {
    let replica = Replica::expect();
    let problems = Problems::expect();
    let text = RwSignal::new(String::new());
    let find = Callback::new(move |text: String| {
        let chosen: Vec<PersonId> = rows.all().into_iter().map(|(_, row)| row.person).collect();
        people_named(replica, &text, |person| !chosen.contains(&person))
    });
    let add = Callback::new(move |choice: Choice| {
        text.set(String::new());
        if let Ok(person) = choice.value.parse() {
            rows.add(MemberRow { person, role: Role::Member });
        }
    });
    let line = move |key: u32| {
        let begun = rows.get(key)?;
        let name = replica.peek(|state| state.company.people.get(&begun.person).map(|person| person.name.clone()));
        let name = name.unwrap_or_default();
        let role_label = t!("project.role_of", name = name);
        let remove_label = t!("project.remove_person", name = name).into_owned();
        Some(view! {
            <div class="row">
                <div class="field">
                    <PersonTag person=begun.person />
                    <p class="error" role="alert">
                        {move || problems.of(format!("member-{key}")).get()}
                    </p>
                </div>
                <div class="field fixed">
                    <select
                        class="input"
                        id=format!("member-{key}")
                        aria-label=role_label
                        on:change=move |event| {
                            let role = role_named(&event_target_value(&event));
                            rows.edit(key, |row| row.role = role);
                        }
                    >
                        <option value="member">{words::role(Role::Member)}</option>
                        <option value="observer" selected=begun.role == Role::Observer>
                            {words::role(Role::Observer)}
                        </option>
                    </select>
                </div>
                <RemoveRow label=remove_label on_remove=move || rows.remove(key) />
            </div>
        })
    };
    view! {
        <div class="rows">
            <For each=move || rows.places() key=|(key, _)| *key let((key, _))>
                {line(key)}
            </For>
            <Combobox
                id="add-member"
                label=t!("project.add_member")
                placeholder=t!("project.add_member_by_name")
                text
                find
                on_pick=add
            />
        </div>
    }
}

/// A role as a form's value.
pub fn role_named(value: &str) -> Role {
    if value == "observer" { Role::Observer } else { Role::Member }
}
