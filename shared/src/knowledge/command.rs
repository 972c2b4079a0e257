//! The rules of articles: who writes what.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ArticleCard, ArticleChange, ArticleKind, Readers, Revision, Source};
use crate::command::{Change, Changes, Rules, ScopedChanges};
use crate::id::ArticleId;
use crate::text::{NAME, required_line, required_long};
use crate::{Context, Field, Reason, Rejection, Scope, State};

const MOST_TAGS: usize = 20;

/// An intent on one article.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnowledgeCommand {
    /// Which.
    pub article: ArticleId,
    /// What.
    pub intent: KnowledgeIntent,
}

/// What is to happen to an article. Whoever may read it may write it, but its readers and its place in the archive are
/// its author's and the admins' to change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KnowledgeIntent {
    /// A new one.
    Create(Box<NewArticle>),
    /// Another title and text; refused if somebody wrote another revision since `base`.
    Write {
        /// The revision that was changed.
        base: u32,
        /// The title.
        title: String,
        /// Markdown.
        body: String,
    },
    /// Another kind and other tags.
    Sort {
        /// The kind.
        kind: ArticleKind,
        /// The tags.
        tags: BTreeSet<String>,
    },
    /// Other readers.
    SetReaders(Readers),
    /// No longer listed, or listed again.
    SetArchived(bool),
}

/// An article as it begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewArticle {
    /// What sort it is.
    pub kind: ArticleKind,
    /// The title.
    pub title: String,
    /// Markdown.
    pub body: String,
    /// Words to find it by.
    pub tags: BTreeSet<String>,
    /// Who may read it.
    pub readers: Readers,
    /// Where it came from.
    pub source: Option<Source>,
}

impl Rules for KnowledgeCommand {
    fn scopes(&self) -> Vec<Scope> {
        vec![Scope::Company, Scope::Article(self.article)]
    }

    fn decide(&self, state: &State, context: &Context) -> Result<Changes, Rejection> {
        decide(state, self, context)
    }
}

/// Decides a command on an article.
fn decide(state: &State, command: &KnowledgeCommand, context: &Context) -> Result<Changes, Rejection> {
    let actor = state.active(context.actor)?;
    let id = command.article;
    if let KnowledgeIntent::Create(new) = &command.intent {
        return Ok(vec![create(state, id, new, context)?]);
    }
    let article = state.articles.get(&id).ok_or(Reason::Gone)?;
    if !article.card.is_read_by(&state.company, actor) {
        return Err(Reason::Gone.into());
    }
    let owns = article.card.author == actor.id || state.company.is_admin(actor.id);
    let mut card = article.card.clone();
    match &command.intent {
        KnowledgeIntent::Create(_) => return Err(Reason::Exists.into()),
        KnowledgeIntent::Write { base, title, body } => {
            let current = article.current().ok_or(Reason::Gone)?;
            let title = required_line(Field::Title, title, NAME)?;
            let body = required_long(Field::Body, body)?;
            if title == current.title && body == current.body {
                return Ok(Vec::new());
            }
            if *base != current.number {
                return Err(Rejection::of(Field::Body, Reason::TextConflict));
            }
            let number = current.number.saturating_add(1);
            let revision = Revision { number, title, body, by: actor.id, at: context.now };
            return Ok(vec![part(id, vec![ArticleChange::RevisionPut(Arc::new(revision))])]);
        }
        KnowledgeIntent::Sort { kind, tags } => {
            card.kind = *kind;
            card.tags = checked_tags(tags)?;
        }
        KnowledgeIntent::SetReaders(readers) if owns => card.readers = checked_readers(state, readers)?,
        KnowledgeIntent::SetArchived(archived) if owns => card.archived = *archived,
        KnowledgeIntent::SetReaders(_) | KnowledgeIntent::SetArchived(_) => return Err(Reason::NotAllowed.into()),
    }
    if card == article.card {
        return Ok(Vec::new());
    }
    Ok(vec![part(id, vec![ArticleChange::CardPut(Box::new(card))])])
}

/// A new article, also for other areas whose work leaves one behind.
pub fn create(state: &State, id: ArticleId, new: &NewArticle, context: &Context) -> Result<ScopedChanges, Rejection> {
    if state.articles.contains_key(&id) {
        return Err(Reason::Exists.into());
    }
    let title = required_line(Field::Title, &new.title, NAME)?;
    let body = required_long(Field::Body, &new.body)?;
    let card = ArticleCard {
        id,
        kind: new.kind,
        tags: checked_tags(&new.tags)?,
        readers: checked_readers(state, &new.readers)?,
        source: new.source,
        author: context.actor,
        created_at: context.now,
        archived: false,
    };
    let revision = Revision { number: 1, title, body, by: context.actor, at: context.now };
    Ok(part(id, vec![ArticleChange::CardPut(Box::new(card)), ArticleChange::RevisionPut(Arc::new(revision))]))
}

fn part(id: ArticleId, changes: Vec<ArticleChange>) -> ScopedChanges {
    ScopedChanges { scope: Scope::Article(id), changes: changes.into_iter().map(Change::Article).collect() }
}

fn checked_tags(tags: &BTreeSet<String>) -> Result<BTreeSet<String>, Rejection> {
    if tags.len() > MOST_TAGS {
        return Err(Rejection::of(Field::Tags, Reason::TooMany { max: MOST_TAGS }));
    }
    tags.iter().map(|tag| required_line(Field::Tags, tag, NAME)).collect()
}

fn checked_readers(state: &State, readers: &Readers) -> Result<Readers, Rejection> {
    if let Readers::Departments(departments) = readers {
        if departments.is_empty() {
            return Err(Rejection::of(Field::Readers, Reason::Required));
        }
        if departments.iter().any(|id| !state.company.departments.contains_key(id)) {
            return Err(Rejection::of(Field::Readers, Reason::Gone));
        }
    }
    Ok(readers.clone())
}
