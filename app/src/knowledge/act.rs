//! Doing something with an article.

use shared::id::ArticleId;
use shared::knowledge::{KnowledgeCommand, KnowledgeIntent};
use shared::{Command, Rejection};

use crate::sync::Replica;

/// Does something with an article; the caller shows a refusal.
pub fn act(replica: Replica, article: ArticleId, intent: KnowledgeIntent) -> Result<(), Rejection> {
    replica.act(Command::Knowledge(KnowledgeCommand { article, intent }))
}
