//! What has been typed into a form and not been sent. This browser keeps it for its person and its place: through other
//! pages, a reload and the end of a sign-in. It goes once it is sent, and with signing out.

use leptos::ev::Event;
use leptos::prelude::*;
use rust_i18n::t;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::kept::{keep, kept, unsent_name};
use crate::sync::Replica;

/// The place of one form.
#[derive(Clone, Copy, Debug)]
pub struct Unsent {
    name: StoredValue<String>,
    /// The form as it begins, or as it was sent last.
    begun: StoredValue<Option<String>>,
    /// The form as it was last seen in this tab: one in which nobody types leaves alone what another keeps.
    last: StoredValue<Option<String>>,
    /// Whether something was left here.
    is_restored: RwSignal<bool>,
    /// Whether nothing is kept any more.
    is_over: StoredValue<bool>,
    /// Asks for the form as it begins.
    anew: Trigger,
}

impl Unsent {
    /// The place of a form that is left as it is sent, or that empties itself then.
    pub fn at(place: &str) -> Self {
        Self::with(place, Trigger::new())
    }

    fn with(place: &str, anew: Trigger) -> Self {
        let name = StoredValue::new(unsent_name(Replica::expect().me(), place));
        let [begun, last] = [None, None].map(StoredValue::new);
        Self { name, begun, last, is_restored: RwSignal::new(false), is_over: StoredValue::new(false), anew }
    }

    /// The form as it was left here, or else as it begins; kept from now on, with each change.
    pub fn of<T: Clone + Serialize + DeserializeOwned + 'static>(self, begins: T) -> T {
        let left = self.name.with_value(|name| kept(name)).and_then(|left| serde_json::from_str(&left).ok());
        self.begun.set_value(serde_json::to_string(&begins).ok());
        self.is_restored.set(left.is_some());
        let form = left.unwrap_or(begins);
        self.last.set_value(serde_json::to_string(&form).ok());
        let followed = form.clone();
        self.follow(move || serde_json::to_string(&followed).ok());
        form
    }

    /// It is sent, and goes on from there: as it is now it need not be kept.
    pub fn rest<T: Serialize>(self, form: &T) {
        let now = serde_json::to_string(form).ok();
        self.begun.set_value(now.clone());
        self.is_restored.set(false);
        self.keep(now);
    }

    /// Keeps what this says whenever it may have changed, unless that is as it began.
    fn follow(self, now: impl Fn() -> Option<String> + Clone + 'static) {
        let keep_it = move || {
            let is_over = self.is_over.try_get_value().unwrap_or(true);
            if !is_over {
                let now = now();
                if self.last.with_value(|last| *last != now) {
                    self.keep(now);
                }
            }
        };
        let typed = keep_it.clone();
        Effect::new(move |_| keep_it());
        // What is typed into a row of several tells no signal.
        let handles = ["input", "change"].map(|event| {
            let typed = typed.clone();
            window_event_listener_untyped(event, move |_: Event| typed())
        });
        on_cleanup(move || handles.into_iter().for_each(WindowListenerHandle::remove));
    }

    /// Keeps the form as it is now, or forgets what this tab has kept.
    fn keep(self, now: Option<String>) {
        let before = self.last.get_value();
        let typed = now.as_ref().filter(|now| self.begun.with_value(|begun| begun.as_ref() != Some(*now)));
        self.name.with_value(|name| {
            if typed.is_some() || kept(name) == before {
                keep(name, typed.map(String::as_str));
            }
        });
        self.last.set_value(now);
    }

    /// It is sent: nothing is kept any more.
    pub fn forget(self) {
        self.is_over.set_value(true);
        self.keep(self.begun.get_value());
    }
}

/// A form that is kept, and can be begun anew.
pub fn kept_form(place: &'static str, form: fn(Unsent) -> AnyView) -> impl IntoView {
    let anew = Trigger::new();
    move || {
        anew.track();
        untrack(|| form(Unsent::with(place, anew)))
    }
}

/// That a form is as it was left, and beginning it anew.
#[component]
pub fn Restored(
    /// Its place.
    unsent: Unsent,
) -> impl IntoView {
    let begin_anew = move |_| {
        unsent.forget();
        unsent.anew.notify();
    };
    view! {
        <Show when=move || unsent.is_restored.get()>
            <div class="notice" data-kind="info" role="status">
                <p>{t!("ui.restored")}</p>
                <button type="button" class="button small" on:click=begin_anew>
                    {t!("ui.begin_anew")}
                </button>
            </div>
        </Show>
    }
}
