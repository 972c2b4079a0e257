//! What is known of an article beside its text.

use leptos::prelude::*;
use shared::knowledge::{ArticleCard, Readers, Source};

use super::hit::tag_link;
use crate::format;
use crate::sync::Replica;
use crate::ui::PersonTag;
use crate::words;

/// Its kind, its author, its readers, its tags and its source.
#[component]
pub fn Facts(card: Memo<Option<ArticleCard>>) -> impl IntoView {
    move || card.with(|card| card.as_ref().map(facts))
}

fn facts(card: &ArticleCard) -> AnyView {
    let replica = Replica::expect();
    let readers = card.readers.clone();
    let readers = move || match &readers {
        Readers::Company => t!("article.everybody").into_owned(),
        Readers::Departments(departments) => {
            let names = departments.iter().map(|id| words::department_name(replica, *id));
            names.collect::<Vec<_>>().join(&t!("room.list_comma"))
        }
    };
    let tags = (!card.tags.is_empty()).then(|| {
        view! {
            <dt>{t!("article.tags")}</dt>
            <dd class="article-tags">{card.tags.iter().map(|tag| tag_link(tag)).collect_view()}</dd>
        }
    });
    view! {
        <dl class="article-facts">
            <dt>{t!("library.kind")}</dt>
            <dd>{words::article_kind(card.kind)}</dd>
            <dt>{t!("article.author")}</dt>
            <dd>
                <PersonTag person=card.author />
            </dd>
            <dt>{t!("article.created")}</dt>
            <dd>{format::instant(card.created_at)}</dd>
            <dt>{t!("article.readers")}</dt>
            <dd>{readers}</dd>
            {tags}
            {card.source.map(source)}
        </dl>
    }
    .into_any()
}

fn source(source: Source) -> AnyView {
    let (address, name) = match source {
        Source::Incident(id) => (format!("/incidents/{id}"), t!("article.from_incident")),
        Source::Project(id) => (format!("/projects/{id}"), t!("article.from_project")),
    };
    view! {
        <dt>{t!("article.source")}</dt>
        <dd>
            <a class="link" href=address>
                {name}
            </a>
        </dd>
    }
    .into_any()
}
