//! The timeline: chat, updates and what happened in one, with the field for the next line.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use shared::Field;
use shared::file::{Attachment, file_name};
use shared::inbox::About;
use shared::incident::{Entry, EntryKind, IncidentIntent};
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use super::entry::{self, Filter, Sort};
use super::files::line_id;
use super::here::Here;
use crate::format;
use crate::inbox::Asks;
use crate::incident::{room_address, words};
use crate::reactive::{For, Show, memo};
use crate::ui::{Along, Attachments, Avatar, Composer, Key, Mentioned, NotAtHand, Unsent, Written, markdown};
use crate::words::person_name;

/// How near to its end the list counts as being at its end, in pixels.
const NEAR: i32 = 60;

/// The timeline with its filter.
#[component]
pub fn Timeline() -> impl IntoView {
    let here = Here::expect();
    let filter = here.filter;
    let reported = here.map(|incident| incident.attachments.clone());
    let all = memo(move || {
        here.replica
            .read(|view| view.room(here.id).map(|room| room.entries.values().cloned().collect::<Vec<Arc<Entry>>>()))
    });
    let shown = memo(move || {
        let (filter, mut shown) = (filter.get(), all.get().unwrap_or_default());
        reported.with(|reported| shown.retain(|entry| filter.shows(&entry.kind, reported)));
        shown
    });
    // One's own report shows before the server has it.
    let is_here = memo(move || all.with(Option::is_some));
    let list = NodeRef::<html::Ol>::new();
    // A frame later the page may have been left.
    let there = move || list.try_get_untracked().flatten();
    let waiting = RwSignal::new(0_usize);
    let to_the_end = move || {
        waiting.set(0);
        if let Some(list) = there() {
            show_end(&list);
        }
    };
    let at_the_end = move || there().is_none_or(|list| is_at_end(&list));
    Effect::new(move |before: Option<(Filter, usize)>| {
        let (filter, count) = (filter.get(), shown.with(Vec::len));
        match before {
            // Whoever changes what is shown says where to look.
            Some((other, _)) if other != filter => waiting.set(0),
            // What is new waits below while one reads further up.
            Some((_, before)) if before > 0 => {
                if count > before && at_the_end() {
                    request_animation_frame(to_the_end);
                } else {
                    waiting.update(|waiting| *waiting += count.saturating_sub(before));
                }
            }
            // The lines may come long after the page. One that scrolls as a whole is read from its top.
            _ => request_animation_frame(move || {
                if let Some(list) = there().filter(|list| scrolls(list)) {
                    show_end(&list);
                }
            }),
        }
        (filter, count)
    });
    let one_filter = move |label: Key, shows: Filter| {
        let choose = move |_| {
            filter.set(shows);
            request_animation_frame(to_the_end);
        };
        view! {
            <button
                type="button"
                class="button ghost small"
                aria-pressed=move || if filter.get() == shows { "true" } else { "false" }
                on:click=choose
            >
                {label.text()}
            </button>
        }
    };
    // The button goes when it is pressed: the focus stays with the lines.
    let show_new = move |_| {
        to_the_end();
        if let Some(list) = there() {
            let _ = list.focus();
        }
    };
    view! {
        <section class="section room-timeline" aria-labelledby="timeline-title">
            <header class="section-head">
                <h2 id="timeline-title">{t!("room.timeline")}</h2>
                <div class="section-actions" role="group" aria-label=t!("room.filter")>
                    {one_filter(tr!("room.filter_all"), Filter::All)}
                    {one_filter(tr!("room.filter_talk"), Filter::Of(Sort::Talk))}
                    {one_filter(tr!("room.filter_updates"), Filter::Of(Sort::Updates))}
                    {one_filter(tr!("room.filter_status"), Filter::Of(Sort::Status))}
                    {one_filter(tr!("room.filter_files"), Filter::Files)}
                    <button type="button" class="button ghost small room-latest" on:click=show_new>
                        {t!("room.latest")}
                    </button>
                </div>
            </header>
            <Show
                when=move || is_here.get()
                fallback=|| {
                    view! {
                        <NotAtHand text=tr!("room.not_here") />
                        <div class="skeleton room-skeleton" aria-busy="true"></div>
                    }
                }
            >
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
                <button type="button" class="button small room-new" on:click=show_new>
                    {move || t!("room.new_entries", count = waiting.get())}
                </button>
            </Show>
            <Say />
        </section>
    }
}

