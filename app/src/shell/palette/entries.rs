//! What the command palette offers, and which of it fits what is typed.

use icondata_core::IconData;
use icondata_lu::{
    LuCalendarClock, LuChartColumn, LuCircleUserRound, LuCloudUpload, LuFolderKanban, LuHouse, LuInbox, LuKeyboard,
    LuLanguages, LuLibrary, LuLogOut, LuMonitor, LuNetwork, LuPlus, LuScale, LuSiren, LuSquareKanban, LuSunMoon,
    LuTriangleAlert, LuUndo2, LuUsers, LuWebhook,
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
    all.extend(pages(state.company.is_admin(me)));
    all.extend(running(state));
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

fn pages(is_admin: bool) -> Vec<Entry> {
    let group = tr("palette.go_to");
    let go = |address: &str| Deed::Go(address.to_owned());
    let mut pages = vec![
        named(group, LuHouse, tr("palette.home"), &["G", "H"], go("/")),
        named(group, LuInbox, tr("palette.inbox"), &["G", "I"], go("/inbox")),
        named(group, LuFolderKanban, tr("palette.projects"), &["G", "P"], go("/projects")),
        named(group, LuTriangleAlert, tr("palette.incidents"), &["G", "U"], go("/incidents")),
        named(group, LuMonitor, tr("palette.wall"), &[], go("/incidents/wall")),
        named(group, LuChartColumn, tr("palette.figures"), &[], go("/incidents/figures")),
        named(group, LuCalendarClock, tr("palette.roster"), &[], go("/incidents/roster")),
        named(group, LuLibrary, tr("palette.knowledge"), &["G", "K"], go("/knowledge")),
        named(group, LuUsers, tr("palette.people"), &[], go("/admin/people")),
        named(group, LuNetwork, tr("palette.departments"), &[], go("/admin/departments")),
        named(group, LuScale, tr("palette.policy"), &[], go("/admin/policy")),
        named(group, LuCircleUserRound, tr("palette.account"), &[], go("/account")),
    ];
    if is_admin {
        pages.push(named(group, LuWebhook, tr("palette.webhooks"), &[], go("/admin/webhooks")));
    }
    pages
}

/// The rooms of the incidents that run.
fn running(state: &State) -> impl Iterator<Item = Entry> {
    let group = tr("palette.running");
    state.incidents.running().into_iter().map(move |incident| Entry {
        group,
        icon: LuSiren,
        label: incident.title.clone(),
        note: incident.number(),
        keys: &[],
        words: format!("{} {} {}", group.in_both(), incident.title, incident.number()).to_lowercase(),
        deed: Deed::Go(format!("/incidents/{}", incident.id)),
    })
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
        named(group, LuSiren, tr("palette.report_incident"), &["!"], Deed::Go("/incidents/new".to_owned())),
        named(group, LuPlus, tr("palette.new_article"), &[], Deed::Go("/knowledge/new".to_owned())),
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
        named(group, LuCloudUpload, tr("palette.outbox"), &[], Deed::Outbox),
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
