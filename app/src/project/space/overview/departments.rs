//! Who takes part and with what duty: a table; the lead invites, changes and removes.

use icondata_lu::{LuPencil, LuPlus};
use leptos::prelude::*;
use shared::id::{DepartmentId, PersonId};
use shared::project::{Participation, ProjectIntent};
use shared::{Field, Reason, Rejection};

use super::super::select::{DepartmentPicker, staff_of};
use super::Here;
use crate::reactive::{For, Show, derived, effect};
use crate::ui::{
    Confirm, Errors, Field as FieldView, FormDialog, Icon, PersonPicker, PersonTag, Text, TextInput, Toasts,
};
use crate::words::department_name;

/// What the dialog is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Editing {
    Nothing,
    Invitation,
    Part(DepartmentId),
}

/// Departments and their duties.
#[component]
pub fn Departments() -> impl IntoView {
    let here = Here::expect();
    let parts = here.map(|project| {
        project.departments.iter().map(|(id, part)| (*id, part.clone())).collect::<Vec<(DepartmentId, Participation)>>()
    });
    let editing = RwSignal::new(Editing::Nothing);
    view! {
        <section class="section" aria-labelledby="departments-title">
            <header class="section-head">
                <h2 id="departments-title">{t!("project.departments_and_duties")}</h2>
                <Show when=move || here.manages.get()>
                    <div class="section-actions">
                        <button
                            type="button"
                            class="button ghost small"
                            on:click=move |_| editing.set(Editing::Invitation)
                        >
                            <Icon icon=LuPlus small=true />
                            {t!("project.invite_department")}
                        </button>
                    </div>
                </Show>
            </header>
            {move || {
                if parts.with(Vec::is_empty) {
                    return view! { <p class="section-note">{t!("project.no_department")}</p> }.into_any();
                }
                view! {
                    <div class="table-wrap">
                        <table class="table">
                            <thead>
                                <tr>
                                    <th scope="col">{t!("project.department")}</th>
                                    <th scope="col">{t!("project.representative")}</th>
                                    <th scope="col">{t!("project.duty")}</th>
                                    <th scope="col">
                                        <span class="visually-hidden">{t!("project.actions")}</span>
                                    </th>
                                </tr>
                            </thead>
                            <tbody>
                                <For each=move || parts.get() key=|(id, part)| (*id, part.representative, part.duty.clone()) let((id, part))>
                                    <Line id part editing />
                                </For>
                            </tbody>
                        </table>
                    </div>
                }
                .into_any()
            }}
            <Edit editing />
        </section>
    }
}

#[component]
fn Line(id: DepartmentId, part: Participation, editing: RwSignal<Editing>) -> impl IntoView {
    let here = Here::expect();
    let name = move || department_name(here.replica, id);
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-label=t!("project.representative")>
                {part.representative.map(|person| view! { <PersonTag person /> })}
            </td>
            <td title=part.duty.clone()>{part.duty.clone()}</td>
            <td class="row-actions">
                <Show when=move || here.manages.get()>
                    <button
                        type="button"
                        class="button ghost icon small"
                        aria-label=move || t!("project.edit_department_named", name = name())
                        on:click=move |_| editing.set(Editing::Part(id))
                    >
                        <Icon icon=LuPencil small=true />
                    </button>
                </Show>
            </td>
        </tr>
    }
}

