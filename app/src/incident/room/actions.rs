//! What one can do: the next step as one button, the rest beside it.

use leptos::prelude::*;
use shared::incident::{IncidentIntent, Stage};
use wasm_bindgen::JsCast;

use super::here::{Action, Here};
use crate::reactive::effect;
use crate::ui::{Toasts, focus};

const ACTIONS: &str = "room-actions";

/// Brings the focus back to what one can do next, where what had it has gone.
pub fn keep_focus() {
    request_animation_frame(|| {
        let is_lost = document().active_element().is_none_or(|focused| focused.tag_name() == "BODY");
        if !is_lost {
            return;
        }
        // On a phone the rest may be folded away.
        let next = ["#room-actions .primary", "#room-actions :is(button:not(.room-more), a)"];
        let next = next.into_iter().find_map(|next| document().query_selector(next).ok().flatten());
        match next.and_then(|next| next.dyn_into::<web_sys::HtmlElement>().ok()) {
            Some(next) => {
                let _ = next.focus();
            }
            None => {
                focus(ACTIONS);
            }
        }
    });
}

/// The buttons of the stage that it is at.
#[component]
pub fn Actions() -> impl IntoView {
    let here = Here::expect();
    let standing = here.map(|incident| (incident.stage, incident.round.team.is_some()));
    let confirmed = here.map(|incident| (incident.stage == Stage::Confirmed, incident.article));
    let has_focus = StoredValue::new(false);
    let is_unfolded = RwSignal::new(false);
    // What has the focus may go because somebody else took the step.
    effect(move || {
        let _ = (standing.get(), here.runs.get(), here.takes.get(), here.confirms.get());
        if has_focus.get_value() {
            keep_focus();
        }
    });
    let left = move |event: leptos::ev::FocusEvent| {
        let target = event.target().and_then(|target| target.dyn_into::<web_sys::Node>().ok());
        // Also what is about to be taken off the page tells that it lost the focus: it is gone in the next frame.
        request_animation_frame(move || {
            let is_elsewhere =
                document().active_element().is_some_and(|focused| matches!(focused.closest("#room-actions"), Ok(None)));
            if is_elsewhere && target.is_some_and(|target| target.is_connected()) {
                let _ = has_focus.try_update_value(|has| *has = false);
            }
        });
    };
    view! {
        <div
            class="room-actions"
            id=ACTIONS
            role="group"
            aria-label=t!("room.actions")
            tabindex="-1"
            data-unfolded=move || is_unfolded.get().then_some("")
            on:focusin=move |_| has_focus.set_value(true)
            on:focusout=left
        >
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
            <button
                type="button"
                class="button ghost room-more"
                aria-expanded=move || if is_unfolded.get() { "true" } else { "false" }
                on:click=move |_| is_unfolded.update(|is_unfolded| *is_unfolded = !*is_unfolded)
            >
                {move || if is_unfolded.get() { t!("room.less") } else { t!("room.more") }}
            </button>
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
            at_once(here, tr!("room.take"), || IncidentIntent::Take, true)
        }
        Stage::Responding | Stage::TeamFormed | Stage::Mitigated if here.runs.get() => view! {
            {asks(here, tr!("room.post_update"), Action::Update, has_team || stage == Stage::Mitigated)}
            {(!has_team).then(|| asks(here, tr!("room.form_team"), Action::FormTeam, stage == Stage::Responding))}
            {(stage != Stage::Mitigated).then(|| asks(here, tr!("room.mitigate"), Action::Mitigate, false))}
            {asks(here, tr!("room.resolve"), Action::Resolve, false)}
        }
        .into_any(),
        Stage::Resolved if here.confirms.get() => view! {
            {at_once(here, tr!("room.confirm"), || IncidentIntent::Confirm, true)}
            {asks(here, tr!("room.refuse"), Action::Refuse, false)}
        }
        .into_any(),
        Stage::Resolved => view! { <p class="section-note">{t!("room.waits_for_reporter")}</p> }.into_any(),
        _ => ().into_any(),
    }
}

/// What is done more rarely.
fn rest(here: Here, stage: Stage) -> AnyView {
    view! {
        {rarely(here, tr!("room.set_severity"), Action::Severity)}
        {(!stage.is_untaken()).then(|| rarely(here, tr!("room.hand_over"), Action::Parts))}
        {rarely(here, tr!("room.merge"), Action::Merge)}
        {rarely(here, tr!("room.reject"), Action::Reject)}
    }
    .into_any()
}

fn rarely(here: Here, label: crate::ui::Key, action: Action) -> AnyView {
    view! {
        <button type="button" class="button ghost" on:click=move |_| here.asking.set(Some(action))>
            {label.text()}
        </button>
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
        keep_focus();
    };
    view! {
        <button type="button" class="button" class:primary=primary on:click=act>
            {label.text()}
        </button>
    }
    .into_any()
}
