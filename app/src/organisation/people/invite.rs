//! Invitations: a new link, shown once, and those that are still open (organisation: invitations).

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::Fault;
use qibu::organisation::functions::{invitations, invite, revoke_invitation};
use qibu::organisation::{Invitation, OpenInvitation};
use rust_i18n::t;
use shared::Field as FieldName;
use shared::id::{DepartmentId, PersonId};
use shared::organisation::CompanyRole;

use super::super::directory::{DepartmentSelect, is_admin, tree};
use super::edit::RoleSelect;
use super::link::{Made, Making};
use crate::format;
use crate::sync::Replica;
use crate::ui::{Dialog, Errors, Field, Toasts};
use crate::words;

/// The dialog.
#[component]
pub fn Inviting(open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open title=Signal::derive(|| t!("invite.title").into_owned()) class="dialog wide">
            <Inside />
        </Dialog>
    }
}

#[component]
fn Inside() -> impl IntoView {
    let replica = Replica::expect();
    let toasts = Toasts::expect();
    let me = replica.me();
    let is_admin = is_admin(replica);
    let role = RwSignal::new(CompanyRole::Member);
    let department = RwSignal::new(first_department(replica));
    let errors = Errors::new();
    let made = RwSignal::new(None::<Invitation>);
    let open = RwSignal::new(None::<Result<Vec<OpenInvitation>, Fault>>);
    let load = move || {
        spawn_local(async move {
            let answer = invitations().await;
            open.try_set(Some(answer));
        });
    };
    load();
    let make = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        errors.clear();
        let (department, role) = (department.get_untracked().parse().ok(), role.get_untracked());
        spawn_local(async move {
            match invite(department, role).await {
                Ok(invitation) => {
                    made.try_set(Some(invitation));
                    load();
                }
                Err(fault) => {
                    errors.add_fault(&fault);
                }
            }
        });
    };
    let revoke = Callback::new(move |person: PersonId| {
        spawn_local(async move {
            if let Err(fault) = revoke_invitation(person).await {
                toasts.say_refused(words::fault(&fault));
            }
            load();
        });
    });
    let may_join = Callback::new(move |id: DepartmentId| {
        replica.peek(|state| state.company.is_admin(me) || state.company.heads(me, id))
    });
    let shown = Signal::derive(move || {
        made.get().map(|invitation| Made {
            path: format!("/join/{}", invitation.link_token),
            title: t!("invite.link").into_owned(),
            note: t!("invite.link_note", until = format::instant(invitation.expires)).into_owned(),
        })
    });
    view! {
        <div class="dialog-body">
            <form class="form" id="invite-form" novalidate on:submit=make>
                {move || {
                    errors
                        .of_form()
                        .map(|text| view! { <div class="field"><p class="error" role="alert">{text}</p></div> })
                }}
                <div class="field-row">
                    <Field
                        id="invite-department"
                        label=t!("people.department")
                        hint=t!("invite.department_hint")
                        error=Signal::derive(move || errors.of(FieldName::Department))
                    >
                        {move || {
                            if is_admin.get() {
                                view! {
                                    <DepartmentSelect
                                        id="invite-department"
                                        value=department
                                        none=t!("people.no_department")
                                        of=may_join
                                    />
                                }
                                    .into_any()
                            } else {
                                view! { <DepartmentSelect id="invite-department" value=department of=may_join /> }
                                    .into_any()
                            }
                        }}
                    </Field>
                    {move || {
                        is_admin
                            .get()
                            .then(|| {
                                view! {
                                    <RoleSelect
                                        id="invite-role"
                                        role
                                        error=Signal::derive(move || errors.of(FieldName::Role))
                                    />
                                }
                            })
                    }}
                </div>
                <Making made=shown />
            </form>
            <section class="section">
                <header class="section-head">
                    <h3>{t!("invite.open")}</h3>
                </header>
                {move || match open.get() {
                    None => {
                        view! {
                            <div class="skeleton" aria-hidden="true">
                                <span class="skeleton-line" style:--width="60%"></span>
                            </div>
                        }
                            .into_any()
                    }
                    Some(Err(fault)) => view! { <p class="section-note">{words::fault(&fault)}</p> }.into_any(),
                    Some(Ok(all)) if all.is_empty() => {
                        view! { <p class="section-note">{t!("invite.none_open")}</p> }.into_any()
                    }
                    Some(Ok(all)) => view! { <OpenTable all revoke /> }.into_any(),
                }}
            </section>
        </div>
    }
}

/// The department that is chosen at first: one's own if one leads it, else the first that one leads.
fn first_department(replica: Replica) -> String {
    let me = replica.me();
    replica.peek(|state| {
        let company = &state.company;
        if company.is_admin(me) {
            return String::new();
        }
        let mut led =
            tree(company).into_iter().map(|(department, _)| department.id).filter(|id| company.heads(me, *id));
        led.next().map(|id| id.to_string()).unwrap_or_default()
    })
}

#[component]
fn OpenTable(all: Vec<OpenInvitation>, revoke: Callback<PersonId>) -> impl IntoView {
    let replica = Replica::expect();
    let rows = all.into_iter().map(|invitation| {
        let (department, made_by) = replica.peek(|state| {
            let found = invitation.department.and_then(|id| state.company.departments.get(&id));
            let maker = state.company.people.get(&invitation.made_by);
            let department = found.map(|found| found.name.clone());
            (
                department.unwrap_or_else(|| t!("people.no_department").into_owned()),
                maker.map(|maker| maker.name.clone()),
            )
        });
        let label = t!("invite.revoke_for", department = department);
        view! {
            <tr>
                <th scope="row">{department}</th>
                <td data-label=t!("people.role")>{words::company_role(invitation.role)}</td>
                <td data-label=t!("invite.made_by")>{made_by}</td>
                <td data-label=t!("invite.until")>{format::instant(invitation.expires)}</td>
                <td>
                    <button
                        type="button"
                        class="button small"
                        aria-label=label
                        on:click=move |_| revoke.run(invitation.person)
                    >
                        {t!("invite.revoke")}
                    </button>
                </td>
            </tr>
        }
    });
    view! {
        <div class="table-wrap">
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!("people.department")}</th>
                        <th scope="col">{t!("people.role")}</th>
                        <th scope="col">{t!("invite.made_by")}</th>
                        <th scope="col">{t!("invite.until")}</th>
                        <th scope="col">
                            <span class="visually-hidden">{t!("people.actions")}</span>
                        </th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}
