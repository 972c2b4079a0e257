//! What the command palette offers, and which of it fits what is typed.

use std::sync::OnceLock;

use icondata_core::IconData;
use icondata_lu::{LuCloudUpload, LuKeyboard, LuLanguages, LuLogOut, LuSunMoon, LuUndo2};
use shared::State;
use shared::arrange::Arrange as _;
use shared::id::PersonId;
use shared::organisation::Locale;

use crate::area::{Found, Heading, Page};
use crate::areas::AREAS;
use crate::language::other_language;
use crate::ui::{Key, Theme, Typed, folded, spelled};

/// The most entries that are shown at once, and under one heading once something is typed.
const MOST: usize = 40;
const MOST_OF_ONE: usize = 8;

/// What choosing an entry does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Deed {
    /// Goes to a page.
    Go(String),
    /// Looks so from now on.
    Look(Theme),
    /// Speaks this language from now on.
    Speak(Locale),
    /// Takes back the last own change.
    Undo,
    /// Opens the sheet of shortcuts.
    Shortcuts,
    /// Opens what has not arrived.
    Outbox,
    /// Signs out.
    SignOut,
}

/// One thing that the palette offers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// The heading that it stands under.
    pub heading: Heading,
    /// Its icon.
    pub icon: &'static IconData,
    /// What it says.
    pub label: String,
    /// What tells it from another, such as a project's number.
    pub note: String,
    /// The keys that do the same.
    pub keys: &'static [&'static str],
    /// What it does.
    pub deed: Deed,
    /// What it is found by: as texts are compared, in both languages.
    words: String,
    /// How it is spelled, once somebody has asked.
    spelling: OnceLock<String>,
}

/// All that can be done now, on the page of a path.
pub fn entries(state: &State, me: PersonId, path: &str) -> Vec<Entry> {
    let is_led = |page: &&Page| !page.for_admins || state.company.is_admin(me);
    let pages = AREAS.iter().flat_map(|area| area.pages).filter(is_led).map(|page| of_page(Heading::GoTo, page));
    let found = AREAS.iter().flat_map(|area| (area.finds)(state, me, path)).map(of_found);
    let begun = AREAS.iter().flat_map(|area| area.deeds).map(|page| of_page(Heading::Do, page));
    let mut all: Vec<Entry> = pages.chain(found).chain(begun).chain(deeds()).collect();
    all.arrange_by_key(|entry| entry.heading);
    all
}

/// Those that hold each of the typed words somewhere, and what else has such a name here.
pub fn fitting(all: &[Entry], state: &State, typed: &Typed) -> Vec<Entry> {
    if typed.is_empty() {
        return all.iter().take(MOST).cloned().collect();
    }
    let spelling = |entry: &Entry| entry.spelling.get_or_init(|| spelled(&entry.label)).clone();
    let fits = |entry: &&Entry| typed.find(&entry.words, || spelling(entry), &[]);
    let named = AREAS.iter().flat_map(|area| (area.named)(state, typed)).map(of_found);
    merged(all.iter().filter(fits).cloned().chain(named))
}

/// What was found, by heading, each thing once: of two the first.
pub fn merged(found: impl Iterator<Item = Entry>) -> Vec<Entry> {
    let mut merged: Vec<Entry> = Vec::new();
    for entry in found {
        let of_one = merged.iter().filter(|other| other.heading == entry.heading).count();
        if of_one < MOST_OF_ONE && merged.iter().all(|other| other.deed != entry.deed) {
            merged.push(entry);
        }
    }
    merged.arrange_by_key(|entry| entry.heading);
    merged
}

fn of_page(heading: Heading, page: &Page) -> Entry {
    let keys = page.keys.map_or(&[][..], |keys| keys.caps);
    named(heading, page.icon, page.name, keys, Deed::Go(page.address.to_owned()))
}

/// Something found, as an entry.
pub fn of_found(found: Found) -> Entry {
    let Found { heading, icon, label, note, words, keys, address } = found;
    let words = folded(&format!("{} {label} {note} {words}", heading.name().in_both()));
    Entry { heading, icon, label, note, keys, words, deed: Deed::Go(address), spelling: OnceLock::new() }
}

fn deeds() -> Vec<Entry> {
    let heading = Heading::Do;
    let mut deeds = vec![named(heading, LuUndo2, tr!("palette.undo"), &[], Deed::Undo)];
    deeds.extend(Theme::ALL.map(|theme| {
        let mut entry = named(heading, LuSunMoon, tr!("palette.theme"), &[], Deed::Look(theme));
        entry.note = theme.name().text().into_owned();
        entry.words = format!("{} {}", entry.words, theme.name().in_both().to_lowercase());
        entry
    }));
    let language = other_language();
    let to_language = match language {
        Locale::Zh => tr!("palette.to_chinese"),
        Locale::En => tr!("palette.to_english"),
    };
    deeds.extend([
        named(heading, LuLanguages, to_language, &[], Deed::Speak(language)),
        named(heading, LuKeyboard, tr!("palette.shortcuts"), &["?"], Deed::Shortcuts),
        named(heading, LuCloudUpload, tr!("palette.outbox"), &[], Deed::Outbox),
        named(heading, LuLogOut, tr!("palette.sign_out"), &[], Deed::SignOut),
    ]);
    deeds
}

fn named(heading: Heading, icon: &'static IconData, label: Key, keys: &'static [&'static str], deed: Deed) -> Entry {
    Entry {
        heading,
        icon,
        label: label.text().into_owned(),
        note: String::new(),
        keys,
        deed,
        words: label.in_both().to_lowercase(),
        spelling: OnceLock::new(),
    }
}
