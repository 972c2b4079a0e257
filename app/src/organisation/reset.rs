//! The page behind a link for a new password: whose it is, and setting it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};
use qibu::organisation::ResetInfo;
use qibu::organisation::functions::{reset, reset_password};
use shared::Field;
use shared::organisation::{SHORTEST_PASSWORD, checked_password};

use super::gate::{Answers, GateForm, GatePaper, gate_link, show_fault};
use crate::reactive::derived;
use crate::session::CurrentSession;
use crate::sync::Leave;
use crate::ui::{Errors, Text, TextInput, focus_error, page_title};

const FIELDS: &[Field] = &[Field::Password];

/// The page. The link's token is in its address.
#[component]
pub fn Reset() -> impl IntoView {
    page_title(|| t!("reset.page_title"));
    let token = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    let asked = token.clone();
    gate_link(
        t!("reset.page_title").into_owned(),
        t!("reset.reading").into_owned(),
        move || reset(asked.clone()),
        move |info| view! { <ResetPaper token=token.clone() info /> }.into_any(),
    )
}

#[component]
fn ResetPaper(token: String, info: ResetInfo) -> impl IntoView {
    let session = CurrentSession::expect();
    let navigate = use_navigate();
    let answers = Answers::expect();
    let password = answers.password;
    let errors = Errors::new();
    let busy = RwSignal::new(false);
    let ResetInfo { name, email } = info;
    let address = email.clone();
    let lead = t!("reset.lead", name = name, email = email.as_str());
    let on_submit = Callback::new(move |()| {
        errors.clear();
        let secret = password.get_untracked();
        if errors.keep(checked_password(&secret, &address)).is_none() {
            return focus_error();
        }
        let (token, navigate) = (token.clone(), navigate.clone());
        busy.set(true);
        spawn_local(async move {
            match reset_password(token, secret).await {
                Ok(_) => {
                    // Whoever was signed in here is not any more; what they have not sent waits for them.
                    navigate("/", NavigateOptions { replace: true, ..NavigateOptions::default() });
                    session.leave(Leave::Expired).await;
                    session.enter().await;
                    answers.forget_password();
                }
                Err(fault) => show_fault(errors, fault, FIELDS),
            }
            busy.try_set(false);
        });
    });
    view! {
        <GatePaper title=t!("reset.page_title") lead foot=t!("join.once")>
            <GateForm submit=t!("reset.submit") working=t!("reset.working") busy errors on_submit>
                // Tells a password manager whose password it is.
                <input type="text" name="username" autocomplete="username" hidden prop:value=email.clone() />
                <TextInput
                    id="password"
                    label=t!("account.new_password")
                    hint=t!("found.password_hint", min = SHORTEST_PASSWORD)
                    kind=Text::Password
                    value=password
                    error=derived(move || errors.of(Field::Password))
                    autocomplete="new-password"
                    autofocus=true
                />
            </GateForm>
        </GatePaper>
    }
}
