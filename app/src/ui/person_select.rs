//! Choosing a person: from a list, or by typing a part of the name.

use leptos::prelude::*;
use rust_i18n::t;
use shared::id::{DepartmentId, PersonId};
use shared::organisation::Person;

use super::combobox::Choice;
use super::field::Field;
use crate::sync::Replica;
use crate::words::sort_by_name;

/// How many people a search offers at once.
const OFFERED: usize = 8;

/// A labelled choice of one of all active people, or nobody.
#[component]
pub fn PersonField(
    /// Its id.
    #[prop(into)]
    id: String,
    /// What is asked for.
    #[prop(into)]
    label: String,
    /// Who is chosen.
    chosen: RwSignal<Option<PersonId>>,
    /// What nobody is called.
    #[prop(optional, into)]
    none: Option<String>,
    /// What is wrong with the answer.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let control = id.clone();
    let none = none.unwrap_or_else(|| t!("person.nobody").into_owned());
    view! {
        <Field id label error>
            <PersonSelect id=control chosen none />
        </Field>
    }
}

/// The choice without its label.
#[component]
pub fn PersonSelect(
    /// Its id.
    #[prop(into)]
    id: String,
    /// Who is chosen.
    chosen: RwSignal<Option<PersonId>>,
    /// What nobody is called.
    #[prop(into)]
    none: String,
    /// Who is not offered.
    #[prop(optional)]
    but: Option<PersonId>,
) -> impl IntoView {
    view! {
        <select
            class="input"
            aria-describedby=format!("{id}-error")
            id=id
            on:change=move |event| chosen.set(event_target_value(&event).parse().ok())
        >
            <option value="" prop:selected=move || chosen.get().is_none()>
                {none}
            </option>
            <PersonOptions of=Callback::new(move |(person, _)| but != Some(person)) chosen />
        </select>
    }
}

/// An option for each active person that `of` lets in, by name; for a `<select>`.
#[component]
pub fn PersonOptions(
    /// Who is offered.
    of: Callback<(PersonId, Option<DepartmentId>), bool>,
    /// Who is chosen.
    #[prop(into)]
    chosen: Signal<Option<PersonId>>,
) -> impl IntoView {
    let replica = Replica::expect();
    let offered = move |person: &Person| person.active && of.run((person.id, person.department));
    // Who is chosen stays on offer, also after leaving the company; choosing who is offered anyway sorts nothing anew.
    let beside = Memo::new(move |_| {
        let is_offered = |id: &PersonId| replica.read(|view| view.company().people.get(id).is_some_and(offered));
        chosen.get().filter(|id| !is_offered(id))
    });
    let people = Memo::new(move |_| {
        let beside = beside.get();
        replica.read(|view| {
            let people = view.company().people.values();
            let mut people: Vec<(PersonId, String)> = people
                .filter(|person| beside == Some(person.id) || offered(person))
                .map(|person| (person.id, person.name.clone()))
                .collect();
            sort_by_name(&mut people, |(_, name)| name);
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

/// The active people that `of` lets in whose name or email contains a text.
pub fn people_named(replica: Replica, text: &str, of: impl Fn(PersonId) -> bool) -> Vec<Choice> {
    let text = text.trim().to_lowercase();
    replica.peek(|state| {
        let fits = |person: &&Person| person.name.to_lowercase().contains(&text) || person.email.starts_with(&text);
        let people = state.company.people.values().filter(|person| person.active && of(person.id));
        let mut people: Vec<&Person> = people.filter(fits).collect();
        sort_by_name(&mut people, |person| &person.name);
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
