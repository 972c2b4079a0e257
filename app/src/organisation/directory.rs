//! The directory as the pages list it: by name, and departments as a tree.

use leptos::prelude::*;
use shared::id::{DepartmentId, PersonId};
use shared::organisation::{Company, Department};

use crate::reactive::{derived, memo};
use crate::sync::Replica;
use crate::ui::{Choice, Options, Picker};
use crate::words::sort_by_name;

/// The departments right below one, or at the top, by name.
pub fn below(company: &Company, parent: Option<DepartmentId>) -> Vec<&Department> {
    let mut found: Vec<&Department> =
        company.departments.values().filter(|department| department.parent == parent).collect();
    sort_by_name(&mut found, |department| &department.name);
    found
}

/// All departments in the order of the tree, each with how deep it is.
pub fn tree(company: &Company) -> Vec<(&Department, usize)> {
    tree_of(company, None)
}

/// All departments beneath one, however deep, in the order of the tree.
pub fn beneath(company: &Company, parent: Option<DepartmentId>) -> Vec<&Department> {
    tree_of(company, parent).into_iter().map(|(department, _)| department).collect()
}

fn tree_of(company: &Company, parent: Option<DepartmentId>) -> Vec<(&Department, usize)> {
    let mut all = Vec::new();
    let mut open: Vec<(&Department, usize)> = below(company, parent).into_iter().rev().map(|top| (top, 0)).collect();
    while let Some((department, depth)) = open.pop() {
        all.push((department, depth));
        open.extend(below(company, Some(department.id)).into_iter().rev().map(|child| (child, depth + 1)));
    }
    all
}

/// Whether the signed-in person is an admin.
pub fn is_admin(replica: Replica) -> Memo<bool> {
    let me = replica.me();
    memo(move || replica.read(|view| view.company().is_admin(me)))
}

/// Whether the signed-in person changes anything in the directory: admins, and heads of a department.
pub fn manages(replica: Replica) -> Memo<bool> {
    let me = replica.me();
    memo(move || replica.read(|view| may_invite(view.company(), me)))
}

/// Whether somebody may invite anybody: admins, and heads of a department.
pub fn may_invite(company: &Company, person: PersonId) -> bool {
    company.is_admin(person) || company.departments.values().any(|department| department.head == Some(person))
}

/// The departments as a tree, to choose one or to filter by.
pub fn department_options(replica: Replica) -> Memo<Options> {
    options(replica, Callback::new(|_| true))
}

/// Those that are offered.
fn options(replica: Replica, of: Callback<DepartmentId, bool>) -> Memo<Options> {
    memo(move || {
        replica.read(|view| {
            let all = tree(view.company()).into_iter().filter(|(department, _)| of.run(department.id));
            all.map(|(it, depth)| (it.id.to_string(), indented(&it.name, depth))).collect()
        })
    })
}

/// A choice of one department, or none.
#[component]
pub fn DepartmentSelect(
    /// Its id.
    #[prop(into)]
    id: String,
    /// The id of the chosen department; empty for none.
    value: RwSignal<String>,
    /// What none is called; without it one must be chosen.
    #[prop(optional, into)]
    none: Option<String>,
    /// Which are offered.
    of: Callback<DepartmentId, bool>,
) -> impl IntoView {
    let departments = options(Replica::expect(), of);
    let options = derived(move || {
        let departments = departments.get().into_iter().map(|(id, name)| Choice::new(id, name));
        none.clone().map(Choice::none).into_iter().chain(departments).collect::<Vec<_>>()
    });
    view! { <Picker id chosen=value options on_pick=Callback::new(move |id| value.set(id)) /> }
}

fn indented(name: &str, depth: usize) -> String {
    format!("{}{name}", "\u{2003}".repeat(depth))
}