/// The dialog: invites a department, or changes its part.
#[component]
fn Edit(editing: RwSignal<Editing>) -> impl IntoView {
    let here = Here::expect();
    let replica = here.replica;
    let toasts = Toasts::expect();
    let errors = Errors::new();
    let open = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let department = RwSignal::new(None::<DepartmentId>);
    let representative = RwSignal::new(None::<PersonId>);
    let duty = RwSignal::new(String::new());
    effect(move || {
        let (id, part) = match editing.get() {
            Editing::Nothing => return,
            Editing::Invitation => (None, Participation::default()),
            Editing::Part(id) => {
                (Some(id), here.now(|project| project.departments.get(&id).cloned().unwrap_or_default()))
            }
        };
        department.set(id);
        representative.set(part.representative);
        duty.set(part.duty);
        errors.clear();
        open.set(true);
    });
    // Opened again for the same department, it must notice.
    effect(move || {
        if !open.get() && !asking.get() {
            editing.set(Editing::Nothing);
        }
    });
    let is_new = move || editing.get() == Editing::Invitation;
    let choose = Callback::new(move |chosen: Option<DepartmentId>| {
        department.set(chosen);
        // Its head speaks for it unless somebody else is named.
        representative.set(replica.peek(|state| chosen.and_then(|id| state.company.departments.get(&id)?.head)));
    });
    let newcomers = move || {
        let Some(id) = department.get() else { return 0 };
        let members = here.project.with(|project| project.members.clone());
        replica.read(|view| view.company().staff(id).filter(|person| !members.contains_key(&person.id)).count())
    };
    let save = Callback::new(move |()| {
        errors.clear();
        let Some(id) = department.get_untracked() else {
            errors.add(Rejection::of(Field::Department, Reason::Required));
            return;
        };
        let before = here.now(|project| project.members.len());
        let participation =
            Participation { representative: representative.get_untracked(), duty: duty.get_untracked() };
        let intent = ProjectIntent::InviteDepartment { department: id, participation };
        if errors.keep(here.act(intent)).is_some() {
            let joined = here.now(|project| project.members.len()).saturating_sub(before);
            if editing.get_untracked() == Editing::Invitation {
                let name = department_name(replica, id);
                toasts.say(t!("project.department_joined", name = name, count = joined));
            }
            open.set(false);
        }
    });
    let remove = Callback::new(move |()| {
        let Some(id) = department.get_untracked() else { return };
        if errors.keep(here.act(ProjectIntent::RemoveDepartment(id))).is_some() {
            asking.set(false);
        }
    });
    let name = move || department.get().map(|id| department_name(replica, id)).unwrap_or_default();
    let title = derived(move || if is_new() { t!("project.invite_department").into_owned() } else { name() });
    let submit = derived(move || {
        let verb = if is_new() { t!("project.invite") } else { t!("project.save") };
        verb.into_owned()
    });
    view! {
        <FormDialog open title submit errors on_submit=save>
            <Show when=is_new>
                <FieldView
                    id="invite-department"
                    label=t!("project.department")
                    error=derived(move || errors.of(Field::Department))
                >
                    <DepartmentPicker
                        id="invite-department"
                        chosen=department
                        of=Callback::new(move |id: DepartmentId| {
                            here.now(|project| !project.departments.contains_key(&id))
                        })
                        on_pick=choose
                        autofocus=true
                    />
                </FieldView>
            </Show>
            <FieldView
                id="part-representative"
                label=t!("project.representative")
                error=derived(move || errors.of(Field::Representative))
            >
                <PersonPicker
                    id="part-representative"
                    chosen=representative
                    none=t!("project.nobody")
                    of=staff_of(replica, department.into())
                    on_pick=Callback::new(move |person| representative.set(person))
                />
            </FieldView>
            <TextInput
                id="part-duty"
                label=t!("project.duty")
                kind=Text::Line
                value=duty
                error=derived(move || errors.of(Field::Duty))
            />
            <Show
                when=is_new
                fallback=move || {
                    view! {
                        <div>
                            <button
                                type="button"
                                class="button ghost danger"
                                on:click=move |_| {
                                    asking.set(true);
                                    open.set(false);
                                }
                            >
                                {t!("project.remove_department")}
                            </button>
                        </div>
                    }
                }
            >
                <p class="form-note" role="status">
                    {move || {
                        department.get().map(|_| t!("project.people_who_join", count = newcomers()))
                    }}
                </p>
            </Show>
        </FormDialog>
        <Confirm
            open=asking
            title=derived(move || t!("project.remove_department_named", name = name()).into_owned())
            text=t!("project.remove_department_text").into_owned()
            submit=t!("project.remove").into_owned()
            on_yes=remove
            errors
        />
    }
}
