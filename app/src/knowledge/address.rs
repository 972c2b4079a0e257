//! What the library is asked for, as its address says it: a reload and the back button bring it back.

use leptos::prelude::*;
use qibu::knowledge::{Filter, kind_name};
use shared::knowledge::ArticleKind;

use crate::reactive::memo;
use crate::ui::{Address, Filters, address};

/// What articles are filtered by beside words, as the address names it.
const CHOICES: [&str; 3] = ["kind", "tag", "archived"];

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// These words.
    pub text: String,
    /// Articles of this kind.
    pub kind: Option<ArticleKind>,
    /// Articles with this tag.
    pub tag: Option<String>,
    /// The archive.
    pub archived: bool,
}

impl Asked {
    /// All articles with a tag.
    pub fn tagged(tag: &str) -> Self {
        Self { tag: Some(tag.to_owned()), ..Self::default() }
    }

    /// What the server is asked for, apart from the words.
    pub fn filter(&self) -> Filter {
        Filter { kind: None, article: self.kind, tag: self.tag.clone(), archived: self.archived }
    }

    /// The address of what is found.
    pub fn address(&self) -> String {
        let parameters = [
            ("q", self.text.as_str()),
            ("kind", self.kind.map(kind_name).unwrap_or_default()),
            ("tag", self.tag.as_deref().unwrap_or_default()),
            ("archived", if self.archived { "1" } else { "" }),
        ];
        address("/knowledge", parameters)
    }
}

/// The filters of the page that is shown, and what they ask for.
pub fn library_filters() -> (Filters, Memo<Asked>) {
    let filters = Filters::of(Address::of("/knowledge".to_owned()), &CHOICES, false);
    let asked = memo(move || {
        let (kind, tag) = (filters.get("kind"), filters.get("tag"));
        Asked {
            text: filters.settled_text(),
            kind: ArticleKind::ALL.into_iter().find(|each| kind_name(*each) == kind),
            tag: (!tag.is_empty()).then_some(tag),
            archived: filters.get("archived") == "1",
        }
    });
    (filters, asked)
}
