//! Owner and collaborators.

use icondata_lu::LuX;
use leptos::prelude::*;
use shared::Field;
use shared::id::{DepartmentId, PersonId};
use shared::project::Role;
use shared::project::task::TaskEdit;

use super::fields::Property;
use super::subject::Subject;
use crate::reactive::{For, Show, derived, memo};
use crate::ui::{Avatar, Choice, Combobox, Errors, Icon, PersonPicker, PersonTag, focus_later, people_named};
use crate::words;

/// Exactly one.
#[component]
pub fn Owner() -> impl IntoView {
    let subject = Subject::expect();
    let errors = Errors::new();
    let owner = subject.map(|task| task.owner);
    let members = memo(move || {
        subject
            .replica
            .read(|view| view.project(subject.project).map(|project| project.members.clone()).unwrap_or_default())
    });
    let choose = Callback::new(move |person: Option<PersonId>| {
        errors.clear();
        let Some(person) = person else { return };
        errors.keep(subject.edit(TaskEdit::Owner(person)));
    });
    // An observer watches; work is given to those who may do it.
    let of = Callback::new(move |(person, _): (PersonId, Option<DepartmentId>)| {
        members.with(|members| members.get(&person).is_some_and(|role| *role != Role::Observer))
    });
    view! {
        <Property label=t!("task.owner") errors field=Field::Owner>
            {move || {
                if !subject.works.get() {
                    return view! { {move || view! { <PersonTag person=owner.get() /> }} }.into_any();
                }
                view! {
                    <div class="filter" style:margin-inline-start="-7px">
                        {move || view! { <Avatar person=owner.get() /> }}
                        <label class="visually-hidden" for="task-owner">{t!("task.owner")}</label>
                        <PersonPicker
                            id="task-owner"
                            chosen=derived(move || Some(owner.get()))
                            of
                            on_pick=choose
                            class="wide"
                        />
                    </div>
                }
                .into_any()
            }}
        </Property>
    }
}

/// Who helps.
#[component]
pub fn Collaborators() -> impl IntoView {
    let subject = Subject::expect();
    let errors = Errors::new();
    let people = subject.map(|task| task.collaborators.iter().copied().collect::<Vec<_>>());
    let adding = RwSignal::new(false);
    let text = RwSignal::new(String::new());
    let find = Callback::new(move |text: String| {
        let chosen = subject.now(|task| task.collaborators.clone());
        people_named(subject.replica, &text, |person| {
            subject.role(person).is_some() && !chosen.contains(&person) && subject.now(|task| task.owner != person)
        })
    });
    let add = Callback::new(move |choice: Choice| {
        errors.clear();
        let Ok(person) = choice.value.parse() else { return };
        if errors.keep(subject.edit(TaskEdit::AddCollaborator(person))).is_some() {
            text.set(String::new());
        }
    });
    let remove = move |person: PersonId| {
        errors.clear();
        errors.keep(subject.edit(TaskEdit::RemoveCollaborator(person)));
        focus_later(if adding.get_untracked() { "task-collaborator" } else { "task-add-collaborator" }.into());
    };
    view! {
        <Property label=t!("task.collaborators") errors field=Field::Collaborators>
            <For each=move || people.get() key=|person| *person let(person)>
                <span class="chip" style:--hue=move || hue(subject, person)>
                    {move || words::person_name(subject.replica, person)}
                    <Show when=move || subject.works.get()>
                        <button
                            type="button"
                            class="chip-remove"
                            aria-label=move || {
                                t!("task.remove_collaborator", name = words::person_name(subject.replica, person))
                            }
                            on:click=move |_| remove(person)
                        >
                            <Icon icon=LuX small=true />
                        </button>
                    </Show>
                </span>
            </For>
            {move || {
                if !subject.works.get() {
                    return people.with(Vec::is_empty).then(|| t!("task.nobody")).into_any();
                }
                if adding.get() {
                    return view! {
                        <span
                            on:keydown=move |event| {
                                if event.key() == "Escape" && !event.default_prevented() {
                                    event.prevent_default();
                                    event.stop_propagation();
                                    adding.set(false);
                                    focus_later("task-add-collaborator".into());
                                }
                            }
                        >
                            <Combobox
                                id="task-collaborator"
                                label=t!("task.add_collaborator")
                                placeholder=t!("task.name_of_person")
                                text
                                find
                                on_pick=add
                            />
                        </span>
                    }
                    .into_any();
                }
                view! {
                    <button
                        type="button"
                        class="property unset"
                        id="task-add-collaborator"
                        on:click=move |_| {
                            adding.set(true);
                            focus_later("task-collaborator".into());
                        }
                    >
                        {t!("task.add_collaborator")}
                    </button>
                }
                .into_any()
            }}
        </Property>
    }
}

/// The hue of a person's avatar; tracked.
fn hue(subject: Subject, person: PersonId) -> String {
    subject.replica.read(|view| view.company().people.get(&person).map_or(0, |person| person.hue)).to_string()
}
