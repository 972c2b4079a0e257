//! What the store keeps so that things are found and listed. It is made from the tables of things by
//! [`crate::knowledge`], lags behind them a little, and may be thrown away.

use shared::Timestamp;
use shared::id::{DepartmentId, PersonId, ProjectId};
use shared::sync::Seq;

use super::{Store, StoreError};

/// A thing as it is found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The name of what it is.
    pub kind: &'static str,
    /// Which.
    pub id: String,
    /// The row of the journal that it follows from: an older one changes nothing.
    pub seq: Seq,
    /// Its title.
    pub title: String,
    /// What it says, as plain text.
    pub body: String,
    /// Its title and what it says, as texts are compared.
    pub folded: String,
    /// What sort of article or incident it is; empty of a task.
    pub sort: &'static str,
    /// Words to find it by.
    pub tags: Vec<String>,
    /// The departments that read it, with those beneath; `None`: everybody.
    pub readers: Option<Vec<DepartmentId>>,
    /// The project whose readers read it, if it is one's.
    pub project: Option<ProjectId>,
    /// Who always reads it.
    pub author: PersonId,
    /// When it was last written, reported or made.
    pub edited: Timestamp,
    /// Whether it is listed and found without asking for the archive.
    pub listed: bool,
    /// What a list shows of it, as JSON.
    pub card: String,
    /// The words of its title, of its tags and of its text.
    pub words: [Vec<String>; 3],
}

/// A thing that documents are made of, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Changed {
    /// Where it is, as the tables name it.
    pub scope: String,
    /// What it is, as the tables name it.
    pub kind: String,
    /// Which, within its kind and scope.
    pub id: String,
    /// The last row of the journal that changed it.
    pub seq: Seq,
    /// All of it, as JSON.
    pub body: String,
    /// Whether it is gone: then it is as it was before.
    pub gone: bool,
}

/// Some things that have changed, and how far that is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Unread {
    /// What has changed.
    pub changed: Vec<Changed>,
    /// How far the index has come without them.
    pub after: Seq,
    /// How far it comes with them.
    pub upto: Seq,
}

/// Who searches, as far as it matters for what they may read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// Who.
    pub person: PersonId,
    /// Whether they read everything.
    pub admin: bool,
    /// Their department and those above it.
    pub lineage: Vec<DepartmentId>,
    /// The projects that they read.
    pub projects: Vec<ProjectId>,
}

/// What is looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Asked {
    /// All of these words, of the last one only the beginning if so said.
    All(Vec<String>, bool),
    /// Any of these words.
    Any(Vec<String>),
    /// This text as it stands, as texts are compared; only among the newest documents of each kind.
    Text(String),
}

/// Which documents count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Narrowed {
    /// Only these, by the names of what they are.
    pub kinds: Vec<&'static str>,
    /// Only of this sort.
    pub sort: Option<&'static str>,
    /// Only with this tag.
    pub tag: Option<String>,
    /// Those in the archive instead of those that are listed.
    pub archived: bool,
}

/// A document that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The name of what it is.
    pub kind: String,
    /// Its title.
    pub title: String,
    /// What it says: all of it if it was searched for, the beginning if it was listed.
    pub body: String,
    /// When it was last written, reported or made.
    pub edited: Timestamp,
    /// What a list shows of it, as JSON.
    pub card: String,
    /// Of an article and of a task, what the table of things says of it now: the index may lag behind a change of its
    /// readers. `None` if it is not there any more.
    pub now: Option<String>,
}

impl Store {
    /// Makes an index of another edition than this one, or none, begin anew.
    pub async fn begin_index(&self, edition: &str) -> Result<(), StoreError> {
        ask!(self, engine => engine.begin_index(edition).await)
    }

    /// What has changed since the index was last made, oldest first, about `limit` things.
    pub async fn unindexed(&self, limit: u32) -> Result<Unread, StoreError> {
        ask!(self, engine => engine.unindexed(limit).await)
    }

    /// How far the index has come, and the last change beyond that of what is listed from it; 0 for none.
    pub async fn index_reach(&self) -> Result<(Seq, Seq), StoreError> {
        ask!(self, engine => engine.index_reach().await)
    }

    /// Of each of these kinds the thing that changed last, in each of these scopes that has one: all at one moment.
    pub async fn newest(&self, kinds: &[&str], scopes: &[&str]) -> Result<Vec<Changed>, StoreError> {
        if scopes.is_empty() { Ok(Vec::new()) } else { ask!(self, engine => engine.newest(kinds, scopes).await) }
    }

    /// Puts documents into the index, which has then come to `upto`. What it has of a later row stays.
    pub async fn index(&self, documents: &[Document], upto: Seq) -> Result<(), StoreError> {
        ask!(self, engine => engine.index(documents, upto).await)
    }

    /// What `reader` may read of what is asked for, the best first. Of words that very many documents have, only the
    /// newest of these are ranked.
    pub async fn search(
        &self,
        asked: &Asked,
        reader: &Reader,
        narrowed: &Narrowed,
        limit: u32,
    ) -> Result<Vec<Found>, StoreError> {
        ask!(self, engine => engine.search(asked, reader, narrowed, limit).await)
    }

    /// What `reader` may read of one kind, the first of those named, the last written first: those before a time and an
    /// id.
    pub async fn documents(
        &self,
        reader: &Reader,
        narrowed: &Narrowed,
        before: Option<(Timestamp, String)>,
        limit: u32,
    ) -> Result<Vec<Found>, StoreError> {
        ask!(self, engine => engine.documents(reader, narrowed, before, limit).await)
    }
}

/// Texts as a column has them in which one is looked for: each in a line of its own.
pub(super) fn lines<T: ToString>(texts: impl IntoIterator<Item = T>) -> String {
    let mut lines = String::from("\n");
    for text in texts {
        lines.push_str(&text.to_string());
        lines.push('\n');
    }
    lines
}
