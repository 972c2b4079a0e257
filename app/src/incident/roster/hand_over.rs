//! Handing over what is left of the turn that runs.

use leptos::prelude::*;
use shared::id::{PersonId, ShiftId};
use shared::incident::IncidentCommand;
use shared::{Command, Field as FieldName, Reason, Rejection};
use uuid::Uuid;

use crate::reactive::derived;
use crate::sync::Replica;
use crate::ui::{Errors, FormDialog, PersonField, TextInput, Toasts, focus_error};
use crate::words::person_name;

/// The dialog: to whom, and what they should know.
#[component]
pub fn HandOver(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let replica = Replica::expect();
    let toasts = Toasts::expect();
    let to = RwSignal::new(None::<PersonId>);
    let note = RwSignal::new(String::new());
    let errors = Errors::new();
    let on_submit = Callback::new(move |()| {
        errors.clear();
        let Some(person) = to.get_untracked() else {
            errors.add(Rejection::of(FieldName::DutyLead, Reason::Required));
            return focus_error();
        };
        let rest = ShiftId::new(Uuid::now_v7());
        let command = IncidentCommand::HandOver { rest, to: person, note: note.get_untracked() };
        match errors.keep(replica.act(Command::Incident(command))) {
            Some(()) => {
                open.set(false);
                to.set(None);
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
            title=tr!("roster.hand_over_title")
            submit=tr!("roster.hand_over")
            errors
            on_submit
        >
            <p class="form-note">{t!("roster.hand_over_text")}</p>
            <PersonField id="hand-over-to" label=t!("roster.to") chosen=to none=t!("roster.choose") error=derived(move || errors.of(FieldName::DutyLead)) />
            <TextInput
                id="hand-over-note"
                label=t!("roster.note")
                hint=t!("roster.note_hint")
                value=note
                error=derived(move || errors.of(FieldName::Note))
            />
        </FormDialog>
    }
}
