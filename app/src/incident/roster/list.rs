//! The turn that runs and those that come, by week.

use leptos::prelude::*;
use shared::incident::{Roster, Shift};
use shared::{Date, Timestamp};

use super::edit::Editor;
use super::zone;
use crate::format;
use crate::reactive::{For, Show, memo};
use crate::sync::Replica;
use crate::ui::PersonTag;
use crate::words::person_name;

/// The turns that are not over, by the week in which they begin where that has several.
#[component]
pub fn Coming(roster: Memo<Roster>, minute: Memo<Timestamp>, is_admin: Memo<bool>, editor: Editor) -> impl IntoView {
    let weeks = memo(move || roster.with(|roster| weeks(roster, minute.get())));
    view! {
        <section class="section">
            <header class="section-head">
                <h2>{t!("roster.coming")}</h2>
            </header>
            <For each=move || weeks.get() key=Clone::clone let((monday, turns))>
                {monday.map(|monday| view! { <h3 class="roster-week">{t!("roster.week_of", day = format::day(monday))}</h3> })}
                <ul class="roster-turns">
                    {turns.into_iter().map(|turn| view! { <Row turn is_admin editor /> }).collect_view()}
                </ul>
            </For>
            <p class="section-note">{t!("roster.zone")}</p>
        </section>
    }
}

/// Turns with the Monday of their week; without it where each has a week of its own, which its days say already.
type Week = (Option<Date>, Vec<TurnKey>);

/// A turn as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
struct TurnKey {
    id: shared::id::ShiftId,
    from: Timestamp,
    until: Timestamp,
    lead: shared::id::PersonId,
    fallback: Option<shared::id::PersonId>,
    runs: bool,
}

impl TurnKey {
    fn of(shift: &Shift, now: Timestamp) -> Self {
        let Shift { id, from, until, lead, fallback, .. } = *shift;
        Self { id, from, until, lead, fallback, runs: from <= now }
    }
}

fn weeks(roster: &Roster, now: Timestamp) -> Vec<Week> {
    let mut weeks: Vec<(Date, Vec<TurnKey>)> = Vec::new();
    for shift in roster.after(now) {
        let day = zone::local(shift.from).date();
        let back = i64::from(day.weekday().to_monday_zero_offset());
        let monday = day.checked_sub(jiff::ToSpan::days(back)).unwrap_or(day);
        let turn = TurnKey::of(shift, now);
        match weeks.last_mut() {
            Some((last, turns)) if *last == monday => turns.push(turn),
            _ => weeks.push((monday, vec![turn])),
        }
    }
    if weeks.iter().all(|(_, turns)| turns.len() < 2) {
        return vec![(None, weeks.into_iter().flat_map(|(_, turns)| turns).collect())];
    }
    weeks.into_iter().map(|(monday, turns)| (Some(monday), turns)).collect()
}

#[component]
fn Row(turn: TurnKey, is_admin: Memo<bool>, editor: Editor) -> impl IntoView {
    let replica = Replica::expect();
    let is_mine = turn.lead == replica.me();
    let when = zone::moment(turn.from);
    let name = move || t!("roster.turn_of", name = person_name(replica, turn.lead), when = zone::moment(turn.from));
    view! {
        <li class="roster-turn" data-runs=turn.runs.then_some("") data-mine=is_mine.then_some("")>
            <span class="roster-when">
                <time>{when}</time>
                " – "
                <time>{zone::moment(turn.until)}</time>
            </span>
            <span class="roster-lead">
                <PersonTag person=turn.lead />
                {turn.runs.then(|| view! { <span class="roster-now">{t!("roster.now_mark")}</span> })}
            </span>
            <span class="roster-fallback">
                {turn
                    .fallback
                    .map(|person| {
                        view! {
                            <span class="roster-word">{t!("roster.fallback")}</span>
                            " "
                            <PersonTag person />
                        }
                    })}
            </span>
            <Show when=move || is_admin.get()>
                <span class="roster-actions">
                    <button
                        type="button"
                        class="button small ghost"
                        aria-label=move || t!("roster.edit_it", turn = name())
                        on:click=move |_| editor.edit(replica, turn.id)
                    >
                        {t!("roster.edit")}
                    </button>
                    <button
                        type="button"
                        class="button small ghost"
                        aria-label=move || t!("roster.remove_it", turn = name())
                        on:click=move |_| editor.remove(turn.id)
                    >
                        {t!("roster.remove")}
                    </button>
                </span>
            </Show>
        </li>
    }
}
