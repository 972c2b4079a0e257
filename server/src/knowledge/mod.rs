//! Finding what the company knows and does: articles, incidents and tasks, by words, by kind, by likeness; nobody finds
//! what they may not read (knowledge: who reads; project: who reads).
//!
//! What is found follows from the tables of things: the [`Indexer`] reads what has changed, cuts its texts into words and
//! puts it into the index, about a second behind. Articles themselves are commands like any other.

pub mod functions;

#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
mod excerpt;
#[cfg(feature = "ssr")]
mod find;
#[cfg(feature = "ssr")]
mod indexer;
#[cfg(feature = "ssr")]
mod words;

mod wire;

pub use self::wire::{
    DocumentKind, Filter, Found, Fragment, Hit, IncidentCard, Page, Place, Similar, TaskCard, kind_name,
};
#[cfg(feature = "ssr")]
pub(crate) use self::{
    document::IncidentRecord,
    find::{everything, reader},
    indexer::settled,
};
#[cfg(feature = "ssr")]
pub use self::{
    find::{articles, find, search, similar},
    indexer::{Indexer, run},
};
