//! Choosing one of the time zones that the browser knows.

use js_sys::{Array, Function, Intl, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use crate::ui::{Choice, Field, Picker};

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
    let mut zones = known_zones();
    let chosen = zone.get_untracked();
    if !chosen.is_empty() && !zones.contains(&chosen) {
        zones.insert(0, chosen.clone());
    }
    let zones = zones.into_iter().map(|name| Choice::new(&name, name.replace('_', " ")));
    let options: Vec<Choice> = none.map(Choice::none).into_iter().chain(zones).collect();
    view! {
        <Field id label=t!("account.zone") hint=hint.unwrap_or_default() error>
            <Picker id chosen=zone options on_pick=Callback::new(move |name| zone.set(name)) />
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
