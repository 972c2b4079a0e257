//! What the library is asked for, as its address says it: a reload and the back button bring it back.

use std::time::Duration;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_query_map};
use qibu::knowledge::{Filter, kind_name};
use shared::knowledge::ArticleKind;

/// How long typing rests before it is searched.
const REST: Duration = Duration::from_millis(200);

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
        let parts = [
            ("q", self.text.as_str()),
            ("kind", self.kind.map(kind_name).unwrap_or_default()),
            ("tag", self.tag.as_deref().unwrap_or_default()),
            ("archived", if self.archived { "1" } else { "" }),
        ];
        let parts = parts.into_iter().filter(|(_, value)| !value.is_empty());
        let query: Vec<String> = parts.map(|(key, value)| format!("{key}={}", escaped(value))).collect();
        if query.is_empty() { "/knowledge".to_owned() } else { format!("/knowledge?{}", query.join("&")) }
    }
}

fn escaped(value: &str) -> String {
    // The router decodes twice: a percent sign has to outlive the first time.
    js_sys::encode_uri_component(&value.replace('%', "%25")).into()
}

/// What the address of the page asks for, and the words as they are typed.
#[derive(Clone, Copy)]
pub struct Filters {
    /// The words, which are in the address a moment later.
    pub text: RwSignal<String>,
    /// What is asked for.
    pub asked: Memo<Asked>,
    go: Callback<String>,
    waiting: StoredValue<Option<TimeoutHandle>>,
}

impl Filters {
    /// Those of the page that is shown.
    pub fn of_page() -> Self {
        let query = use_query_map();
        let navigate = use_navigate();
        let go = Callback::new(move |address: String| {
            navigate(&address, NavigateOptions { replace: true, scroll: false, ..NavigateOptions::default() });
        });
        let asked = Memo::new(move |_| {
            let get = |key: &str| query.with(|query| query.get(key).unwrap_or_default());
            let (kind, tag) = (get("kind"), get("tag"));
            Asked {
                text: get("q"),
                kind: ArticleKind::ALL.into_iter().find(|each| kind_name(*each) == kind),
                tag: (!tag.is_empty()).then_some(tag),
                archived: get("archived") == "1",
            }
        });
        let text = RwSignal::new(String::new());
        Effect::new(move |_| {
            let asked = asked.with(|asked| asked.text.clone());
            // A space at the end is still being typed: the address holds none.
            if text.with_untracked(|text| text.trim() != asked) {
                text.set(asked);
            }
        });
        Self { text, asked, go, waiting: StoredValue::new(None) }
    }

    /// Asks for something else, with the words that have been typed so far.
    pub fn set(self, change: impl FnOnce(&mut Asked)) {
        self.wait(None);
        let mut asked = self.asked.get_untracked();
        self.text.get_untracked().trim().clone_into(&mut asked.text);
        change(&mut asked);
        self.go.run(asked.address());
    }

    /// The words have changed by a key.
    pub fn type_text(self, typed: String, composing: bool) {
        self.text.set(typed);
        let settle = move || {
            if self.text.try_get_untracked().is_some() {
                self.set(|_| {});
            }
        };
        // Letters from which Chinese is still being made are not looked for.
        self.wait(if composing { None } else { set_timeout_with_handle(settle, REST).ok() });
    }

    /// Asks for everything again.
    pub fn clear(self) {
        self.text.set(String::new());
        self.set(|asked| *asked = Asked::default());
    }

    fn wait(self, next: Option<TimeoutHandle>) {
        let before = self.waiting.try_update_value(|waiting| std::mem::replace(waiting, next));
        if let Some(before) = before.flatten() {
            before.clear();
        }
    }
}
