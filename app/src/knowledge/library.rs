//! The library: what is found as one types, and what was written last.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::knowledge::functions::{Filter, Found, Fragment, Hit, articles, search};
use rust_i18n::t;
use shared::knowledge::ArticleKind;

use crate::format;
use crate::incident::{SeverityMark, StageMark, room_address};
use crate::ui::page_title;
use crate::words;

/// How long one has not typed when it is searched.
const PAUSE: Duration = Duration::from_millis(200);
/// How many hits are asked for.
const MOST: u32 = 30;

/// What is shown below the field.
#[derive(Clone, Debug, PartialEq)]
enum Shown {
    OnItsWay,
    Hits(Vec<Hit>),
    Silence,
}

/// The page behind `/knowledge`.
#[component]
pub fn Library() -> impl IntoView {
    page_title(|| t!("library.title"));
    let query = RwSignal::new(String::new());
    let kind = RwSignal::new(None::<ArticleKind>);
    let shown = RwSignal::new(Shown::OnItsWay);
    let asked = StoredValue::new(0_u32);
    let ask = move || {
        let (query, article) = (query.get_untracked(), kind.get_untracked());
        asked.update_value(|asked| *asked += 1);
        let this = asked.get_value();
        spawn_local(async move {
            let filter = Filter { article, ..Filter::default() };
            let found =
                if query.trim().is_empty() { articles(filter, None).await } else { search(query, filter, MOST).await };
            // An answer that was overtaken by a later question is not shown.
            if asked.try_get_value() == Some(this) {
                shown.set(found.map_or(Shown::Silence, Shown::Hits));
            }
        });
    };
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |before: Option<()>| {
        query.track();
        kind.track();
        if before.is_none() {
            ask();
            return;
        }
        waiting.update_value(|waiting| {
            if let Some(handle) = waiting.take() {
                handle.clear();
            }
            *waiting = set_timeout_with_handle(ask, PAUSE).ok();
        });
    });
    view! {
        <header class="page-head">
            <div class="page-title">
                <h1>{t!("library.title")}</h1>
            </div>
            <div class="page-actions">
                <a class="button primary" href="/knowledge/new">
                    {t!("library.new")}
                </a>
            </div>
        </header>
        <div class="page-body library">
            <form class="library-search" role="search" on:submit=|event| event.prevent_default()>
                <input
                    class="input"
                    type="search"
                    aria-label=t!("library.search")
                    placeholder=t!("library.search_hint")
                    prop:value=move || query.get()
                    on:input=move |event| query.set(event_target_value(&event))
                />
                <select
                    class="input"
                    aria-label=t!("library.kind")
                    on:change=move |event| {
                        let chosen = event_target_value(&event).parse::<usize>().ok();
                        kind.set(chosen.and_then(|index| ArticleKind::ALL.get(index).copied()));
                    }
                >
                    <option value="">{t!("library.all_kinds")}</option>
                    {ArticleKind::ALL
                        .into_iter()
                        .enumerate()
                        .map(|(index, kind)| {
                            view! { <option value=index.to_string()>{words::article_kind(kind)}</option> }
                        })
                        .collect_view()}
                </select>
            </form>
            {move || match shown.get() {
                Shown::OnItsWay => view! { <div class="skeleton room-skeleton" aria-busy="true"></div> }.into_any(),
                Shown::Silence => view! { <p class="section-note" role="alert">{t!("library.silence")}</p> }.into_any(),
                Shown::Hits(hits) if hits.is_empty() => nothing(&query.get_untracked()),
                Shown::Hits(hits) => {
                    view! {
                        <p class="visually-hidden" role="status">
                            {t!("library.count", count = hits.len())}
                        </p>
                        <ul class="hits" aria-label=t!("library.results")>
                            {hits.into_iter().map(hit).collect_view()}
                        </ul>
                    }
                    .into_any()
                }
            }}
        </div>
    }
}

fn nothing(query: &str) -> AnyView {
    if query.trim().is_empty() {
        view! {
            <div class="empty">
                <h2>{t!("library.empty_title")}</h2>
                <p>{t!("library.empty_text")}</p>
            </div>
        }
        .into_any()
    } else {
        view! { <p class="section-note" role="status">{t!("library.nothing_found", query = query)}</p> }.into_any()
    }
}

fn hit(hit: Hit) -> AnyView {
    let (address, marks) = match hit.found {
        Found::Article(card) => {
            let tags = card.tags.into_iter().map(|tag| view! { <span class="chip">{tag}</span> }).collect_view();
            let marks = view! {
                <span>{words::article_kind(card.kind)}</span>
                {tags}
            };
            (format!("/knowledge/{}", card.id), marks.into_any())
        }
        Found::Incident(card) => {
            let marks = view! {
                <span class="number">{card.number}</span>
                <SeverityMark severity=card.severity runs=card.stage.is_running() />
                <StageMark stage=card.stage />
            };
            (room_address(card.id), marks.into_any())
        }
    };
    view! {
        <li class="hit">
            <a href=address>{marked(hit.title)}</a>
            <p class="hit-marks">
                {marks} <time title=format::instant(hit.at)>{format::ago(hit.at)}</time>
            </p>
            <p class="hit-excerpt">{marked(hit.excerpt)}</p>
        </li>
    }
    .into_any()
}

fn marked(fragments: Vec<Fragment>) -> Vec<AnyView> {
    let piece = |fragment: Fragment| {
        if fragment.marked { view! { <mark>{fragment.text}</mark> }.into_any() } else { fragment.text.into_any() }
    };
    fragments.into_iter().map(piece).collect()
}