/// Whether the list scrolls by itself; on a phone the page does.
fn scrolls(list: &web_sys::Element) -> bool {
    list.scroll_height() > list.client_height() + 1
}

fn is_at_end(list: &web_sys::Element) -> bool {
    if scrolls(list) {
        return list.scroll_height() - list.scroll_top() - list.client_height() < NEAR;
    }
    let height = window().inner_height().ok().and_then(|height| height.as_f64()).unwrap_or_default();
    list.get_bounding_client_rect().bottom() - height < f64::from(NEAR)
}

fn show_end(list: &web_sys::Element) {
    if scrolls(list) {
        list.set_scroll_top(list.scroll_height());
    } else if let Some(last) = list.last_element_child() {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        last.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

#[component]
fn Line(entry: Arc<Entry>) -> impl IntoView {
    let here = Here::expect();
    let replica = here.replica;
    let by = entry.by;
    let name = memo(move || words::actor_name(replica, by));
    let is_mine = replica.me();
    let said = replica.peek(|state| entry::sentence(state, &entry));
    let mentions = match &entry.kind {
        EntryKind::Said { mentions, .. } => {
            mentions.iter().map(|person| Mentioned { person: *person, name: person_name(replica, *person) }).collect()
        }
        _ => Vec::new(),
    };
    let text = entry::text(&entry.kind).map(|text| markdown(text, &mentions, Some(is_mine)));
    let files = match &entry.kind {
        EntryKind::Said { files, .. } => files.clone(),
        _ => Vec::new(),
    };
    let with_report = match &entry.kind {
        EntryKind::Reported => here.now(|incident| names(&incident.attachments)),
        _ => None,
    };
    let sort = match entry::sort(&entry.kind) {
        Sort::Talk => "talk",
        Sort::Updates => "update",
        Sort::Status => "status",
    };
    let other = entry::other(&entry.kind);
    let alarms = entry::alarms(&entry.kind);
    let day = format::day_of(entry.at);
    let later = (day != here.now(|incident| format::day_of(incident.reported_at))).then_some(day);
    view! {
        <li class="timeline-line" id=line_id(entry.id) tabindex="-1" data-sort=sort data-alarm=alarms.then_some("")>
            <time class="timeline-time" title=format::instant(entry.at)>
                {format::time_of_day(entry.at)}
                {later.map(|day| view! { <span class="timeline-day">{format::day(day)}</span> })}
            </time>
            <Avatar person=by />
            <div class="timeline-words">
                <p>
                    <strong>{move || name.get()}</strong>
                    " "
                    <span>{said}</span>
                    {other.map(|other| view! { " " <a class="link" href=room_address(other)>{t!("room.to_the_incident")}</a> })}
                </p>
                {text}
                {with_report.map(|names| view! { <p>{t!("room.with_files", names = names)}</p> })}
                <Attachments files />
            </div>
        </li>
    }
}

/// The names of the files of the report, which its line tells: the files themselves are in their list.
fn names(files: &[Attachment]) -> Option<String> {
    let names: Vec<String> = files.iter().map(|file| file_name(&file.name)).collect();
    (!names.is_empty()).then(|| names.join(&t!("room.list_comma")))
}

/// Where something is said.
#[component]
fn Say() -> impl IntoView {
    let here = Here::expect();
    let is_over = here.map(|incident| incident.stage.is_over());
    let unsent = Unsent::at(&format!("incident.{}", here.id));
    let (text, files) = unsent.fill((RwSignal::new(String::new()), RwSignal::new(Vec::<Attachment>::new())));
    let along = Along::of(files);
    let asks = Asks::expect();
    let send = Callback::new(move |(written, mentions): Written| {
        here.act(IncidentIntent::Say { text: written, mentions, files: files.get_untracked() })?;
        untrack(|| asks.answer(About::Incident(here.id)));
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
                along
                on_send=send
            />
        </Show>
    }
}
