//! Choosing a department, and who works in one.

use leptos::prelude::*;
use shared::id::{DepartmentId, PersonId};
use shared::organisation::Company;

use crate::organisation::tree;
use crate::reactive::{derived, memo};
use crate::sync::Replica;
use crate::ui::{Choice, Picker};

/// A choice of one department.
#[component]
pub fn DepartmentPicker(
    /// Its id.
    #[prop(into)]
    id: String,
    /// Which is chosen.
    #[prop(into)]
    chosen: Signal<Option<DepartmentId>>,
    /// Which are offered.
    of: Callback<DepartmentId, bool>,
    /// One was picked, or none.
    on_pick: Callback<Option<DepartmentId>>,
    /// Whether it takes the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
) -> AnyView {
    let departments = department_choices(of);
    let none = Choice::none(t!("project.choose_department"));
    let options = derived(move || std::iter::once(none.clone()).chain(departments.get()).collect());
    let value = derived(move || chosen.get().map(|id| id.to_string()).unwrap_or_default());
    let on_pick = Callback::new(move |value: String| on_pick.run(value.parse().ok()));
    view! { <Picker id chosen=value options on_pick autofocus /> }.into_any()
}

/// The departments that are offered, by their place in the tree.
pub fn department_choices(of: Callback<DepartmentId, bool>) -> Memo<Vec<Choice>> {
    let replica = Replica::expect();
    memo(move || {
        replica.read(|view| {
            let company = view.company();
            let offered = tree(company).into_iter().map(|(department, _)| department.id).filter(|id| of.run(*id));
            offered.map(|id| Choice::new(id, path(company, id))).collect()
        })
    })
}

/// The department's name after those above it, so that equal names tell each other apart.
fn path(company: &Company, department: DepartmentId) -> String {
    let mut names: Vec<&str> = company.lineage(department).map(|department| department.name.as_str()).collect();
    names.reverse();
    names.join(" / ")
}

/// Lets in the people of a department and of those beneath it; nobody if there is no department. It tracks which.
pub fn staff_of(
    replica: Replica,
    department: Signal<Option<DepartmentId>>,
) -> Callback<(PersonId, Option<DepartmentId>), bool> {
    Callback::new(move |(_, works_in): (PersonId, Option<DepartmentId>)| {
        let (Some(department), Some(works_in)) = (department.get(), works_in) else { return false };
        replica.peek(|state| state.company.lineage(works_in).any(|above| above.id == department))
    })
}
