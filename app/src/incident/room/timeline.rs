//! The timeline: chat, updates and what happened in one, with the field for the next line.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use rust_i18n::t;
use shared::incident::{Entry, EntryKind, IncidentIntent};
use shared::{Field, Scope};

use super::entry::{self, Sort};
use super::here::Here;
use crate::format;
use crate::incident::words;
use crate::ui::{Attach, Attachments, Avatar, Composer, Key, Mentioned, Written, markdown, tr};
use crate::words::person_name;

/// How near to its end the list counts as being at its end, in pixels.
const NEAR: i32 = 60;

/// The timeline with its filter.
#[component]
pub fn Timeline() -> impl IntoView {
    let here = Here::expect();
    let scope = Scope::Room(here.id);
    let filter = RwSignal::new(None::<Sort>);
    let all = Memo::new(move |_| {
        here.replica.read(scope, |state| {
            state.rooms.get(&here.id).map(|room| room.entries.values().cloned().collect::<Vec<Arc<Entry>>>())
        })
    });
    let shown = Memo::new(move |_| {
        let mut shown = all.get().unwrap_or_default();
        if let Some(sort) = filter.get() {
            shown.retain(|entry| entry::sort(&entry.kind) == sort);
        }
        shown
    });
    // One's own report shows before the server has it.
    let is_here = Memo::new(move |_| all.with(Option::is_some));
    let list = NodeRef::<html::Ol>::new();
    let waiting = RwSignal::new(0_usize);
    let to_the_end = move || {
        waiting.set(0);
        if let Some(list) = list.get_untracked() {
            list.set_scroll_top(list.scroll_height());
        }
    };
    let at_the_end = move || {
        list.get_untracked().is_none_or(|list| list.scroll_height() - list.scroll_top() - list.client_height() < NEAR)
    };
    Effect::new(move |before: Option<usize>| {
        let count = shown.with(Vec::len);
        // What is new waits below while one reads further up.
        match before {
            Some(before) if count > before && !at_the_end() => waiting.update(|waiting| *waiting += count - before),
            _ => request_animation_frame(to_the_end),
        }
        count
    });
    view! {
        <section class="section room-timeline" aria-labelledby="timeline-title">
            <header class="section-head">
                <h2 id="timeline-title">{t!("room.timeline")}</h2>
                <div class="section-actions" role="group" aria-label=t!("room.filter")>
                    {one_filter(filter, tr("room.filter_all"), None)}
                    {one_filter(filter, tr("room.filter_talk"), Some(Sort::Talk))}
                    {one_filter(filter, tr("room.filter_updates"), Some(Sort::Updates))}
                    {one_filter(filter, tr("room.filter_status"), Some(Sort::Status))}
                </div>
            </header>
            <Show when=move || is_here.get() fallback=|| view! { <div class="skeleton room-skeleton" aria-busy="true"></div> }>
                <ol
                    class="timeline"
                    aria-label=t!("room.timeline")
                    tabindex="0"
                    node_ref=list
                    on:scroll=move |_| {
                        if at_the_end() {
                            waiting.set(0);
                        }
                    }
                >
                    <For each=move || shown.get() key=|entry| (entry.at.micros(), entry.id) let(entry)>
                        <Line entry />
                    </For>
                </ol>
            </Show>
            <Show when=move || { waiting.get() > 0 }>
                <button type="button" class="button small room-new" on:click=move |_| to_the_end()>
                    {move || t!("room.new_entries", count = waiting.get())}
                </button>
            </Show>
            <Say />
        </section>
    }
}

fn one_filter(filter: RwSignal<Option<Sort>>, label: Key, sort: Option<Sort>) -> AnyView {
    view! {
        <button
            type="button"
            class="button ghost small"
            aria-pressed=move || if filter.get() == sort { "true" } else { "false" }
            on:click=move |_| filter.set(sort)
        >
            {label.text()}
        </button>
    }
    .into_any()
}

#[component]
fn Line(entry: Arc<Entry>) -> impl IntoView {
    let here = Here::expect();
    let replica = here.replica;
    let by = entry.by;
    let name = Memo::new(move |_| words::actor_name(replica, by));
    let is_mine = replica.me();
    let said = replica.peek(|state| entry::sentence(state, &entry));
    let mentions = match &entry.kind {
        EntryKind::Said { mentions, .. } => {
            mentions.iter().map(|person| Mentioned { person: *person, name: person_name(replica, *person) }).collect()
        }
        _ => Vec::new(),
    };
    let text = entry::text(&entry.kind).map(|text| markdown(text, mentions, Some(is_mine)));
    let files = match &entry.kind {
        EntryKind::Said { files, .. } => files.clone(),
        _ => Vec::new(),
    };
    let sort = match entry::sort(&entry.kind) {
        Sort::Talk => "talk",
        Sort::Updates => "update",
        Sort::Status => "status",
    };
    let alarms = entry::alarms(&entry.kind);
    view! {
        <li class="timeline-line" data-sort=sort data-alarm=alarms.then_some("")>
            <time class="timeline-time" title=format::instant(entry.at)>
                {format::clock_time(entry.at)}
            </time>
            <Avatar person=by />
            <div class="timeline-words">
                <p>
                    <strong>{move || name.get()}</strong>
                    " "
                    <span>{said}</span>
                </p>
                {text}
                <Attachments files />
            </div>
        </li>
    }
}

/// Where something is said.
#[component]
fn Say() -> impl IntoView {
    let here = Here::expect();
    let is_over = here.map(|incident| incident.stage.is_over());
    let text = RwSignal::new(String::new());
    let files = RwSignal::new(Vec::new());
    let send = Callback::new(move |(written, mentions): Written| {
        here.act(IncidentIntent::Say { text: written, mentions, files: files.get_untracked() })?;
        text.set(String::new());
        files.set(Vec::new());
        Ok(())
    });
    view! {
        <Show when=move || !is_over.get()>
            <Composer
                text
                label=t!("room.message")
                submit=t!("room.send")
                people=Callback::new(move |person| here.replica.peek(|state| state.active(person).is_ok()))
                field=Field::Message
                on_send=send
            />
            <Attach files />
        </Show>
    }
}
