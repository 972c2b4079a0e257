//! Where the project stands: the next step as a button, with a reason where one is due, and what stands in the way of the
//! end.

use leptos::prelude::*;
use shared::Field;
use shared::project::stage::{not_accepted, not_over};
use shared::project::{ProjectIntent, Stage};

use super::super::projects::{deliverable_address, task_address};
use super::Here;
use crate::reactive::{Show, derived, effect, memo};
use crate::ui::{Errors, FormDialog, Text, TextInput, Toasts, focus_later};
use crate::words;

/// Names the button for what comes next: it takes the focus where the one that was pressed goes.
const NEXT_STEP: &str = "next-step";
/// So many of what stands in the way are named.
const NAMED: usize = 5;

/// What a reason is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asking {
    Close,
    Cancel,
    Reopen,
}

/// The buttons at the head of the page; the lead's.
#[component]
pub fn StageActions() -> impl IntoView {
    let here = Here::expect();
    let toasts = Toasts::expect();
    let stage = here.map(|project| project.stage);
    let reopens = here.map(move |project| project.reopened_by(here.replica.me()).is_ok());
    let asking = RwSignal::new(None::<Asking>);
    let go = move |to: Stage| match to {
        Stage::Closed => asking.set(Some(Asking::Close)),
        Stage::Cancelled => asking.set(Some(Asking::Cancel)),
        Stage::Draft | Stage::Active | Stage::Accepting => {
            match here.act(ProjectIntent::SetStage { stage: to, reason: String::new() }) {
                Ok(()) => focus_later(NEXT_STEP.into()),
                Err(rejection) => toasts.refuse(&rejection),
            }
        }
    };
    view! {
        {move || {
            here.manages
                .get()
                .then(|| {
                    let steps = steps(stage.get());
                    let last = steps.last().map(|(to, _)| *to);
                    steps
                        .iter()
                        .map(|(to, class)| {
                            let to = *to;
                            let id = (last == Some(to)).then_some(NEXT_STEP);
                            view! {
                                <button type="button" class=*class id=id on:click=move |_| go(to)>
                                    {verb(stage.get_untracked(), to)}
                                </button>
                            }
                        })
                        .collect_view()
                })
        }}
        <Show when=move || reopens.get()>
            <button type="button" class="button" id=NEXT_STEP on:click=move |_| asking.set(Some(Asking::Reopen))>
                {t!("project.reopen")}
            </button>
        </Show>
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

/// Something that stands in the way, by its name, and where it is.
type Open = (String, String);

/// Asks why the project ends or goes on.
#[component]
fn Reason(asking: RwSignal<Option<Asking>>) -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let open = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let asked = StoredValue::new(None::<Asking>);
    effect(move || {
        if asking.get().is_some() {
            errors.clear();
            // What was typed for another question does not answer this one.
            if asked.get_value() != asking.get() {
                reason.set(String::new());
            }
            asked.set_value(asking.get());
            open.set(true);
        }
    });
    effect(move || {
        if !open.get() {
            asking.set(None);
        }
    });
    let in_the_way = here.on_board(move |board| {
        let deliverables = not_accepted(board).map(|it| (it.name.clone(), deliverable_address(here.id, it.id)));
        let tasks = not_over(board).map(|it| (format!("#{} {}", it.number, it.name), task_address(here.id, it.id)));
        let (deliverables, tasks): (Vec<Open>, Vec<Open>) = (deliverables.collect(), tasks.collect());
        let obstacles = shared::project::stage::obstacles(board);
        (words::obstacles_named(&obstacles), deliverables.into_iter().chain(tasks).collect::<Vec<Open>>())
    });
    let in_the_way = memo(move || in_the_way.get().unwrap_or_default());
    let is_barred = memo(move || asking.get() == Some(Asking::Close) && in_the_way.with(|(_, open)| !open.is_empty()));
    let save = Callback::new(move |()| {
        errors.clear();
        let Some(ends) = asking.get_untracked() else { return };
        let reason_given = reason.get_untracked();
        let intent = match ends {
            Asking::Close if is_barred.get_untracked() => ProjectIntent::CloseDespite { reason: reason_given },
            Asking::Close => ProjectIntent::SetStage { stage: Stage::Closed, reason: reason_given },
            Asking::Cancel => ProjectIntent::SetStage { stage: Stage::Cancelled, reason: reason_given },
            Asking::Reopen => ProjectIntent::Reopen { reason: reason_given },
        };
        if errors.keep(here.act(intent)).is_some() {
            reason.set(String::new());
            open.set(false);
            focus_later(NEXT_STEP.into());
        }
    });
    let title = derived(move || {
        match asking.get() {
            Some(Asking::Cancel) => t!("project.cancel_title"),
            Some(Asking::Reopen) => t!("project.reopen_title"),
            Some(Asking::Close) | None => t!("project.close_title"),
        }
        .into_owned()
    });
    let submit = derived(move || {
        match asking.get() {
            Some(Asking::Cancel) => t!("project.cancel_project"),
            Some(Asking::Reopen) => t!("project.reopen"),
            Some(Asking::Close) if is_barred.get() => t!("project.close_anyway"),
            Some(Asking::Close) | None => t!("project.close_project"),
        }
        .into_owned()
    });
    let text = move || match asking.get() {
        Some(Asking::Cancel) => t!("project.cancel_text"),
        Some(Asking::Reopen) => t!("project.reopen_text"),
        Some(Asking::Close) if is_barred.get() => t!("project.close_despite_text"),
        Some(Asking::Close) | None => t!("project.close_ready"),
    };
    // By the question alone: the field is not drawn anew under whoever types when something is done meanwhile.
    let closes = memo(move || asking.get() == Some(Asking::Close));
    let label = move || if closes.get() { t!("project.closing_note") } else { t!("project.reason") }.into_owned();
    view! {
        <FormDialog open title submit errors on_submit=save>
            <Show when=move || is_barred.get()>
                <div class="in-the-way">
                    <p>
                        <strong>{t!("project.in_the_way")}</strong>
                        " "
                        {move || in_the_way.with(|(words, _)| words.clone())}
                    </p>
                    <ul>{move || in_the_way.with(|(_, open)| named(open))}</ul>
                </div>
            </Show>
            <p>{text}</p>
            {move || {
                view! {
                    <TextInput
                        id="stage-reason"
                        label=label()
                        kind=Text::Lines
                        value=reason
                        error=derived(move || errors.of(Field::Reason))
                        autofocus=true
                    />
                }
            }}
        </FormDialog>
    }
}

/// The first of them as links, and how many more there are.
fn named(open: &[Open]) -> AnyView {
    let link = |(name, address): &Open| view! { <li><a class="link" href=address.clone()>{name.clone()}</a></li> };
    let more = open.len().saturating_sub(NAMED);
    let links = open.iter().take(NAMED).map(link).collect_view();
    let more = (more > 0).then(|| view! { <li>{t!("project.and_more", count = more)}</li> });
    view! {
        {links}
        {more}
    }
    .into_any()
}
