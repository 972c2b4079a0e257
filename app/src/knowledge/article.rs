//! One article: read, written again, sorted, and what it said before.

use std::sync::Arc;

use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use shared::Scope;
use shared::id::ArticleId;
use shared::knowledge::{Article, KnowledgeIntent};

use super::act::act;
use super::edit::{Edit, place};
use super::editor::TITLE;
use super::facts::Facts;
use super::revisions::{Compared, EDIT, Revisions};
use super::sort::Sort;
use crate::reactive::{Show, memo};
use crate::sync::Replica;
use crate::ui::{Gone, OnItsWay, PageHead, Toasts, Way, focus_later, forget_left_at, is_left_at, page_title, prose};

/// The page behind `/knowledge/:article`.
#[component]
pub fn ArticlePage() -> impl IntoView {
    let params = use_params_map();
    let id = memo(move || params.with(|params| params.get("article")?.parse::<ArticleId>().ok()));
    move || match id.get() {
        Some(id) => view! { <Page id /> }.into_any(),
        None => gone(),
    }
}

fn gone() -> AnyView {
    view! {
        <Gone
            title=tr!("article.gone_title")
            text=tr!("article.gone_text")
            address="/knowledge"
            name=tr!("library.title")
        />
    }
    .into_any()
}

#[component]
fn Page(id: ArticleId) -> impl IntoView {
    let replica = Replica::expect();
    let scope = Scope::Article(id);
    replica.watch(scope);
    let article = memo(move || replica.read(|view| view.article(id).cloned()));
    let there = replica.there(scope, move |view| view.article(id).is_some());
    move || match there.get() {
        Some(true) => view! { <Read id article /> }.into_any(),
        Some(false) => gone(),
        None => view! { <OnItsWay text=tr!("article.not_here") /> }.into_any(),
    }
}

#[component]
fn Read(id: ArticleId, article: Memo<Option<Arc<Article>>>) -> impl IntoView {
    let editing = RwSignal::new(false);
    let sorting = RwSignal::new(false);
    let query = use_query_map();
    let chosen = memo(move || query.with(|query| query.get_str("revision")?.parse::<u32>().ok()));
    let now = memo(move || article.with(|article| article.as_ref().and_then(|it| it.current().cloned())));
    let card = memo(move || article.with(|article| article.as_ref().map(|article| article.card.clone())));
    let title = memo(move || now.with(|now| now.as_ref().map(|now| now.title.clone())).unwrap_or_default());
    page_title(move || title.get());
    let archived = memo(move || card.with(|card| card.as_ref().is_some_and(|card| card.archived)));
    let owns = owned(card);
    let close = Callback::new(move |()| {
        editing.set(false);
        focus_later(EDIT.to_owned());
    });
    let text = move || {
        if editing.get() {
            view! { <Edit id article close /> }.into_any()
        } else if chosen.with(Option::is_some) {
            ().into_any()
        } else {
            now.get().map(|now| view! { <article class="article">{prose(&now.body)}</article> }).into_any()
        }
    };
    view! {
        <PageHead above=vec![Way::to("/knowledge", tr!("library.title"))]>
            <Actions id editing sorting archived owns />
        </PageHead>
        <div class="page-body aside-grid article-page">
            <div>
                <h1>{move || title.get()}</h1>
                <Show when=move || archived.get()>
                    <p class="notice" data-kind="info" role="status">
                        {t!("article.is_archived")}
                    </p>
                </Show>
                <Unfinished id editing />
                {move || chosen.get().map(|number| view! { <Compared id article number editing /> })}
                {text}
            </div>
            <div>
                <Facts card />
                <Revisions id article chosen />
            </div>
        </div>
        <Sort id card owns open=sorting />
    }
}

/// That it was changed here and not saved.
#[component]
fn Unfinished(id: ArticleId, editing: RwSignal<bool>) -> impl IntoView {
    let is_left = is_left_at(&place(id));
    let is_gone = RwSignal::new(false);
    let go_on = move |_| {
        editing.set(true);
        focus_later(TITLE.to_owned());
    };
    let discard = move |_| {
        forget_left_at(&place(id));
        is_gone.set(true);
        focus_later(EDIT.to_owned());
    };
    // Each time that one comes back from writing it may be there or not.
    let is_shown = memo(move || {
        let is_left = is_left();
        !editing.get() && !is_gone.get() && is_left
    });
    view! {
        <Show when=move || is_shown.get()>
            <div class="notice" data-kind="info" role="status">
                <p>{t!("article.unfinished")}</p>
                <button type="button" class="button small" on:click=go_on>
                    {t!("article.go_on")}
                </button>
                <button type="button" class="button small" on:click=discard>
                    {t!("article.discard")}
                </button>
            </div>
        </Show>
    }
}

/// Whether its readers and its place in the archive are this person's to change.
fn owned(card: Memo<Option<shared::knowledge::ArticleCard>>) -> Memo<bool> {
    let replica = Replica::expect();
    let me = replica.me();
    memo(move || {
        let author = card.with(|card| card.as_ref().map(|card| card.author));
        author == Some(me) || replica.read(|view| view.company().is_admin(me))
    })
}

#[component]
fn Actions(
    id: ArticleId,
    editing: RwSignal<bool>,
    sorting: RwSignal<bool>,
    archived: Memo<bool>,
    owns: Memo<bool>,
) -> impl IntoView {
    let replica = Replica::expect();
    let toasts = Toasts::expect();
    let edit = move |_| {
        editing.set(true);
        focus_later(TITLE.to_owned());
    };
    let archive = move |_| {
        let intent = KnowledgeIntent::SetArchived(!archived.get_untracked());
        if let Err(rejection) = act(replica, id, intent) {
            toasts.refuse(&rejection);
        }
    };
    view! {
        <Show when=move || !editing.get()>
            <button type="button" class="button" id=EDIT on:click=edit>
                {t!("article.edit")}
            </button>
            <button type="button" class="button" on:click=move |_| sorting.set(true)>
                {move || if owns.get() { t!("article.sort_and_readers") } else { t!("article.sort") }}
            </button>
            <Show when=move || owns.get()>
                <button type="button" class="button" on:click=archive>
                    {move || if archived.get() { t!("article.unarchive") } else { t!("article.archive") }}
                </button>
            </Show>
        </Show>
    }
}
