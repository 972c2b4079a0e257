//! The frame of the panel: its head, its sections, and how it closes.

use icondata_lu::LuX;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use shared::Scope;
use shared::id::{ProjectId, TaskId};

use super::activity::ActivityLog;
use super::ago::Minutes;
use super::blocked::{Block, BlockProperty};
use super::checklist::Checklist;
use super::comments::Comments;
use super::delivers::Delivers;
use super::dependencies::Dependencies;
use super::description::Description;
use super::fields::{Due, Estimate, Priority, ProjectName};
use super::head::Head;
use super::labels::Labels;
use super::name::Name;
use super::people::{Collaborators, Owner};
use super::progress::Progress;
use super::said::show_what_was_said;
use super::subject::Subject;
use crate::reactive::memo;
use crate::sync::Replica;
use crate::ui::{Icon, in_dialog, once_drawn};

/// The panel of one task, open beside the board while the address says `?task=`.
#[component]
pub fn TaskPanel(
    /// Whose board.
    project: ProjectId,
    /// Which task.
    task: TaskId,
    /// Closes the panel.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let replica = Replica::expect();
    let board = Scope::Board(project);
    let is_here = memo(move || replica.read(|view| view.board(project).is_some_and(|board| board.task(task).is_ok())));
    let is_loading = memo(move || !is_here.get() && !replica.holds(board));
    let panel = NodeRef::<html::Aside>::new();
    Minutes::provide();
    // Whoever opened it by keyboard goes on inside; closing gives the focus back to the card.
    panel.on_load(|panel| {
        once_drawn(move || {
            let _ = panel.focus();
        });
    });
    let on_key = move |event: KeyboardEvent| {
        if event.key() == "Escape" && !event.default_prevented() && !in_dialog(&event) {
            event.prevent_default();
            event.stop_propagation();
            on_close.run(());
        }
    };
    view! {
        <aside class="task-panel" aria-labelledby="task-title" tabindex="-1" node_ref=panel on:keydown=on_key>
            {move || {
                let first = is_here
                    .get()
                    .then(|| replica.peek(|state| state.board(project).ok()?.task(task).ok().cloned()))
                    .flatten();
                match first {
                    Some(first) => {
                        provide_context(Subject::new(replica, project, first));
                        view! { <Open on_close /> }.into_any()
                    }
                    None => view! { <Absent is_loading on_close /> }.into_any(),
                }
            }}
        </aside>
    }
}

/// The whole task.
#[component]
fn Open(on_close: Callback<()>) -> impl IntoView {
    let subject = Subject::expect();
    show_what_was_said(subject);
    let blocking = RwSignal::new(false);
    let note = move || match (subject.works.get(), subject.comments.get()) {
        (true, _) => None,
        (false, true) => Some(t!("task.may_comment")),
        (false, false) => Some(t!("task.read_only")),
    };
    view! {
        <Head on_close />
        <div class="task-body">
            <Name />
            {move || note().map(|note| view! { <p class="section-note">{note}</p> })}
            <Block editing=blocking />
            <dl class="properties">
                <ProjectName />
                <Owner />
                <Collaborators />
                <Due />
                <Priority />
                <Estimate />
                <Labels />
                <Dependencies />
                <Delivers />
                <BlockProperty editing=blocking />
            </dl>
            <Progress />
            <Description />
            <Checklist />
            <Comments />
            <ActivityLog />
        </div>
    }
}

/// A task that is not here: not yet, or not any more.
#[component]
fn Absent(is_loading: Memo<bool>, on_close: Callback<()>) -> impl IntoView {
    view! {
        <header class="task-head">
            <h2 id="task-title" class:visually-hidden=move || is_loading.get()>
                {move || if is_loading.get() { t!("task.loading") } else { t!("task.gone_title") }}
            </h2>
            <span class="task-head-actions">
                <button
                    type="button"
                    class="button ghost icon small"
                    aria-label=t!("task.close")
                    on:click=move |_| on_close.run(())
                >
                    <Icon icon=LuX small=true />
                </button>
            </span>
        </header>
        <div class="task-body">
            {move || {
                if is_loading.get() {
                    let line = |width: &'static str| view! { <span class="skeleton-line" style:--width=width></span> };
                    view! {
                        <div class="skeleton" aria-hidden="true">
                            {["80%", "45%", "50%", "35%", "60%", "70%"].map(line).collect_view()}
                        </div>
                    }
                    .into_any()
                } else {
                    view! { <p>{t!("task.gone_text")}</p> }.into_any()
                }
            }}
        </div>
    }
}
