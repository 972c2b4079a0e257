//! How an article is kept: its card and its revisions; and who reads it.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Error;
use uuid::Uuid;

use super::{Article, ArticleCard, ArticleChange, Revision};
use crate::State;
use crate::id::ArticleId;
use crate::state::{Contents, Fate, Kind, Readers, Things};

const ARTICLE: Kind = Kind::of::<ArticleCard>("article");
const REVISION: Kind = Kind::of::<Revision>("article_revision");

/// Who reads an article: it says so itself.
pub(crate) fn readers(state: &State, article: ArticleId) -> Readers<'_> {
    match state.articles.get(&article) {
        None => Readers::Nobody,
        Some(article) => Readers::Whoever(Box::new(|person| article.card.is_read_by(&state.company, person))),
    }
}

/// A thing of an article.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // named as in the domain
pub enum ArticleThing {
    Card(ArticleId),
    Revision(u32),
}

use ArticleThing as Thing;

impl Contents for Article {
    type Key = ArticleId;
    type Change = ArticleChange;
    type Thing = Thing;

    const KINDS: &'static [Kind] = &[ARTICLE, REVISION];

    fn begun_by(change: &ArticleChange) -> Option<Self> {
        match change {
            ArticleChange::CardPut(card) => Some(Self { card: card.as_ref().clone(), revisions: BTreeMap::new() }),
            ArticleChange::RevisionPut(_) => None,
        }
    }

    fn apply(&mut self, change: &ArticleChange) {
        match change {
            ArticleChange::CardPut(card) => self.card.clone_from(card),
            ArticleChange::RevisionPut(revision) => {
                self.revisions.insert(revision.number, revision.clone());
            }
        }
    }

    fn touched(_: Option<&Self>, change: &ArticleChange, note: &mut dyn FnMut(Thing, Fate)) {
        match change {
            ArticleChange::CardPut(card) => note(Thing::Card(card.id), Fate::Put),
            ArticleChange::RevisionPut(revision) => note(Thing::Revision(revision.number), Fate::Put),
        }
    }

    fn name(thing: &Thing) -> (Kind, String) {
        match thing {
            Thing::Card(id) => (ARTICLE, id.to_string()),
            Thing::Revision(number) => (REVISION, number.to_string()),
        }
    }

    fn write(&self, thing: &Thing) -> Option<Result<String, Error>> {
        Some(match thing {
            Thing::Card(_) => serde_json::to_string(&self.card),
            Thing::Revision(number) => serde_json::to_string(self.revisions.get(number)?),
        })
    }

    fn read(things: &Things) -> Result<Option<Self>, Error> {
        let Some(card) = things.one(ARTICLE)? else { return Ok(None) };
        let revisions: Vec<Arc<Revision>> = things.all(REVISION)?;
        let revisions = revisions.into_iter().map(|revision| (revision.number, revision)).collect();
        Ok(Some(Self { card, revisions }))
    }

    fn subject(article: ArticleId, _: &ArticleChange) -> Option<Uuid> {
        Some(article.uuid())
    }
}
