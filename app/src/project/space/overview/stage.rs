//! Where the project stands: the next step as a button, with a reason where one is due.

use leptos::prelude::*;
use shared::Field;
use shared::project::{ProjectIntent, Stage};

use super::Here;
use crate::reactive::{derived, effect};
use crate::ui::{Errors, FormDialog, Text, TextInput, Toasts};

/// The buttons at the head of the page; the lead's.
#[component]
pub fn StageActions() -> impl IntoView {
    let here = Here::expect();
    let toasts = Toasts::expect();
    let stage = here.map(|project| project.stage);
    let asking = RwSignal::new(None::<Stage>);
    let go = move |to: Stage| {
        if to.is_over() {
            asking.set(Some(to));
        } else if let Err(rejection) = here.act(ProjectIntent::SetStage { stage: to, reason: String::new() }) {
            toasts.refuse(&rejection);
        }
    };
    view! {
        {move || {
            here.manages
                .get()
                .then(|| {
                    steps(stage.get())
                        .iter()
                        .map(|(to, class)| {
                            let to = *to;
                            view! {
                                <button type="button" class=*class on:click=move |_| go(to)>
                                    {verb(stage.get_untracked(), to)}
                                </button>
                            }
                        })
                        .collect_view()
                })
        }}
        <Reason asking />
    }
}

/// The stages that can come next, the likeliest last.
const fn steps(from: Stage) -> &'static [(Stage, &'static str)] {
    const QUIET: &str = "button ghost";
    const NEXT: &str = "button";
    match from {
        Stage::Draft => &[(Stage::Cancelled, QUIET), (Stage::Active, "button primary")],
        Stage::Active => &[(Stage::Cancelled, QUIET), (Stage::Accepting, NEXT)],
        Stage::Accepting => &[(Stage::Cancelled, QUIET), (Stage::Active, QUIET), (Stage::Closed, NEXT)],
        Stage::Closed | Stage::Cancelled => &[],
    }
}

fn verb(from: Stage, to: Stage) -> String {
    match to {
        Stage::Active if from == Stage::Draft => t!("project.start_project"),
        Stage::Active | Stage::Draft => t!("project.back_to_work"),
        Stage::Accepting => t!("project.begin_acceptance"),
        Stage::Closed => t!("project.close_project"),
        Stage::Cancelled => t!("project.cancel_project"),
    }
    .into_owned()
}

/// Asks why the project ends.
#[component]
fn Reason(asking: RwSignal<Option<Stage>>) -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    effect(move || {
        if asking.get().is_some() {
            errors.clear();
            open.set(true);
        }
    });
    let save = Callback::new(move |()| {
        errors.clear();
        let Some(stage) = asking.get_untracked() else { return };
        let reason_given = reason.get_untracked();
        if errors.keep(here.act(ProjectIntent::SetStage { stage, reason: reason_given })).is_some() {
            reason.set(String::new());
            open.set(false);
        }
    });
    let is_closing = move || asking.get() == Some(Stage::Closed);
    let title = derived(move || {
        let title = if is_closing() { t!("project.close_title") } else { t!("project.cancel_title") };
        title.into_owned()
    });
    let submit = derived(move || {
        let verb = if is_closing() { t!("project.close_project") } else { t!("project.cancel_project") };
        verb.into_owned()
    });
    view! {
        <FormDialog open title submit errors on_submit=save>
            <p>
                {move || if is_closing() { t!("project.close_text") } else { t!("project.cancel_text") }}
            </p>
            <TextInput
                id="stage-reason"
                label=t!("project.reason")
                kind=Text::Lines
                value=reason
                error=derived(move || errors.of(Field::Reason))
                autofocus=true
            />
        </FormDialog>
    }
}
