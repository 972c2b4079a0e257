//! Changing one turn, and taking one out.

use leptos::prelude::*;
use shared::id::{PersonId, ShiftId};
use shared::incident::{IncidentCommand, Shift};
use shared::{Command, Field as FieldName, Reason, Rejection};

use super::zone;
use crate::reactive::derived;
use crate::sync::Replica;
use crate::ui::{Confirm, Errors, Field, FormDialog, MomentInput, PersonField, focus_error, moment_error};

/// What is being changed or taken out, and what was typed so far.
#[derive(Clone, Copy)]
pub struct Editor {
    open: RwSignal<bool>,
    asking: RwSignal<bool>,
    turn: RwSignal<Option<Shift>>,
    leaving: RwSignal<Option<ShiftId>>,
    from: RwSignal<String>,
    until: RwSignal<String>,
    lead: RwSignal<Option<PersonId>>,
    fallback: RwSignal<Option<PersonId>>,
    errors: Errors,
}

impl Editor {
    /// With nothing in it.
    pub fn new() -> Self {
        let [from, until] = std::array::from_fn(|_| RwSignal::new(String::new()));
        let [lead, fallback] = std::array::from_fn(|_| RwSignal::new(None));
        let [open, asking] = std::array::from_fn(|_| RwSignal::new(false));
        let (turn, leaving) = (RwSignal::new(None), RwSignal::new(None));
        Self { open, asking, turn, leaving, from, until, lead, fallback, errors: Errors::new() }
    }

    /// Asks for changes of a turn.
    pub fn edit(self, replica: Replica, id: ShiftId) {
        let Some(turn) = replica.peek(|state| state.incidents.roster.shifts.get(&id).cloned()) else { return };
        self.errors.clear();
        self.from.set(zone::input(turn.from));
        self.until.set(zone::input(turn.until));
        self.lead.set(Some(turn.lead));
        self.fallback.set(turn.fallback);
        self.turn.set(Some(turn));
        self.open.set(true);
    }

    /// Asks whether a turn is to go.
    pub fn remove(self, id: ShiftId) {
        self.errors.clear();
        self.leaving.set(Some(id));
        self.asking.set(true);
    }

    /// The dialogs.
    pub fn view(self) -> impl IntoView {
        view! {
            <TurnForm editor=self />
            <Removal editor=self />
        }
    }

    fn save(self, replica: Replica) {
        let Some(turn) = self.turn.get_untracked() else { return };
        self.errors.clear();
        let missing = |field| Rejection::of(field, Reason::Required);
        let [from, until] = [self.from, self.until].map(|input| zone::from_input(&input.read_untracked()));
        let lead = self.lead.get_untracked();
        let (Some(from), Some(until)) = (from, until) else {
            self.errors.add(missing(FieldName::Date));
            return focus_error();
        };
        let Some(lead) = lead else {
            self.errors.add(missing(FieldName::DutyLead));
            return focus_error();
        };
        let fallback = self.fallback.get_untracked();
        let turn = Shift { from, until, lead, fallback, ..turn };
        match self.errors.keep(replica.act(Command::Incident(IncidentCommand::PutShift(turn)))) {
            Some(()) => self.open.set(false),
            None => focus_error(),
        }
    }
}

#[component]
fn TurnForm(editor: Editor) -> impl IntoView {
    let replica = Replica::expect();
    let Editor { open, from, until, lead, fallback, errors, .. } = editor;
    view! {
        <FormDialog
            open
            title=tr!("roster.edit_title")
            submit=tr!("roster.save")
            errors
            on_submit=Callback::new(move |()| editor.save(replica))
        >
            <p class="form-note">{t!("roster.zone")}</p>
            <Moment
                id="turn-from"
                label=t!("roster.from")
                value=from
                error=derived(move || errors.of(FieldName::Date))
            />
            <Moment id="turn-until" label=t!("roster.until") value=until error=Signal::stored(None) />
            <PersonField id="turn-lead" label=t!("roster.lead") chosen=lead none=t!("roster.choose") error=derived(move || errors.of(FieldName::DutyLead)) />
            <PersonField id="turn-fallback" label=t!("roster.fallback") chosen=fallback none=t!("roster.no_fallback") error=derived(move || errors.of(FieldName::Fallback)) />
        </FormDialog>
    }
}

/// A day with a time of the company's clocks.
#[component]
fn Moment(
    id: &'static str,
    #[prop(into)] label: String,
    value: RwSignal<String>,
    error: Signal<Option<String>>,
) -> impl IntoView {
    let error = derived(move || value.with(|value| moment_error(value)).or_else(|| error.get()));
    view! {
        <Field id label error>
            <MomentInput id value />
        </Field>
    }
}

#[component]
fn Removal(editor: Editor) -> impl IntoView {
    let replica = Replica::expect();
    let Editor { asking, leaving, errors, .. } = editor;
    let on_yes = Callback::new(move |()| {
        let Some(id) = leaving.get_untracked() else { return };
        errors.clear();
        if errors.keep(replica.act(Command::Incident(IncidentCommand::RemoveShift(id)))).is_some() {
            asking.set(false);
        }
    });
    view! {
        <Confirm
            open=asking
            title=tr!("roster.remove_title")
            text=tr!("roster.remove_text")
            submit=tr!("roster.remove")
            on_yes
            errors
        />
    }
}
