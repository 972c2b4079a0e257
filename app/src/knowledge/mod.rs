//! Knowledge: the library and its articles (SPEC 8).

mod address;
mod area;
mod article;
mod bar;
mod edit;
mod editor;
mod facts;
mod hit;
mod library;
mod listing;
mod readers;
mod revisions;
mod sort;

use shared::id::ArticleId;
use shared::knowledge::{KnowledgeCommand, KnowledgeIntent};
use shared::{Command, Rejection};

use crate::sync::Replica;

pub use area::{AREA, told};
use article::ArticlePage;
use editor::NewArticlePage;
use library::Library;

fn act(replica: Replica, article: ArticleId, intent: KnowledgeIntent) -> Result<(), Rejection> {
    replica.act(Command::Knowledge(KnowledgeCommand { article, intent }))
}
