//! The language of the page as a signal: the app is drawn anew when it changes.

use leptos::prelude::*;
use shared::Command;
use shared::organisation::{Locale, OrganisationCommand, Person, Profile};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

use crate::kept::{keep, kept};
use crate::reactive::{effect, memo};
use crate::sync::Replica;
use crate::ui::Toasts;
use crate::words;

const KEPT: &str = "qibu.language";

/// The language that the page speaks.
#[derive(Clone, Copy, Debug)]
pub struct Language(RwSignal<Locale>);

impl Language {
    /// Begins with what was spoken here last, else with the browser's language.
    pub fn provide() -> Self {
        match kept(KEPT).as_deref() {
            Some("zh") => words::speak(Locale::Zh),
            Some("en") => words::speak(Locale::En),
            _ => {}
        }
        let language = Self(RwSignal::new(words::spoken()));
        provide_context(language);
        language
    }

    /// The language here.
    pub fn expect() -> Self {
        expect_context()
    }

    /// What it is now; tracked.
    pub fn get(self) -> Locale {
        self.0.get()
    }

    /// Speaks a language from now on. The focus stays where it was, if that has an id.
    pub fn speak(self, locale: Locale) {
        if self.0.get_untracked() == locale {
            return;
        }
        let focused = document().active_element().map(|element| element.id()).filter(|id| !id.is_empty());
        words::speak(locale);
        keep(KEPT, Some(if locale == Locale::Zh { "zh" } else { "en" }));
        self.0.set(locale);
        request_animation_frame(move || {
            let element = focused.and_then(|id| document().get_element_by_id(&id));
            if let Some(element) = element.and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
                let _ = element.focus();
            }
        });
    }

    /// Speaks the language of the signed-in person while the current owner lives, wherever they change it.
    pub fn follow(self, replica: Replica) {
        let theirs = memo(move || my(replica, |me| me.locale));
        effect(move || {
            if let Some(locale) = theirs.get() {
                self.speak(locale);
            }
        });
    }

    /// Makes a language the signed-in person's own.
    pub fn choose(self, replica: Replica, toasts: Toasts, locale: Locale) {
        let Some(profile) = my(replica, profile_of) else { return };
        let profile = Profile { locale, ..profile };
        let edit = OrganisationCommand::EditProfile { person: replica.me(), profile };
        match replica.act(Command::Organisation(edit)) {
            Ok(()) => self.speak(locale),
            Err(rejection) => toasts.refuse(&rejection),
        }
    }
}

/// The one that the page does not speak.
pub fn other_language() -> Locale {
    match words::spoken() {
        Locale::Zh => Locale::En,
        Locale::En => Locale::Zh,
    }
}

/// What a person says of themself now.
pub fn profile_of(person: &Person) -> Profile {
    Profile {
        name: person.name.clone(),
        phone: person.phone.clone(),
        locale: person.locale,
        zone: person.zone.clone(),
        hue: person.hue,
    }
}

fn my<T>(replica: Replica, read: impl FnOnce(&Person) -> T) -> Option<T> {
    replica.read(|view| view.company().people.get(&replica.me()).map(read))
}
