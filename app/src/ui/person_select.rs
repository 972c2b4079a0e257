//! Choosing a person: from a list, or by typing a part of the name.

use leptos::prelude::*;
use shared::id::{DepartmentId, PersonId};
use shared::organisation::{Company, Person};

use super::combobox::Choice;
use super::field::Field;
use super::initials::is_meant;
use super::picker::Picker;
use crate::reactive::{derived, memo};
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
    let on_pick = Callback::new(move |person| chosen.set(person));
    let of = Callback::new(move |(person, _)| but != Some(person));
    view! { <PersonPicker id chosen none of on_pick /> }
}

/// A choice of one of the active people that `of` lets in, by name.
#[component]
pub fn PersonPicker(
    /// Its id.
    #[prop(into)]
    id: String,
    /// Its accessible name where no label leads to it.
    #[prop(optional_no_strip, into)]
    label: Option<String>,
    /// Who is chosen.
    #[prop(into)]
    chosen: Signal<Option<PersonId>>,
    /// What nobody is called; without it one must be chosen.
    #[prop(optional, into)]
    none: Option<String>,
    /// Who is offered; it tracks what that depends on.
    of: Callback<(PersonId, Option<DepartmentId>), bool>,
    /// One was picked, or nobody.
    on_pick: Callback<Option<PersonId>>,
    /// `input` in a form.
    #[prop(default = "input")]
    class: &'static str,
) -> AnyView {
    let people = person_choices(chosen, of);
    let options = derived(move || none.clone().map(Choice::none).into_iter().chain(people.get()).collect());
    let value = derived(move || chosen.get().map(|id| id.to_string()).unwrap_or_default());
    let on_pick = Callback::new(move |value: String| on_pick.run(value.parse().ok()));
    view! { <Picker id label chosen=value options on_pick class /> }.into_any()
}

/// The active people that `of` lets in, by name, each with their department.
pub fn person_choices(
    chosen: Signal<Option<PersonId>>,
    of: Callback<(PersonId, Option<DepartmentId>), bool>,
) -> Memo<Vec<Choice>> {
    let replica = Replica::expect();
    let offered = move |person: &Person| person.active && of.run((person.id, person.department));
    // Who is chosen stays on offer, also after leaving the company; choosing who is offered anyway sorts nothing anew.
    let beside = memo(move || {
        let is_offered = |id: &PersonId| replica.read(|view| view.company().people.get(id).is_some_and(offered));
        chosen.get().filter(|id| !is_offered(id))
    });
    memo(move || {
        let beside = beside.get();
        replica.read(|view| {
            let company = view.company();
            let people = company.people.values().filter(|person| beside == Some(person.id) || offered(person));
            let mut people: Vec<&Person> = people.collect();
            sort_by_name(&mut people, |person| &person.name);
            people.into_iter().map(|person| choice_of(company, person)).collect()
        })
    })
}

fn choice_of(company: &Company, person: &Person) -> Choice {
    let department = person.department.and_then(|id| company.departments.get(&id));
    let note = department.map(|department| department.name.clone()).unwrap_or_default();
    Choice { value: person.id.to_string(), label: person.name.clone(), note }
}

/// The active people that `of` lets in who are meant by a text: by their name, its first letters, or their email.
pub fn people_named(replica: Replica, text: &str, of: impl Fn(PersonId) -> bool) -> Vec<Choice> {
    let text = text.trim().to_lowercase();
    replica.peek(|state| {
        let fits = |person: &&Person| is_meant(&person.name, &text) || person.email.starts_with(&text);
        let people = state.company.people.values().filter(|person| person.active && of(person.id));
        let mut people: Vec<&Person> = people.filter(fits).collect();
        sort_by_name(&mut people, |person| &person.name);
        people.truncate(OFFERED);
        people.into_iter().map(|person| choice_of(&state.company, person)).collect()
    })
}
