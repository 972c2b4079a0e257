//! What an article said before, what changed, and making it say that again.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use shared::id::ArticleId;
use shared::knowledge::{Article, KnowledgeIntent, Passage, Revision, difference};

use super::act::act;
use crate::format;
use crate::reactive::{For, Show, memo};
use crate::sync::Replica;
use crate::ui::{Toasts, focus_later, prose};
use crate::words::person_name;

const HEADING: &str = "revision-title";

/// The id of the button that begins to edit.
pub const EDIT: &str = "article-edit";

/// The revisions, the latest first, each a link to what it changed.
#[component]
pub fn Revisions(id: ArticleId, article: Memo<Option<Arc<Article>>>, chosen: Memo<Option<u32>>) -> impl IntoView {
    let replica = Replica::expect();
    let all = memo(move || {
        article.with(|article| {
            let revisions = article.iter().flat_map(|article| article.revisions.values().rev());
            revisions.map(|revision| (revision.number, revision.by, revision.at)).collect::<Vec<_>>()
        })
    });
    let current = move |number: u32| (chosen.get() == Some(number)).then_some("true");
    view! {
        <section class="section" aria-labelledby="revisions-title">
            <header class="section-head">
                <h2 id="revisions-title">{t!("article.revisions")}</h2>
            </header>
            <ol class="revisions" reversed>
                <For each=move || all.get() key=|(number, by, _)| (*number, *by) let((number, by, at))>
                    <li>
                        <a
                            id=link_id(number)
                            href=format!("/knowledge/{id}?revision={number}")
                            aria-current=move || current(number)
                        >
                            {t!("article.revision", number = number)}
                        </a>
                        <span>{move || person_name(replica, by)}</span>
                        <time title=format::instant(at)>{format::ago(at)}</time>
                    </li>
                </For>
            </ol>
        </section>
    }
}

fn link_id(number: u32) -> String {
    format!("revision-{number}")
}

/// What one revision changed, or what the first one said, and the way back to it.
#[component]
pub fn Compared(
    id: ArticleId,
    article: Memo<Option<Arc<Article>>>,
    number: u32,
    /// Whether a text is being typed, which another revision would overtake.
    editing: RwSignal<bool>,
) -> impl IntoView {
    let replica = Replica::expect();
    let revision = article.with_untracked(|article| article.as_ref()?.revisions.get(&number).cloned());
    focus_later(HEADING.to_owned());
    let Some(revision) = revision else {
        return view! { <p class="notice" data-kind="info" id=HEADING tabindex="-1">{t!("article.no_revision")}</p> }
            .into_any();
    };
    let is_past = memo(move || {
        article.with(|article| {
            article.as_ref().and_then(|article| article.current()).is_some_and(|now| now.number > number)
        })
    });
    let (by, at) = (revision.by, revision.at);
    let text = article.with_untracked(|article| {
        let article = article.as_ref()?;
        Some(if number == 1 { first(&revision) } else { changes(article, number - 1, number) })
    });
    view! {
        <section class="compared" aria-labelledby=HEADING>
            <header class="section-head">
                <h2 id=HEADING tabindex="-1">
                    {t!("article.revision", number = number)}
                </h2>
                <p class="section-note">
                    {move || person_name(replica, by)} " " <time title=format::instant(at)>{format::ago(at)}</time>
                </p>
                <div class="section-actions">
                    <Show when=move || is_past.get() && !editing.get()>
                        <Restore id article number />
                    </Show>
                    <a
                        class="button small"
                        href=format!("/knowledge/{id}")
                        on:click=move |_| focus_later(link_id(number))
                    >
                        {t!("article.close_revision")}
                    </a>
                </div>
            </header>
            {text}
        </section>
    }
    .into_any()
}

/// Makes the article say again what it said: as one more revision, so that nothing is lost.
#[component]
fn Restore(id: ArticleId, article: Memo<Option<Arc<Article>>>, number: u32) -> impl IntoView {
    let replica = Replica::expect();
    let toasts = Toasts::expect();
    let navigate = use_navigate();
    let restore = move |_| {
        let intent = article.with_untracked(|article| {
            let article = article.as_ref()?;
            let (base, old) = (article.current()?.number, article.revisions.get(&number)?);
            Some(KnowledgeIntent::Write { base, title: old.title.clone(), body: old.body.clone() })
        });
        let Some(intent) = intent else { return };
        match act(replica, id, intent) {
            Ok(()) => {
                toasts.say(t!("article.restored", number = number));
                navigate(&format!("/knowledge/{id}"), NavigateOptions { scroll: false, ..NavigateOptions::default() });
                focus_later(EDIT.to_owned());
            }
            Err(rejection) => toasts.refuse(&rejection),
        }
    };
    view! {
        <button type="button" class="button small" on:click=restore>
            {t!("article.restore")}
        </button>
    }
}

fn first(revision: &Revision) -> AnyView {
    view! {
        <div class="article">
            <p class="compared-title">{revision.title.clone()}</p>
            {prose(&revision.body)}
        </div>
    }
    .into_any()
}

/// What changed from one revision to a later one.
pub fn changes(article: &Article, older: u32, newer: u32) -> AnyView {
    let text = |number: u32| {
        let revision = article.revisions.get(&number);
        revision.map(|revision| format!("{}\n\n{}", revision.title, revision.body)).unwrap_or_default()
    };
    let piece = |passage: Passage| match passage {
        Passage::Same(text) => view! { <span>{text}</span> }.into_any(),
        Passage::Removed(text) => view! { <del>{text}</del> }.into_any(),
        Passage::Added(text) => view! { <ins>{text}</ins> }.into_any(),
    };
    let passages = difference(&text(older), &text(newer));
    view! { <div class="difference">{passages.into_iter().map(piece).collect_view()}</div> }.into_any()
}
