//! Forming a team: who leads, who stands in, who does what until when.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};
use shared::id::{AssignmentId, PersonId};
use shared::incident::{Callee, IncidentIntent, NewAssignment, Part, Team};
use shared::{Field, Timestamp};
use uuid::Uuid;

use super::here::{Action, Here};
use super::questions::opened;
use crate::reactive::derived;
use crate::sync::now;
use crate::ui::{Errors, FormDialog, PersonField, Refill, Restored, TextInput, Unsent};
use crate::words::person_name;

/// How long an assignment is given unless one says otherwise, in minutes.
pub const MINUTES: u32 = 30;

/// One row of the form.
#[derive(Clone, Copy, Serialize, Deserialize)]
pub struct Row {
    pub text: RwSignal<String>,
    pub person: RwSignal<Option<PersonId>>,
    pub minutes: RwSignal<String>,
}

impl Refill for Row {
    fn refill(&self, from: &Self) {
        (self.text, self.person, self.minutes).refill(&(from.text, from.person, from.minutes));
    }
}

impl Row {
    /// One with a text and a person to begin with.
    pub fn new(text: String, person: Option<PersonId>) -> Self {
        Self { text: RwSignal::new(text), person: RwSignal::new(person), minutes: RwSignal::new(MINUTES.to_string()) }
    }

    /// What it gives; nothing where no text is written.
    pub fn given(self) -> Option<NewAssignment> {
        let text = self.text.get_untracked();
        if text.trim().is_empty() {
            return None;
        }
        let person = self.person.get_untracked()?;
        let minutes = self.minutes.get_untracked().trim().parse::<u32>().unwrap_or(MINUTES);
        let due = Timestamp::from_micros(now().micros() + i64::from(minutes) * 60_000_000);
        Some(NewAssignment { id: AssignmentId::new(Uuid::now_v7()), text, person, due })
    }
}

/// The guide's duties, each with the head of the department that the policy names for it.
fn usual(here: Here) -> [Row; 3] {
    let reporter = here.now(|incident| incident.reporter);
    let head = |team: Team| {
        here.replica.peek(|state| {
            state.incidents.policy.people(&state.company, Callee::Head(team), reporter).into_iter().next()
        })
    };
    let me = Some(here.replica.me());
    [
        Row::new(t!("room.duty_technology").into_owned(), head(Team::Technology).or(me)),
        Row::new(t!("room.duty_service").into_owned(), head(Team::CustomerService).or(me)),
        Row::new(t!("room.duty_relations").into_owned(), head(Team::PublicRelations).or(me)),
    ]
}

/// Who holds a role, and has not left the company.
fn holder(here: Here, part: Part) -> Option<PersonId> {
    let holder = here.now(|incident| incident.holder(part));
    holder.filter(|holder| here.replica.peek(|state| state.active(*holder).is_ok()))
}

/// The head of the department that the problem is about.
fn usual_leader(here: Here) -> Option<PersonId> {
    let (kind, reporter) = here.now(|incident| (incident.kind, incident.reporter));
    here.replica.peek(|state| state.incidents.policy.usual_leader(&state.company, kind, reporter))
}

/// Who usually leads, where somebody else is chosen.
#[component]
fn Usually(chosen: RwSignal<Option<PersonId>>) -> impl IntoView {
    let here = Here::expect();
    let usual = usual_leader(here);
    move || {
        let usual = usual.filter(|usual| chosen.get() != Some(*usual))?;
        let name = person_name(here.replica, usual);
        Some(view! { <p class="form-note">{t!("room.usual_leader", name = name)}</p> })
    }
}

/// The dialog.
#[component]
pub fn FormTeam() -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let unsent = Unsent::at(&format!("incident.{}.team", here.id));
    let [first, second, third] = usual(here);
    let chosen = || RwSignal::new(None::<PersonId>);
    let form = unsent.fill((chosen(), chosen(), first, second, third));
    let (leader, deputy, first, second, third) = form;
    let rows = [first, second, third];
    let open = opened(here, Action::FormTeam, move || {
        errors.clear();
        if unsent.is_typed() {
            return;
        }
        leader.set(holder(here, Part::Leader).or_else(|| usual_leader(here)));
        deputy.set(holder(here, Part::Deputy));
        rows.iter().zip(usual(here)).for_each(|(row, usual)| row.refill(&usual));
        unsent.rest(&form);
    });
    let send = Callback::new(move |()| {
        errors.clear();
        let assignments = rows.into_iter().filter_map(Row::given).collect();
        let Some(leader) = leader.get_untracked() else {
            errors.add(shared::Rejection::of(Field::Leader, shared::Reason::Required));
            crate::ui::focus_error();
            return;
        };
        let intent = IncidentIntent::FormTeam { leader, deputy: deputy.get_untracked(), assignments };
        if errors.keep(here.act(intent)).is_some() {
            unsent.rest(&form);
            open.set(false);
        } else {
            crate::ui::focus_error();
        }
    });
    let title = tr!("room.form_team");
    view! {
        <FormDialog open title submit=title errors on_submit=send>
            <Restored unsent />
            <div class="field-row">
                <PersonField id="team-leader" label=t!("incident_part.leader") chosen=leader error=derived(move || errors.of(Field::Leader)) />
                <PersonField id="team-deputy" label=t!("incident_part.deputy") chosen=deputy error=derived(move || errors.of(Field::Deputy)) />
            </div>
            <Usually chosen=leader />
            <fieldset class="field">
                <legend>{t!("room.assignments")}</legend>
                <p class="hint">{t!("room.assignments_hint")}</p>
                {rows
                    .into_iter()
                    .enumerate()
                    .map(|(index, row)| view! { <AssignmentRow index row errors /> })
                    .collect_view()}
            </fieldset>
        </FormDialog>
    }
}

/// What, who, in how many minutes.
#[component]
pub fn AssignmentRow(index: usize, row: Row, errors: Errors) -> impl IntoView {
    let error = derived(move || if index == 0 { errors.of(Field::Assignment) } else { None });
    view! {
        <div class="assignment-row level" role="group" aria-label=t!("room.assignment_nth", nth = index + 1)>
            <TextInput id=format!("assignment-text-{index}") label=t!("room.what") value=row.text error />
            <PersonField
                id=format!("assignment-person-{index}")
                label=t!("room.who")
                chosen=row.person
                error=derived(move || if index == 0 { errors.of(Field::Owner) } else { None })
            />
            <TextInput
                id=format!("assignment-minutes-{index}")
                label=t!("room.minutes")
                value=row.minutes
                error=Signal::stored(None::<String>)
            />
        </div>
    }
}
