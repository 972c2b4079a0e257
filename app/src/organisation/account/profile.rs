//! What one says of oneself: name, phone, language, time zone, colour.

use leptos::prelude::*;
use shared::organisation::{Locale, OrganisationCommand, Profile};
use shared::{Command, Field as FieldName};

use super::super::zones::ZoneField;
use crate::language::{Language, profile_of};
use crate::reactive::{derived, memo};
use crate::sync::Replica;
use crate::ui::{Errors, Field, Restored, TextInput, Toasts, Unsent, focus_error, initial};

/// The form.
#[component]
pub fn ProfileForm() -> impl IntoView {
    let replica = Replica::expect();
    let toasts = Toasts::expect();
    let language = Language::expect();
    let me = replica.me();
    let (saved, address) = replica.peek(|state| {
        let person = state.company.people.get(&me);
        (person.map(profile_of).unwrap_or_default(), person.map(|it| it.email.clone()).unwrap_or_default())
    });
    let unsent = Unsent::at("profile");
    let form = unsent.fill((
        RwSignal::new(saved.name),
        RwSignal::new(saved.phone),
        RwSignal::new(saved.locale),
        RwSignal::new(saved.zone),
        RwSignal::new(saved.hue),
    ));
    let (name, phone, locale, zone, hue) = form;
    let errors = Errors::new();
    let on_submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        errors.clear();
        let profile = Profile {
            name: name.get_untracked(),
            phone: phone.get_untracked(),
            locale: locale.get_untracked(),
            zone: zone.get_untracked(),
            hue: hue.get_untracked(),
        };
        let command = OrganisationCommand::EditProfile { person: me, profile };
        match errors.keep(replica.act(Command::Organisation(command))) {
            Some(()) => {
                unsent.rest(&form);
                language.speak(locale.get_untracked());
                toasts.say(t!("account.saved"));
            }
            None => focus_error(),
        }
    };
    let department = memo(move || {
        replica.read(|view| {
            let department = view.company().people.get(&me).and_then(|person| person.department);
            department.and_then(|id| view.company().departments.get(&id)).map(|department| department.name.clone())
        })
    });
    let facts = move || {
        if let Some(department) = department.get() {
            t!("account.facts", email = address, department = department)
        } else {
            t!("account.facts_alone", email = address)
        }
    };
    view! {
        <section class="section">
            <header class="section-head">
                <h2>{t!("account.profile")}</h2>
            </header>
            <p class="section-note">{facts}</p>
            <form class="form" novalidate on:submit=on_submit>
                <Restored unsent />
                {move || {
                    errors
                        .of_form()
                        .map(|text| view! { <div class="field"><p class="error" role="alert">{text}</p></div> })
                }}
                <div class="field-row">
                    <TextInput
                        id="account-name"
                        label=t!("account.name")
                        value=name
                        error=derived(move || errors.of(FieldName::Name))
                        autocomplete="name"
                    />
                    <TextInput
                        id="account-phone"
                        label=t!("account.phone")
                        value=phone
                        error=derived(move || errors.of(FieldName::Phone))
                        autocomplete="tel"
                    />
                </div>
                <div class="field-row">
                    <LanguageField locale />
                    <ZoneField
                        id="account-zone"
                        zone
                        none=t!("account.company_zone")
                        error=derived(move || errors.of(FieldName::Zone))
                    />
                </div>
                <HueField hue name />
                <div class="form-actions">
                    <button type="submit" class="button primary" id="account-save">
                        {t!("account.save")}
                    </button>
                </div>
            </form>
        </section>
    }
}

#[component]
fn LanguageField(locale: RwSignal<Locale>) -> impl IntoView {
    let on_change = move |event| {
        locale.set(if event_target_value(&event) == "zh" { Locale::Zh } else { Locale::En });
    };
    view! {
        <Field id="account-language" label=t!("account.language") error=Signal::stored(None::<String>)>
            <select class="input" id="account-language" on:change=on_change>
                <option value="zh" lang="zh-CN" prop:selected=move || locale.get() == Locale::Zh>
                    {t!("account.chinese")}
                </option>
                <option value="en" lang="en" prop:selected=move || locale.get() == Locale::En>
                    {t!("account.english")}
                </option>
            </select>
        </Field>
    }
}

#[component]
fn HueField(hue: RwSignal<u16>, name: RwSignal<String>) -> impl IntoView {
    let on_input = move |event| hue.set(event_target_value(&event).parse().unwrap_or_default());
    view! {
        <Field id="account-hue" label=t!("account.hue") hint=t!("account.hue_hint") error=Signal::stored(None::<String>)>
            <div class="row">
                <span class="avatar large" aria-hidden="true" style:--hue=move || hue.get().to_string()>
                    {move || initial(&name.read())}
                </span>
                <input
                    type="range"
                    id="account-hue"
                    min="0"
                    max="359"
                    aria-describedby="account-hue-hint"
                    style:flex="1"
                    style:block-size="32px"
                    prop:value=move || hue.get().to_string()
                    on:input=on_input
                />
            </div>
        </Field>
    }
}
