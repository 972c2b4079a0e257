//! Where something is said: `@` offers those who may be named, and those who stay named are told.

use std::collections::BTreeSet;

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::prelude::*;
use shared::id::PersonId;
use shared::{Field, Rejection, markdown};

use super::{Along, Attach, Errors, Naming, fresh_id};
use crate::sync::Replica;

/// Something written: its text, and who is named in it.
pub type Written = (String, BTreeSet<PersonId>);

/// An input for what is said.
#[component]
pub fn Composer(
    /// What is written so far; the caller keeps it.
    text: RwSignal<String>,
    /// The accessible name.
    #[prop(into)]
    label: String,
    /// The verb on the button.
    #[prop(into)]
    submit: String,
    /// Who may be named.
    people: Callback<PersonId, bool>,
    /// The field that a refusal of the text names.
    field: Field,
    /// The files that go along.
    #[prop(optional)]
    along: Option<Along>,
    /// Sends it; what was written stays if it is refused.
    on_send: Callback<Written, Result<(), Rejection>>,
    /// Gives it up, where there is something to go back to.
    #[prop(optional)]
    on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    let replica = Replica::expect();
    let errors = Errors::new();
    let naming = Naming::new(text, people);
    let picked = naming.picked;
    let error_id = StoredValue::new(fresh_id("comment-error"));
    let send = move || {
        errors.clear();
        if along.is_some_and(|along| !along.are_here()) {
            return;
        }
        let written = text.get_untracked();
        let named = named(replica, people, &written, &picked.get_value());
        if errors.keep(on_send.run((written, named))).is_some() {
            picked.set_value(BTreeSet::new());
            naming.close();
        }
    };
    let on_key = move |event: KeyboardEvent| {
        if naming.on_key(&event) {
            return;
        }
        match event.key().as_str() {
            "Enter" if event.ctrl_key() || event.meta_key() => send(),
            "Escape" => {
                let Some(cancel) = on_cancel else { return };
                cancel.run(());
                event.stop_propagation();
            }
            _ => return,
        }
        event.prevent_default();
    };
    view! {
        <form
            class="composer"
            novalidate
            on:submit=move |event: SubmitEvent| {
                event.prevent_default();
                send();
            }
        >
            <div class="field" data-invalid=move || errors.of(field).map(|_| "")>
                <textarea
                    class="input"
                    node_ref=naming.area
                    aria-label=label
                    aria-describedby=error_id.get_value()
                    aria-invalid=move || errors.of(field).map(|_| "true")
                    aria-autocomplete="list"
                    aria-controls=naming.list()
                    aria-activedescendant=move || naming.active()
                    placeholder=t!("task.comment_placeholder")
                    style:anchor-name=naming.anchor()
                    prop:value=move || text.get()
                    on:input=move |event| {
                        text.set(event_target_value(&event));
                        naming.look();
                    }
                    on:click=move |_| naming.look()
                    on:keydown=on_key
                    on:blur=move |_| naming.close()
                ></textarea>
                {naming.offer()}
                <p class="error" role="alert" id=error_id.get_value()>
                    {move || errors.of(field).or_else(|| errors.of_form())}
                </p>
            </div>
            <div class="composer-foot">
                <span class="hint">{t!("task.comment_hint")}</span>
                <button type="submit" class="button primary small">
                    {submit}
                </button>
                {on_cancel
                    .map(|cancel| {
                        view! {
                            <button type="button" class="button ghost small" on:click=move |_| cancel.run(())>
                                {t!("task.cancel")}
                            </button>
                        }
                    })}
            </div>
        </form>
        {along.map(|along| view! { <Attach along send=Callback::new(move |()| send()) /> })}
    }
}

/// Those who may be named and are; of two with one name, those who were picked.
fn named(
    replica: Replica,
    may_be_named: Callback<PersonId, bool>,
    text: &str,
    picked: &BTreeSet<PersonId>,
) -> BTreeSet<PersonId> {
    replica.peek(|state| {
        let people = &state.company.people;
        let mut named = markdown::named(text, people.values().map(|person| (person.id, person.name.as_str())));
        named.retain(|person| may_be_named.run(*person));
        let name = |person: &PersonId| people.get(person).map(|person| &person.name);
        let is_alone = |person: &PersonId| named.iter().filter(|other| name(other) == name(person)).count() == 1;
        named.iter().copied().filter(|person| picked.contains(person) || is_alone(person)).collect()
    })
}
