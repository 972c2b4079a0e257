//! Writing an article, new or not: title and text with a look at how it will stand.

use std::collections::BTreeSet;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use rust_i18n::t;
use shared::id::{ArticleId, DepartmentId};
use shared::knowledge::{ArticleKind, KnowledgeCommand, KnowledgeIntent, NewArticle, Readers};
use shared::{Command, Field};
use uuid::Uuid;

use crate::project::space::DepartmentOptions;
use crate::sync::Replica;
use crate::ui::{Errors, Field as Labelled, Text, TextInput, focus_error, page_title, prose};
use crate::words;

/// The page behind `/knowledge/new`.
#[component]
pub fn NewArticlePage() -> impl IntoView {
    page_title(|| t!("library.new"));
    let replica = Replica::expect();
    let errors = Errors::new();
    let (title, body, tags) = (RwSignal::default(), RwSignal::default(), RwSignal::new(String::new()));
    let kind = RwSignal::new(ArticleKind::HowTo);
    let department = RwSignal::new(None::<DepartmentId>);
    let navigate = StoredValue::new_local(use_navigate());
    let send = move |event: SubmitEvent| {
        event.prevent_default();
        errors.clear();
        let id = ArticleId::new(Uuid::now_v7());
        let readers = department.get_untracked().map_or(Readers::Company, |id| Readers::Departments([id].into()));
        let new = NewArticle {
            kind: kind.get_untracked(),
            title: title.get_untracked(),
            body: body.get_untracked(),
            tags: split(&tags.get_untracked()),
            readers,
            source: None,
        };
        let command = KnowledgeCommand { article: id, intent: KnowledgeIntent::Create(Box::new(new)) };
        if errors.keep(replica.act(Command::Knowledge(command))).is_some() {
            navigate.with_value(|navigate| navigate(&format!("/knowledge/{id}"), NavigateOptions::default()));
        } else {
            focus_error();
        }
    };
    view! {
        <header class="page-head">
            <div class="page-title">
                <nav class="breadcrumb" aria-label=t!("room.breadcrumb")>
                    <a href="/knowledge">{t!("library.title")}</a>
                </nav>
                <h1>{t!("library.new")}</h1>
            </div>
        </header>
        <div class="page-body">
            <form class="form article-form" novalidate aria-label=t!("library.new") on:submit=send>
                {move || errors.of_form().map(|text| view! { <p class="error" role="alert">{text}</p> })}
                <Texts title body errors />
                <div class="field-row">
                    <KindField kind />
                    <TextInput
                        id="article-tags"
                        label=t!("article.tags")
                        hint=t!("article.tags_hint")
                        value=tags
                        error=Signal::derive(move || errors.of(Field::Tags))
                    />
                </div>
                <ReadersField department errors />
                <div class="form-actions">
                    <button type="submit" class="button primary">
                        {t!("article.publish")}
                    </button>
                </div>
            </form>
        </div>
    }
}

/// Title and text, with a look at it.
#[component]
pub fn Texts(title: RwSignal<String>, body: RwSignal<String>, errors: Errors) -> impl IntoView {
    let looks = RwSignal::new(false);
    view! {
        <TextInput
            id="article-title"
            label=t!("article.title")
            value=title
            error=Signal::derive(move || errors.of(Field::Title))
            autofocus=true
        />
        <Show
            when=move || looks.get()
            fallback=move || {
                view! {
                    <TextInput
                        id="article-body"
                        label=t!("article.body")
                        hint=t!("article.body_hint")
                        kind=Text::Lines
                        value=body
                        error=Signal::derive(move || errors.of(Field::Body))
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

/// Who may read it: everybody, or a department with those beneath it.
#[component]
pub fn ReadersField(department: RwSignal<Option<DepartmentId>>, errors: Errors) -> impl IntoView {
    view! {
        <Labelled
            id="article-readers"
            label=t!("article.readers")
            error=Signal::derive(move || errors.of(Field::Readers))
        >
            <select
                class="input"
                id="article-readers"
                on:change=move |event| department.set(event_target_value(&event).parse().ok())
            >
                <option value="" prop:selected=move || department.get().is_none()>
                    {t!("article.everybody")}
                </option>
                <DepartmentOptions chosen=department of=Callback::new(|_| true) />
            </select>
        </Labelled>
    }
}

/// The words between commas, of either language.
pub fn split(tags: &str) -> BTreeSet<String> {
    tags.split([',', '\u{ff0c}', '\u{3001}']).map(|tag| tag.trim().to_owned()).filter(|tag| !tag.is_empty()).collect()
}
