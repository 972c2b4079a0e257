//! The first page of an empty database: the company and its first admin (organisation: founding).

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::organisation::FoundForm;
use qibu::organisation::functions::found;
use shared::Field;
use shared::organisation::{SHORTEST_PASSWORD, checked_email, checked_password};
use shared::text::{NAME, required_line};

use super::gate::{Answers, GateForm, GatePaper, show_fault};
use crate::reactive::derived;
use crate::session::CurrentSession;
use crate::ui::{Errors, Text, TextInput, focus_error, page_title};
use crate::words;

const FIELDS: &[Field] = &[Field::CompanyName, Field::Name, Field::Email, Field::Password];

/// The page.
#[component]
pub fn Found() -> impl IntoView {
    page_title(|| t!("found.title"));
    let session = CurrentSession::expect();
    let answers = Answers::expect();
    let Answers { company, name, email, password } = answers;
    let errors = Errors::new();
    let busy = RwSignal::new(false);
    let checked = move || {
        errors.clear();
        let company = errors.keep(required_line(Field::CompanyName, &company.read_untracked(), NAME));
        let name = errors.keep(required_line(Field::Name, &name.read_untracked(), NAME));
        let email = errors.keep(checked_email(&email.read_untracked()));
        let secret = password.get_untracked();
        errors.keep(checked_password(&secret, email.as_deref().unwrap_or_default()))?;
        Some(FoundForm { company: company?, name: name?, email: email?, password: secret, locale: words::spoken() })
    };
    let on_submit = Callback::new(move |()| {
        let Some(form) = checked() else { return focus_error() };
        busy.set(true);
        spawn_local(async move {
            match found(form).await {
                Ok(_) => {
                    session.enter().await;
                    answers.forget_password();
                }
                Err(fault) => show_fault(errors, fault, FIELDS),
            }
            busy.try_set(false);
        });
    });
    view! {
        <GatePaper title=t!("found.title") lead=t!("found.lead") foot=t!("found.note")>
            <GateForm submit=t!("found.submit") working=t!("found.working") busy errors on_submit>
                <TextInput
                    id="company"
                    label=t!("found.company")
                    value=company
                    error=derived(move || errors.of(Field::CompanyName))
                    autocomplete="organization"
                    autofocus=true
                />
                <TextInput
                    id="name"
                    label=t!("found.name")
                    value=name
                    error=derived(move || errors.of(Field::Name))
                    autocomplete="name"
                />
                <TextInput
                    id="email"
                    label=t!("sign_in.email")
                    kind=Text::Email
                    value=email
                    error=derived(move || errors.of(Field::Email))
                    autocomplete="username"
                />
                <TextInput
                    id="password"
                    label=t!("sign_in.password")
                    hint=t!("found.password_hint", min = SHORTEST_PASSWORD)
                    kind=Text::Password
                    value=password
                    error=derived(move || errors.of(Field::Password))
                    autocomplete="new-password"
                />
            </GateForm>
        </GatePaper>
    }
}
