//! The dialogs of the room: a text, a severity, another incident, other people.

use leptos::prelude::*;
use shared::Field;
use shared::id::{IncidentId, PersonId};
use shared::incident::{IncidentIntent, Part, Severity};

use super::actions::keep_focus;
use super::here::{Action, Here};
use crate::incident::words;
use crate::reactive::{derived, effect, memo};
use crate::ui::{
    Choice, Errors, Field as Labelled, FormDialog, Key, PersonField, Picker, Restored, Text, TextInput, Unsent,
};

/// All of them; one is open at most.
#[component]
pub fn Questions() -> impl IntoView {
    view! {
        <Ask action=Action::Pin title=tr!("room.edit_pinned") label=tr!("room.pinned") field=Field::Pinned kind=Text::Line to=IncidentIntent::Pin />
        <Ask action=Action::Update title=tr!("room.post_update") label=tr!("room.update_text") field=Field::Update kind=Text::Lines to=IncidentIntent::Update />
        <Ask action=Action::Mitigate title=tr!("room.mitigate") label=tr!("room.mitigation_text") field=Field::Mitigation kind=Text::Lines to=IncidentIntent::Mitigate />
        <Ask action=Action::Resolve title=tr!("room.resolve") label=tr!("room.solution") field=Field::Solution kind=Text::Lines to=IncidentIntent::Resolve />
        <Ask action=Action::Refuse title=tr!("room.refuse") label=tr!("room.reason") field=Field::Reason kind=Text::Line to=IncidentIntent::Refuse />
        <Ask action=Action::Reject title=tr!("room.reject") label=tr!("room.reason") field=Field::Reason kind=Text::Line to=IncidentIntent::Reject />
        <SetSeverity />
        <Merge />
        <Parts />
    }
}

/// Whether a dialog is open; closing it takes the question back.
pub fn opened(here: Here, action: Action, on_open: impl Fn() + 'static) -> RwSignal<bool> {
    let open = RwSignal::new(false);
    effect(move || {
        if here.asking.get() == Some(action) {
            on_open();
            open.set(true);
        }
    });
    Effect::new(move |was: Option<bool>| {
        let is = open.get();
        if was == Some(true) && !is {
            here.asking.set(None);
            keep_focus();
        }
        is
    });
    open
}

#[component]
fn Ask(
    action: Action,
    title: Key,
    label: Key,
    field: Field,
    kind: Text,
    to: fn(String) -> IncidentIntent,
) -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let id = format!("room-{action:?}").to_lowercase();
    let (unsent, text) = Unsent::text_at(&format!("incident.{}.{id}", here.id));
    let open = opened(here, action, move || {
        errors.clear();
        // What was typed before it was closed stays; the pinned status begins with what it is.
        if action == Action::Pin && !unsent.is_typed() {
            text.set(here.now(|incident| incident.pinned.clone()));
            unsent.rest(&text);
        }
    });
    let send = Callback::new(move |()| {
        errors.clear();
        if errors.keep(here.act(to(text.get_untracked()))).is_some() {
            text.set(String::new());
            unsent.rest(&text);
            open.set(false);
        } else {
            crate::ui::focus_error();
        }
    });
    let title = derived(move || title.text().into_owned());
    view! {
        <FormDialog open title submit=title errors on_submit=send>
            <Restored unsent />
            <TextInput
                id=id.clone()
                label=label.text()
                kind
                value=text
                error=derived(move || errors.of(field))
                autofocus=true
            />
        </FormDialog>
    }
}

