//! An article being written again: what somebody else saved meanwhile is told, and nothing typed is lost.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use shared::id::ArticleId;
use shared::knowledge::{Article, KnowledgeIntent, Revision};

use super::act::act;
use super::editor::{BODY, Texts};
use super::revisions::changes;
use crate::reactive::{Show, effect, memo};
use crate::sync::Replica;
use crate::ui::{Errors, Refill, Restored, Unsent, focus, focus_error};
use crate::words;

/// Where an edit that is not saved is kept.
pub fn place(id: ArticleId) -> String {
    format!("article.{id}")
}

/// A revision as it is being changed: its number, title and text.
fn signals(begun: Option<&Revision>) -> (RwSignal<u32>, RwSignal<String>, RwSignal<String>) {
    let text = |of: fn(&Revision) -> &String| RwSignal::new(begun.map(of).cloned().unwrap_or_default());
    (RwSignal::new(begun.map_or(0, |begun| begun.number)), text(|begun| &begun.title), text(|begun| &begun.body))
}

/// Its title and its text.
#[component]
pub fn Edit(id: ArticleId, article: Memo<Option<Arc<Article>>>, close: Callback<()>) -> impl IntoView {
    let replica = Replica::expect();
    let errors = Errors::new();
    let begun = article.with_untracked(|article| article.as_ref().and_then(|article| article.current().cloned()));
    let unsent = Unsent::at(&place(id));
    let form = unsent.fill(signals(begun.as_ref()));
    let (base, title, body) = form;
    // Where nothing is typed, what others save is followed.
    effect(move || {
        let newest = article.with(|article| article.as_ref().and_then(|article| article.current().cloned()));
        if !unsent.is_typed() {
            form.refill(&signals(newest.as_ref()));
            unsent.rest(&form);
        }
    });
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
            <Restored unsent />
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
    let replica = Replica::expect();
    let current = memo(move || {
        article.with(|article| article.as_ref().and_then(|article| article.current().map(|it| (it.number, it.by))))
    });
    let newest = memo(move || current.get().map_or(0, |(number, _)| number));
    let told = move || current.get().map(|(_, by)| t!("article.overtaken", name = words::person_name(replica, by)));
    let write_over = move |_| {
        base.set(newest.get_untracked());
        errors.clear();
        focus(BODY);
    };
    view! {
        <Show when=move || { newest.get() > base.get() }>
            <div class="notice" data-kind="warn" role="alert">
                <p>{told}</p>
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
