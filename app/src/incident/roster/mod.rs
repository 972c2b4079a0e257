//! The duty roster: who is on duty now, who comes next, and where nobody does (incident: roster).

mod add;
mod edit;
mod hand_over;
mod list;
mod turns;
pub(in crate::incident) mod zone;

use jiff::ToSpan;
use leptos::prelude::*;
use shared::Timestamp;
use shared::incident::{Roster, Shift};

use self::add::AddTurns;
use self::edit::Editor;
use self::hand_over::HandOver;
use self::list::Coming;
use self::turns::gaps;
use super::centre::{IncidentHead, Section};
use crate::organisation::is_admin;
use crate::reactive::{Show, memo};
use crate::sync::Replica;
use crate::ui::{PersonTag, Seconds, page_title};

/// How many days ahead nobody may be missing.
const DAYS_AHEAD: i64 = 14;

/// The page behind `/incidents/roster`.
#[component]
pub fn RosterPage() -> impl IntoView {
    page_title(|| t!("roster.title"));
    let replica = Replica::expect();
    let seconds = Seconds::expect();
    let is_admin = is_admin(replica);
    let minute = seconds.minute();
    let roster = memo(move || replica.read(|view| view.incidents().roster.clone()));
    let current = memo(move || roster.with(|roster| roster.at(minute.get()).cloned()));
    let may_hand_over = move || {
        is_admin.get() || current.with(|current| current.as_ref().is_some_and(|turn| turn.lead == replica.me()))
    };
    let may_hand_over = memo(move || current.with(Option::is_some) && may_hand_over());
    let adding = RwSignal::new(false);
    let handing = RwSignal::new(false);
    let editor = Editor::new();
    let is_empty = memo(move || roster.with(|roster| roster.after(minute.get()).is_empty()));
    view! {
        <IncidentHead section=Section::Roster>
            <Show when=move || may_hand_over.get()>
                <button type="button" class="button" on:click=move |_| handing.set(true)>
                    {t!("roster.hand_over")}
                </button>
            </Show>
            <Show when=move || is_admin.get()>
                <button type="button" class="button primary" on:click=move |_| adding.set(true)>
                    {t!("roster.add")}
                </button>
            </Show>
        </IncidentHead>
        <div class="page-body" tabindex="0">
            <div class="roster">
                <OnDuty current />
                <Show
                    when=move || !is_empty.get()
                    fallback=move || view! { <NoRoster is_admin /> }
                >
                    <Gaps roster minute />
                    <Coming roster minute is_admin editor />
                </Show>
            </div>
        </div>
        <AddTurns open=adding />
        <HandOver open=handing />
        {editor.view()}
    }
}

/// Who is on duty now.
#[component]
fn OnDuty(current: Memo<Option<Shift>>) -> impl IntoView {
    view! {
        <section class="section duty" aria-labelledby="on-duty">
            <h2 id="on-duty" class="duty-title">
                {t!("roster.now")}
            </h2>
            {move || match current.get() {
                None => view! { <p class="duty-nobody">{t!("roster.nobody")}</p> }.into_any(),
                Some(turn) => view! { <Turn turn /> }.into_any(),
            }}
        </section>
    }
}

#[component]
fn Turn(turn: Shift) -> impl IntoView {
    let replica = Replica::expect();
    let handed = turn.handed_over_by.map(|by| {
        let note = turn.note.clone();
        move || {
            let name = crate::words::person_name(replica, by);
            if note.is_empty() {
                t!("roster.handed_by", name = name).into_owned()
            } else {
                t!("roster.handed_with", name = name, note = note).into_owned()
            }
        }
    });
    view! {
        <p class="duty-lead">
            <PersonTag person=turn.lead />
        </p>
        <dl class="duty-facts">
            <div>
                <dt>{t!("roster.fallback")}</dt>
                <dd>
                    {match turn.fallback {
                        Some(person) => view! { <PersonTag person /> }.into_any(),
                        None => t!("roster.no_fallback").into_any(),
                    }}
                </dd>
            </div>
            <div>
                <dt>{t!("roster.until")}</dt>
                <dd>
                    <time>{zone::moment(turn.until)}</time>
                </dd>
            </div>
        </dl>
        {handed.map(|handed| view! { <p class="duty-note">{handed}</p> })}
    }
}

/// When nobody is on duty in the next days: who reports then calls only the admins.
#[component]
fn Gaps(roster: Memo<Roster>, minute: Memo<Timestamp>) -> impl IntoView {
    let gaps = memo(move || {
        let now = minute.get();
        let until = zone::local(now).checked_add(DAYS_AHEAD.days()).map_or(now, zone::instant);
        roster.with(|roster| gaps(roster, now, until))
    });
    let gap = |(from, until): (Timestamp, Timestamp)| {
        view! { <li>{t!("roster.gap", from = zone::moment(from), until = zone::moment(until))}</li> }
    };
    view! {
        <Show when=move || gaps.with(|gaps| !gaps.is_empty())>
            <div class="notice roster-gaps" data-kind="warn">
                <p>
                    <strong>{t!("roster.gaps", days = DAYS_AHEAD)}</strong>
                    " "
                    {t!("roster.gaps_text")}
                </p>
                <ul>{move || gaps.get().into_iter().map(gap).collect_view()}</ul>
            </div>
        </Show>
    }
}

/// What a roster is for.
#[component]
fn NoRoster(is_admin: Memo<bool>) -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{t!("roster.none_title")}</h2>
            <p>{t!("roster.none_text")}</p>
            <p>{move || if is_admin.get() { t!("roster.none_admin") } else { t!("roster.none_member") }}</p>
        </div>
    }
}
