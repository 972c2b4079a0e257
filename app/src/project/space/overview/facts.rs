//! The short fields: stage, lead, contact, start, who may read; edited in one dialog.

use icondata_lu::LuPencil;
use leptos::prelude::*;
use shared::project::{ProjectEdit, ProjectIntent};
use shared::{Field, Reason, Rejection};

use super::super::projects::stage_key;
use super::Here;
use super::lead::may_hand_over;
use crate::format;
use crate::reactive::{Show, derived, effect};
use crate::ui::{Errors, FormDialog, Icon, PersonTag, Text, TextInput, Toasts};
use crate::words;

/// The short fields in reading form.
#[component]
pub fn Facts(
    /// Whether it is asked who is to lead.
    naming: RwSignal<bool>,
) -> impl IntoView {
    let here = Here::expect();
    let may_hand_over = may_hand_over(here);
    let stage = here.map(|project| project.stage);
    let reason = here.map(|project| project.reason.clone());
    let lead = here.map(|project| project.lead);
    let contact = here.map(|project| project.registration.contact.clone());
    let start = here.map(|project| project.registration.start);
    let editing = RwSignal::new(false);
    view! {
        <section class="section">
            <header class="section-head">
                <h2>{t!("project.registration")}</h2>
                <Show when=move || here.manages.get()>
                    <div class="section-actions">
                        <button
                            type="button"
                            class="button ghost icon small"
                            aria-label=t!("project.edit_registration")
                            on:click=move |_| editing.set(true)
                        >
                            <Icon icon=LuPencil small=true />
                        </button>
                    </div>
                </Show>
            </header>
            <dl class="definition" style:margin-block="12px 0">
                <div>
                    <dt>{t!("project.stage")}</dt>
                    <dd>
                        <span class="status" data-status=move || stage_key(stage.get())>
                            {move || words::stage(stage.get())}
                        </span>
                    </dd>
                </div>
                <div>
                    <dt>{t!("project.lead")}</dt>
                    <dd class="definition-lead">
                        {move || view! { <PersonTag person=lead.get() /> }}
                        <Show when=move || may_hand_over.get()>
                            <button
                                type="button"
                                class="button ghost icon small"
                                aria-label=t!("project.name_a_lead")
                                on:click=move |_| naming.set(true)
                            >
                                <Icon icon=LuPencil small=true />
                            </button>
                        </Show>
                    </dd>
                </div>
                <div>
                    <dt>{t!("project.contact")}</dt>
                    <dd>
                        {move || {
                            let contact = contact.get();
                            if contact.is_empty() { t!("project.not_given").into_owned() } else { contact }
                        }}
                    </dd>
                </div>
                <div>
                    <dt>{t!("project.start")}</dt>
                    <dd>
                        <time datetime=move || start.get().to_string()>{move || format::day(start.get())}</time>
                    </dd>
                </div>
                <div>
                    <dt>{t!("project.readers")}</dt>
                    <dd>
                        <Readers />
                    </dd>
                </div>
                {move || {
                    let reason = reason.get();
                    (!reason.is_empty())
                        .then(|| {
                            view! {
                                <div class="full">
                                    <dt>{t!("project.reason")}</dt>
                                    <dd>{reason}</dd>
                                </div>
                            }
                        })
                }}
            </dl>
            <Edit open=editing />
        </section>
    }
}

/// Who may read: a switch for the lead, a word for the others.
#[component]
fn Readers() -> impl IntoView {
    let here = Here::expect();
    let toasts = Toasts::expect();
    let open = here.map(|project| project.registration.open);
    move || {
        if !here.manages.get() {
            let word = move || if open.get() { t!("project.open_to_company") } else { t!("project.members_only") };
            return view! { <span>{word}</span> }.into_any();
        }
        view! {
            <label class="switch" style:padding-block="0">
                <input
                    type="checkbox"
                    role="switch"
                    prop:checked=move || open.get()
                    on:change=move |event| {
                        let edit = ProjectEdit::Open(event_target_checked(&event));
                        if let Err(rejection) = here.act(ProjectIntent::Edit(edit)) {
                            toasts.refuse(&rejection);
                        }
                    }
                />
                <span>{t!("project.open_switch")}</span>
            </label>
        }
        .into_any()
    }
}

/// The dialog; only what was changed is sent, so that it takes nothing back from others.
#[component]
fn Edit(open: RwSignal<bool>) -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let name = RwSignal::new(String::new());
    let start = RwSignal::new(String::new());
    let contact = RwSignal::new(String::new());
    let began = StoredValue::new((String::new(), String::new(), String::new()));
    effect(move || {
        if open.get() {
            let fields = here.now(|project| {
                let form = &project.registration;
                (form.name.clone(), form.start.to_string(), form.contact.clone())
            });
            name.set(fields.0.clone());
            start.set(fields.1.clone());
            contact.set(fields.2.clone());
            began.set_value(fields);
            errors.clear();
        }
    });
    let save = Callback::new(move |()| {
        errors.clear();
        let (old_name, old_start, old_contact) = began.get_value();
        let mut edits = Vec::new();
        if name.get_untracked() != old_name {
            edits.push(ProjectEdit::Name(name.get_untracked()));
        }
        if start.get_untracked() != old_start {
            match start.get_untracked().parse() {
                Ok(date) => edits.push(ProjectEdit::Start(date)),
                Err(_) => errors.add(Rejection::of(Field::StartDate, Reason::Required)),
            }
        }
        if contact.get_untracked() != old_contact {
            edits.push(ProjectEdit::Contact(contact.get_untracked()));
        }
        for edit in edits {
            errors.keep(here.act(ProjectIntent::Edit(edit)));
        }
        // Set only to close it: opened anew, it would begin with what is saved and lose what was typed.
        if !errors.any() {
            open.set(false);
        }
    });
    view! {
        <FormDialog
            open
            title=t!("project.edit_registration").into_owned()
            submit=t!("project.save").into_owned()
            errors
            on_submit=save
        >
            <TextInput
                id="edit-name"
                label=t!("project.name")
                value=name
                error=derived(move || errors.of(Field::Name))
                autofocus=true
            />
            <TextInput
                id="edit-start"
                label=t!("project.start")
                kind=Text::Date
                value=start
                error=derived(move || errors.of(Field::StartDate))
            />
            <TextInput
                id="edit-contact"
                label=t!("project.contact")
                value=contact
                error=derived(move || errors.of(Field::Contact))
            />
        </FormDialog>
    }
}
