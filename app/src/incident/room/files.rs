//! The files of the incident: those of the report and of what was said, the newest first.

use leptos::prelude::*;
use shared::Timestamp;
use shared::file::Attachment;
use shared::id::{EntryId, PersonId};
use shared::incident::Incident;

use super::entry::{self, Filter};
use super::here::Here;
use crate::format;
use crate::incident::words;
use crate::reactive::{For, Show, memo};
use crate::ui::{Attachments, focus_later};

/// What came at once.
#[derive(Clone, PartialEq, Eq)]
struct Batch {
    files: Vec<Attachment>,
    by: PersonId,
    at: Timestamp,
    /// The line that they came with; `None` until the timeline is here.
    entry: Option<EntryId>,
}

/// The id of a line of the timeline on the page.
pub fn line_id(entry: EntryId) -> String {
    format!("entry-{entry}")
}

/// All files, each with its size, who attached it and when, and the way to its message.
#[component]
pub fn Files() -> impl IntoView {
    let here = Here::expect();
    let reported = here.map(of_report);
    let all = memo(move || reported.with(|reported| batches(here, reported)));
    view! {
        <section class="section" aria-labelledby="files-title">
            <header class="section-head">
                <h2 id="files-title">{t!("room.files")}</h2>
            </header>
            <Show when=move || all.with(Vec::is_empty)>
                <p class="section-note">{t!("room.no_file")}</p>
            </Show>
            <ul class="room-files">
                <For each=move || all.get() key=|batch| (batch.at.micros(), batch.entry) let(batch)>
                    <Line batch />
                </For>
            </ul>
        </section>
    }
}

#[component]
fn Line(batch: Batch) -> impl IntoView {
    let here = Here::expect();
    let by = batch.by;
    let name = memo(move || words::actor_name(here.replica, by));
    let at = format::instant(batch.at);
    let jump = batch.entry.map(|entry| {
        let show = move |_| {
            here.filter.set(Filter::All);
            focus_later(line_id(entry));
        };
        view! {
            <button type="button" class="link" on:click=show>
                {t!("room.to_the_message")}
            </button>
        }
    });
    view! {
        <li>
            <Attachments files=batch.files />
            <p class="room-file-from">
                <span>{move || name.get()}</span>
                " "
                <time>{at}</time>
                " "
                {jump}
            </p>
        </li>
    }
}

fn of_report(incident: &Incident) -> Batch {
    let (by, at) = (incident.reporter, incident.reported_at);
    Batch { files: incident.attachments.clone(), by, at, entry: None }
}

/// Those of the timeline, or those of the report alone until it is here; tracked.
fn batches(here: Here, reported: &Batch) -> Vec<Batch> {
    let told = here.replica.read(|view| {
        let entries = view.room(here.id)?.entries.values().rev();
        let batch = |entry: &std::sync::Arc<shared::incident::Entry>| Batch {
            files: entry::files(&entry.kind, &reported.files).to_vec(),
            by: entry.by,
            at: entry.at,
            entry: Some(entry.id),
        };
        Some(entries.map(batch).collect::<Vec<_>>())
    });
    let mut batches = told.unwrap_or_else(|| vec![reported.clone()]);
    batches.retain(|batch| !batch.files.is_empty());
    batches
}
