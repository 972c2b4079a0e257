//! The page behind an invitation link: what it invites to, and joining.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_params_map};
use qibu::organisation::functions::{invitation, join};
use qibu::organisation::{InvitationInfo, JoinForm};
use shared::Field;
use shared::organisation::{SHORTEST_PASSWORD, checked_email, checked_password};
use shared::text::{NAME, required_line};

use super::SignOut;
use super::gate::{Answers, GateForm, GatePaper, gate_link, show_fault};
use crate::reactive::derived;
use crate::session::CurrentSession;
use crate::sync::Replica;
use crate::ui::{Errors, Text, TextInput, focus_error, page_title};
use crate::words;

const FIELDS: &[Field] = &[Field::Name, Field::Email, Field::Password];

/// The page. The link's token is in its address.
#[component]
pub fn Join() -> impl IntoView {
    page_title(|| t!("join.title"));
    let token = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    let asked = token.clone();
    gate_link(
        t!("join.title").into_owned(),
        t!("join.reading").into_owned(),
        move || invitation(asked.clone()),
        move |info| view! { <JoinPaper token=token.clone() info /> }.into_any(),
    )
}

#[component]
fn JoinPaper(token: String, info: InvitationInfo) -> impl IntoView {
    let session = CurrentSession::expect();
    let navigate = use_navigate();
    let answers = Answers::expect();
    let Answers { name, email, password, .. } = answers;
    // As the invitation names them, unless they have begun to say it themselves.
    for (answer, said) in [(name, &info.invitee.name), (email, &info.invitee.email)] {
        if answer.read_untracked().is_empty() {
            answer.set(said.clone());
        }
    }
    let errors = Errors::new();
    let busy = RwSignal::new(false);
    let checked = move || {
        errors.clear();
        let name = errors.keep(required_line(Field::Name, &name.read_untracked(), NAME));
        let email = errors.keep(checked_email(&email.read_untracked()));
        let secret = password.get_untracked();
        errors.keep(checked_password(&secret, email.as_deref().unwrap_or_default()))?;
        Some((name?, email?, secret))
    };
    let on_submit = Callback::new(move |()| {
        let Some((name, email, password)) = checked() else { return focus_error() };
        let form = JoinForm { token: token.clone(), name, email, password, locale: words::spoken() };
        let navigate = navigate.clone();
        busy.set(true);
        spawn_local(async move {
            match join(form).await {
                Ok(_) => {
                    session.enter().await;
                    answers.forget_password();
                    navigate("/", NavigateOptions { replace: true, ..NavigateOptions::default() });
                }
                Err(fault) => show_fault(errors, fault, FIELDS),
            }
            busy.try_set(false);
        });
    });
    let lead = if let Some(department) = &info.department {
        t!("join.lead_department", department = department)
    } else {
        t!("join.lead")
    };
    let foot = if info.is_for_many { t!("join.for_many") } else { t!("join.once") };
    view! {
        <GatePaper title=t!("join.title_of", company = info.company) lead foot>
            <GateForm submit=t!("join.submit") working=t!("join.working") busy errors on_submit>
                <TextInput
                    id="name"
                    label=t!("found.name")
                    value=name
                    error=derived(move || errors.of(Field::Name))
                    autocomplete="name"
                    autofocus=true
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

/// The page for who opens an invitation and is signed in: an account is made by somebody who has none.
#[component]
pub fn JoinSignedIn() -> impl IntoView {
    page_title(|| t!("join.title"));
    let (replica, sign_out) = (Replica::expect(), SignOut::expect());
    let me = replica.me();
    let who = move || {
        replica.read(|view| {
            let me = view.company().people.get(&me);
            me.map(|me| t!("join.signed_in", name = me.name, email = me.email).into_owned())
        })
    };
    let token = use_params_map().with_untracked(|params| params.get("token").unwrap_or_default());
    view! {
        <div class="page-body">
            <div class="refusal">
                <h1>{t!("join.title")}</h1>
                <p>{who}</p>
                <p>{t!("join.signed_in_why")}</p>
                <button
                    type="button"
                    class="button primary"
                    on:click=move |_| sign_out.ask_for(replica, format!("/join/{token}"))
                >
                    {t!("join.sign_out_and_join")}
                </button>
                <a class="button" href="/">
                    {t!("join.stay")}
                </a>
            </div>
        </div>
    }
}
