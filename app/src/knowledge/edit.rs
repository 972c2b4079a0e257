//! An article being written again: what somebody else saved meanwhile is told, and nothing typed is lost.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use rust_i18n::t;
use shared::id::ArticleId;
use shared::knowledge::{Article, KnowledgeIntent};

use super::act::act;
use super::editor::{BODY, Texts};
use super::revisions::changes;
use crate::sync::Replica;
use crate::ui::{Errors, Unsent, focus, focus_error};

/// Its title and its text.
#[component]
pub fn Edit(id: ArticleId, article: Memo<Option<Arc<Article>>>, close: Callback<()>) -> impl IntoView {
    let replica = Replica::expect();
    let errors = Errors::new();
    let begun = article.with_untracked(|article| article.as_ref().and_then(|article| article.current().cloned()));
    let unsent = Unsent::at(&format!("article.{id}"));
    let (base, title, body) = unsent.of((
        RwSignal::new(begun.as_ref().map_or(0, |begun| begun.number)),
        RwSignal::new(begun.as_ref().map(|begun| begun.title.clone()).unwrap_or_default()),
        RwSignal::new(begun.map(|begun| begun.body.clone()).unwrap_or_default()),
    ));
    let leave = move || {
        unsent.forget();
        close.run(());
    };
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        errors.clear();
        let intent = KnowledgeIntent::Write {
            base: base.get_untracked(),
            title: title.get_untracked(),
            body: body.get_untracked(),
        };
        if errors.keep(act(replica, id, intent)).is_some() {
            leave();
        } else {
            focus_error();
        }
    };
    view! {
        <form class="form article-form" novalidate aria-label=t!("article.edit") on:submit=save>
            <Overtaken article base errors />
            {move || errors.of_form().map(|text| view! { <p class="error" role="alert">{text}</p> })}
            <Texts title body errors />
            <div class="form-actions">
                <button type="submit" class="button primary">
                    {t!("article.save")}
                </button>
                <button type="button" class="button" on:click=move |_| leave()>
                    {t!("article.cancel")}
                </button>
            </div>
        </form>
    }
}

/// What others have saved since the revision that is being changed, and the way to save all the same.
#[component]
fn Overtaken(article: Memo<Option<Arc<Article>>>, base: RwSignal<u32>, errors: Errors) -> impl IntoView {
    let newest = Memo::new(move |_| {
        article.with(|article| article.as_ref().and_then(|article| Some(article.current()?.number)).unwrap_or_default())
    });
    let write_over = move |_| {
        base.set(newest.get_untracked());
        errors.clear();
        focus(BODY);
    };
    view! {
        <Show when=move || { newest.get() > base.get() }>
            <div class="notice" data-kind="warn" role="alert">
                <p>{t!("article.overtaken")}</p>
                <button type="button" class="button small" on:click=write_over>
                    {t!("article.write_over")}
                </button>
                <details class="overtaken">
                    <summary>{t!("article.what_changed")}</summary>
                    {move || article.with(|article| {
                        article.as_ref().map(|article| changes(article, base.get(), newest.get()))
                    })}
                </details>
            </div>
        </Show>
    }
}
