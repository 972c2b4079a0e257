//! The plan: what is reached when, ticked off where it stands, late ones marked.

use icondata_lu::LuPlus;
use leptos::prelude::*;
use shared::id::MilestoneId;
use shared::project::baseline::Dated;
use shared::project::{Milestone, ProjectCommand, ProjectIntent, Stage};
use shared::{Command, Date, Field, Reason, Rejection};
use uuid::Uuid;

use super::super::due::due;
use super::super::moves::Moved;
use super::super::projects::next_milestone;
use super::Here;
use super::baselines::Baselines;
use crate::format;
use crate::reactive::{For, Show, derived, effect, memo};
use crate::ui::{Confirm, Errors, FormDialog, Icon, Text, TextInput, Toasts};

/// The milestones by date.
#[component]
pub fn Milestones() -> impl IntoView {
    let here = Here::expect();
    let plan = here.map(|project| project.milestones.clone());
    let next = here.map(|project| next_milestone(project).map(|milestone| milestone.id));
    let is_over = here.map(|project| project.stage.is_over());
    let editing = RwSignal::new(None::<Milestone>);
    let add = move |_| {
        let date = format::today().max(here.now(|project| project.registration.start));
        let id = MilestoneId::new(Uuid::now_v7());
        editing.set(Some(Milestone { id, name: String::new(), date, done: false }));
    };
    view! {
        <section class="section" aria-labelledby="milestones-title">
            <header class="section-head">
                <h2 id="milestones-title">{t!("project.milestones")}</h2>
                <Show when=move || here.manages.get()>
                    <div class="section-actions">
                        <button
                            type="button"
                            class="button ghost icon small"
                            aria-label=t!("project.add_milestone")
                            on:click=add
                        >
                            <Icon icon=LuPlus small=true />
                        </button>
                    </div>
                </Show>
            </header>
            <Show when=move || plan.with(Vec::is_empty)>
                <p class="section-note">{t!("project.no_milestone")}</p>
            </Show>
            <ol class="milestones">
                <For each=move || plan.get() key=key let(milestone)>
                    <Line milestone next is_over editing />
                </For>
            </ol>
            <Baselines />
            <Edit editing />
        </section>
    }
}

/// A line is drawn anew when anything in it differs.
fn key(milestone: &Milestone) -> (MilestoneId, String, Date, bool) {
    (milestone.id, milestone.name.clone(), milestone.date, milestone.done)
}

#[component]
fn Line(
    milestone: Milestone,
    next: Memo<Option<MilestoneId>>,
    is_over: Memo<bool>,
    editing: RwSignal<Option<Milestone>>,
) -> impl IntoView {
    let here = Here::expect();
    let toasts = Toasts::expect();
    let near = due(milestone.date);
    let Milestone { id, date, done, .. } = milestone;
    let is_late = move || !done && !is_over.get() && near.key == "overdue";
    let state = if done {
        t!("project.done").into_owned()
    } else if date < format::today() || next.get_untracked() == Some(id) {
        near.words
    } else {
        String::new()
    };
    let name = milestone.name.clone();
    let toggle = {
        let milestone = milestone.clone();
        move |event| {
            let now = Milestone { done: event_target_checked(&event), ..milestone.clone() };
            if let Err(rejection) = here.act(ProjectIntent::PutMilestone(now)) {
                toasts.refuse(&rejection);
            }
        }
    };
    let edit_label = t!("project.edit_milestone_named", name = name).into_owned();
    let done_label = t!("project.milestone_done", name = name).into_owned();
    let shown = name.clone();
    view! {
        <li
            data-done=done.then_some("")
            data-late=move || is_late().then_some("")
            data-next=move || (next.get() == Some(id)).then_some("")
            style:padding-block="2px"
        >
            <time datetime=date.to_string()>{format::day(date)}</time>
            <span class="milestone-name">
                {move || {
                    if here.manages.get() {
                        let milestone = milestone.clone();
                        view! {
                            <button
                                type="button"
                                class="property"
                                aria-label=edit_label.clone()
                                on:click=move |_| editing.set(Some(milestone.clone()))
                            >
                                {shown.clone()}
                            </button>
                        }
                        .into_any()
                    } else {
                        view! { {shown.clone()} }.into_any()
                    }
                }}
            </span>
            <span class="milestone-state">
                {state}
                <Show when=move || here.manages.get()>
                    " "
                    <label class="milestone-done">
                        <input
                            type="checkbox"
                            aria-label=done_label.clone()
                            prop:checked=done
                            on:change=toggle.clone()
                        />
                    </label>
                </Show>
            </span>
            <Moved project=here.id of=Dated::Milestone(id) date=Signal::stored(Some(date)) />
        </li>
    }
}

