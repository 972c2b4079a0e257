//! The inbox: what asks something of the person who is signed in.
//!
//! The rules: [`shared::inbox`].

mod area;
mod asks;
mod calls;
mod due;
mod page;
mod words;

pub use area::{AREA, told};
pub use asks::{AskedAbout, Asks};
pub use calls::{CallSettings, Calls};
pub use due::ask_due;
pub use page::InboxPage;
pub use words::{About, sentence};
