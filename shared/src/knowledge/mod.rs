//! Knowledge (知识库): articles that outlive what they came from.
//!
//! # Rules
//!
//! - **Kinds** (guide 1: 阶段性成果、会议决策、行业动态; 2.1: 复盘; 2.3: 问题知识库; how-to: ours). What an article
//!   came from, an incident or a project, stays named in it; a closed incident leaves one behind.
//! - **Who reads** (guide 1: 集中存储与共享; for whom: ours). The whole company, or some departments and those beneath
//!   them; its author and admins always. To anybody else it is not there, and no search finds it.
//! - **Who writes** (ours). Whoever reads it: title, text, kind and tags. Who reads it and whether it is archived, its
//!   author and admins decide.
//! - **Revisions** (ours). Each edit is one, and all are kept. What was written on top of an older revision than the
//!   last is refused, so that of two people who edit at once neither loses anything.
//! - **Archive** (ours). What is archived is no longer listed or found; nothing is deleted.

mod command;
mod difference;
mod kept;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use command::{KnowledgeCommand, KnowledgeIntent, NewArticle, create};
pub use difference::{Passage, difference};
pub use kept::ArticleThing;
pub(crate) use kept::readers;

use crate::Timestamp;
use crate::id::{ArticleId, DepartmentId, IncidentId, PersonId, ProjectId};
use crate::organisation::{Company, Person};

/// An article with all that it ever said.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// What it is, without its text.
    pub card: ArticleCard,
    /// What it said, by number from 1; the last one is what it says now.
    pub revisions: BTreeMap<u32, Arc<Revision>>,
}

/// What an article is, without its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArticleCard {
    /// Its id.
    pub id: ArticleId,
    /// What sort it is.
    pub kind: ArticleKind,
    /// Words to find it by.
    pub tags: BTreeSet<String>,
    /// Who may read it.
    pub readers: Readers,
    /// Where it came from.
    pub source: Option<Source>,
    /// Who began it.
    pub author: PersonId,
    /// When it was begun.
    pub created_at: Timestamp,
    /// Whether it is no longer listed or found.
    pub archived: bool,
}

/// What an article said from one edit to the next.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// Its number, from 1.
    pub number: u32,
    /// The title.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// Who wrote it.
    pub by: PersonId,
    /// When.
    pub at: Timestamp,
}

/// What sort of knowledge an article is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum ArticleKind {
    /// 复盘.
    Retrospective,
    /// 紧急问题处理报告.
    IncidentReport,
    /// 会议决策.
    Decision,
    /// 阶段性成果.
    Deliverable,
    /// 行业动态.
    News,
    /// 操作指南.
    HowTo,
}

impl ArticleKind {
    /// All of them, as lists name them.
    pub const ALL: [Self; 6] =
        [Self::HowTo, Self::IncidentReport, Self::Decision, Self::Retrospective, Self::Deliverable, Self::News];
}

/// Who may read an article. Its author and admins always may.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Readers {
    /// The whole company.
    Company,
    /// These departments and those beneath them.
    Departments(BTreeSet<DepartmentId>),
}

/// Where an article came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// An incident's report.
    Incident(IncidentId),
    /// A project.
    Project(ProjectId),
}

/// One change of an article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ArticleChange {
    /// What it is, is now this.
    CardPut(Box<ArticleCard>),
    /// It said, or says, this.
    RevisionPut(Arc<Revision>),
}

impl Article {
    /// What it says now; `None` only where nothing but the card has come.
    pub fn current(&self) -> Option<&Revision> {
        self.revisions.values().next_back().map(Arc::as_ref)
    }
}

impl ArticleCard {
    /// Whether an active person may read it.
    pub fn is_read_by(&self, company: &Company, person: &Person) -> bool {
        let reads = match &self.readers {
            Readers::Company => true,
            Readers::Departments(departments) => {
                person.department.is_some_and(|own| company.lineage(own).any(|above| departments.contains(&above.id)))
            }
        };
        reads || self.author == person.id || company.is_admin(person.id)
    }
}
