//! Projects, to the frame around the pages.

use icondata_lu::{LuFolderKanban, LuPlus, LuSquareCheck, LuSquareKanban};
use leptos_router::path;
use shared::State;
use shared::arrange::Arrange as _;
use shared::id::{MilestoneId, PersonId, ProjectId, TaskId};
use shared::inbox::{Ask, BoardDeliverable, BoardTask, Source};
use shared::project::Project;
use shared::project::task::Task;

use super::board::BoardPage;
use super::deliverable::Deliverables;
use super::space::{board_address, overview_address, task_address};
use super::{Overview, ProjectList, RegisterProject};
use crate::area::{Area, Found, Heading, MOST_NAMED, Page, Place, Stands, route};
use crate::inbox::About;
use crate::sync::TrackedView;
use crate::ui::{Typed, folded};
use crate::words::name_in;

/// So much of what was said is shown where it asks to be read.
const MOST_SAID: usize = 80;

/// Projects.
pub static AREA: Area = Area {
    places: &[Place {
        address: "/projects",
        icon: LuFolderKanban,
        label: |_| tr!("rail.projects"),
        stands: Stands::Always,
    }],
    pages: &[Page::new("/projects", LuFolderKanban, tr!("palette.projects"))
        .with_keys(&["G", "P"], tr!("shortcuts.go_projects"))],
    deeds: &[Page::new("/projects/new", LuPlus, tr!("palette.register"))],
    finds: found,
    named,
    ..Area::of(|| {
        vec![
            route(path!("projects"), part!(projects, ProjectList)),
            route(path!("projects/new"), part!(projects, RegisterProject)),
            route(path!("projects/:project"), part!(projects, Overview)),
            route(path!("projects/:project/board"), part!(board, BoardPage)),
            route(path!("projects/:project/deliverables"), part!(deliverables, Deliverables)),
        ]
    })
};

/// A new task on the board that one looks at, then the boards and the pages of all projects: one's own first, then the
/// newest.
fn found(state: &State, me: PersonId, path: &str) -> Vec<Found> {
    let mut projects: Vec<&Project> = state.projects.values().rev().map(AsRef::as_ref).collect();
    projects.arrange_by_key(|project| (project.stage.is_over(), project.role(me).is_none()));
    let found = |heading, icon, project: &Project, address: String| Found {
        heading,
        icon,
        label: project.registration.name.clone(),
        note: project.number.clone(),
        words: String::new(),
        keys: &[],
        address,
    };
    let new_task = board_of(path).map(|project| Found {
        heading: Heading::Here,
        icon: LuPlus,
        label: t!("palette.new_task").into_owned(),
        note: String::new(),
        words: tr!("palette.new_task").in_both(),
        keys: &["C"],
        address: format!("{}?new=1", board_address(project)),
    });
    let board = |project: &&Project| found(Heading::Boards, LuSquareKanban, project, board_address(project.id));
    let page = |project: &&Project| found(Heading::Projects, LuFolderKanban, project, overview_address(project.id));
    new_task.into_iter().chain(projects.iter().map(board)).chain(projects.iter().map(page)).collect()
}

/// Tasks of the boards that are here, by their names, numbers and labels; the newest first.
fn named(state: &State, typed: &Typed) -> Vec<Found> {
    let mut tasks: Vec<(&Project, &Task)> = Vec::new();
    for (id, board) in &state.boards {
        let Some(project) = state.projects.get(id) else { continue };
        let fits = |task: &&Task| {
            let labels = task.labels.iter().map(|label| folded(label)).collect::<Vec<_>>().join(" ");
            typed.finds(&task.name, &[&format!("#{}", task.number), &labels])
        };
        tasks.extend(board.tasks().values().map(AsRef::as_ref).filter(fits).map(|task| (&**project, task)));
    }
    tasks.arrange_by_key(|(_, task)| (!typed.begins(&task.name), std::cmp::Reverse(task.created_at)));
    let found = |(project, task): (&Project, &Task)| task_found(project, task.id, (&task.name, task.number));
    tasks.into_iter().take(MOST_NAMED).map(found).collect()
}

/// A task as the palette shows it.
pub fn task_found(project: &Project, task: TaskId, (name, number): (&str, u32)) -> Found {
    Found {
        heading: Heading::Tasks,
        icon: LuSquareCheck,
        label: name.to_owned(),
        note: format!("#{number} · {}", project.registration.name),
        words: String::new(),
        keys: &[],
        address: task_address(project.id, task),
    }
}

/// The project whose board an address shows.
fn board_of(path: &str) -> Option<ProjectId> {
    path.strip_prefix("/projects/")?.strip_suffix("/board")?.parse().ok()
}

/// What an ask is about that comes from a task: as the inbox has it, since its board need not be here.
pub fn about_task(view: &TrackedView, me: PersonId, ask: &Ask, task: BoardTask) -> About {
    let Some(inbox) = view.inbox(me) else { return About::default() };
    let duty = inbox.duties.get(&task).map(|duty| (duty.card.number, &duty.card.name));
    let note = || inbox.notes.values().find(|note| note.task == task).map(|note| (note.number, &note.name));
    let Some((number, name)) = duty.or_else(note) else { return About::default() };
    let project = view.project(task.project).map(|project| project.registration.name.clone()).unwrap_or_default();
    let name = t!("ask.task_of", task = name, project = project);
    About { number: format!("#{number}"), name: name.into_owned(), said: said(view, ask, task) }
}

/// Who said what one is to read, and how it begins if the board happens to be here.
fn said(view: &TrackedView, ask: &Ask, task: BoardTask) -> Option<String> {
    let (by, source) = ask.said?;
    let name = name_in(view.company(), by);
    let comment = if let Source::Comment(comment) = source { Some(comment) } else { None };
    let comment = comment.and_then(|comment| view.board(task.project)?.comment(task.task, comment).ok());
    let Some(comment) = comment else { return Some(name) };
    let words: Vec<&str> = comment.text.split_whitespace().collect();
    let words: String = words.join(" ").chars().take(MOST_SAID).collect();
    Some(t!("ask.said", name = name, words = words).into_owned())
}

/// What an ask is about that comes from a deliverable: as the inbox has it.
pub fn about_deliverable(view: &TrackedView, me: PersonId, on: BoardDeliverable) -> About {
    let Some(delivery) = view.inbox(me).and_then(|inbox| inbox.deliveries.get(&on)) else { return About::default() };
    let Some(project) = view.project(on.project) else { return About::default() };
    let name = t!("ask.deliverable_of", deliverable = delivery.name, project = project.registration.name);
    About { number: project.number.clone(), name: name.into_owned(), said: None }
}

/// What an ask is about that comes from a milestone.
pub fn about(view: &TrackedView, project: ProjectId, milestone: MilestoneId) -> About {
    let Some(project) = view.project(project) else { return About::default() };
    let milestone = project.milestones.iter().find(|other| other.id == milestone);
    let name = milestone.map(|milestone| milestone.name.as_str()).unwrap_or_default();
    let name = t!("ask.milestone_of", milestone = name, project = project.registration.name);
    About { number: project.number.clone(), name: name.into_owned(), said: None }
}
