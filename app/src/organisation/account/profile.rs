//! What one says of oneself: name, phone, language, time zone, colour.

use js_sys::{Array, Function, Intl, Object, Reflect};
use leptos::prelude::*;
use rust_i18n::t;
use shared::organisation::{Locale, OrganisationCommand, Profile};
use shared::{Command, Field as FieldName};
use wasm_bindgen::{JsCast, JsValue};

use crate::language::{Language, profile_of};
use crate::sync::Replica;
use crate::ui::{Choice, Errors, Field, Picker, TextInput, Toasts, focus_error, initial};

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
    let name = RwSignal::new(saved.name);
    let phone = RwSignal::new(saved.phone);
    let locale = RwSignal::new(saved.locale);
    let zone = RwSignal::new(saved.zone);
    let hue = RwSignal::new(saved.hue);
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
                language.speak(locale.get_untracked());
                toasts.say(t!("account.saved"));
            }
            None => focus_error(),
        }
    };
    let department = Memo::new(move |_| {
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
                        error=Signal::derive(move || errors.of(FieldName::Name))
                        autocomplete="name"
                    />
                    <TextInput
                        id="account-phone"
                        label=t!("account.phone")
                        value=phone
                        error=Signal::derive(move || errors.of(FieldName::Phone))
                        autocomplete="tel"
                    />
                </div>
                <div class="field-row">
                    <LanguageField locale />
                    <ZoneField zone />
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
fn ZoneField(zone: RwSignal<String>) -> impl IntoView {
    let mut zones = known_zones();
    let chosen = zone.get_untracked();
    if !chosen.is_empty() && !zones.contains(&chosen) {
        zones.insert(0, chosen.clone());
    }
    let zones = zones.into_iter().map(|name| Choice::new(&name, name.replace('_', " ")));
    let options: Vec<_> = std::iter::once(Choice::none(t!("account.company_zone"))).chain(zones).collect();
    view! {
        <Field id="account-zone" label=t!("account.zone") error=Signal::stored(None::<String>)>
            <Picker id="account-zone" chosen=zone options on_pick=Callback::new(move |name| zone.set(name)) />
        </Field>
    }
}

/// The time zones that the browser knows; only its own where it cannot list them.
fn known_zones() -> Vec<String> {
    let list = || {
        let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl")).ok()?;
        let list: Function = Reflect::get(&intl, &JsValue::from_str("supportedValuesOf")).ok()?.dyn_into().ok()?;
        list.call1(&intl, &JsValue::from_str("timeZone")).ok()?.dyn_into::<Array>().ok()
    };
    let zones: Vec<String> = list().iter().flat_map(Array::iter).filter_map(|zone| zone.as_string()).collect();
    if zones.is_empty() {
        let own = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
        let own = Reflect::get(&own, &JsValue::from_str("timeZone"));
        return own.ok().and_then(|zone| zone.as_string()).into_iter().collect();
    }
    zones
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