#[component]
fn SetSeverity() -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let chosen = RwSignal::new(Severity::Severe);
    let (unsent, reason) = Unsent::text_at(&format!("incident.{}.severity", here.id));
    let open = opened(here, Action::Severity, move || {
        errors.clear();
        chosen.set(here.now(|incident| incident.severity));
    });
    let send = Callback::new(move |()| {
        errors.clear();
        let (severity, reason_text) = (chosen.get_untracked(), reason.get_untracked());
        if errors.keep(here.act(IncidentIntent::SetSeverity { severity, reason: reason_text })).is_some() {
            reason.set(String::new());
            unsent.rest(&reason);
            open.set(false);
        } else {
            crate::ui::focus_error();
        }
    });
    let title = tr!("room.set_severity");
    view! {
        <FormDialog open title submit=title errors on_submit=send>
            <fieldset class="field" id="room-severity">
                <legend>{t!("room.severity")}</legend>
                <p class="hint">{t!("room.severity_hint")}</p>
                {Severity::ALL
                    .map(|severity| {
                        view! {
                            <label class="check">
                                <input
                                    type="radio"
                                    name="room-severity"
                                    prop:checked=move || chosen.get() == severity
                                    on:change=move |_| chosen.set(severity)
                                />
                                <span>{words::severity(severity)}</span>
                            </label>
                        }
                    })
                    .collect_view()}
                <p class="error" role="alert">
                    {move || errors.of(Field::Severity)}
                </p>
            </fieldset>
            <TextInput
                id="room-severity-reason"
                label=t!("room.reason")
                value=reason
                error=derived(move || errors.of(Field::Reason))
            />
        </FormDialog>
    }
}

#[component]
fn Merge() -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let into = RwSignal::new(None::<IncidentId>);
    let (unsent, reason) = Unsent::text_at(&format!("incident.{}.merge", here.id));
    let open = opened(here, Action::Merge, move || errors.clear());
    let others = memo(move || {
        here.replica.read(|view| {
            let others = view.incidents().all.values().rev();
            let others = others.filter(|other| other.id != here.id && !other.stage.is_over());
            others.map(|other| (other.id, format!("{} {}", other.number(), other.title))).collect::<Vec<_>>()
        })
    });
    let send = Callback::new(move |()| {
        errors.clear();
        let Some(into) = into.get_untracked() else {
            errors.add(shared::Rejection::of(Field::MergeInto, shared::Reason::Required));
            crate::ui::focus_error();
            return;
        };
        let intent = IncidentIntent::MergeInto { into, reason: reason.get_untracked() };
        if errors.keep(here.act(intent)).is_some() {
            unsent.forget();
            open.set(false);
        } else {
            crate::ui::focus_error();
        }
    });
    let title = tr!("room.merge");
    view! {
        <FormDialog open title submit=title errors on_submit=send>
            <Labelled
                id="room-merge"
                label=t!("room.merge_into")
                error=derived(move || errors.of(Field::MergeInto))
            >
                <Picker
                    id="room-merge"
                    chosen=derived(move || into.get().map(|id| id.to_string()).unwrap_or_default())
                    options=derived(move || {
                        let others = others.get().into_iter().map(|(id, name)| Choice::new(id, name));
                        std::iter::once(Choice::none(t!("room.choose"))).chain(others).collect::<Vec<_>>()
                    })
                    on_pick=Callback::new(move |id: String| into.set(id.parse().ok()))
                />
            </Labelled>
            <TextInput
                id="room-merge-reason"
                label=t!("room.reason")
                value=reason
                error=derived(move || errors.of(Field::Reason))
            />
        </FormDialog>
    }
}

#[component]
fn Parts() -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let leader = RwSignal::new(None::<PersonId>);
    let deputy = RwSignal::new(None::<PersonId>);
    let open = opened(here, Action::Parts, move || {
        errors.clear();
        leader.set(here.now(shared::incident::Incident::leader));
        deputy.set(here.now(|incident| incident.holder(Part::Deputy)));
    });
    let send = Callback::new(move |()| {
        errors.clear();
        let mut intents = Vec::new();
        for (part, person) in [(Part::Leader, leader), (Part::Deputy, deputy)] {
            let person = person.get_untracked();
            if here.now(|incident| incident.holder(part)) != person {
                intents.push(IncidentIntent::SetPart { part, person });
            }
        }
        if errors.keep(intents.into_iter().try_for_each(|intent| here.act(intent))).is_some() {
            open.set(false);
        } else {
            crate::ui::focus_error();
        }
    });
    let title = tr!("room.hand_over");
    view! {
        <FormDialog open title submit=title errors on_submit=send>
            <PersonField id="room-leader" label=t!("incident_part.leader") chosen=leader error=derived(move || errors.of(Field::Leader)) />
            <PersonField id="room-deputy" label=t!("incident_part.deputy") chosen=deputy error=derived(move || errors.of(Field::Deputy)) />
        </FormDialog>
    }
}
