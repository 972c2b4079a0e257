//! One deliverable: who, what it must be, what is to be done with it now, its versions.

use std::sync::Arc;

use icondata_lu::{LuPencil, LuTrash2, LuX};
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use shared::Field;
use shared::id::DeliverableId;
use shared::inbox::{About, BoardDeliverable};
use shared::project::deliverable::{Deliverable, DeliverableIntent, Standing};

use super::hand_in::HandIn;
use super::list::{accepter, row_id};
use super::versions::Versions;
use super::{Draft, Here};
use crate::inbox::Asks;
use crate::project::space::{standing, standing_key, task_address};
use crate::reactive::{Show, derived, effect, memo};
use crate::ui::{
    Confirm, Errors, FormDialog, Icon, PersonTag, Text, TextInput, Toasts, focus_later, in_dialog, once_drawn, prose,
};

/// Names the sheet: it takes the focus where what had it is done and gone.
pub const SHEET: &str = "deliverable-sheet";

/// The deliverable that is opened.
#[component]
pub fn Sheet(id: DeliverableId) -> impl IntoView {
    let here = Here::expect();
    let found = here.on_board(move |board| board.deliverable(id).ok().cloned());
    let is_here = memo(move || found.with(|found| matches!(found, Some(Some(_)))));
    let panel = NodeRef::<html::Aside>::new();
    panel.on_load(|panel| {
        once_drawn(move || {
            let _ = panel.focus();
        });
    });
    let close = Callback::new(move |()| {
        here.close();
        focus_later(row_id(id));
    });
    let on_key = move |event: KeyboardEvent| {
        // A dialog that is open over the sheet closes by itself.
        if event.key() == "Escape" && !event.default_prevented() && !in_dialog(&event) {
            event.prevent_default();
            close.run(());
        }
    };
    view! {
        <aside
            class="task-panel"
            id=SHEET
            aria-labelledby="deliverable-title"
            tabindex="-1"
            node_ref=panel
            on:keydown=on_key
        >
            {move || {
                let first = is_here.get().then(|| found.get_untracked().flatten()).flatten();
                match first {
                    Some(first) => {
                        let now = Memo::new(move |before: Option<&Arc<Deliverable>>| {
                            found.get().flatten().unwrap_or_else(|| before.unwrap_or(&first).clone())
                        });
                        view! { <Open now close /> }.into_any()
                    }
                    None => view! { <Gone close /> }.into_any(),
                }
            }}
        </aside>
    }
}

#[component]
fn Close(close: Callback<()>) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button ghost icon small"
            aria-label=t!("deliverable.close")
            on:click=move |_| close.run(())
        >
            <Icon icon=LuX small=true />
        </button>
    }
}

#[component]
fn Gone(close: Callback<()>) -> impl IntoView {
    view! {
        <header class="task-head">
            <h2 id="deliverable-title">{t!("deliverable.gone_title")}</h2>
            <span class="task-head-actions">
                <Close close />
            </span>
        </header>
        <div class="task-body">
            <p>{t!("deliverable.gone_text")}</p>
        </div>
    }
}

#[component]
fn Open(now: Memo<Arc<Deliverable>>, close: Callback<()>) -> impl IntoView {
    let here = Here::expect();
    let me = here.replica.me();
    // Who reads that it was accepted knows it.
    let asks = Asks::expect();
    effect(move || {
        let (project, deliverable) = (here.project.with(|project| project.id), now.with(|now| now.id));
        if asks.count() > 0 {
            asks.read(About::Deliverable(BoardDeliverable { project, deliverable }), None);
        }
    });
    let stands = memo(move || now.with(|now| now.standing()));
    let changes = memo(move || now.with(|now| here.project.with(|project| now.changed_by(project, me).is_ok())));
    let produces = memo(move || now.with(|now| here.project.with(|project| now.handed_in_by(project, me).is_ok())));
    let decides = memo(move || {
        stands.get() == Standing::Submitted
            && now.with(|now| here.project.with(|project| now.decided_by(project, me).is_ok()))
    });
    let name = memo(move || now.with(|now| now.name.clone()));
    let criteria = memo(move || now.with(|now| now.criteria.clone()));
    view! {
        <header class="task-head">
            <span class="status" data-status=move || standing_key(stands.get())>
                {move || standing(stands.get())}
            </span>
            <span class="task-head-actions">
                <Show when=move || changes.get()>
                    <button
                        type="button"
                        class="button ghost icon small"
                        aria-label=t!("deliverable.edit_title")
                        on:click=move |_| here.editing.set(Some(Draft::Of(now.get_untracked())))
                    >
                        <Icon icon=LuPencil small=true />
                    </button>
                    <Remove now close />
                </Show>
                <Close close />
            </span>
        </header>
        <div class="task-body">
            <h2 class="task-title" id="deliverable-title">{move || name.get()}</h2>
            <Facts now />
            <section class="task-section" aria-labelledby="deliverable-criteria">
                <h3 id="deliverable-criteria">{t!("deliverable.criteria")}</h3>
                {move || {
                    let criteria = criteria.get();
                    if criteria.is_empty() {
                        view! { <p class="section-note">{t!("deliverable.no_criteria")}</p> }.into_any()
                    } else {
                        prose(&criteria)
                    }
                }}
            </section>
            <Show when=move || decides.get()>
                <Decide now />
            </Show>
            <Show when=move || produces.get()>
                <HandIn now />
            </Show>
            <Versions now />
        </div>
    }
}

