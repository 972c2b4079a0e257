//! The invitations that are still open.

use leptos::prelude::*;
use qibu::Fault;
use qibu::organisation::OpenInvitation;
use shared::arrange::Arrange as _;
use shared::id::PersonId;

use crate::format;
use crate::sync::Replica;
use crate::words;

/// The table, or why there is none.
#[component]
pub fn Open(
    /// What the server has said, once it has.
    open: RwSignal<Option<Result<Vec<OpenInvitation>, Fault>>>,
    /// Takes one back.
    revoke: Callback<PersonId>,
) -> impl IntoView {
    view! {
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
    }
}

/// Whom it is for.
fn who(invitation: &OpenInvitation) -> String {
    if let Some(uses) = invitation.uses {
        return t!("invite.for_many", used = uses.used, most = uses.most).into_owned();
    }
    let name = invitation.invitee.to_string();
    if name.is_empty() { t!("invite.for_one").into_owned() } else { name }
}

#[component]
fn OpenTable(mut all: Vec<OpenInvitation>, revoke: Callback<PersonId>) -> impl IntoView {
    let replica = Replica::expect();
    // Ids are ordered by time: the newest first.
    all.arrange_by_key(|invitation| std::cmp::Reverse(invitation.person));
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
        let who = who(&invitation);
        let label = t!("invite.revoke_for", name = who);
        view! {
            <tr>
                <th scope="row">{who}</th>
                <td data-label=t!("people.department")>{department}</td>
                <td data-label=t!("people.role")>{words::company_role(invitation.role)}</td>
                <td data-label=t!("invite.made_by")>{made_by}</td>
                <td data-label=t!("invite.until")>{format::instant(invitation.expires)}</td>
                <td class="invite-revoke">
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
                        <th scope="col">{t!("invite.who")}</th>
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
