//! Options of people and departments for a `<select>`, and people found by name.

use leptos::prelude::*;
use shared::id::{DepartmentId, PersonId};
use shared::organisation::{Company, Person};

use crate::sync::Replica;
use crate::ui::Choice;

/// How many people a search offers at once.
const OFFERED: usize = 8;

/// An option for each active person that `of` lets in, by name.
#[component]
pub fn PersonOptions(
    /// Who is offered.
    of: Callback<(PersonId, Option<DepartmentId>), bool>,
    /// Who is chosen.
    #[prop(into)]
    chosen: Signal<Option<PersonId>>,
) -> impl IntoView {
    let replica = Replica::expect();
    let people = Memo::new(move |_| {
        replica.read(|view| {
            // Who is chosen stays on offer, also after leaving the company.
            let offered = |person: &&Person| person.active && of.run((person.id, person.department));
            let people = view.company().people.values();
            let mut people: Vec<(PersonId, String)> = people
                .filter(|person| chosen.get() == Some(person.id) || offered(person))
                .map(|person| (person.id, person.name.clone()))
                .collect();
            people.sort_by(|a, b| a.1.cmp(&b.1));
            people
        })
    });
    move || {
        people
            .get()
            .into_iter()
            .map(|(id, name)| {
                view! {
                    <option value=id.to_string() prop:selected=move || chosen.get() == Some(id)>
                        {name}
                    </option>
                }
            })
            .collect_view()
    }
}

/// An option for each department, by its place in the tree.
#[component]
pub fn DepartmentOptions(
    /// Which is chosen.
    #[prop(into)]
    chosen: Signal<Option<DepartmentId>>,
    /// Which are offered.
    of: Callback<DepartmentId, bool>,
) -> impl IntoView {
    let replica = Replica::expect();
    let departments = Memo::new(move |_| {
        replica.read(|view| {
            let ids = view.company().departments.keys().copied().filter(|id| of.run(*id));
            let mut named: Vec<(String, DepartmentId)> = ids.map(|id| (path(view.company(), id), id)).collect();
            named.sort();
            named
        })
    });
    move || {
        departments
            .get()
            .into_iter()
            .map(|(name, id)| {
                view! {
                    <option value=id.to_string() prop:selected=move || chosen.get() == Some(id)>
                        {name}
                    </option>
                }
            })
            .collect_view()
    }
}

/// The name of a department, tracked; empty if it is gone.
pub fn department_name(replica: Replica, department: DepartmentId) -> String {
    replica.read(|view| {
        view.company().departments.get(&department).map(|department| department.name.clone()).unwrap_or_default()
    })
}

/// The active people that `of` lets in whose name or email contains a text.
pub fn people_named(replica: Replica, text: &str, of: impl Fn(PersonId) -> bool) -> Vec<Choice> {
    let text = text.trim().to_lowercase();
    replica.peek(|state| {
        let fits = |person: &&Person| person.name.to_lowercase().contains(&text) || person.email.starts_with(&text);
        let mut people: Vec<&Person> = active(&state.company).filter(|person| of(person.id)).filter(fits).collect();
        people.sort_by(|a, b| a.name.cmp(&b.name));
        people.truncate(OFFERED);
        let department = |person: &Person| {
            let department = person.department.and_then(|id| state.company.departments.get(&id));
            department.map(|department| department.name.clone()).unwrap_or_default()
        };
        let choice =
            |person: &Person| Choice { id: person.id.uuid(), label: person.name.clone(), note: department(person) };
        people.into_iter().map(choice).collect()
    })
}

fn active(company: &Company) -> impl Iterator<Item = &Person> {
    company.people.values().filter(|person| person.active)
}

/// The department's name after those above it, so that equal names tell each other apart.
fn path(company: &Company, department: DepartmentId) -> String {
    let mut names: Vec<&str> = company.lineage(department).map(|department| department.name.as_str()).collect();
    names.reverse();
    names.join(" / ")
}

/// Lets in the people of a department and of those beneath it; nobody if there is no department.
pub fn staff_of(
    replica: Replica,
    department: Option<DepartmentId>,
) -> Callback<(PersonId, Option<DepartmentId>), bool> {
    Callback::new(move |(_, works_in): (PersonId, Option<DepartmentId>)| {
        let (Some(department), Some(works_in)) = (department, works_in) else { return false };
        replica.peek(|state| state.company.lineage(works_in).any(|above| above.id == department))
    })
}
