//! What the command palette offers, and which of it fits what is typed.

use icondata_core::IconData;
use icondata_lu::{
    LuCircleUserRound, LuFolderKanban, LuHouse, LuInbox, LuKeyboard, LuLanguages, LuLogOut, LuNetwork, LuPlus,
    LuSquareKanban, LuSunMoon, LuUndo2, LuUsers,
};
use shared::State;
use shared::id::{PersonId, ProjectId};
use shared::organisation::Locale;
use shared::project::Project;

use super::super::language::other_language;
use super::super::theme::Theme;
use crate::ui::{Key, tr};

/// The most entries that are shown at once.
const MOST: usize = 40;

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
    pub group: Key,
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
    /// What it is found by: lower case, in both languages.
    words: String,
}

/// All that can be done now. `board` is the project whose board is on the page.
pub fn entries(state: &State, me: PersonId, board: Option<ProjectId>) -> Vec<Entry> {
    let mut all = Vec::new();
    if let Some(project) = board {
        let address = format!("/projects/{project}/board?new=1");
        all.push(named(tr("palette.here"), LuPlus, tr("palette.new_task"), &["C"], Deed::Go(address)));
    }
    all.extend(pages());
    all.extend(projects(state, me));
    all.extend(deeds());
    all
}

/// Those that hold each of the typed words somewhere, best first within their groups.
pub fn fitting(all: &[Entry], typed: &str) -> Vec<Entry> {
    let typed = typed.to_lowercase();
    let words: Vec<&str> = typed.split_whitespace().collect();
    let fits = |entry: &&Entry| words.iter().all(|word| entry.words.contains(word));
    all.iter().filter(fits).take(MOST).cloned().collect()
}

fn pages() -> [Entry; 5] {
    let group = tr("palette.go_to");
    let go = |address: &str| Deed::Go(address.to_owned());
    [
        named(group, LuHouse, tr("palette.home"), &["G", "H"], go("/")),
        named(group, LuFolderKanban, tr("palette.projects"), &["G", "P"], go("/projects")),
        named(group, LuUsers, tr("palette.people"), &[], go("/admin/people")),
        named(group, LuNetwork, tr("palette.departments"), &[], go("/admin/departments")),
        named(group, LuCircleUserRound, tr("palette.account"), &[], go("/account")),
    ]
}

/// The boards and the pages of all projects at hand: one's own first, then the newest.
fn projects(state: &State, me: PersonId) -> Vec<Entry> {
    let mut projects: Vec<&Project> = state.projects.values().rev().map(AsRef::as_ref).collect();
    projects.sort_by_key(|project| (project.stage.is_over(), project.role(me).is_none()));
    let entry = |group: Key, icon, project: &Project, address: String| Entry {
        group,
        icon,
        label: project.registration.name.clone(),
        note: project.number.clone(),
        keys: &[],
        words: format!("{} {} {}", group.in_both(), project.registration.name, project.number).to_lowercase(),
        deed: Deed::Go(address),
    };
    let boards = projects
        .iter()
        .map(|project| entry(tr("palette.boards"), LuSquareKanban, project, format!("/projects/{}/board", project.id)));
    let pages = projects
        .iter()
        .map(|project| entry(tr("palette.projects"), LuFolderKanban, project, format!("/projects/{}", project.id)));
    boards.chain(pages).collect()
}

fn deeds() -> Vec<Entry> {
    let group = tr("palette.do");
    let mut deeds = vec![
        named(group, LuPlus, tr("palette.register"), &[], Deed::Go("/projects/new".to_owned())),
        named(group, LuUndo2, tr("palette.undo"), &[], Deed::Undo),
    ];
    deeds.extend(Theme::ALL.map(|theme| {
        let mut entry = named(group, LuSunMoon, tr("palette.theme"), &[], Deed::Look(theme));
        entry.note = theme.name().text().into_owned();
        entry.words = format!("{} {}", entry.words, theme.name().in_both().to_lowercase());
        entry
    }));
    let language = other_language();
    let to_language = match language {
        Locale::Zh => tr("palette.to_chinese"),
        Locale::En => tr("palette.to_english"),
    };
    deeds.extend([
        named(group, LuLanguages, to_language, &[], Deed::Speak(language)),
        named(group, LuKeyboard, tr("palette.shortcuts"), &["?"], Deed::Shortcuts),
        named(group, LuInbox, tr("palette.outbox"), &[], Deed::Outbox),
        named(group, LuLogOut, tr("palette.sign_out"), &[], Deed::SignOut),
    ]);
    deeds
}

fn named(group: Key, icon: &'static IconData, label: Key, keys: &'static [&'static str], deed: Deed) -> Entry {
    Entry {
        group,
        icon,
        label: label.text().into_owned(),
        note: String::new(),
        keys,
        deed,
        words: label.in_both().to_lowercase(),
    }
}
