//! The server functions of knowledge: searching, listing, and what was like a problem that is being reported.

#![allow(missing_docs, reason = "the fields of the structs that #[server] makes are the functions' arguments")]

use leptos::prelude::*;
use leptos::server_fn::codec::Json;
use shared::incident::IncidentKind;

#[cfg(feature = "ssr")]
use super::find as finding;
use super::wire::{Filter, Hit, Page, Place, Similar};
use crate::Fault;
#[cfg(feature = "ssr")]
use crate::organisation::Caller;

/// What the person who asks may read of what is looked for, the best first, at most `limit` and never more than 50. A
/// query without any letter or number finds nothing.
#[server(name = Search, prefix = "/api", endpoint = "search", input = Json, output = Json)]
pub async fn search(query: String, filter: Filter, limit: u32) -> Result<Vec<Hit>, Fault> {
    let caller = Caller::current()?;
    caller.answer(finding::search_for(&caller, &query, &filter, limit)).await
}

/// What the person who asks may read of what is looked for, of each kind the best, at most `each` and never more than 20.
#[server(name = Find, prefix = "/api", endpoint = "find", input = Json, output = Json)]
pub async fn find(query: String, each: u32) -> Result<Vec<Hit>, Fault> {
    let caller = Caller::current()?;
    caller.answer(finding::find_for(&caller, &query, each)).await
}

/// The articles that the person who asks may read, the last written first, 50 at a time: those after the place at which
/// the page before ended.
#[server(name = ListArticles, prefix = "/api", endpoint = "articles", input = Json, output = Json)]
pub async fn articles(filter: Filter, after: Option<Place>) -> Result<Page, Fault> {
    let caller = Caller::current()?;
    caller.answer(finding::articles_for(&caller, filter, after)).await
}

/// The solved incidents that are most like a text, at most five; those of the same kind first where they are alike.
#[server(name = FindSimilar, prefix = "/api", endpoint = "similar", input = Json, output = Json)]
pub async fn similar(text: String, kind: Option<IncidentKind>) -> Result<Vec<Similar>, Fault> {
    let caller = Caller::current()?;
    caller.answer(finding::similar_for(&caller, &text, kind)).await
}
