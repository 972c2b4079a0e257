//! Signing in with email and password.

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::organisation::functions::sign_in;
use shared::Field;
use shared::text::{LINE, required_line};

use super::gate::{Answers, GateForm, GatePaper, show_fault};
use crate::reactive::{Show, derived};
use crate::session::CurrentSession;
use crate::ui::{Errors, Text, TextInput, focus_error, page_title};

const FIELDS: &[Field] = &[Field::Email, Field::Password];

/// The page that everybody meets who is not signed in.
#[component]
pub fn SignIn() -> impl IntoView {
    page_title(|| t!("sign_in.title"));
    let session = CurrentSession::expect();
    let answers = Answers::expect();
    let Answers { email, password, .. } = answers;
    let errors = Errors::new();
    let busy = RwSignal::new(false);
    let is_dropped = RwSignal::new(false);
    let on_submit = Callback::new(move |()| {
        errors.clear();
        let address = errors.keep(required_line(Field::Email, &email.read_untracked(), LINE));
        let secret = password.get_untracked();
        // A password may begin or end with a space: it is only asked whether there is one.
        if secret.is_empty() {
            errors.keep(required_line(Field::Password, "", LINE));
        }
        let Some(address) = address.filter(|_| !errors.any()) else { return focus_error() };
        busy.set(true);
        spawn_local(async move {
            match sign_in(address, secret).await {
                Ok(_) => {
                    is_dropped.try_set(!session.enter().await);
                    answers.forget_password();
                }
                Err(fault) => show_fault(errors, fault, FIELDS),
            }
            busy.try_set(false);
        });
    });
    view! {
        <GatePaper title=t!("sign_in.title") lead=t!("sign_in.lead") foot=t!("sign_in.forgotten")>
            {move || {
                let count = session.held_back();
                (count > 0)
                    .then(|| {
                        view! {
                            <div class="notice" data-kind="warn" role="status">
                                <p>{t!("sign_in.held_back", count = count)}</p>
                            </div>
                        }
                    })
            }}
            <Show when=move || is_dropped.get()>
                <div class="notice" data-kind="warn" role="alert">
                    <p>{t!("sign_in.dropped")}</p>
                </div>
            </Show>
            <GateForm submit=t!("sign_in.submit") working=t!("sign_in.working") busy errors on_submit>
                <TextInput
                    id="email"
                    label=t!("sign_in.email")
                    kind=Text::Email
                    value=email
                    error=derived(move || errors.of(Field::Email))
                    autocomplete="username"
                    autofocus=true
                />
                <TextInput
                    id="password"
                    label=t!("sign_in.password")
                    kind=Text::Password
                    value=password
                    error=derived(move || errors.of(Field::Password))
                    autocomplete="current-password"
                />
            </GateForm>
        </GatePaper>
    }
}
