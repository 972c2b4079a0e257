//! What has been typed into a form and not been sent. This browser keeps it for its person and its place: through other
//! pages, a reload and the end of a sign-in. It goes once it is sent, in whichever tab, and with signing out.

use std::rc::Rc;

use leptos::ev::{Event, storage};
use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;
use web_sys::StorageEvent;

use crate::kept::{keep, kept, unsent_name};
use crate::reactive::{Show, effect};
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
    /// Whether what is in it was typed in this tab.
    is_own: StoredValue<bool>,
    /// Makes the form as it begins.
    empties: StoredValue<Option<Rc<dyn Fn()>>, LocalStorage>,
}

/// The signals of a form, which can be filled anew.
pub trait Refill {
    /// Takes over what the others say.
    fn refill(&self, from: &Self);
}

impl<T: Clone + Send + Sync + 'static> Refill for RwSignal<T> {
    fn refill(&self, from: &Self) {
        self.set(from.get_untracked());
    }
}

macro_rules! refill_each {
    ($($part:ident $at:tt),*) => {
        impl<$($part: Refill),*> Refill for ($($part,)*) {
            fn refill(&self, from: &Self) {
                $(self.$at.refill(&from.$at);)*
            }
        }
    };
}

refill_each!(A 0, B 1);
refill_each!(A 0, B 1, C 2);
refill_each!(A 0, B 1, C 2, D 3, E 4);

impl Unsent {
    /// The place of a form that is left as it is sent, or that empties itself then.
    pub fn at(place: &str) -> Self {
        let name = StoredValue::new(unsent_name(Replica::expect().me(), place));
        let [begun, last] = [None, None].map(StoredValue::new);
        let [is_over, is_own] = [false, false].map(StoredValue::new);
        let unsent = Self {
            name,
            begun,
            last,
            is_restored: RwSignal::new(false),
            is_over,
            is_own,
            empties: StoredValue::new_local(None),
        };
        unsent.follow_other_tabs();
        unsent
    }

    /// A line or a text that is empty before something is typed.
    pub fn text_at(place: &str) -> (Self, RwSignal<String>) {
        let unsent = Self::at(place);
        (unsent, unsent.fill(RwSignal::new(String::new())))
    }

    /// The form as it was left here, or else as it begins; kept from now on, with each change.
    pub fn of<T: Clone + Serialize + DeserializeOwned + 'static>(self, begins: T) -> T {
        let left = self.name.with_value(|name| kept(name)).and_then(|left| serde_json::from_str(&left).ok());
        self.begun.set_value(written(&begins));
        self.is_restored.set(left.is_some());
        let form = left.unwrap_or(begins);
        self.last.set_value(written(&form));
        let followed = form.clone();
        self.follow(move || serde_json::to_string(&followed).ok());
        form
    }

    /// The same of a form whose signals stay the same: they are filled with what was left.
    pub fn fill<T: Refill + Clone + Serialize + DeserializeOwned + 'static>(self, form: T) -> T {
        let followed = form.clone();
        self.begun.set_value(written(&form));
        let left = self.name.with_value(|name| kept(name)).and_then(|left| serde_json::from_str(&left).ok());
        self.is_restored.set(left.is_some());
        if let Some(left) = left {
            form.refill(&left);
        }
        self.last.set_value(written(&form));
        self.follow(move || serde_json::to_string(&followed).ok());
        let (form, emptied) = (form.clone(), form);
        self.empties_by(move || {
            let begun = self.begun.with_value(|begun| serde_json::from_str(begun.as_deref()?).ok());
            if let Some(begun) = begun {
                emptied.refill(&begun);
            }
        });
        form
    }

    /// Whether something else is in the form than it begins with.
    pub fn is_typed(self) -> bool {
        self.last.with_value(|last| self.begun.with_value(|begun| last != begun))
    }

    /// How the form is made as it begins: by who asks for it, or when another tab has sent it.
    pub fn empties_by(self, empty: impl Fn() + 'static) {
        self.empties.set_value(Some(Rc::new(empty)));
    }

    /// What another tab has sent is not offered here as unsent, unless somebody has typed on here.
    fn follow_other_tabs(self) {
        let handle = window_event_listener(storage, move |event: StorageEvent| {
            let is_this = self.name.try_with_value(|name| event.key().as_ref() == Some(name)).unwrap_or_default();
            let is_sent = is_this && event.new_value().is_none() && self.is_typed();
            if is_sent && (event.old_value() == self.last.get_value() || !self.is_own.get_value()) {
                self.begin_anew();
            }
        });
        on_cleanup(move || handle.remove());
    }

    /// Makes the form as it begins, and keeps nothing of it.
    fn begin_anew(self) {
        self.keep(self.begun.get_value());
        self.is_own.set_value(false);
        self.is_restored.set(false);
        if let Some(empty) = self.empties.get_value() {
            empty();
        }
    }

    /// It is sent, and goes on from there: as it is now it need not be kept.
    pub fn rest<T: Serialize>(self, form: &T) {
        let now = written(form);
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
                    self.is_own.set_value(self.begun.with_value(|begun| *begun != now));
                    self.keep(now);
                }
            }
        };
        let typed = keep_it.clone();
        effect(keep_it);
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

    /// It is sent: nothing is kept any more. Whoever has left the form meanwhile keeps it.
    pub fn forget(self) {
        if let Some(begun) = self.begun.try_get_value() {
            self.is_over.set_value(true);
            self.keep(begun);
        }
    }
}

/// A form as it is kept: whoever writes it down does not follow it.
fn written<T: Serialize>(form: &T) -> Option<String> {
    untrack(|| serde_json::to_string(form).ok())
}

/// A form that is kept, and can be begun anew.
pub fn kept_form(place: &'static str, form: fn(Unsent) -> AnyView) -> impl IntoView {
    let anew = Trigger::new();
    move || {
        anew.track();
        untrack(|| {
            let unsent = Unsent::at(place);
            unsent.empties_by(move || {
                unsent.is_over.set_value(true);
                anew.notify();
            });
            form(unsent)
        })
    }
}

/// Whether something was left at a place; tracked, as far as other tabs go.
pub fn is_left_at(place: &str) -> impl Fn() -> bool + Send + Sync + 'static {
    let name = unsent_name(Replica::expect().me(), place);
    let changed = Trigger::new();
    let handle = window_event_listener(storage, move |_| changed.notify());
    on_cleanup(move || handle.remove());
    move || {
        changed.track();
        kept(&name).is_some()
    }
}

/// Forgets what was left at a place.
pub fn forget_left_at(place: &str) {
    keep(&unsent_name(Replica::expect().me(), place), None);
}

/// That a form is as it was left, and beginning it anew.
#[component]
pub fn Restored(
    /// Its place.
    unsent: Unsent,
) -> impl IntoView {
    view! {
        <Show when=move || unsent.is_restored.get()>
            <div class="notice" data-kind="info" role="status">
                <p>{t!("ui.restored")}</p>
                <button type="button" class="button small" on:click=move |_| unsent.begin_anew()>
                    {t!("ui.begin_anew")}
                </button>
            </div>
        </Show>
    }
}
