//! Knowledge: the library and its articles.
//!
//! The rules: [`shared::knowledge`].

mod act;
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
mod palette;
mod readers;
mod revisions;
mod sort;

pub use area::{AREA, told};
use article::ArticlePage;
use editor::NewArticlePage;
use library::Library;
pub use palette::found_by_server;
