//! What an article said before, and what changed.

use leptos::prelude::*;
use rust_i18n::t;
use shared::knowledge::{Article, Passage, difference};

use crate::format;
use crate::sync::Replica;
use crate::words::person_name;

/// The revisions, the latest first; one is compared with the one before it.
#[component]
pub fn Revisions(article: Memo<Option<std::sync::Arc<Article>>>) -> impl IntoView {
    let replica = Replica::expect();
    let chosen = RwSignal::new(None::<u32>);
    let all = Memo::new(move |_| {
        article.with(|article| {
            let revisions = article.iter().flat_map(|article| article.revisions.values().rev());
            revisions.map(|revision| (revision.number, revision.by, revision.at)).collect::<Vec<_>>()
        })
    });
    view! {
        <section class="section" aria-labelledby="revisions-title">
            <header class="section-head">
                <h2 id="revisions-title">{t!("article.revisions")}</h2>
            </header>
            <ol class="revisions" reversed>
                <For each=move || all.get() key=|(number, ..)| *number let((number, by, at))>
                    <li>
                        <button
                            type="button"
                            class="button ghost small"
                            aria-expanded=move || if chosen.get() == Some(number) { "true" } else { "false" }
                            on:click=move |_| {
                                chosen.update(|chosen| *chosen = (*chosen != Some(number)).then_some(number));
                            }
                        >
                            {t!("article.revision", number = number)}
                        </button>
                        " "
                        {move || person_name(replica, by)}
                        " "
                        <time title=format::instant(at)>{format::ago(at)}</time>
                        {move || (chosen.get() == Some(number)).then(|| compared(article, number))}
                    </li>
                </For>
            </ol>
        </section>
    }
}

fn compared(article: Memo<Option<std::sync::Arc<Article>>>, number: u32) -> AnyView {
    let passages = article.with(|article| {
        let Some(article) = article else { return Vec::new() };
        let text = |number: u32| {
            let revision = article.revisions.get(&number);
            revision.map(|revision| format!("{}\n\n{}", revision.title, revision.body)).unwrap_or_default()
        };
        difference(&text(number.saturating_sub(1)), &text(number))
    });
    let piece = |passage: Passage| match passage {
        Passage::Same(text) => view! { <span>{text}</span> }.into_any(),
        Passage::Removed(text) => view! { <del>{text}</del> }.into_any(),
        Passage::Added(text) => view! { <ins>{text}</ins> }.into_any(),
    };
    view! { <div class="difference">{passages.into_iter().map(piece).collect_view()}</div> }.into_any()
}
