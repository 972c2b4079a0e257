//! Choosing one of the time zones that the browser knows.

use std::collections::BTreeSet;

use js_sys::{Array, Function, Intl, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use crate::format;
use crate::sync::Replica;
use crate::ui::{Choice, Field, Key, Picker};

/// The zones that most people look for, with cities whose names are not theirs.
const USUAL: [(&str, Key); 16] = [
    ("Asia/Shanghai", tr!("zones.shanghai")),
    ("Asia/Hong_Kong", tr!("zones.hong_kong")),
    ("Asia/Taipei", tr!("zones.taipei")),
    ("Asia/Singapore", tr!("zones.singapore")),
    ("Asia/Tokyo", tr!("zones.tokyo")),
    ("Asia/Seoul", tr!("zones.seoul")),
    ("Asia/Bangkok", tr!("zones.bangkok")),
    ("Asia/Dubai", tr!("zones.dubai")),
    ("Europe/Moscow", tr!("zones.moscow")),
    ("Europe/Berlin", tr!("zones.berlin")),
    ("Europe/Paris", tr!("zones.paris")),
    ("Europe/London", tr!("zones.london")),
    ("America/New_York", tr!("zones.new_york")),
    ("America/Chicago", tr!("zones.chicago")),
    ("America/Los_Angeles", tr!("zones.los_angeles")),
    ("Australia/Sydney", tr!("zones.sydney")),
];

/// The choice, by the zone's IANA name.
#[component]
pub fn ZoneField(
    /// Its id.
    id: &'static str,
    /// Which is chosen.
    zone: RwSignal<String>,
    /// What the empty choice is called, where there is one.
    #[prop(optional, into)]
    none: Option<String>,
    /// How to choose.
    #[prop(optional, into)]
    hint: Option<String>,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
) -> impl IntoView {
    let chosen = zone.get_untracked();
    let company = Replica::expect().peek(|state| state.company.info.zone.clone());
    let options: Vec<Choice> = none.map(Choice::none).into_iter().chain(choices([chosen, company])).collect();
    view! {
        <Field id label=t!("account.zone") hint=hint.unwrap_or_default() error>
            <Picker id chosen=zone options on_pick=Callback::new(move |name| zone.set(name)) />
        </Field>
    }
}

/// All zones: those first that are probably meant, with their cities and by how much their clocks are ahead.
fn choices(likely: [String; 2]) -> Vec<Choice> {
    let known = known_zones();
    let usual = USUAL.iter().map(|(name, _)| (*name).to_owned()).filter(|name| known.contains(name));
    let likely = likely.into_iter().chain(own_zone()).filter(|name| !name.is_empty()).chain(usual);
    // What is ahead takes too long to find to do so for hundreds.
    let likely: Vec<(String, String)> = likely.map(|name| (note(&name), name)).collect();
    let others = known.into_iter().map(|name| (String::new(), name));
    let mut seen = BTreeSet::new();
    let all = likely.into_iter().chain(others).filter(|(_, name)| seen.insert(name.clone()));
    all.map(|(note, name)| Choice { note, ..Choice::new(&name, name.replace('_', " ")) }).collect()
}

fn note(zone: &str) -> String {
    let cities = USUAL.iter().find(|(name, _)| *name == zone).map(|(_, cities)| cities.text());
    format!("{} {}", cities.unwrap_or_default(), format::ahead_of_utc(zone).unwrap_or_default()).trim().to_owned()
}

/// The browser's own.
fn own_zone() -> Option<String> {
    let own = Intl::DateTimeFormat::new(&Array::new(), &Object::new()).resolved_options();
    Reflect::get(&own, &JsValue::from_str("timeZone")).ok()?.as_string()
}

/// The time zones that the browser knows; only its own where it cannot list them.
fn known_zones() -> Vec<String> {
    let list = || {
        let intl = Reflect::get(&js_sys::global(), &JsValue::from_str("Intl")).ok()?;
        let list: Function = Reflect::get(&intl, &JsValue::from_str("supportedValuesOf")).ok()?.dyn_into().ok()?;
        list.call1(&intl, &JsValue::from_str("timeZone")).ok()?.dyn_into::<Array>().ok()
    };
    let zones: Vec<String> = list().iter().flat_map(Array::iter).filter_map(|zone| zone.as_string()).collect();
    if zones.is_empty() { own_zone().into_iter().collect() } else { zones }
}
