//! The inbox: what asks something of the person who is signed in.
//!
//! The rules: [`shared::inbox`].

mod asks;
mod due;
mod page;
mod words;

pub use asks::Asks;
pub use due::ask_due;
pub use page::InboxPage;
pub use words::{about_address, about_text, sentence};
