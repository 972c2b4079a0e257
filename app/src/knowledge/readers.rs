//! Who may read an article: everybody, or departments with those beneath them.

use std::collections::BTreeSet;

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::Field;
use shared::id::DepartmentId;
use shared::knowledge::Readers;
use shared::organisation::Company;

use crate::organisation::tree;
use crate::reactive::{For, Show, memo};
use crate::sync::Replica;
use crate::ui::Errors;

/// The readers as they are being chosen. The departments stay while everybody is chosen: one may come back to them.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct Choice {
    limited: RwSignal<bool>,
    departments: RwSignal<BTreeSet<DepartmentId>>,
}

impl Choice {
    /// Everybody.
    pub fn new() -> Self {
        Self { limited: RwSignal::new(false), departments: RwSignal::new(BTreeSet::new()) }
    }

    /// Begins with those that are chosen already.
    pub fn set(self, readers: Readers) {
        let departments = match readers {
            Readers::Company => None,
            Readers::Departments(departments) => Some(departments),
        };
        self.limited.set(departments.is_some());
        self.departments.set(departments.unwrap_or_default());
    }

    /// What is chosen; not tracked.
    pub fn get(self) -> Readers {
        if self.limited.get_untracked() {
            Readers::Departments(self.departments.get_untracked())
        } else {
            Readers::Company
        }
    }
}

/// The question, and the departments where it is about them.
#[component]
pub fn ReadersField(choice: Choice, errors: Errors) -> impl IntoView {
    let refused = move || errors.of(Field::Readers).map(|_| "true");
    let radio = move |limited: bool, name: String| {
        view! {
            <label class="segment">
                <input
                    type="radio"
                    name="readers"
                    prop:checked=move || choice.limited.get() == limited
                    aria-invalid=move || refused().filter(|_| limited)
                    on:change=move |_| choice.limited.set(limited)
                />
                <span>{name}</span>
            </label>
        }
    };
    view! {
        <fieldset
            class="field"
            data-invalid=move || refused().map(|_| "")
            aria-describedby="article-readers-hint article-readers-error"
        >
            <legend>{t!("article.readers")}</legend>
            <div class="segments">
                {radio(false, t!("article.everybody").into_owned())}
                {radio(true, t!("article.departments").into_owned())}
            </div>
            <p class="hint" id="article-readers-hint">
                {move || choice.limited.get().then(|| t!("article.departments_hint"))}
            </p>
            <Show when=move || choice.limited.get()>
                <Departments chosen=choice.departments />
            </Show>
            <p class="error" role="alert" id="article-readers-error">
                {move || errors.of(Field::Readers)}
            </p>
        </fieldset>
    }
}

/// A department of the tree, as it is offered.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Offered {
    id: DepartmentId,
    name: String,
    above: Vec<DepartmentId>,
}

#[component]
fn Departments(chosen: RwSignal<BTreeSet<DepartmentId>>) -> impl IntoView {
    let replica = Replica::expect();
    let all = memo(move || replica.read(|view| offered(view.company())));
    view! {
        <div class="readers" role="group" aria-label=t!("article.departments")>
            <For each=move || all.get() key=Clone::clone let(department)>
                <Department department chosen />
            </For>
        </div>
    }
}

/// Those above before those beneath, in the order of their names.
fn offered(company: &Company) -> Vec<Offered> {
    let all = tree(company).into_iter();
    all.map(|(department, _)| Offered {
        id: department.id,
        name: department.name.clone(),
        above: company.lineage(department.id).skip(1).map(|above| above.id).collect(),
    })
    .collect()
}

/// What is beneath a chosen department reads along: that is shown, and is not its own choice to make.
#[component]
fn Department(department: Offered, chosen: RwSignal<BTreeSet<DepartmentId>>) -> impl IntoView {
    let Offered { id, name, above } = department;
    let depth = above.len().to_string();
    let along = memo(move || chosen.with(|chosen| above.iter().any(|above| chosen.contains(above))));
    let choose = move |event| {
        chosen.update(|chosen| {
            if event_target_checked(&event) {
                chosen.insert(id);
            } else {
                chosen.remove(&id);
            }
        });
    };
    view! {
        <label class="check" style:--depth=depth>
            <input
                type="checkbox"
                prop:checked=move || along.get() || chosen.with(|chosen| chosen.contains(&id))
                disabled=move || along.get()
                on:change=choose
            />
            <span>{name}</span>
        </label>
    }
}
