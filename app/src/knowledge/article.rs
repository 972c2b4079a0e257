//! One article: read, written again, sorted, and what it said before.

use std::sync::Arc;

use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use rust_i18n::t;
use shared::id::{ArticleId, DepartmentId};
use shared::knowledge::{Article, KnowledgeCommand, KnowledgeIntent, Readers, Source};
use shared::{Command, Field, Rejection, Scope};

use super::editor::{KindField, ReadersField, Texts, split};
use super::revisions::Revisions;
use crate::format;
use crate::sync::Replica;
use crate::ui::{Errors, FormDialog, TextInput, Toasts, focus_error, page_title, prose};
use crate::words::{self, person_name};

/// The page behind `/knowledge/:article`.
#[component]
pub fn ArticlePage() -> impl IntoView {
    let params = use_params_map();
    let id = Memo::new(move |_| params.with(|params| params.get("article")?.parse::<ArticleId>().ok()));
    move || match id.get() {
        Some(id) => view! { <Page id /> }.into_any(),
        None => gone(),
    }
}

fn gone() -> AnyView {
    view! {
        <div class="page-body">
            <div class="refusal" role="alert">
                <h1>{t!("article.gone_title")}</h1>
                <p>{t!("article.gone_text")}</p>
                <a class="button" href="/knowledge">
                    {t!("library.title")}
                </a>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Page(id: ArticleId) -> impl IntoView {
    let replica = Replica::expect();
    let scope = Scope::Article(id);
    replica.watch(scope);
    let article = Memo::new(move |_| replica.read(scope, |state| state.articles.get(&id).cloned()));
    // What was asked for and did not come is not there, or not for this person.
    let asked = RwSignal::new(false);
    set_timeout(
        move || {
            let _ = asked.try_set(true);
        },
        std::time::Duration::from_secs(2),
    );
    let state = Memo::new(move |_| (article.with(Option::is_some), asked.get()));
    move || match state.get() {
        (true, _) => view! { <Read id article /> }.into_any(),
        (false, true) => gone(),
        (false, false) => {
            view! { <div class="page-body"><div class="skeleton room-skeleton" aria-busy="true"></div></div> }
                .into_any()
        }
    }
}

#[component]
fn Read(id: ArticleId, article: Memo<Option<Arc<Article>>>) -> impl IntoView {
    let replica = Replica::expect();
    let toasts = Toasts::expect();
    let me = replica.me();
    let editing = RwSignal::new(false);
    let sorting = RwSignal::new(false);
    let now =
        Memo::new(move |_| article.with(|article| article.as_ref().and_then(|article| article.current().cloned())));
    let card = Memo::new(move |_| article.with(|article| article.as_ref().map(|article| article.card.clone())));
    let title = Memo::new(move |_| now.get().map(|now| now.title).unwrap_or_default());
    page_title(move || title.get());
    let owns = Memo::new(move |_| {
        let author = card.with(|card| card.as_ref().map(|card| card.author));
        author == Some(me) || replica.read(Scope::Company, |state| state.company.is_admin(me))
    });
    let archived = Memo::new(move |_| card.with(|card| card.as_ref().is_some_and(|card| card.archived)));
    let archive = move |_| {
        let intent = KnowledgeIntent::SetArchived(!archived.get_untracked());
        if let Err(rejection) = act(replica, id, intent) {
            toasts.refuse(&rejection);
        }
    };
    view! {
        <header class="page-head">
            <div class="page-title">
                <nav class="breadcrumb" aria-label=t!("room.breadcrumb")>
                    <a href="/knowledge">{t!("library.title")}</a>
                </nav>
                <h1>{move || title.get()}</h1>
            </div>
            <div class="page-actions">
                <Show when=move || !editing.get()>
                    <button type="button" class="button" on:click=move |_| editing.set(true)>
                        {t!("article.edit")}
                    </button>
                    <button type="button" class="button" on:click=move |_| sorting.set(true)>
                        {t!("article.sort")}
                    </button>
                    <Show when=move || owns.get()>
                        <button type="button" class="button" on:click=archive>
                            {move || if archived.get() { t!("article.unarchive") } else { t!("article.archive") }}
                        </button>
                    </Show>
                </Show>
            </div>
        </header>
        <div class="page-body aside-grid article-page">
            <div>
                <Show when=move || archived.get()>
                    <p class="notice" data-kind="info">{t!("article.is_archived")}</p>
                </Show>
                {move || {
                    if editing.get() {
                        view! { <Edit id article editing /> }.into_any()
                    } else {
                        now.get().map(|now| view! { <article class="article">{prose(&now.body)}</article> }).into_any()
                    }
                }}
            </div>
            <div>
                <Facts card />
                <Revisions article />
            </div>
        </div>
        <Sort id card owns open=sorting />
    }
}

fn act(replica: Replica, article: ArticleId, intent: KnowledgeIntent) -> Result<(), Rejection> {
    replica.act(Command::Knowledge(KnowledgeCommand { article, intent }))
}

#[component]
fn Facts(card: Memo<Option<shared::knowledge::ArticleCard>>) -> impl IntoView {
    let replica = Replica::expect();
    move || {
        card.get().map(|card| {
            let source = card.source.map(|source| match source {
                Source::Incident(id) => (format!("/incidents/{id}"), t!("article.from_incident")),
                Source::Project(id) => (format!("/projects/{id}"), t!("article.from_project")),
            });
            let readers = match &card.readers {
                Readers::Company => t!("article.everybody").into_owned(),
                Readers::Departments(departments) => {
                    let names = departments.iter().map(|id| crate::project::space::department_name(replica, *id));
                    names.collect::<Vec<_>>().join(&t!("room.list_comma"))
                }
            };
            view! {
                <dl class="facts">
                    <dt>{t!("library.kind")}</dt>
                    <dd>{words::article_kind(card.kind)}</dd>
                    <dt>{t!("article.author")}</dt>
                    <dd>{person_name(replica, card.author)}</dd>
                    <dt>{t!("article.created")}</dt>
                    <dd>{format::instant(card.created_at)}</dd>
                    <dt>{t!("article.readers")}</dt>
                    <dd>{readers}</dd>
                    <dt>{t!("article.tags")}</dt>
                    <dd>
                        {card.tags.into_iter().map(|tag| view! { <span class="chip">{tag}</span> }).collect_view()}
                    </dd>
                    {source
                        .map(|(address, name)| {
                            view! {
                                <dt>{t!("article.source")}</dt>
                                <dd>
                                    <a class="link" href=address>
                                        {name}
                                    </a>
                                </dd>
                            }
                        })}
                </dl>
            }
        })
    }
}

/// Title and text being written; what somebody else saved meanwhile is told, and nothing typed is lost.
#[component]
fn Edit(id: ArticleId, article: Memo<Option<Arc<Article>>>, editing: RwSignal<bool>) -> impl IntoView {
    let replica = Replica::expect();
    let errors = Errors::new();
    let begun = article.with_untracked(|article| article.as_ref().and_then(|article| article.current().cloned()));
    let base = RwSignal::new(begun.as_ref().map_or(0, |begun| begun.number));
    let title = RwSignal::new(begun.as_ref().map(|begun| begun.title.clone()).unwrap_or_default());
    let body = RwSignal::new(begun.map(|begun| begun.body).unwrap_or_default());
    let newest = Memo::new(move |_| {
        article.with(|article| article.as_ref().and_then(|article| article.current().map(|now| now.number)))
    });
    let overtaken = move || newest.get().is_some_and(|newest| newest > base.get());
    let save = move |event: SubmitEvent| {
        event.prevent_default();
        errors.clear();
        let intent = KnowledgeIntent::Write {
            base: base.get_untracked(),
            title: title.get_untracked(),
            body: body.get_untracked(),
        };
        if errors.keep(act(replica, id, intent)).is_some() {
            editing.set(false);
        } else {
            focus_error();
        }
    };
    view! {
        <form class="form article-form" novalidate aria-label=t!("article.edit") on:submit=save>
            <Show when=overtaken>
                <div class="notice" data-kind="info" role="alert">
                    <p>{t!("article.overtaken")}</p>
                    <button
                        type="button"
                        class="button small"
                        on:click=move |_| base.set(newest.get_untracked().unwrap_or_default())
                    >
                        {t!("article.write_over")}
                    </button>
                </div>
            </Show>
            {move || errors.of_form().map(|text| view! { <p class="error" role="alert">{text}</p> })}
            <Texts title body errors />
            <div class="form-actions">
                <button type="submit" class="button primary">
                    {t!("article.save")}
                </button>
                <button type="button" class="button" on:click=move |_| editing.set(false)>
                    {t!("article.cancel")}
                </button>
            </div>
        </form>
    }
}

/// Another kind, other tags, other readers.
#[component]
fn Sort(
    id: ArticleId,
    card: Memo<Option<shared::knowledge::ArticleCard>>,
    owns: Memo<bool>,
    open: RwSignal<bool>,
) -> impl IntoView {
    let replica = Replica::expect();
    let errors = Errors::new();
    let kind = RwSignal::new(shared::knowledge::ArticleKind::HowTo);
    let tags = RwSignal::new(String::new());
    let department = RwSignal::new(None::<DepartmentId>);
    Effect::new(move |_| {
        if let Some(card) = open.get().then(|| card.get_untracked()).flatten() {
            kind.set(card.kind);
            tags.set(card.tags.iter().cloned().collect::<Vec<_>>().join(", "));
            department.set(match card.readers {
                Readers::Company => None,
                Readers::Departments(departments) => departments.into_iter().next(),
            });
            errors.clear();
        }
    });
    let save = Callback::new(move |()| {
        errors.clear();
        let sorted = KnowledgeIntent::Sort { kind: kind.get_untracked(), tags: split(&tags.get_untracked()) };
        let readers = department.get_untracked().map_or(Readers::Company, |id| Readers::Departments([id].into()));
        let mut result = act(replica, id, sorted);
        if result.is_ok() && owns.get_untracked() {
            result = act(replica, id, KnowledgeIntent::SetReaders(readers));
        }
        if errors.keep(result).is_some() {
            open.set(false);
        } else {
            focus_error();
        }
    });
    let title = Signal::derive(|| t!("article.sort").into_owned());
    view! {
        <FormDialog open title submit=Signal::derive(|| t!("article.save").into_owned()) errors on_submit=save>
            <KindField kind />
            <TextInput
                id="sort-tags"
                label=t!("article.tags")
                hint=t!("article.tags_hint")
                value=tags
                error=Signal::derive(move || errors.of(Field::Tags))
            />
            <Show when=move || owns.get()>
                <ReadersField department errors />
            </Show>
        </FormDialog>
    }
}
