//! What the library shows: what the server has answered so far, and asking it for more.

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::Fault;
use qibu::knowledge::functions::{articles, search};
use qibu::knowledge::{Hit, Page, Place};

use super::address::Asked;
use super::hit::link_id;
use crate::reactive::effect;
use crate::ui::{Question, Stand, focus_later};

/// How many are found at most.
pub const MOST_FOUND: u32 = 50;

/// A row, and which question it answers: the same thing may have other marks in the next answer.
pub type Row = (u32, Hit);

/// The list.
#[derive(Clone, Copy)]
pub struct Listing {
    /// The rows so far.
    pub rows: RwSignal<Vec<Row>>,
    /// Where the first page stands.
    pub stand: RwSignal<Stand>,
    /// Where the list goes on.
    pub next: RwSignal<Option<Place>>,
    /// Where the page stands that was asked for last, if it is one more.
    pub more: RwSignal<Stand>,
    /// What the rows answer.
    pub answered: RwSignal<Asked>,
    asked: Memo<Asked>,
    question: Question,
}

impl Listing {
    /// An empty one that asks the server whenever something else is asked for.
    pub fn of(asked: Memo<Asked>) -> Self {
        let listing = Self {
            rows: RwSignal::new(Vec::new()),
            stand: RwSignal::new(Stand::OnItsWay),
            next: RwSignal::new(None),
            more: RwSignal::new(Stand::There),
            answered: RwSignal::new(Asked::default()),
            asked,
            question: Question::new(),
        };
        effect(move || {
            asked.track();
            listing.ask();
        });
        listing
    }

    /// Whether more may have been found than is shown; tracked.
    pub fn is_cut(self) -> bool {
        self.answered.with(|asked| !asked.text.is_empty()) && self.rows.with(Vec::len) >= MOST_FOUND as usize
    }

    /// Asks for the first page anew.
    pub fn ask(self) {
        if self.stand.get_untracked() == Stand::Silence {
            self.stand.set(Stand::OnItsWay);
        }
        let (question, asked) = (self.question.anew(), self.asked.get_untracked());
        spawn_local(async move {
            let page = first(&asked).await;
            // An answer that was overtaken by a later question is not shown.
            if !self.question.counts(question) {
                return;
            }
            self.stand.set(if page.is_ok() { Stand::There } else { Stand::Silence });
            let page = page.unwrap_or_default();
            self.more.set(Stand::There);
            self.next.set(page.next);
            self.answered.set(asked);
            self.rows.set(page.hits.into_iter().map(|hit| (question, hit)).collect());
        });
    }

    /// Asks for the rows after the last one. The focus stays where it is, unless the button goes: then it is on the
    /// first of the new rows.
    pub fn ask_more(self) {
        let Some(place) = self.next.get_untracked().filter(|_| self.more.get_untracked() != Stand::OnItsWay) else {
            return;
        };
        self.more.set(Stand::OnItsWay);
        let (question, filter) = (self.question.current(), self.answered.get_untracked().filter());
        spawn_local(async move {
            let page = articles(filter, Some(place)).await;
            if !self.question.counts(question) {
                return;
            }
            self.more.set(if page.is_ok() { Stand::There } else { Stand::Silence });
            let Ok(page) = page else { return };
            let first = page.hits.first().map(link_id);
            self.rows.update(|rows| rows.extend(page.hits.into_iter().map(|hit| (question, hit))));
            if let Some(first) = first.filter(|_| page.next.is_none()) {
                focus_later(first);
            }
            self.next.set(page.next);
        });
    }
}

async fn first(asked: &Asked) -> Result<Page, Fault> {
    if asked.text.is_empty() {
        return articles(asked.filter(), None).await;
    }
    let hits = search(asked.text.clone(), asked.filter(), MOST_FOUND).await?;
    Ok(Page { hits, next: None })
}
