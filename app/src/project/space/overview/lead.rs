//! Handing over the lead: by the lead, by an admin, and by the head of the department of a lead who has left.

use leptos::prelude::*;
use shared::Field;
use shared::id::PersonId;
use shared::project::ProjectIntent;

use super::Here;
use crate::reactive::{Show, derived, memo};
use crate::ui::{Errors, Field as Labelled, FormDialog, PersonPicker};
use crate::words;

/// That the lead has left, and who may do what about it; the question who is to lead.
#[component]
pub fn LeadHasLeft(asking: RwSignal<bool>) -> impl IntoView {
    let here = Here::expect();
    let lead = here.map(|project| project.lead);
    let has_left = memo(move || here.replica.read(|view| here.project.with(|project| project.is_left(view.company()))));
    let is_over = here.map(|project| project.stage.is_over());
    let may = may_hand_over(here);
    let text = move || {
        let name = words::person_name(here.replica, lead.get());
        if may.get() { t!("project.lead_has_left", name = name) } else { t!("project.lead_left_ask", name = name) }
    };
    view! {
        <Show when=move || has_left.get() && !is_over.get()>
            <div class="notice" role="status" style:margin-block-end="16px">
                <p>{text}</p>
                <Show when=move || may.get()>
                    <button type="button" class="button small" on:click=move |_| asking.set(true)>
                        {t!("project.name_a_lead")}
                    </button>
                </Show>
            </div>
        </Show>
        <Ask open=asking />
    }
}

/// Whether the person who looks may name another lead; tracked.
pub fn may_hand_over(here: Here) -> Memo<bool> {
    let me = here.replica.me();
    memo(move || {
        here.replica.read(|view| here.project.with(|project| project.handed_over_by(view.company(), me).is_ok()))
    })
}

#[component]
fn Ask(open: RwSignal<bool>) -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let chosen = RwSignal::new(None::<PersonId>);
    let of = Callback::new(move |(person, _)| here.project.with(|project| project.lead != person));
    let on_pick = Callback::new(move |person| chosen.set(person));
    let save = Callback::new(move |()| {
        errors.clear();
        let Some(person) = chosen.get_untracked() else {
            errors.add(shared::Rejection::of(Field::Lead, shared::Reason::Required));
            return;
        };
        if errors.keep(here.act(ProjectIntent::HandOver(person))).is_some() {
            chosen.set(None);
            open.set(false);
        }
    });
    view! {
        <FormDialog
            open
            title=t!("project.name_a_lead_title").into_owned()
            submit=t!("project.hand_over").into_owned()
            errors
            on_submit=save
        >
            <p>{t!("project.name_a_lead_text")}</p>
            <Labelled id="new-lead" label=t!("project.new_lead") error=derived(move || errors.of(Field::Lead))>
                <PersonPicker id="new-lead" chosen none=t!("project.choose_lead").into_owned() of on_pick />
            </Labelled>
        </FormDialog>
    }
}
