//! Adding turns: by day or by week from a day on, the leads taking them in order.

use icondata_lu::LuX;
use jiff::ToSpan;
use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::command::decide;
use shared::id::PersonId;
use shared::incident::{IncidentCommand, Shift};
use shared::{Command, Context, Field as FieldName, Reason, Rejection};

use super::turns::{Length, MOST_TURNS, Plan, StandIn};
use super::zone;
use crate::format;
use crate::reactive::{Show, derived, effect};
use crate::sync::{Replica, now};
use crate::ui::{
    Errors, Field, FormDialog, Icon, PersonField, PersonSelect, Text, TextInput, Toasts, Unsent, focus_error,
};
use crate::words::person_name;

/// What was typed so far.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Draft {
    length: RwSignal<Length>,
    #[serde(skip)]
    start: RwSignal<String>,
    count: RwSignal<String>,
    leads: RwSignal<Vec<PersonId>>,
    /// Who is about to be added to the leads.
    lead: RwSignal<Option<PersonId>>,
    /// Whether whoever leads the turn after stands in.
    next_stands_in: RwSignal<bool>,
    stand_in: RwSignal<Option<PersonId>>,
    #[serde(skip, default = "Errors::new")]
    errors: Errors,
    /// What is wrong with the count, which no rule knows.
    #[serde(skip, default = "Errors::new")]
    count_errors: Errors,
}

impl Draft {
    fn new() -> Self {
        let (start, count) = (RwSignal::new(String::new()), RwSignal::new(String::from("4")));
        let [lead, stand_in] = std::array::from_fn(|_| RwSignal::new(None));
        Self {
            length: RwSignal::new(Length::Week),
            start,
            count,
            leads: RwSignal::default(),
            lead,
            next_stands_in: RwSignal::new(false),
            stand_in,
            errors: Errors::new(),
            count_errors: Errors::new(),
        }
    }

    /// Begins where the roster ends.
    fn begin(self, replica: Replica) {
        self.errors.clear();
        self.count_errors.clear();
        let ends = replica.peek(|state| state.incidents.roster.shifts.values().map(|shift| shift.until).max());
        let start = ends.filter(|ends| *ends > now()).map_or_else(format::today, |ends| zone::local(ends).date());
        self.start.set(start.to_string());
    }

    /// The turns are there: the next ones are others.
    fn clear(self) {
        self.count.set(String::from("4"));
        self.leads.set(Vec::new());
        self.next_stands_in.set(false);
        self.stand_in.set(None);
    }

    fn add_lead(self) {
        if let Some(person) = self.lead.get_untracked() {
            self.leads.update(|leads| leads.push(person));
            self.lead.set(None);
        }
    }

    /// The turns, as far as they can be told; what is missing is added to the errors.
    fn plan(self) -> Option<Plan> {
        let errors = self.errors;
        let start =
            self.start.with_untracked(|start| start.parse().map_err(|_| (FieldName::StartDate, Reason::Required)));
        let within = Reason::OutOfRange { min: 1, max: MOST_TURNS };
        let count = self.count.with_untracked(|count| count.trim().parse::<u32>().ok());
        let count = count.filter(|count| (1..=MOST_TURNS).contains(count)).ok_or(within);
        let leads = Some(self.leads.get_untracked()).filter(|leads| !leads.is_empty());
        let leads = leads.ok_or((FieldName::DutyLead, Reason::Required));
        let refused = |(field, reason)| Rejection::of(field, reason);
        let start = errors.keep(start.map_err(refused));
        let count = self.count_errors.keep(count.map_err(Rejection::from));
        let leads = errors.keep(leads.map_err(refused));
        let stand_in = if self.next_stands_in.get_untracked() {
            StandIn::Next
        } else {
            self.stand_in.get_untracked().map_or(StandIn::Nobody, StandIn::Always)
        };
        Some(Plan { start: start?, length: self.length.get_untracked(), count: count?, leads: leads?, stand_in })
    }

    /// Adds all the turns, or none of them.
    fn save(self, replica: Replica) -> Option<usize> {
        self.errors.clear();
        self.count_errors.clear();
        let turns = self.plan()?.turns();
        let context = Context { actor: replica.me(), now: now() };
        for turn in &turns {
            self.errors.keep(replica.peek(|state| decide(state, &put(turn), &context)))?;
        }
        for turn in &turns {
            self.errors.keep(replica.act(put(turn)))?;
        }
        Some(turns.len())
    }
}

fn put(turn: &Shift) -> Command {
    Command::Incident(IncidentCommand::PutShift(turn.clone()))
}

