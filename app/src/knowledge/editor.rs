//! Writing an article, new or not: title and text with a look at how it will stand.

use std::collections::BTreeSet;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use serde::{Deserialize, Serialize};
use shared::Field;
use shared::id::ArticleId;
use shared::knowledge::{ArticleKind, KnowledgeIntent, NewArticle};
use uuid::Uuid;

use super::act::act;
use super::readers::{Choice, ReadersField};
use crate::reactive::{Show, derived, effect};
use crate::sync::Replica;
use crate::ui::{
    Errors, Field as Labelled, PageHead, Restored, Text, TextInput, Unsent, Way, focus_error, kept_form, page_title,
    prose,
};
use crate::words;

/// The ids of its title and of its text.
pub const TITLE: &str = "article-title";
pub const BODY: &str = "article-body";

/// The page behind `/knowledge/new`.
#[component]
pub fn NewArticlePage() -> impl IntoView {
    page_title(|| t!("library.new"));
    view! {
        <PageHead title=tr!("library.new") above=vec![Way::to("/knowledge", tr!("library.title"))] />
        {kept_form("article", form)}
    }
}

/// A new article as it is typed.
#[derive(Clone, Copy, Serialize, Deserialize)]
struct Draft {
    title: RwSignal<String>,
    body: RwSignal<String>,
    tags: RwSignal<String>,
    kind: RwSignal<ArticleKind>,
    readers: Choice,
}

impl Draft {
    fn new() -> Self {
        let [title, body, tags] = std::array::from_fn(|_| RwSignal::new(String::new()));
        Self { title, body, tags, kind: RwSignal::new(ArticleKind::HowTo), readers: Choice::new() }
    }
}

fn form(unsent: Unsent) -> AnyView {
    let replica = Replica::expect();
    let errors = Errors::new();
    let Draft { title, body, tags, kind, readers } = unsent.of(Draft::new());
    let navigate = StoredValue::new_local(use_navigate());
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        errors.clear();
        let id = ArticleId::new(Uuid::now_v7());
        let new = NewArticle {
            kind: kind.get_untracked(),
            title: title.get_untracked(),
            body: body.get_untracked(),
            tags: split(&tags.get_untracked()),
            readers: readers.get(),
            source: None,
        };
        if errors.keep(act(replica, id, KnowledgeIntent::Create(Box::new(new)))).is_some() {
            unsent.forget();
            navigate.with_value(|navigate| navigate(&format!("/knowledge/{id}"), NavigateOptions::default()));
        } else {
            focus_error();
        }
    };
    view! {
        <div class="page-body">
            <form class="form article-form" novalidate aria-label=t!("library.new") on:submit=send>
                <Restored unsent />
                {move || errors.of_form().map(|text| view! { <p class="error" role="alert">{text}</p> })}
                <Texts title body errors />
                <div class="field-row">
                    <KindField kind />
                    <TextInput
                        id="article-tags"
                        label=t!("article.tags")
                        hint=t!("article.tags_hint")
                        value=tags
                        error=derived(move || errors.of(Field::Tags))
                    />
                </div>
                <ReadersField choice=readers errors />
                <div class="form-actions">
                    <button type="submit" class="button primary">
                        {t!("article.publish")}
                    </button>
                </div>
            </form>
        </div>
    }
    .into_any()
}

/// Title and text, with a look at it.
#[component]
pub fn Texts(title: RwSignal<String>, body: RwSignal<String>, errors: Errors) -> impl IntoView {
    let looks = RwSignal::new(false);
    effect(move || {
        // What is wrong with the text stands beside the field.
        if errors.of(Field::Body).is_some() {
            looks.set(false);
        }
    });
    view! {
        <TextInput
            id=TITLE
            label=t!("article.title")
            value=title
            error=derived(move || errors.of(Field::Title))
            autofocus=true
        />
        <Show
            when=move || looks.get()
            fallback=move || {
                view! {
                    <TextInput
                        id=BODY
                        label=t!("article.body")
                        hint=t!("article.body_hint")
                        kind=Text::Lines
                        value=body
                        error=derived(move || errors.of(Field::Body))
                    />
                }
            }
        >
            <div class="article-look">{move || prose(&body.get())}</div>
        </Show>
        <div>
            <button
                type="button"
                class="button small"
                aria-pressed=move || if looks.get() { "true" } else { "false" }
                on:click=move |_| looks.update(|looks| *looks = !*looks)
            >
                {t!("article.preview")}
            </button>
        </div>
    }
}

/// What sort it is.
#[component]
pub fn KindField(kind: RwSignal<ArticleKind>) -> impl IntoView {
    view! {
        <Labelled id="article-kind" label=t!("library.kind") error=Signal::stored(None::<String>)>
            <select
                class="input"
                id="article-kind"
                on:change=move |event| {
                    let index = event_target_value(&event).parse::<usize>().unwrap_or_default();
                    kind.set(ArticleKind::ALL.get(index).copied().unwrap_or(ArticleKind::HowTo));
                }
            >
                {ArticleKind::ALL
                    .into_iter()
                    .enumerate()
                    .map(|(index, one)| {
                        view! {
                            <option value=index.to_string() prop:selected=move || kind.get() == one>
                                {words::article_kind(one)}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </Labelled>
    }
}

/// The words between commas, of either language.
pub fn split(tags: &str) -> BTreeSet<String> {
    tags.split([',', '\u{ff0c}', '\u{3001}']).map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect()
}
