//! What is true of the company as a whole: its name and its time zone (organisation: the company).

use leptos::prelude::*;
use shared::organisation::{Company, OrganisationCommand};
use shared::{Command, Field as FieldName};

use super::admin::{AdminHead, Section};
use super::directory::is_admin;
use super::zones::ZoneField;
use crate::format;
use crate::reactive::{derived, memo};
use crate::sync::Replica;
use crate::ui::{Errors, TextInput, Toasts, focus_error, page_title};

/// The page behind `/admin/company`: everybody reads it, admins change it.
#[component]
pub fn CompanyPage() -> impl IntoView {
    page_title(|| Section::Company.name().text());
    let replica = Replica::expect();
    let is_admin = is_admin(replica);
    view! {
        <AdminHead section=Section::Company />
        <div class="page-body">
            {move || if is_admin.get() { view! { <Form /> }.into_any() } else { view! { <Facts /> }.into_any() }}
        </div>
    }
}

#[component]
fn Form() -> impl IntoView {
    let replica = Replica::expect();
    let toasts = Toasts::expect();
    let (name, zone) = replica.peek(|state| (state.company.info.name.clone(), zone_of(&state.company)));
    let (name, zone) = (RwSignal::new(name), RwSignal::new(zone));
    let errors = Errors::new();
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        errors.clear();
        // In one gesture: what is refused leaves the other as it was, and both are taken back together.
        let commands = [
            OrganisationCommand::RenameCompany(name.get_untracked()),
            OrganisationCommand::SetCompanyZone(zone.get_untracked()),
        ];
        match errors.keep(replica.act_all(commands.map(Command::Organisation))) {
            Some(()) => toasts.say(t!("company.saved")),
            None => focus_error(),
        }
    };
    view! {
        <form class="form" novalidate aria-label=t!("admin.company") on:submit=on_submit>
            {move || {
                errors
                    .of_form()
                    .map(|text| view! { <div class="field"><p class="error" role="alert">{text}</p></div> })
            }}
            <TextInput
                id="company-name"
                label=t!("found.company")
                value=name
                error=derived(move || errors.of(FieldName::CompanyName))
                autocomplete="organization"
            />
            <ZoneField
                id="company-zone"
                zone
                hint=t!("company.zone_hint")
                error=derived(move || errors.of(FieldName::Zone))
            />
            <div class="form-actions">
                <button type="submit" class="button primary">
                    {t!("company.save")}
                </button>
            </div>
        </form>
    }
}

#[component]
fn Facts() -> impl IntoView {
    let replica = Replica::expect();
    let facts = memo(move || replica.read(|view| (view.company().info.name.clone(), zone_of(view.company()))));
    view! {
        <h2>{move || facts.get().0}</h2>
        <p class="section-note">{move || facts.get().1.replace('_', " ")}</p>
    }
}

/// The company's zone, also where nobody has chosen one yet.
fn zone_of(company: &Company) -> String {
    let zone = &company.info.zone;
    if zone.is_empty() { format::FIRST_ZONE.to_owned() } else { zone.clone() }
}
