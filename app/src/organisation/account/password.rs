//! Another password.

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::Fault;
use qibu::organisation::functions::change_password;
use shared::Field as FieldName;
use shared::organisation::{SHORTEST_PASSWORD, checked_password};

use crate::reactive::derived;
use crate::sync::Replica;
use crate::ui::{Errors, Text, TextInput, Toasts, focus_error};
use crate::words;

/// The section. The other sign-ins end with the old password.
#[component]
pub fn Password() -> impl IntoView {
    let toasts = Toasts::expect();
    let replica = Replica::expect();
    let me = replica.me();
    let address = replica.peek(|state| state.company.people.get(&me).map(|me| me.email.clone()).unwrap_or_default());
    let address = StoredValue::new(address);
    let [old, new] = std::array::from_fn(|_| RwSignal::new(String::new()));
    let wrong = RwSignal::new(None::<String>);
    let errors = Errors::new();
    let busy = RwSignal::new(false);
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if busy.get_untracked() {
            return;
        }
        errors.clear();
        wrong.set(old.read_untracked().is_empty().then(|| words::reason(&shared::Reason::Required)));
        let checked = address.with_value(|address| checked_password(&new.read_untracked(), address));
        if errors.keep(checked).is_none() || wrong.with_untracked(Option::is_some) {
            return focus_error();
        }
        busy.set(true);
        let [old_word, new_word] = [old, new].map(|word| word.get_untracked());
        spawn_local(async move {
            match change_password(old_word, new_word).await {
                Ok(()) => {
                    old.try_set(String::new());
                    new.try_set(String::new());
                    toasts.say(t!("account.password_changed"));
                }
                Err(Fault::WrongCredentials) => {
                    wrong.try_set(Some(t!("account.old_password_wrong").into_owned()));
                    focus_error();
                }
                Err(fault) => {
                    errors.add_fault(&fault);
                    focus_error();
                }
            }
            busy.try_set(false);
        });
    };
    view! {
        <section class="section">
            <header class="section-head">
                <h2>{t!("account.password")}</h2>
            </header>
            <p class="section-note">{t!("account.password_note")}</p>
            <form class="form" method="post" novalidate on:submit=on_submit>
                {move || {
                    errors
                        .of_form()
                        .map(|text| view! { <div class="field"><p class="error" role="alert">{text}</p></div> })
                }}
                // Tells a password manager whose password it is.
                <input type="text" name="username" autocomplete="username" hidden prop:value=address.get_value() />
                    <TextInput
                        id="old-password"
                        label=t!("account.old_password")
                        kind=Text::Password
                        value=old
                        error=wrong
                        autocomplete="current-password"
                    />
                    <TextInput
                        id="new-password"
                        label=t!("account.new_password")
                        hint=t!("found.password_hint", min = SHORTEST_PASSWORD)
                        kind=Text::Password
                        value=new
                        error=derived(move || errors.of(FieldName::Password))
                        autocomplete="new-password"
                    />
                <div class="form-actions">
                    <button type="submit" class="button" aria-busy=move || busy.get().then_some("true")>
                        {move || if busy.get() { t!("account.changing") } else { t!("account.change_password") }}
                    </button>
                </div>
            </form>
        </section>
    }
}