/// The dialog for a milestone, new or not.
#[component]
fn Edit(editing: RwSignal<Option<Milestone>>) -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let open = RwSignal::new(false);
    let asking = RwSignal::new(false);
    let name = RwSignal::new(String::new());
    let date = RwSignal::new(String::new());
    let why = RwSignal::new(String::new());
    effect(move || {
        if let Some(milestone) = editing.get() {
            name.set(milestone.name);
            date.set(milestone.date.to_string());
            why.set(String::new());
            errors.clear();
            open.set(true);
        }
    });
    let is_new = memo(move || {
        let id = editing.with(|milestone| milestone.as_ref().map(|milestone| milestone.id));
        here.project.with(|project| !project.milestones.iter().any(|milestone| Some(milestone.id) == id))
    });
    let is_later = memo(move || {
        let was = editing.with(|milestone| milestone.as_ref().map(|milestone| milestone.date));
        let now = date.with(|date| date.parse::<Date>().ok());
        let counts = here.project.with(|project| matches!(project.stage, Stage::Active | Stage::Accepting));
        counts && !is_new.get() && was.zip(now).is_some_and(|(was, now)| was < now)
    });
    let title = derived(move || {
        let title = if is_new.get() { t!("project.add_milestone") } else { t!("project.edit_milestone") };
        title.into_owned()
    });
    let save = Callback::new(move |()| {
        errors.clear();
        let Some(milestone) = editing.get_untracked() else { return };
        let Ok(date) = date.get_untracked().parse::<Date>() else {
            errors.add(Rejection::of(Field::Date, Reason::Required));
            return;
        };
        if errors.keep(put(here, &milestone, name.get_untracked(), (date, why.get_untracked()))).is_some() {
            open.set(false);
        }
    });
    let remove = Callback::new(move |()| {
        let Some(milestone) = editing.get_untracked() else { return };
        if errors.keep(here.act(ProjectIntent::RemoveMilestone(milestone.id))).is_some() {
            asking.set(false);
        }
    });
    view! {
        <FormDialog open title submit=t!("project.save").into_owned() errors on_submit=save>
            <TextInput
                id="milestone-name"
                label=t!("project.milestone_name")
                value=name
                error=derived(move || errors.of(Field::Milestone))
                autofocus=true
            />
            <TextInput
                id="milestone-date"
                label=t!("project.milestone_date")
                kind=Text::Date
                value=date
                error=derived(move || errors.of(Field::Date))
            />
            <Show when=move || is_later.get()>
                <TextInput
                    id="milestone-why"
                    label=t!("project.why_later")
                    hint=t!("project.why_hint")
                    value=why
                    error=derived(move || errors.of(Field::Why))
                />
            </Show>
            <Show when=move || !is_new.get()>
                <div>
                    <button
                        type="button"
                        class="button ghost danger"
                        on:click=move |_| {
                            open.set(false);
                            asking.set(true);
                        }
                    >
                        {t!("project.remove_milestone")}
                    </button>
                </div>
            </Show>
        </FormDialog>
        <Confirm
            open=asking
            title=derived(move || t!("project.remove_milestone_named", name = name.get()).into_owned())
            text=t!("project.remove_milestone_text").into_owned()
            submit=t!("project.remove").into_owned()
            on_yes=remove
            errors
        />
    }
}

/// Puts a milestone as the dialog says: its date by an intent of its own where that is another, with what is said of it.
fn put(here: Here, was: &Milestone, name: String, (date, why): (Date, String)) -> Result<(), Rejection> {
    let now = here.now(|project| project.milestones.iter().find(|other| other.id == was.id).cloned());
    let intents = match now {
        // Whether it is done may have changed while the dialog was open.
        Some(now) => {
            let renamed = (name != was.name).then_some(ProjectIntent::PutMilestone(Milestone { name, ..now }));
            let moved = (date != was.date).then_some(ProjectIntent::MoveMilestone { milestone: was.id, date, why });
            renamed.into_iter().chain(moved).collect()
        }
        None => vec![ProjectIntent::PutMilestone(Milestone { name, date, ..was.clone() })],
    };
    let command = |intent| Command::Project(ProjectCommand::On { project: here.id, intent });
    here.replica.act_all(intents.into_iter().map(command))
}
