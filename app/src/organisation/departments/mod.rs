//! The tree of departments: everybody reads it, admins change it (organisation: departments).

mod form;

use icondata_lu::{LuPencil, LuPlus, LuTrash2};
use leptos::prelude::*;
use shared::Command;
use shared::id::DepartmentId;
use shared::organisation::{Company, OrganisationCommand};

use self::form::{DepartmentForm, Editor};
use super::admin::{AdminHead, Section};
use super::directory::{below, beneath, is_admin};
use crate::reactive::{For, Show, derived, effect, memo};
use crate::sync::Replica;
use crate::ui::{Confirm, Errors, Icon, page_title, titled};

/// Deeper than this the tree is drawn as one list: views are built by recursion.
const DEEPEST: usize = 16;

/// What the rows of the tree share.
#[derive(Clone, Copy)]
struct Tree {
    replica: Replica,
    is_admin: Memo<bool>,
    editor: Editor,
    removing: RwSignal<Option<DepartmentId>>,
}

/// The page behind `/admin/departments`.
#[component]
pub fn Departments() -> impl IntoView {
    page_title(|| Section::Departments.name().text());
    let replica = Replica::expect();
    let is_admin = is_admin(replica);
    let editor = Editor::new();
    let tree = Tree { replica, is_admin, editor, removing: RwSignal::new(None) };
    let is_empty = memo(move || replica.read(|view| view.company().departments.is_empty()));
    let add = move || {
        is_admin.get().then(|| {
            view! {
                <button type="button" class="button primary" on:click=move |_| editor.add(None)>
                    {t!("departments.add")}
                </button>
            }
        })
    };
    view! {
        <AdminHead section=Section::Departments>{add}</AdminHead>
        <div class="page-body">
            <div class="column-text">
                {move || {
                    if is_empty.get() {
                        view! {
                            <div class="empty">
                                <h2>{t!("departments.none_title")}</h2>
                                <p>{t!("departments.none_text")}</p>
                            </div>
                        }
                            .into_any()
                    } else {
                        view! { <ul class="tree">{branches(tree, None, 0)}</ul> }.into_any()
                    }
                }}
            </div>
        </div>
        <DepartmentForm editor />
        <Removal tree />
    }
}

/// The departments below one, each with its own below it.
fn branches(tree: Tree, parent: Option<DepartmentId>, depth: usize) -> AnyView {
    let children = memo(move || {
        tree.replica.read(|view| {
            let found = if depth < DEEPEST { below(view.company(), parent) } else { beneath(view.company(), parent) };
            found.into_iter().map(|department| department.id).collect::<Vec<_>>()
        })
    });
    view! {
        <For each=move || children.get() key=|id| *id let(id)>
            {branch(tree, id, depth)}
        </For>
    }
    .into_any()
}

fn branch(tree: Tree, id: DepartmentId, depth: usize) -> AnyView {
    let replica = tree.replica;
    let name = memo(move || replica.read(|view| name_of(view.company(), id)));
    let note = memo(move || replica.read(|view| note(view.company(), id)));
    let has_children = memo(move || {
        depth < DEEPEST && replica.read(|view| view.company().departments.values().any(|it| it.parent == Some(id)))
    });
    let buttons = move || {
        tree.is_admin.get().then(|| {
            view! {
                <button
                    type="button"
                    class="button ghost icon small"
                    aria-label=move || t!("departments.add_below", name = name.get())
                    on:click=move |_| tree.editor.add(Some(id))
                >
                    <Icon icon=LuPlus small=true />
                </button>
                <button
                    type="button"
                    class="button ghost icon small"
                    aria-label=move || t!("departments.edit", name = name.get())
                    on:click=move |_| tree.editor.edit(replica, id)
                >
                    <Icon icon=LuPencil small=true />
                </button>
                <button
                    type="button"
                    class="button ghost icon small"
                    aria-label=move || t!("departments.remove", name = name.get())
                    on:click=move |_| tree.removing.set(Some(id))
                >
                    <Icon icon=LuTrash2 small=true />
                </button>
            }
        })
    };
    view! {
        <li>
            <div class="tree-row">
                <a class="tree-name" href=format!("/admin/people?department={id}")>
                    {name}
                </a>
                <span class="tree-note">{note}</span>
                {buttons}
            </div>
            <Show when=move || has_children.get()>
                <ul>{branches(tree, Some(id), depth + 1)}</ul>
            </Show>
        </li>
    }
    .into_any()
}

fn name_of(company: &Company, id: DepartmentId) -> String {
    company.departments.get(&id).map(|department| department.name.clone()).unwrap_or_default()
}

/// Who leads it, and how many work in it.
fn note(company: &Company, id: DepartmentId) -> String {
    let head = company.departments.get(&id).and_then(|department| department.head);
    let head = head.and_then(|head| company.people.get(&head)).map(|head| titled(&head.name, !head.active));
    let count = company.staff(id).count();
    if let Some(head) = head {
        t!("departments.note", head = head, count = count).into_owned()
    } else {
        t!("departments.note_headless", count = count).into_owned()
    }
}

/// The question before a department goes.
#[component]
fn Removal(tree: Tree) -> impl IntoView {
    let replica = tree.replica;
    let open = RwSignal::new(false);
    let errors = Errors::new();
    let name = RwSignal::new(String::new());
    effect(move || {
        if let Some(id) = tree.removing.get() {
            errors.clear();
            name.set(replica.peek(|state| name_of(&state.company, id)));
            open.set(true);
        }
    });
    effect(move || {
        if !open.get() {
            tree.removing.set(None);
        }
    });
    let on_yes = Callback::new(move |()| {
        let Some(id) = tree.removing.get_untracked() else { return };
        errors.clear();
        let command = Command::Organisation(OrganisationCommand::RemoveDepartment(id));
        if errors.keep(replica.act(command)).is_some() {
            open.set(false);
        }
    });
    view! {
        <Confirm
            open
            title=derived(move || t!("departments.remove_title", name = name.get()).into_owned())
            text=tr!("departments.remove_text")
            submit=tr!("departments.remove_submit")
            on_yes
            errors
        />
    }
}
