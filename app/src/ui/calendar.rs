//! A month to pick a day from: by pointer, thumb or keyboard. Days off are faint, as the company's calendar has them.

use icondata_lu::{LuChevronLeft, LuChevronRight};
use jiff::Span;
use leptos::ev::KeyboardEvent;
use leptos::html;
use leptos::prelude::*;
use shared::Date;
use shared::calendar::company;

use super::{Icon, focus, focus_later, tell_change};
use crate::format;
use crate::reactive::memo;

const WEEKS: i32 = 6;

/// A calendar that opens under the button whose `popovertarget` is its id.
#[component]
pub fn Calendar(
    /// Its id.
    id: String,
    /// Whether it is open; it says so.
    open: RwSignal<bool>,
    /// Which day is chosen.
    chosen: Signal<Option<Date>>,
    /// One was picked.
    on_pick: Callback<Date>,
) -> AnyView {
    let panel = NodeRef::<html::Div>::new();
    let at = RwSignal::new(Date::default());
    let month = memo(move || at.get().first_of_month());
    let state = State { id: StoredValue::new(id.clone()), panel, at, month, chosen, on_pick };
    let toggled = move |_| {
        let Some(panel) = panel.get_untracked() else { return };
        let is_open = panel.matches(":popover-open").unwrap_or_default();
        if is_open {
            at.set(chosen.get_untracked().unwrap_or_else(format::today));
        }
        open.set(is_open);
        if is_open {
            focus_later(state.day_id(at.get_untracked()));
        }
    };
    view! {
        <div
            class="menu calendar"
            popover="auto"
            role="dialog"
            aria-label=t!("date.choose")
            id=id
            node_ref=panel
            on:toggle=toggled
        >
            {move || open.get().then(|| state.contents())}
        </div>
    }
    .into_any()
}

#[derive(Clone, Copy)]
struct State {
    id: StoredValue<String>,
    panel: NodeRef<html::Div>,
    /// The day that the keyboard is at.
    at: RwSignal<Date>,
    month: Memo<Date>,
    chosen: Signal<Option<Date>>,
    on_pick: Callback<Date>,
}

impl State {
    fn day_id(self, day: Date) -> String {
        format!("{}-{day}", self.id.get_value())
    }

    fn pick(self, day: Date) {
        if let Some(panel) = self.panel.get_untracked() {
            // The focus goes back before anything is drawn anew.
            let _ = panel.hide_popover();
            tell_change(&panel);
        }
        self.on_pick.run(day);
    }

    fn contents(self) -> AnyView {
        let title = format!("{}-month", self.id.get_value());
        let first = monday_before(self.month.get_untracked());
        let heads: Vec<AnyView> = (0..7)
            .map(|day| {
                let day = first.saturating_add(Span::new().days(day));
                let (short, long) = format::names_of_weekday(day);
                view! { <th scope="col" abbr=long>{short}</th> }.into_any()
            })
            .collect();
        view! {
            {self.shortcuts()}
            <div class="calendar-head">
                {self.turn(false)} <strong aria-live="polite" id=title.clone()>
                    {move || format::month(self.month.get())}
                </strong> {self.turn(true)}
            </div>
            <table role="grid" aria-labelledby=title on:keydown=move |event| self.on_key(&event)>
                <thead>
                    <tr>{heads}</tr>
                </thead>
                <tbody>{move || self.weeks(self.month.get())}</tbody>
            </table>
        }
        .into_any()
    }

    /// The days that are meant most.
    fn shortcuts(self) -> AnyView {
        let today = format::today();
        let next_monday = monday_before(today).saturating_add(Span::new().weeks(1));
        let days = [
            (t!("date.today"), today),
            (t!("date.tomorrow"), today.saturating_add(Span::new().days(1))),
            (t!("date.next_monday"), next_monday),
        ];
        let buttons: Vec<AnyView> = days
            .into_iter()
            .map(|(name, day)| {
                view! {
                    <button type="button" class="button small" title=format::long_day(day) on:click=move |_| self.pick(day)>
                        {name}
                    </button>
                }
                .into_any()
            })
            .collect();
        view! { <div class="calendar-shortcuts">{buttons}</div> }.into_any()
    }

    /// To another month.
    fn turn(self, ahead: bool) -> AnyView {
        let (label, icon) =
            if ahead { (t!("date.next_month"), LuChevronRight) } else { (t!("date.last_month"), LuChevronLeft) };
        let months = if ahead { 1 } else { -1 };
        view! {
            <button
                type="button"
                class="button ghost icon"
                aria-label=label
                on:click=move |_| self.at.update(|at| *at = at.saturating_add(Span::new().months(months)))
            >
                <Icon icon small=true />
            </button>
        }
        .into_any()
    }

    fn weeks(self, month: Date) -> Vec<AnyView> {
        let first = monday_before(month);
        let week = |week: i32| {
            let days: Vec<AnyView> =
                (0..7).map(|day| self.day(first.saturating_add(Span::new().days(week * 7 + day)), month)).collect();
            view! { <tr>{days}</tr> }.into_any()
        };
        (0..WEEKS).map(week).collect()
    }

    fn day(self, day: Date, month: Date) -> AnyView {
        let is_off = !company().is_working_day(day).value;
        let name = format::long_day(day);
        let name = if is_off { t!("date.day_off", day = name).into_owned() } else { name };
        let is_chosen = move || self.chosen.get() == Some(day);
        view! {
            <td role="gridcell" aria-selected=move || if is_chosen() { "true" } else { "false" }>
                <button
                    type="button"
                    id=self.day_id(day)
                    aria-label=name
                    aria-current=(day == format::today()).then_some("date")
                    tabindex=move || if self.at.get() == day { "0" } else { "-1" }
                    data-off=is_off.then_some("")
                    data-beside=(day.first_of_month() != month).then_some("")
                    on:click=move |_| self.pick(day)
                >
                    {day.day()}
                </button>
            </td>
        }
        .into_any()
    }

    fn on_key(self, event: &KeyboardEvent) {
        let at = self.at.get_untracked();
        // Whoever is faster than the frame in which the next month is drawn means the day that they have come to.
        if matches!(event.key().as_str(), "Enter" | " ") {
            event.prevent_default();
            event.stop_propagation();
            return self.pick(at);
        }
        let weekday = i32::from(at.weekday().to_monday_zero_offset());
        let span = match event.key().as_str() {
            "ArrowLeft" => Span::new().days(-1),
            "ArrowRight" => Span::new().days(1),
            "ArrowUp" => Span::new().weeks(-1),
            "ArrowDown" => Span::new().weeks(1),
            "Home" => Span::new().days(-weekday),
            "End" => Span::new().days(6 - weekday),
            "PageUp" if event.shift_key() => Span::new().years(-1),
            "PageDown" if event.shift_key() => Span::new().years(1),
            "PageUp" => Span::new().months(-1),
            "PageDown" => Span::new().months(1),
            _ => return,
        };
        event.prevent_default();
        event.stop_propagation();
        let to = at.saturating_add(span);
        self.at.set(to);
        let id = self.day_id(to);
        // Another month is drawn anew, with all its days.
        if to.first_of_month() == at.first_of_month() {
            focus(&id);
        } else {
            focus_later(id);
        }
    }
}

fn monday_before(day: Date) -> Date {
    day.saturating_sub(Span::new().days(day.weekday().to_monday_zero_offset()))
}
