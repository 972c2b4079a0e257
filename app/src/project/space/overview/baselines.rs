//! The baselines of the project's dates: the one to measure by, the older ones, and taking a new one.

use std::sync::Arc;

use leptos::prelude::*;
use shared::Field;
use shared::project::baseline::Baseline;
use shared::project::{ProjectIntent, Stage};

use super::Here;
use crate::format;
use crate::reactive::{Show, derived, memo};
use crate::ui::{Errors, FormDialog, TextInput};
use crate::words;

/// What the dates are measured by.
#[component]
pub fn Baselines() -> impl IntoView {
    let here = Here::expect();
    let all = here.on_board(|board| board.record().baselines.clone());
    let all = memo(move || all.get().unwrap_or_default());
    let is_at_work = here.map(|project| matches!(project.stage, Stage::Active | Stage::Accepting));
    let taking = RwSignal::new(false);
    view! {
        <Show when=move || is_at_work.get() || !all.with(Vec::is_empty)>
            <div class="baselines">
                {move || match all.with(|all| all.last().cloned()) {
                    Some(last) => view! { <p class="section-note">{taken(here, &last)}</p> }.into_any(),
                    None => view! { <p class="section-note">{t!("project.no_baseline")}</p> }.into_any(),
                }}
                <Show when=move || { all.with(Vec::len) > 1 }>
                    <details>
                        <summary>{move || t!("project.older_baselines", count = all.with(Vec::len))}</summary>
                        {move || all.get().iter().rev().map(|each| whole(here, each)).collect_view()}
                    </details>
                </Show>
                <Show when=move || here.manages.get() && is_at_work.get()>
                    <button type="button" class="button ghost small" on:click=move |_| taking.set(true)>
                        {t!("project.take_baseline")}
                    </button>
                </Show>
            </div>
        </Show>
        <Take open=taking />
    }
}

/// Which, by whom, when, and why.
fn taken(here: Here, baseline: &Arc<Baseline>) -> impl Fn() -> String + Send + use<> {
    let baseline = baseline.clone();
    move || {
        let name = words::person_name(here.replica, baseline.by);
        let (number, when) = (baseline.number, format::day(format::day_of(baseline.at)));
        let taken = t!("project.baseline_taken", number = number, name = name, when = when);
        let why = if baseline.reason.is_empty() {
            t!("project.first_baseline").into_owned()
        } else {
            baseline.reason.clone()
        };
        format!("{taken} · {why}")
    }
}

/// One with its dates.
fn whole(here: Here, baseline: &Arc<Baseline>) -> AnyView {
    let dates = baseline.milestones.iter().map(|milestone| {
        view! {
            <div>
                <dt>{format::day(milestone.date)}</dt>
                <dd>{milestone.name.clone()}</dd>
            </div>
        }
    });
    let dates = dates.collect_view();
    view! {
        <p>{taken(here, baseline)}</p>
        <dl class="baseline-dates">{dates}</dl>
    }
    .into_any()
}

#[component]
fn Take(open: RwSignal<bool>) -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let reason = RwSignal::new(String::new());
    let save = Callback::new(move |()| {
        errors.clear();
        if errors.keep(here.act(ProjectIntent::TakeBaseline { reason: reason.get_untracked() })).is_some() {
            reason.set(String::new());
            open.set(false);
        }
    });
    view! {
        <FormDialog
            open
            title=t!("project.take_baseline_title").into_owned()
            submit=t!("project.take_baseline").into_owned()
            errors
            on_submit=save
        >
            <p>{t!("project.take_baseline_text")}</p>
            <TextInput
                id="baseline-reason"
                label=t!("project.reason")
                value=reason
                error=derived(move || errors.of(Field::Reason))
                autofocus=true
            />
        </FormDialog>
    }
}
