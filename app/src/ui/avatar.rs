//! People as discs and names.

use leptos::prelude::*;
use shared::id::PersonId;

use crate::sync::Replica;
use crate::words;

/// A person's disc: the last character of a Chinese name, the initial of another.
#[component]
pub fn Avatar(
    /// Who.
    person: PersonId,
    /// Whether it stands alone.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let replica = Replica::expect();
    let shown = Memo::new(move |_| {
        replica.read(|view| {
            view.company().people.get(&person).map(|person| (person.name.clone(), person.hue)).unwrap_or_default()
        })
    });
    view! {
        <span
            class="avatar"
            class:large=large
            title=move || shown.get().0
            aria-hidden="true"
            style:--hue=move || shown.get().1.to_string()
        >
            {move || initial(&shown.get().0)}
        </span>
    }
}

/// A person's disc and name.
#[component]
pub fn PersonTag(
    /// Who.
    person: PersonId,
) -> impl IntoView {
    let replica = Replica::expect();
    view! {
        <span class="person">
            <Avatar person />
            <span class="person-name">{move || words::person_name(replica, person)}</span>
        </span>
    }
}

/// What a disc says.
pub fn initial(name: &str) -> String {
    let chosen = if name.is_ascii() { name.chars().next() } else { name.chars().last() };
    chosen.map(|c| c.to_uppercase().to_string()).unwrap_or_default()
}
