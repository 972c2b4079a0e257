//! What was handed in, the latest first, and what became of it.

use std::sync::Arc;

use leptos::prelude::*;
use shared::project::deliverable::{Content, Deliverable, DeliverableIntent, Verdict, Version};

use super::Here;
use super::sheet::SHEET;
use crate::format;
use crate::reactive::{For, Show, memo};
use crate::ui::{Attachments, Toasts, focus_later};
use crate::words;

/// All versions.
#[component]
pub fn Versions(now: Memo<Arc<Deliverable>>) -> impl IntoView {
    let all = memo(move || now.with(|now| now.versions.clone()));
    let each = move || {
        let all = all.get();
        let last = all.last().map(|version| version.number);
        all.into_iter().rev().map(move |version| (last == Some(version.number), version)).collect::<Vec<_>>()
    };
    let key = |(is_last, version): &(bool, Version)| (version.number, version.verdict.is_some(), *is_last);
    view! {
        <section class="task-section" aria-labelledby="deliverable-versions">
            <h3 id="deliverable-versions">{t!("deliverable.versions")}</h3>
            <Show when=move || all.with(Vec::is_empty)>
                <p class="section-note">{t!("deliverable.no_version")}</p>
            </Show>
            <ol class="versions">
                <For each=each key=key let((is_last, version))>
                    <One now version is_last />
                </For>
            </ol>
        </section>
    }
}

#[component]
fn One(now: Memo<Arc<Deliverable>>, version: Version, is_last: bool) -> impl IntoView {
    let here = Here::expect();
    let toasts = Toasts::expect();
    let me = here.replica.me();
    let Version { number, content, note, by, at, verdict } = version;
    let content = match content {
        Content::File(file) => view! { <Attachments files=vec![file] /> }.into_any(),
        Content::Link(link) => {
            let address = link.clone();
            view! {
                <a class="link version-link" href=address target="_blank" rel="noopener noreferrer">
                    {link}
                </a>
            }
            .into_any()
        }
    };
    let waits = is_last && verdict.is_none();
    let withdraw = move |_| {
        let deliverable = now.with_untracked(|now| now.id);
        match here.act(DeliverableIntent::Withdraw { deliverable, version: number }) {
            Ok(()) => focus_later(SHEET.into()),
            Err(rejection) => toasts.refuse(&rejection),
        }
    };
    let may_withdraw = move || waits && by == me && here.works.get();
    let fate = match verdict {
        Some(verdict) => decided(here, verdict),
        None if is_last => {
            let accepter = memo(move || now.with(|now| here.project.with(|project| now.accepted_by(project))));
            let name = move || accepter.get().map(|person| words::person_name(here.replica, person));
            (move || name().map(|name| view! { <p class="version-fate">{t!("deliverable.waits", name = name)}</p> }))
                .into_any()
        }
        None => view! { <p class="version-fate">{t!("deliverable.replaced")}</p> }.into_any(),
    };
    view! {
        <li class="version">
            <header>
                <strong>{t!("deliverable.number", number = number)}</strong>
                <span>{move || words::person_name(here.replica, by)}</span>
                <time title=format::instant(at)>{format::ago(at)}</time>
                <Show when=may_withdraw>
                    <button
                        type="button"
                        class="button ghost small"
                        aria-label=t!("deliverable.withdraw_named", number = number)
                        on:click=withdraw
                    >
                        {t!("deliverable.withdraw")}
                    </button>
                </Show>
            </header>
            {content}
            {(!note.is_empty()).then(|| view! { <p>{note}</p> })}
            {fate}
        </li>
    }
}

/// A seal, or why it was sent back.
fn decided(here: Here, Verdict { returned, by, at }: Verdict) -> AnyView {
    let name = move || words::person_name(here.replica, by);
    let when = view! { <time title=format::instant(at)>{format::ago(at)}</time> };
    match returned {
        None => view! {
            <p class="version-fate" data-fate="accepted">
                <span class="seal" aria-hidden="true">{t!("deliverable.seal")}</span>
                <span>{move || t!("deliverable.accepted_by", name = name())} " " {when}</span>
            </p>
        }
        .into_any(),
        Some(reason) => view! {
            <div class="version-fate" data-fate="returned">
                <p>{move || t!("deliverable.returned_by", name = name())} " " {when}</p>
                <blockquote>{reason}</blockquote>
            </div>
        }
        .into_any(),
    }
}
