//! Who does what until when, each with its clock.

use leptos::prelude::*;
use shared::Field;
use shared::arrange::Arrange as _;
use shared::incident::{Assignment, Clock, Deadline, IncidentIntent};

use super::here::{Action, Here};
use super::questions::opened;
use super::team::{AssignmentRow, Row};
use crate::format;
use crate::reactive::{For, Show};
use crate::ui::{Countdown, Errors, FormDialog, PersonTag, Restored, Toasts, Unsent, focus_later};

/// All assignments, the open ones first.
#[component]
pub fn Assignments() -> impl IntoView {
    let here = Here::expect();
    let all = here.map(|incident| {
        let mut all = incident.assignments.clone();
        all.arrange_by_key(|given| (given.done.is_some(), given.due));
        all
    });
    let responds = here.responds();
    view! {
        <section class="section" aria-labelledby="assignments-title">
            <header class="section-head">
                <h2 id="assignments-title">{t!("room.assignments")}</h2>
                <Show when=move || here.runs.get() && responds.get()>
                    <div class="section-actions">
                        <button
                            type="button"
                            class="button ghost small"
                            on:click=move |_| here.asking.set(Some(Action::Assign))
                        >
                            {t!("room.assign")}
                        </button>
                    </div>
                </Show>
            </header>
            <Show when=move || all.with(Vec::is_empty)>
                <p class="section-note">{t!("room.no_assignment")}</p>
            </Show>
            <ul class="assignments">
                <For each=move || all.get() key=|given| (given.id, given.text.clone(), given.person, given.due.micros(), given.done.is_some()) let(given)>
                    <Line given />
                </For>
            </ul>
            <Assign />
        </section>
    }
}

#[component]
fn Line(given: Assignment) -> impl IntoView {
    let here = Here::expect();
    let toasts = Toasts::expect();
    let me = here.replica.me();
    let (id, done) = (given.id, given.done.is_some());
    let may = move || here.runs.get() || given.person == me;
    let deadline = Deadline { clock: Clock::Resolve, from: given.given.at, due: given.due, met: None };
    let control = format!("assignment-{id}");
    let same = control.clone();
    let toggle = move |event| {
        let intent = IncidentIntent::SetDone { assignment: id, done: event_target_checked(&event) };
        if let Err(rejection) = here.act(intent) {
            toasts.refuse(&rejection);
        }
        // The line is drawn anew at its new place.
        focus_later(same.clone());
    };
    view! {
        <li data-done=done.then_some("")>
            <label class="check">
                <input type="checkbox" id=control prop:checked=done disabled=move || !may() on:change=toggle />
                <span>{given.text.clone()}</span>
            </label>
            <PersonTag person=given.person />
            {match given.done {
                Some(done) => view! { <span class="section-note">{t!("room.done_at", time = format::instant(done.at))}</span> }.into_any(),
                None => {
                    view! {
                        <Countdown
                            deadline=Signal::stored(Some(deadline))
                            label=Signal::stored(given.text.clone())
                        />
                        <span class="paper-only">{t!("room.until", time = format::instant(given.due))}</span>
                    }
                        .into_any()
                }
            }}
        </li>
    }
}

/// The dialog for one more.
#[component]
fn Assign() -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let unsent = Unsent::at(&format!("incident.{}.assign", here.id));
    let row = unsent.fill(Row::new(String::new(), None));
    let open = opened(here, Action::Assign, move || errors.clear());
    let send = Callback::new(move |()| {
        errors.clear();
        let Some(given) = row.given() else {
            let field = if row.text.get_untracked().trim().is_empty() { Field::Assignment } else { Field::Owner };
            errors.add(shared::Rejection::of(field, shared::Reason::Required));
            crate::ui::focus_error();
            return;
        };
        if errors.keep(here.act(IncidentIntent::Assign(given))).is_some() {
            row.text.set(String::new());
            unsent.rest(&row);
            open.set(false);
        } else {
            crate::ui::focus_error();
        }
    });
    let title = tr!("room.assign");
    view! {
        <FormDialog open title submit=title errors on_submit=send>
            <Restored unsent />
            <AssignmentRow index=0 row errors />
        </FormDialog>
    }
}