/// The dialog.
#[component]
pub fn AddTurns(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let replica = Replica::expect();
    let toasts = Toasts::expect();
    let unsent = Unsent::at("roster");
    let draft = unsent.of(Draft::new());
    unsent.empties_by(move || draft.clear());
    effect(move || {
        if open.get() {
            draft.begin(replica);
        }
    });
    let errors = draft.errors;
    let on_submit = Callback::new(move |()| {
        // Who is chosen but not yet in the order was meant to be.
        draft.add_lead();
        match draft.save(replica) {
            Some(count) => {
                open.set(false);
                draft.clear();
                unsent.rest(&draft);
                toasts.say(t!("roster.added", count = count));
            }
            None => focus_error(),
        }
    });
    view! {
        <FormDialog
            open
            title=tr!("roster.add_title")
            submit=tr!("roster.add")
            errors
            on_submit
        >
            <p class="form-note">{t!("roster.nine")}</p>
            <Lengths length=draft.length />
            <div class="field-row">
                <TextInput
                    id="turns-start"
                    label=t!("roster.start")
                    kind=Text::Date
                    value=draft.start
                    error=derived(move || errors.of(FieldName::StartDate).or_else(|| errors.of(FieldName::Date)))
                />
                <TextInput
                    id="turns-count"
                    label=t!("roster.count")
                    value=draft.count
                    error=derived(move || draft.count_errors.of_form())
                />
            </div>
            <Leads draft />
            <StandIns draft />
            <p class="form-note" role="status">
                {move || ends(draft)}
            </p>
        </FormDialog>
    }
}

#[component]
fn Lengths(length: RwSignal<Length>) -> impl IntoView {
    let choices = [(Length::Day, t!("roster.by_day")), (Length::Week, t!("roster.by_week"))];
    let choices = choices.map(|(each, name)| {
        view! {
            <label class="check">
                <input
                    type="radio"
                    name="turn-length"
                    prop:checked=move || length.get() == each
                    on:change=move |_| length.set(each)
                />
                <span>{name}</span>
            </label>
        }
    });
    view! {
        <fieldset class="field">
            <legend>{t!("roster.length")}</legend>
            {choices}
        </fieldset>
    }
}

/// The leads in their order.
#[component]
fn Leads(draft: Draft) -> impl IntoView {
    let replica = Replica::expect();
    let remove = move |at: usize| {
        draft.leads.update(|leads| {
            if at < leads.len() {
                leads.remove(at);
            }
        });
    };
    let row = move |(at, person): (usize, PersonId)| {
        view! {
            <li>
                <span>{move || person_name(replica, person)}</span>
                <button
                    type="button"
                    class="button small ghost icon"
                    aria-label=move || t!("roster.leave_out", name = person_name(replica, person))
                    on:click=move |_| remove(at)
                >
                    <Icon icon=LuX small=true />
                </button>
            </li>
        }
    };
    view! {
        <ol class="roster-order" aria-label=t!("roster.order")>
            {move || draft.leads.get().into_iter().enumerate().map(row).collect_view()}
        </ol>
        <Field
            id="turns-lead"
            label=t!("roster.leads")
            hint=t!("roster.leads_hint")
            error=derived(move || draft.errors.of(FieldName::DutyLead))
        >
            <div class="roster-pick">
                <PersonSelect id="turns-lead" chosen=draft.lead none=t!("roster.choose") />
                <button type="button" class="button" on:click=move |_| draft.add_lead()>
                    {t!("roster.add_lead")}
                </button>
            </div>
        </Field>
    }
}

/// Who stands in: the next in order, one person always, or nobody.
#[component]
fn StandIns(draft: Draft) -> impl IntoView {
    let is_next = draft.next_stands_in;
    view! {
        <label class="check">
            <input
                type="checkbox"
                prop:checked=move || is_next.get()
                on:change=move |event| is_next.set(event_target_checked(&event))
            />
            <span>{t!("roster.next_stands_in")}</span>
        </label>
        <Show when=move || !is_next.get()>
            <PersonField id="turns-fallback" label=t!("roster.fallback") chosen=draft.stand_in none=t!("roster.no_fallback") error=derived(move || draft.errors.of(FieldName::Fallback)) />
        </Show>
    }
}

/// When the last of the turns ends, as far as that can be told.
fn ends(draft: Draft) -> Option<String> {
    let start = draft.start.with(|start| start.parse::<shared::Date>().ok())?;
    let count =
        draft.count.with(|count| count.trim().parse::<u32>().ok()).filter(|count| (1..=MOST_TURNS).contains(count))?;
    let days = if draft.length.get() == Length::Week { 7 } else { 1 };
    let end = start.checked_add((i64::from(count) * days).days()).ok()?;
    Some(t!("roster.ends", day = format::weekday(end)).into_owned())
}
