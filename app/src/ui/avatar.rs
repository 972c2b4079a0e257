//! People as discs and names.

use leptos::prelude::*;
use shared::id::PersonId;
use shared::incident::SYSTEM;

use super::icon::BrandMark;
use crate::reactive::memo;
use crate::sync::Replica;
use crate::words;

/// A person's disc: the last character of a Chinese name, the initial of another; the product's mark for what it did itself.
#[component]
pub fn Avatar(
    /// Who.
    person: PersonId,
    /// Whether it stands alone.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    let replica = Replica::expect();
    let is_system = person == SYSTEM;
    let shown = memo(move || {
        replica.read(|view| {
            let found = view.company().people.get(&person);
            found.map(|person| (person.name.clone(), person.hue, !person.active)).unwrap_or_default()
        })
    });
    view! {
        <span
            class="avatar"
            class:large=large
            class:system=is_system
            title=move || titled(&shown.get().0, shown.get().2)
            aria-hidden="true"
            data-inactive=move || shown.get().2.then_some("")
            style:--hue=move || shown.get().1.to_string()
        >
            {move || if is_system { view! { <BrandMark /> }.into_any() } else { initial(&shown.get().0).into_any() }}
        </span>
    }
}

/// A name, and that its person has left if they have.
pub fn titled(name: &str, has_left: bool) -> String {
    if has_left { t!("person.who_has_left", name = name).into_owned() } else { name.to_owned() }
}

/// A person's disc and name, and whether they have left.
#[component]
pub fn PersonTag(
    /// Who.
    person: PersonId,
) -> impl IntoView {
    let replica = Replica::expect();
    let has_left =
        memo(move || replica.read(|view| view.company().people.get(&person).is_some_and(|person| !person.active)));
    view! {
        <span class="person" data-inactive=move || has_left.get().then_some("")>
            <Avatar person />
            <span class="person-name">{move || words::person_name(replica, person)}</span>
            {move || has_left.get().then(|| view! { <span class="person-note">{t!("person.has_left")}</span> })}
        </span>
    }
}

/// What a disc says.
pub fn initial(name: &str) -> String {
    let chosen = if name.is_ascii() { name.chars().next() } else { name.chars().last() };
    chosen.map(|c| c.to_uppercase().to_string()).unwrap_or_default()
}
