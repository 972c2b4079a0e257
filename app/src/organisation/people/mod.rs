//! Everybody in the company: found by name and department; admins change what they may do (organisation: people).

mod edit;
mod invite;
mod leaving;
mod link;
mod reset;
mod row;

use leptos::prelude::*;
use shared::arrange::Arrange as _;
use shared::id::{DepartmentId, PersonId};
use shared::organisation::{Company, Person};

use self::edit::{PersonForm, ReturnQuestion};
use self::invite::Inviting;
use self::leaving::Deactivating;
use self::reset::Resetting;
use self::row::PersonRow;
use super::admin::{AdminHead, Section};
use super::directory::{department_options, is_admin, manages};
use crate::reactive::{For, Show, memo};
use crate::sync::Replica;
use crate::ui::{Address, FilterSelect, FilterText, Filters, page_title};
use crate::words::sort_by_name;

/// How many rows are drawn before one asks for more.
const ROWS: usize = 100;

/// The page behind `/admin/people`.
#[component]
pub fn People() -> impl IntoView {
    page_title(|| Section::People.name().text());
    let replica = Replica::expect();
    let is_admin = is_admin(replica);
    let may_invite = manages(replica);
    let inviting = RwSignal::new(false);
    let editing = RwSignal::new(None::<PersonId>);
    let [leaving, returning] = std::array::from_fn(|_| RwSignal::new(None::<PersonId>));
    let resetting = RwSignal::new(None::<PersonId>);
    let filters = Filters::of(Address::of("/admin/people".to_owned()), &["department"], false);
    let found = memo(move || {
        let department = filters.get("department").parse::<DepartmentId>().ok();
        replica.read(|view| matching(view.company(), &filters.text.read(), department))
    });
    let limit = RwSignal::new(ROWS);
    let rows = move || {
        let limit = limit.get();
        found.with(|found| found.iter().take(limit).copied().collect::<Vec<_>>())
    };
    let count = memo(move || found.with(Vec::len));
    view! {
        <AdminHead section=Section::People>
            {move || {
                may_invite
                    .get()
                    .then(|| {
                        view! {
                            <button type="button" class="button primary" on:click=move |_| inviting.set(true)>
                                {t!("people.invite")}
                            </button>
                        }
                    })
            }}
        </AdminHead>
        <div class="filters" role="search">
            <FilterText filters label=tr!("people.filter") hint=tr!("people.filter") />
            // In a box of its own: a filter right inside the bar is left out on a phone.
            <div class="filter-box">
                <FilterSelect
                    filters
                    key="department"
                    label=tr!("people.department")
                    any=tr!("people.all_departments")
                    options=department_options(replica)
                />
            </div>
            <span class="filters-count" role="status">
                {move || t!("people.count", count = count.get())}
            </span>
        </div>
        <div class="page-body" tabindex="0">
            <div class="table-wrap">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!("people.name")}</th>
                            <th scope="col">{t!("people.email")}</th>
                            <th scope="col" data-minor>
                                {t!("people.phone")}
                            </th>
                            <th scope="col">{t!("people.department")}</th>
                            <th scope="col">{t!("people.role")}</th>
                            <th scope="col">{t!("people.state")}</th>
                            {move || {
                                may_invite
                                    .get()
                                    .then(|| {
                                        view! {
                                            <th scope="col">
                                                <span class="visually-hidden">{t!("people.actions")}</span>
                                            </th>
                                        }
                                    })
                            }}
                        </tr>
                    </thead>
                    <tbody>
                        <For each=rows key=|id| *id let(person)>
                            <PersonRow person manages=may_invite is_admin editing leaving returning resetting />
                        </For>
                    </tbody>
                </table>
            </div>
            {move || (count.get() == 0).then(|| view! { <p class="section-note">{t!("people.none_found")}</p> })}
            <Show when=move || { count.get() > limit.get() }>
                <p class="section-note">
                    <button type="button" class="button" on:click=move |_| limit.update(|limit| *limit += ROWS)>
                        {t!("people.more")}
                    </button>
                </p>
            </Show>
        </div>
        <PersonForm editing />
        <Deactivating leaving />
        <ReturnQuestion returning />
        <Resetting resetting />
        <Inviting open=inviting />
    }
}

/// Who works in a department or below it and has the text in their name, email or phone; who has left comes last.
fn matching(company: &Company, text: &str, department: Option<DepartmentId>) -> Vec<PersonId> {
    let text = text.to_lowercase();
    let works_there = |person: &Person| department.is_none_or(|wanted| company.works_in(person.id, wanted));
    let has_text = |person: &Person| {
        person.name.to_lowercase().contains(&text) || person.email.contains(&text) || person.phone.contains(&text)
    };
    let mut found: Vec<&Person> =
        company.people.values().filter(|person| works_there(person) && has_text(person)).collect();
    sort_by_name(&mut found, |person| &person.name);
    found.arrange_by_key(|person| !person.active);
    found.into_iter().map(|person| person.id).collect()
}
