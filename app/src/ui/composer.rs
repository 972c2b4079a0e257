//! Where something is said: `@` offers those who may be named, and those who stay named are told.

use std::collections::BTreeSet;

use leptos::ev::{KeyboardEvent, SubmitEvent};
use leptos::html;
use leptos::prelude::*;
use shared::id::PersonId;
use shared::{Field, Rejection, markdown};

use super::{Choice, Choices, Errors, fresh_id, people_named};
use crate::reactive::memo;
use crate::sync::Replica;

/// The longest name that is searched for after an `@`, in bytes.
const LONGEST: usize = 120;

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
    /// Whether all that goes along is there; says itself what is not.
    #[prop(optional)]
    ready: Option<Callback<(), bool>>,
    /// Sends it; what was written stays if it is refused.
    on_send: Callback<Written, Result<(), Rejection>>,
    /// Gives it up, where there is something to go back to.
    #[prop(optional)]
    on_cancel: Option<Callback<()>>,
) -> impl IntoView {
    let replica = Replica::expect();
    let errors = Errors::new();
    let area = NodeRef::<html::Textarea>::new();
    let list_id = StoredValue::new(fresh_id("mentions"));
    let error_id = StoredValue::new(fresh_id("comment-error"));
    let anchor = format!("--{}", list_id.get_value());
    // Where the name after an @ lies that the caret is at the end of, in bytes of the text.
    let naming = RwSignal::new(None::<(usize, usize)>);
    let at = RwSignal::new(0_usize);
    let picked = StoredValue::new(BTreeSet::<PersonId>::new());
    let found = memo(move || {
        let Some((from, to)) = naming.get() else { return Vec::new() };
        let name = text.with(|text| text.get(from + 1..to).map(str::to_owned)).unwrap_or_default();
        people_named(replica, &name, |person| people.run(person))
    });
    let shown = memo(move || found.with(|found| !found.is_empty()));

    let look = move || {
        let caret = area.get_untracked().and_then(|area| area.selection_start().ok().flatten());
        at.set(0);
        naming.set(caret.and_then(|caret| text.with_untracked(|text| name_at(text, caret))));
    };
    let pick = Callback::new(move |choice: Choice| {
        let Some((from, to)) = naming.get_untracked() else { return };
        let inserted = format!("@{} ", choice.label);
        let caret = text.with_untracked(|text| utf16_length(&text[..from])) + utf16_length(&inserted);
        text.update(|text| text.replace_range(from..to, &inserted));
        picked.update_value(|picked| picked.extend(choice.value.parse::<PersonId>()));
        naming.set(None);
        if let Some(area) = area.get_untracked() {
            // Written at once, so that the caret has its place in the new text.
            text.with_untracked(|text| area.set_value(text));
            let _ = area.focus();
            let _ = area.set_selection_range(caret, caret);
        }
    });
    let send = move || {
        errors.clear();
        if ready.is_some_and(|ready| !ready.run(())) {
            return;
        }
        let written = text.get_untracked();
        let named = named(replica, people, &written, &picked.get_value());
        if errors.keep(on_send.run((written, named))).is_some() {
            picked.set_value(BTreeSet::new());
            naming.set(None);
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let count = found.with_untracked(Vec::len);
        let is_naming = count > 0 && naming.with_untracked(Option::is_some);
        match event.key().as_str() {
            "Enter" if event.ctrl_key() || event.meta_key() => send(),
            "ArrowDown" if is_naming => at.update(|at| *at = (*at + 1) % count),
            "ArrowUp" if is_naming => at.update(|at| *at = (*at + count - 1) % count),
            "Enter" | "Tab" if is_naming => {
                let Some(choice) = found.with_untracked(|found| found.get(at.get_untracked()).cloned()) else { return };
                pick.run(choice);
            }
            "Escape" if is_naming => {
                naming.set(None);
                event.stop_propagation();
            }
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
                    node_ref=area
                    aria-label=label
                    aria-describedby=error_id.get_value()
                    aria-invalid=move || errors.of(field).map(|_| "true")
                    aria-autocomplete="list"
                    aria-controls=list_id.get_value()
                    aria-activedescendant=move || {
                        shown.get().then(|| format!("{}-{}", list_id.get_value(), at.get()))
                    }
                    placeholder=t!("task.comment_placeholder")
                    style:anchor-name=anchor.clone()
                    prop:value=move || text.get()
                    on:input=move |event| {
                        text.set(event_target_value(&event));
                        look();
                    }
                    on:click=move |_| look()
                    on:keydown=on_key
                    on:blur=move |_| naming.set(None)
                ></textarea>
                <Choices
                    id=list_id.get_value()
                    label=t!("task.people_to_mention")
                    anchor
                    shown
                    found
                    at
                    on_pick=pick
                />
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
    }
}

/// Where the name lies that is being typed at a caret: from its `@` to the caret, in bytes.
fn name_at(text: &str, caret: u32) -> Option<(usize, usize)> {
    let mut units = 0;
    let end = text
        .char_indices()
        .find(|(_, c)| {
            let here = units >= caret as usize;
            units += c.len_utf16();
            here
        })
        .map_or(text.len(), |(at, _)| at);
    let at = text[..end].rfind('@')?;
    let is_address = text[..at].chars().next_back().is_some_and(|before| before.is_ascii_alphanumeric());
    let is_name = end - at <= LONGEST && !text[at..end].contains('\n');
    (is_name && !is_address).then_some((at, end))
}

fn utf16_length(text: &str) -> u32 {
    text.chars().map(|c| if c.len_utf16() == 2 { 2 } else { 1 }).sum()
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
