//! A day, typed as people write it or picked from a small calendar; and a day with a time of the clock.

use icondata_lu::LuCalendar;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use shared::Date;
use shared::calendar::{read_day, read_time};

use super::calendar::Calendar;
use super::{Icon, fresh_id};
use crate::format;
use crate::reactive::derived;

/// A day of the calendar. Its value is `2026-11-24`, or what was typed and is no day, which [`day_error`] says.
#[component]
pub fn DateInput(
    /// The id of its input, for a label; its error is `{id}-error`.
    #[prop(into)]
    id: String,
    /// Its accessible name where no label leads to it.
    #[prop(optional_no_strip, into)]
    label: Option<String>,
    /// The day so far.
    #[prop(into)]
    value: Signal<String>,
    /// It was typed to the end, or picked.
    on_change: Callback<String>,
    /// Whether it takes the focus when its dialog opens.
    #[prop(optional)]
    autofocus: bool,
) -> AnyView {
    let opener = NodeRef::<html::Button>::new();
    let panel = fresh_id("calendar");
    let (typed, open) = (RwSignal::new(None::<String>), RwSignal::new(false));
    let date = derived(move || value.read().parse::<Date>().ok());
    let shown = move || typed.get().unwrap_or_else(|| date.get().map_or_else(|| value.get(), format::whole_day));
    let settle = move || {
        // An input that is removed while one types in it says that it has changed: what it holds may be gone already.
        let Some(text) = typed.try_get_untracked().flatten() else { return };
        let day = read_day(&text, format::today()).map(|day| day.to_string());
        on_change.run(day.unwrap_or_else(|| text.trim().to_owned()));
        typed.set(None);
    };
    let on_key = move |event: KeyboardEvent| match event.key().as_str() {
        "ArrowDown" => {
            event.prevent_default();
            settle();
            if let Some(opener) = opener.get_untracked() {
                opener.click();
            }
        }
        "Escape" if typed.with_untracked(Option::is_some) => {
            event.prevent_default();
            event.stop_propagation();
            typed.set(None);
        }
        _ => (),
    };
    let pick = Callback::new(move |day: Date| {
        typed.set(None);
        on_change.run(day.to_string());
    });
    let error = format!("{id}-error");
    view! {
        <span
            class="date-box"
            on:keydown=move |event| {
                if event.key() == "Escape" && open.get_untracked() {
                    // The browser closes the calendar; what is around it stays open.
                    event.stop_propagation();
                }
            }
        >
            <input
                class="input"
                type="text"
                autocomplete="off"
                id=id
                aria-label=label
                aria-describedby=error
                autofocus=autofocus
                placeholder=t!("date.hint")
                prop:value=shown
                on:input=move |event| typed.set(Some(event_target_value(&event)))
                on:change=move |_| settle()
                on:keydown=on_key
            />
            <button
                type="button"
                class="button ghost icon date-open"
                node_ref=opener
                aria-label=t!("date.choose")
                aria-haspopup="dialog"
                popovertarget=panel.clone()
            >
                <Icon icon=LuCalendar small=true />
            </button>
            <Calendar id=panel open chosen=date on_pick=pick />
        </span>
    }
    .into_any()
}

/// What is wrong with a day that was typed.
pub fn day_error(value: &str) -> Option<String> {
    (!value.is_empty() && value.parse::<Date>().is_err()).then(|| t!("date.no_day").into_owned())
}

/// A day with a time of the clock. Its value is `2026-11-24T18:02`, or what was typed and is none, which
/// [`moment_error`] says.
#[component]
pub fn MomentInput(
    /// The id of its day, for a label; its error is `{id}-error`.
    #[prop(into)]
    id: String,
    /// The instant so far.
    value: RwSignal<String>,
) -> AnyView {
    let part = move |value: &str, is_time: bool| {
        let (day, time) = value.split_once('T').unwrap_or((value, ""));
        if is_time { time.to_owned() } else { day.to_owned() }
    };
    let put = move |day: &str, time: &str| {
        value.set(if day.is_empty() && time.is_empty() { String::new() } else { format!("{day}T{time}") });
    };
    let day = derived(move || value.with(|value| part(value, false)));
    let time = move || value.with(|value| part(value, true));
    let on_day = Callback::new(move |day: String| put(&day, &untrack(time)));
    let on_time = move |event| {
        // As with the day: it may be gone already.
        let Some(day) = day.try_get_untracked() else { return };
        let typed = event_target_value(&event);
        let time = read_time(&typed).map(|(hours, minutes)| format!("{hours:02}:{minutes:02}"));
        put(&day, &time.unwrap_or_else(|| typed.trim().to_owned()));
    };
    let error = format!("{id}-error");
    view! {
        <span class="moment">
            <DateInput id value=day on_change=on_day />
            <input
                class="input time"
                type="text"
                inputmode="numeric"
                autocomplete="off"
                aria-label=t!("date.time")
                aria-describedby=error
                placeholder=t!("date.time_hint")
                prop:value=time
                on:change=on_time
            />
        </span>
    }
    .into_any()
}

/// What is wrong with a day and a time that were typed.
pub fn moment_error(value: &str) -> Option<String> {
    let (day, time) = value.split_once('T').unwrap_or((value, ""));
    let is_time = read_time(time).is_some();
    (!(value.is_empty() || is_time && day.parse::<Date>().is_ok())).then(|| t!("date.no_moment").into_owned())
}
