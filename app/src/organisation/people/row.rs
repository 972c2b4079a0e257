//! One person in the table.

use icondata_lu::{LuArrowRightLeft, LuKeyRound, LuPencil, LuUserCheck, LuUserX};
use leptos::prelude::*;
use shared::id::PersonId;
use shared::organisation::Person;

use crate::reactive::memo;
use crate::sync::Replica;
use crate::ui::{Avatar, Icon};
use crate::words;

/// The row; the buttons at its end are for admins, and one of them for heads.
#[component]
pub fn PersonRow(
    person: PersonId,
    /// Whether there are buttons at all.
    manages: Memo<bool>,
    is_admin: Memo<bool>,
    /// Whose form is open.
    editing: RwSignal<Option<PersonId>>,
    /// Whose holdings are handed over: of somebody who is here, as they leave.
    leaving: RwSignal<Option<PersonId>>,
    /// Of whom it is asked whether they come back.
    returning: RwSignal<Option<PersonId>>,
    /// For whom a link for a new password is made.
    resetting: RwSignal<Option<PersonId>>,
) -> impl IntoView {
    let replica = Replica::expect();
    let shown = memo(move || {
        replica.read(|view| {
            let found = view.company().people.get(&person).cloned();
            let department = found.as_ref().and_then(|found| found.department);
            let department = department.and_then(|id| view.company().departments.get(&id));
            (found, department.map(|department| department.name.clone()).unwrap_or_default())
        })
    });
    let of = move |read: fn(&Person) -> String| shown.with(|(found, _)| found.as_ref().map(read).unwrap_or_default());
    let name = memo(move || of(|person| person.name.clone()));
    let is_active = memo(move || shown.with(|(found, _)| found.as_ref().is_some_and(|found| found.active)));
    let inactive = move || (!is_active.get()).then_some("");
    let state = move || if is_active.get() { t!("people.active") } else { t!("people.inactive") };
    let me = replica.me();
    let may_reset = memo(move || replica.read(|view| view.company().may_reset_password(me, person)));
    let reset = move || {
        may_reset.get().then(|| {
            view! {
                <button
                    type="button"
                    class="button ghost icon small"
                    aria-label=move || t!("reset.title", name = name.get())
                    on:click=move |_| resetting.set(Some(person))
                >
                    <Icon icon=LuKeyRound small=true />
                </button>
            }
        })
    };
    let admins = move || {
        is_admin.get().then(|| {
            let (icon, label, asked) = if is_active.get() {
                (LuUserX, t!("people.deactivate", name = name.get()), leaving)
            } else {
                (LuUserCheck, t!("people.activate", name = name.get()), returning)
            };
            view! {
                <button
                    type="button"
                    class="button ghost icon small"
                    aria-label=move || t!("people.edit", name = name.get())
                    on:click=move |_| editing.set(Some(person))
                >
                    <Icon icon=LuPencil small=true />
                </button>
                {(!is_active.get()).then(|| view! {
                    <button
                        type="button"
                        class="button ghost icon small"
                        aria-label=move || t!("handing.title", name = name.get())
                        on:click=move |_| leaving.set(Some(person))
                    >
                        <Icon icon=LuArrowRightLeft small=true />
                    </button>
                })}
                <button
                    type="button"
                    class="button ghost icon small"
                    aria-label=label
                    on:click=move |_| asked.set(Some(person))
                >
                    <Icon icon small=true />
                </button>
            }
        })
    };
    let buttons = move || manages.get().then(|| view! { <td class="row-actions">{reset} {admins}</td> });
    view! {
        <tr data-inactive=inactive>
            <th scope="row">
                <span class="person" data-inactive=inactive>
                    <Avatar person />
                    <span class="person-name">{name}</span>
                </span>
            </th>
            <td data-label=t!("people.email")>{move || of(|person| person.email.clone())}</td>
            <td data-label=t!("people.phone") data-minor>
                {move || of(|person| person.phone.clone())}
            </td>
            <td data-label=t!("people.department")>{move || shown.with(|(_, department)| department.clone())}</td>
            <td data-label=t!("people.role")>{move || of(|person| words::company_role(person.role))}</td>
            <td data-label=t!("people.state")>{state}</td>
            {buttons}
        </tr>
    }
}
