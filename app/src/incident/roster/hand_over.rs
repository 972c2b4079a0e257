//! Handing over what is left of the turn that runs.

use leptos::prelude::*;
use rust_i18n::t;
use shared::id::{PersonId, ShiftId};
use shared::incident::IncidentCommand;
use shared::{Command, Field as FieldName, Reason, Rejection};
use uuid::Uuid;

use crate::organisation::PersonSelect;
use crate::sync::Replica;
use crate::ui::{Errors, Field, FormDialog, TextInput, Toasts, focus_error};
use crate::words::person_name;

/// The dialog: to whom, and what they should know.
#[component]
pub fn HandOver(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let replica = Replica::expect();
    let toasts = Toasts::expect();
    let to = RwSignal::new(String::new());
    let note = RwSignal::new(String::new());
    let errors = Errors::new();
    let on_submit = Callback::new(move |()| {
        errors.clear();
        let Ok(person) = to.read_untracked().parse::<PersonId>() else {
            errors.add(Rejection::of(FieldName::DutyLead, Reason::Required));
            return focus_error();
        };
        let rest = ShiftId::new(Uuid::now_v7());
        let command = IncidentCommand::HandOver { rest, to: person, note: note.get_untracked() };
        match errors.keep(replica.act(Command::Incident(command))) {
            Some(()) => {
                open.set(false);
                to.set(String::new());
                note.set(String::new());
                let name = untrack(|| person_name(replica, person));
                toasts.say(t!("roster.handed_over", name = name));
            }
            None => focus_error(),
        }
    });
    view! {
        <FormDialog
            open
            title=Signal::derive(|| t!("roster.hand_over_title").into_owned())
            submit=Signal::derive(|| t!("roster.hand_over").into_owned())
            errors
            on_submit
        >
            <p class="form-note">{t!("roster.hand_over_text")}</p>
            <Field
                id="hand-over-to"
                label=t!("roster.to")
                error=Signal::derive(move || errors.of(FieldName::DutyLead))
            >
                <PersonSelect id="hand-over-to" value=to none=t!("roster.choose") />
            </Field>
            <TextInput
                id="hand-over-note"
                label=t!("roster.note")
                hint=t!("roster.note_hint")
                value=note
                error=Signal::derive(move || errors.of(FieldName::Note))
            />
        </FormDialog>
    }
}
