//! One row of the library.

use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use qibu::knowledge::{Found, Fragment, Hit};
use shared::knowledge::ArticleCard;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

use super::address::Asked;
use crate::format;
use crate::incident::{SeverityMark, StageMark, room_address};
use crate::project::task_address;
use crate::sync::Replica;
use crate::ui::focus;
use crate::words::{self, person_name};

/// The id of the field for words.
pub const SEARCH: &str = "library-search";

/// A thing that was found or is listed.
pub fn row(hit: Hit) -> AnyView {
    let id = link_id(&hit);
    let (address, marks) = match hit.found {
        Found::Article(card) => (format!("/knowledge/{}", card.id), of_article(*card)),
        Found::Incident(card) => {
            let marks = view! {
                <span class="number">{card.number}</span>
                <SeverityMark severity=card.severity runs=card.stage.is_running() />
                <StageMark stage=card.stage />
            };
            (room_address(card.id), marks.into_any())
        }
        Found::Task(card) => (task_address(card.project, card.id), ().into_any()),
    };
    view! {
        <li class="hit">
            <a class="hit-title" id=id href=address>
                {marked(hit.title)}
            </a>
            <p class="hit-excerpt">{marked(hit.excerpt)}</p>
            <p class="hit-marks">{marks} <time title=format::instant(hit.at)>{format::ago(hit.at)}</time></p>
        </li>
    }
    .into_any()
}

fn of_article(card: ArticleCard) -> AnyView {
    let replica = Replica::expect();
    view! {
        <span>{words::article_kind(card.kind)}</span>
        <span>{move || person_name(replica, card.author)}</span>
        {card.tags.into_iter().map(|tag| tag_link(&tag)).collect_view()}
    }
    .into_any()
}

/// A tag, which leads to all articles with it.
pub fn tag_link(tag: &str) -> AnyView {
    view! {
        <a class="chip tag" href=Asked::tagged(tag).address()>
            {tag.to_owned()}
        </a>
    }
    .into_any()
}

/// The id of a row's link.
pub fn link_id(hit: &Hit) -> String {
    match &hit.found {
        Found::Article(card) => format!("hit-{}", card.id),
        Found::Incident(card) => format!("hit-{}", card.id),
        Found::Task(card) => format!("hit-{}", card.id),
    }
}

/// The arrows go from the search down through the rows, and back.
pub fn walk(event: &KeyboardEvent) {
    let modified = event.ctrl_key() || event.meta_key() || event.alt_key() || event.shift_key();
    if modified {
        return;
    }
    let links = links();
    let row = document().active_element().and_then(|active| active.closest(".hit").ok().flatten());
    let at = row.and_then(|row| links.iter().position(|link| row.contains(Some(link))));
    let next = match (event.key().as_str(), at) {
        ("ArrowDown", at) => at.map_or(0, |at| at + 1),
        ("ArrowUp", Some(0)) => {
            event.prevent_default();
            focus(SEARCH);
            return;
        }
        ("ArrowUp", Some(at)) => at - 1,
        _ => return,
    };
    if let Some(link) = links.get(next).and_then(|link| link.dyn_ref::<HtmlElement>()) {
        event.prevent_default();
        let _ = link.focus();
    }
}

fn links() -> Vec<Element> {
    let Ok(found) = document().query_selector_all(".hit-title") else { return Vec::new() };
    (0..found.length()).filter_map(|at| found.item(at)?.dyn_into().ok()).collect()
}

fn marked(fragments: Vec<Fragment>) -> Vec<AnyView> {
    let piece = |fragment: Fragment| {
        if fragment.marked { view! { <mark>{fragment.text}</mark> }.into_any() } else { fragment.text.into_any() }
    };
    fragments.into_iter().map(piece).collect()
}
