//! How the project has gone from stage to stage: by whom, why, and what was open when it was closed all the same.

use std::sync::Arc;

use leptos::prelude::*;
use shared::project::stage::Step;

use super::Here;
use crate::format;
use crate::reactive::{Show, memo};
use crate::words;

/// The steps, the latest first.
#[component]
pub fn Course() -> impl IntoView {
    let here = Here::expect();
    let steps = here.on_board(|board| board.record().steps.clone());
    let steps = memo(move || steps.get().unwrap_or_default());
    view! {
        <Show when=move || !steps.with(Vec::is_empty)>
            <section class="section" aria-labelledby="course-title">
                <header class="section-head">
                    <h2 id="course-title">{t!("project.course")}</h2>
                </header>
                <ol class="course">{move || steps.get().iter().rev().map(|step| line(here, step)).collect_view()}</ol>
            </section>
        </Show>
    }
}

fn line(here: Here, step: &Arc<Step>) -> AnyView {
    let (by, at, reason) = (step.by, step.at, step.reason.clone());
    let stages = t!("project.stepped", from = words::stage(step.from), to = words::stage(step.to)).into_owned();
    let despite = (!step.despite.is_empty()).then(|| {
        let what = t!("project.despite", what = words::obstacles_named(&step.despite)).into_owned();
        view! { <p class="course-despite">{what}</p> }
    });
    view! {
        <li>
            <p>
                <strong>{stages}</strong>
                " "
                <small>
                    {move || words::person_name(here.replica, by)}
                    " "
                    <time title=format::instant(at)>{format::ago(at)}</time>
                </small>
            </p>
            {(!reason.is_empty()).then(|| view! { <p class="course-reason">{reason}</p> })}
            {despite}
        </li>
    }
    .into_any()
}
