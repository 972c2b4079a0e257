//! What one can do: the next step as one button, the rest beside it.

use leptos::prelude::*;
use rust_i18n::t;
use shared::incident::{IncidentIntent, Stage};

use super::here::Here;
use crate::ui::{Toasts, tr};

/// Something that asks for more before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// Another pinned status.
    Pin,
    /// A progress update.
    Update,
    /// The harm is contained.
    Mitigate,
    /// It is solved.
    Resolve,
    /// The solution is not good.
    Refuse,
    /// Graver, or less grave.
    Severity,
    /// It is no incident.
    Reject,
    /// It is part of another one.
    Merge,
    /// A team.
    FormTeam,
    /// Another leader or deputy.
    Parts,
    /// Something to do for somebody.
    Assign,
}

/// The buttons of the stage that it is at.
#[component]
pub fn Actions() -> impl IntoView {
    let here = Here::expect();
    let standing = here.map(|incident| (incident.stage, incident.round.team.is_some()));
    let confirmed = here.map(|incident| (incident.stage == Stage::Confirmed, incident.article));
    view! {
        <div class="room-actions" role="group" aria-label=t!("room.actions")>
            {move || {
                let (stage, has_team) = standing.get();
                primary(here, stage, has_team)
            }}
            {move || {
                let (stage, _) = standing.get();
                (here.runs.get() && stage.is_running()).then(|| rest(here, stage))
            }}
            {move || {
                let (is_due, article) = confirmed.get();
                let report = (is_due && here.runs.get() || article.is_some())
                    .then(|| view! { <a class="button" href=report_address(here)>{t!("room.report")}</a> });
                let article = article
                    .map(|article| {
                        view! { <a class="button" href=format!("/knowledge/{article}")>{t!("room.article")}</a> }
                    });
                view! {
                    {report}
                    {article}
                }
            }}
        </div>
    }
}

fn report_address(here: Here) -> String {
    format!("/incidents/{}/report", here.id)
}

/// The next step, for whom it is.
fn primary(here: Here, stage: Stage, has_team: bool) -> AnyView {
    match stage {
        Stage::Reported | Stage::Reopened if here.takes.get() => {
            at_once(here, tr("room.take"), || IncidentIntent::Take, true)
        }
        Stage::Responding | Stage::TeamFormed | Stage::Mitigated if here.runs.get() => view! {
            {asks(here, tr("room.post_update"), Action::Update, has_team || stage == Stage::Mitigated)}
            {(!has_team).then(|| asks(here, tr("room.form_team"), Action::FormTeam, stage == Stage::Responding))}
            {(stage != Stage::Mitigated).then(|| asks(here, tr("room.mitigate"), Action::Mitigate, false))}
            {asks(here, tr("room.resolve"), Action::Resolve, false)}
        }
        .into_any(),
        Stage::Resolved if here.confirms.get() => view! {
            {at_once(here, tr("room.confirm"), || IncidentIntent::Confirm, true)}
            {asks(here, tr("room.refuse"), Action::Refuse, false)}
        }
        .into_any(),
        Stage::Resolved => view! { <p class="section-note">{t!("room.waits_for_reporter")}</p> }.into_any(),
        _ => ().into_any(),
    }
}

/// What is done more rarely.
fn rest(here: Here, stage: Stage) -> AnyView {
    view! {
        {asks(here, tr("room.set_severity"), Action::Severity, false)}
        {(!stage.is_untaken()).then(|| asks(here, tr("room.hand_over"), Action::Parts, false))}
        {asks(here, tr("room.merge"), Action::Merge, false)}
        {asks(here, tr("room.reject"), Action::Reject, false)}
    }
    .into_any()
}

fn asks(here: Here, label: crate::ui::Key, action: Action, primary: bool) -> AnyView {
    view! {
        <button type="button" class="button" class:primary=primary on:click=move |_| here.asking.set(Some(action))>
            {label.text()}
        </button>
    }
    .into_any()
}

fn at_once(here: Here, label: crate::ui::Key, intent: fn() -> IncidentIntent, primary: bool) -> AnyView {
    let toasts = Toasts::expect();
    let act = move |_| {
        if let Err(rejection) = here.act(intent()) {
            toasts.refuse(&rejection);
        }
    };
    view! {
        <button type="button" class="button" class:primary=primary on:click=act>
            {label.text()}
        </button>
    }
    .into_any()
}
