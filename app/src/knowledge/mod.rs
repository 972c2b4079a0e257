//! Knowledge: the library and its articles (SPEC 8).

mod article;
mod editor;
mod library;
mod revisions;

pub use article::ArticlePage;
pub use editor::NewArticlePage;
pub use library::Library;