/// The short fields.
#[component]
fn Facts(now: Memo<Arc<Deliverable>>) -> impl IntoView {
    let here = Here::expect();
    let task = memo(move || now.with(|now| now.task));
    let named = here.on_board(move |board| {
        task.get().and_then(|id| board.task(id).ok()).map(|task| (task.id, task.number, task.name.clone()))
    });
    let producer = memo(move || now.with(|now| now.producer));
    let returns = memo(move || now.with(|now| now.returns()));
    view! {
        <dl class="properties">
            <div>
                <dt>{t!("deliverable.task")}</dt>
                <dd>
                    {move || match named.get().flatten() {
                        Some((task, number, name)) => {
                            let address = task_address(here.project.with(|project| project.id), task);
                            view! { <a href=address>{format!("#{number} {name}")}</a> }.into_any()
                        }
                        None => view! { <span>{t!("deliverable.no_task")}</span> }.into_any(),
                    }}
                </dd>
            </div>
            <div>
                <dt>{t!("deliverable.producer")}</dt>
                <dd>{move || view! { <PersonTag person=producer.get() /> }}</dd>
            </div>
            <div>
                <dt>{t!("deliverable.accepter")}</dt>
                <dd>{move || accepter(here, now.get())}</dd>
            </div>
            <Show when=move || { returns.get() > 0 }>
                <div>
                    <dt>{t!("deliverable.returned_times")}</dt>
                    <dd>{move || t!("deliverable.times", count = returns.get())}</dd>
                </div>
            </Show>
        </dl>
    }
}

/// What the accepter decides.
#[component]
fn Decide(now: Memo<Arc<Deliverable>>) -> impl IntoView {
    let here = Here::expect();
    let errors = Errors::new();
    let returning = RwSignal::new(false);
    let reason = RwSignal::new(String::new());
    let version = memo(move || now.with(|now| now.versions.last().map_or(0, |version| version.number)));
    // The version that is on the page while somebody decides: a later one is not decided on unseen.
    let seen = StoredValue::new(0);
    let accept = move |_| {
        errors.clear();
        let deliverable = now.with_untracked(|now| now.id);
        let version = version.get_untracked();
        if errors.keep(here.act(DeliverableIntent::Accept { deliverable, version })).is_some() {
            focus_later(SHEET.into());
        }
    };
    let give_back = Callback::new(move |()| {
        errors.clear();
        let deliverable = now.with_untracked(|now| now.id);
        let (version, given) = (seen.get_value(), reason.get_untracked());
        if errors.keep(here.act(DeliverableIntent::Return { deliverable, version, reason: given })).is_some() {
            reason.set(String::new());
            returning.set(false);
            focus_later(SHEET.into());
        }
    });
    view! {
        <section class="delivery-decide">
            <p>{move || t!("deliverable.accept_text", number = version.get())}</p>
            <div class="form-actions">
                <button type="button" class="button primary" on:click=accept>
                    {t!("deliverable.accept")}
                </button>
                <button
                    type="button"
                    class="button"
                    on:click=move |_| {
                        errors.clear();
                        seen.set_value(version.get_untracked());
                        returning.set(true);
                    }
                >
                    {t!("deliverable.return")}
                </button>
            </div>
            <div class="field">
                <p class="error" role="alert">
                    {move || errors.of_form().filter(|_| !returning.get())}
                </p>
            </div>
        </section>
        <FormDialog
            open=returning
            title=derived(move || t!("deliverable.return_title", number = seen.get_value()).into_owned())
            submit=t!("deliverable.return").into_owned()
            errors
            on_submit=give_back
        >
            <p>{t!("deliverable.return_text")}</p>
            <TextInput
                id="return-reason"
                label=t!("deliverable.reason")
                kind=Text::Lines
                value=reason
                error=derived(move || errors.of(Field::Reason))
                autofocus=true
            />
        </FormDialog>
    }
}

#[component]
fn Remove(now: Memo<Arc<Deliverable>>, close: Callback<()>) -> impl IntoView {
    let here = Here::expect();
    let toasts = Toasts::expect();
    let errors = Errors::new();
    let asking = RwSignal::new(false);
    let remove = Callback::new(move |()| {
        errors.clear();
        if errors.keep(here.act(DeliverableIntent::Remove(now.with_untracked(|now| now.id)))).is_some() {
            asking.set(false);
            close.run(());
            toasts.say(t!("deliverable.removed"));
        }
    });
    view! {
        <button
            type="button"
            class="button ghost icon small"
            aria-label=t!("deliverable.remove")
            on:click=move |_| {
                errors.clear();
                asking.set(true);
            }
        >
            <Icon icon=LuTrash2 small=true />
        </button>
        <Confirm
            open=asking
            title=derived(move || t!("deliverable.remove_named", name = now.with(|now| now.name.clone())).into_owned())
            text=t!("deliverable.remove_text").into_owned()
            submit=t!("deliverable.remove").into_owned()
            on_yes=remove
            errors
        />
    }
}
