//! What happened to the task, the latest first, read from the journal on the server.

use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use qibu::project::Activity;
use qibu::project::functions::activity;
use shared::project::task::TaskIntent;
use shared::{Command, Scope};

use super::ago::Ago;
use super::journal::{Line, lines};
use super::subject::Subject;
use crate::reactive::Show;
use crate::words;

/// How long changes rest before the log is read again, so that a burst is read once.
const REST: Duration = Duration::from_millis(300);
/// How many rows the server gives at once: fewer means that there are no more.
const PAGE: usize = 50;
/// Longer values than this are folded away.
const LONG: usize = 80;

/// The activity log.
#[component]
pub fn ActivityLog() -> impl IntoView {
    let subject = Subject::expect();
    let rows = RwSignal::new(None::<Vec<Activity>>);
    let is_whole = RwSignal::new(false);
    let is_offline = RwSignal::new(false);
    // Answers may overtake each other: only the one to the last question counts.
    let asked = StoredValue::new(0_u32);
    let load = move |more: bool| {
        let question = asked.with_value(|asked| asked + 1);
        asked.set_value(question);
        let before = rows.with_untracked(|rows| rows.as_ref()?.last().map(|row| row.seq)).filter(|_| more);
        spawn_local(async move {
            let answer = activity(subject.project, subject.id, before).await;
            if asked.try_get_value() != Some(question) {
                return;
            }
            is_offline.set(answer.is_err());
            let Ok(page) = answer else { return };
            is_whole.set(page.len() < PAGE);
            rows.update(|rows| match rows {
                Some(rows) if more => rows.extend(page),
                _ => *rows = Some(page),
            });
        });
    };

    // What one does is in the journal only when the server has confirmed it.
    let is_pending = move || {
        subject.replica.is_pending(Scope::Board(subject.project), |command| match command {
            Command::Task(command) => command.project == subject.project && touches(&command.intent, subject),
            _ => false,
        })
    };
    let comments = subject.on_board(move |board| board.comments(subject.id).to_vec());
    let delivered = subject.on_board(move |board| board.deliverables_of(subject.id).cloned().collect::<Vec<_>>());
    let waiting = StoredValue::new(None::<TimeoutHandle>);
    Effect::new(move |before: Option<()>| {
        subject.track();
        comments.track();
        delivered.track();
        if is_pending() {
            return;
        }
        if let Some(earlier) = waiting.get_value() {
            earlier.clear();
        }
        if before.is_none() {
            load(false);
        } else {
            waiting.set_value(set_timeout_with_handle(move || load(false), REST).ok());
        }
    });
    on_cleanup(move || {
        if let Some(waiting) = waiting.try_get_value().flatten() {
            waiting.clear();
        }
    });

    let entries = move || {
        let rows = rows.get().unwrap_or_default();
        let views = rows.into_iter().flat_map(|row| {
            let (actor, at) = (row.actor, row.at);
            row.changes
                .iter()
                .flat_map(|change| lines(subject, change))
                .map(move |line| entry(subject, actor, at, line))
                .collect::<Vec<_>>()
        });
        views.collect_view()
    };
    view! {
        <section class="task-section" aria-labelledby="task-activity-title">
            <h3 id="task-activity-title">{t!("task.activity")}</h3>
            <Show when=move || is_offline.get()>
                <p class="section-note" role="status">
                    {t!("task.activity_offline")}
                </p>
            </Show>
            <ol class="activity">{entries}</ol>
            <Show when=move || !is_whole.get() && rows.with(Option::is_some)>
                <button type="button" class="button ghost small" on:click=move |_| load(true)>
                    {t!("task.earlier")}
                </button>
            </Show>
        </section>
    }
}

fn entry(subject: Subject, actor: shared::id::PersonId, at: shared::Timestamp, line: Line) -> impl IntoView {
    let Line { did, was, now } = line;
    let is_long = [&was, &now].into_iter().flatten().any(|text| text.chars().count() > LONG);
    let arrow = (was.is_some() && now.is_some()).then_some(" → ");
    let values = view! {
        {was.map(|was| view! { <del>{was}</del> })}
        {arrow}
        {now.map(|now| view! { <ins>{now}</ins> })}
    };
    let tail = if is_long {
        view! {
            <Ago at />
            <details>
                <summary>{t!("task.show_change")}</summary>
                <span style:white-space="pre-wrap">{values}</span>
            </details>
        }
        .into_any()
    } else {
        view! {
            {values}
            " "
            <Ago at />
        }
        .into_any()
    };
    view! {
        <li>
            <strong>{move || words::person_name(subject.replica, actor)}</strong>
            " "
            {did}
            " "
            {tail}
        </li>
    }
}

/// Whether an intent is about this task.
fn touches(intent: &TaskIntent, subject: Subject) -> bool {
    match intent {
        TaskIntent::Create(new) => new.id == subject.id,
        TaskIntent::Move { tasks, .. } | TaskIntent::Remove(tasks) => tasks.contains(&subject.id),
        TaskIntent::Edit { task, .. }
        | TaskIntent::Comment { task, .. }
        | TaskIntent::EditComment { task, .. }
        | TaskIntent::RemoveComment { task, .. } => *task == subject.id,
        TaskIntent::HandOver { .. } | TaskIntent::Tell(_) => false,
    }
}
