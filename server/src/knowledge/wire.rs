//! What the server functions of knowledge ask for and answer.

use serde::{Deserialize, Serialize};
use shared::Timestamp;
use shared::id::{ArticleId, IncidentId, ProjectId, TaskId};
use shared::incident::{IncidentKind, Severity, Stage};
use shared::knowledge::{ArticleCard, ArticleKind};

/// What can be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum DocumentKind {
    /// An article.
    Article,
    /// An incident.
    Incident,
    /// A task.
    Task,
}

impl DocumentKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Task, Self::Article, Self::Incident];
    /// What the library has.
    pub const KNOWLEDGE: [Self; 2] = [Self::Article, Self::Incident];

    /// Its name in the tables.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Article => "article",
            Self::Incident => "incident",
            Self::Task => "task",
        }
    }

    /// The one of a name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// An article's kind in the index, and in the addresses of the library.
pub const fn kind_name(kind: ArticleKind) -> &'static str {
    match kind {
        ArticleKind::Retrospective => "retrospective",
        ArticleKind::IncidentReport => "incident_report",
        ArticleKind::Decision => "decision",
        ArticleKind::Deliverable => "deliverable",
        ArticleKind::News => "news",
        ArticleKind::HowTo => "how_to",
    }
}

/// Which documents count.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Only these; articles and incidents if none is named.
    pub kind: Option<DocumentKind>,
    /// Only articles of this kind.
    pub article: Option<ArticleKind>,
    /// Only articles with this tag.
    pub tag: Option<String>,
    /// The archive instead of what is listed.
    pub archived: bool,
}

/// A piece of a text, and whether it is what was looked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fragment {
    /// The text.
    pub text: String,
    /// Whether it is marked.
    pub marked: bool,
}

/// Something that was found or is listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Hit {
    /// What.
    pub found: Found,
    /// Its title.
    pub title: Vec<Fragment>,
    /// A few words around what was looked for, or its first ones.
    pub excerpt: Vec<Fragment>,
    /// When an article was last written, an incident was reported, or a task was made.
    pub at: Timestamp,
}

/// A part of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// What is in it.
    pub hits: Vec<Hit>,
    /// After what the list goes on, if it does.
    pub next: Option<Place>,
}

/// A place in a list of articles: when the last one before it was written, and which that is.
pub type Place = (Timestamp, ArticleId);

/// What a list shows of a thing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Found {
    /// An article.
    Article(Box<ArticleCard>),
    /// An incident.
    Incident(IncidentCard),
    /// A task.
    Task(TaskCard),
}

/// What a list shows of a task.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaskCard {
    /// Which.
    pub id: TaskId,
    /// On whose board it is.
    pub project: ProjectId,
    /// Its number there.
    pub number: u32,
}

/// What a list shows of an incident.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IncidentCard {
    /// Which.
    pub id: IncidentId,
    /// Its number, `I-2026-001`.
    pub number: String,
    /// What sort of problem it is.
    pub kind: IncidentKind,
    /// How grave it is.
    pub severity: Severity,
    /// Where it stands.
    pub stage: Stage,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// The article that its report became.
    pub article: Option<ArticleId>,
    /// The first line of its solution; empty if there is none.
    pub solution: String,
}

/// An incident that was solved and is like a problem that somebody describes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Similar {
    /// Which.
    pub incident: IncidentCard,
    /// What had happened.
    pub title: String,
}
