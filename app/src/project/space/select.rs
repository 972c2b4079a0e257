//! Options of departments for a `<select>`, and who works in one.

use leptos::prelude::*;
use shared::id::{DepartmentId, PersonId};
use shared::organisation::Company;

use crate::organisation::tree;
use crate::sync::Replica;

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
            let company = view.company();
            let offered = tree(company).into_iter().map(|(department, _)| department.id).filter(|id| of.run(*id));
            offered.map(|id| (path(company, id), id)).collect::<Vec<_>>()
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
