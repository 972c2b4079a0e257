//! How the response does: medians and the share of clocks met, over some months.

mod chart;
mod table;

use jiff::Span;
use leptos::prelude::*;
use rust_i18n::t;
use shared::Date;
use shared::id::DepartmentId;
use shared::incident::{Figures, IncidentKind, Lap, Severity, laps};

use self::chart::columns;
use self::table::{FiguresTable, Line, percent};
use super::centre::{IncidentHead, Section};
use super::words;
use crate::format;
use crate::sync::{Replica, now};
use crate::ui::{Address, page_title, tr};

/// The ranges that are offered, in months.
const RANGES: [i32; 3] = [3, 6, 12];

/// The page behind `/incidents/figures`.
#[component]
pub fn FiguresPage() -> impl IntoView {
    page_title(|| t!("figures.title"));
    let replica = Replica::expect();
    let address = Address::of("/incidents/figures".to_owned());
    let months = Memo::new(move |_| {
        let asked = address.get("months").parse().ok();
        asked.filter(|asked| RANGES.contains(asked)).unwrap_or(6)
    });
    let laps = Memo::new(move |_| {
        let first = first_month(months.get());
        let laps = replica.read(|view| laps(view.company(), view.incidents().all.values().map(AsRef::as_ref), now()));
        laps.into_iter().filter(|lap| lap.month >= first).collect::<Vec<_>>()
    });
    let is_empty = Memo::new(move |_| laps.with(Vec::is_empty));
    view! {
        <IncidentHead section=Section::Figures>
            <Range months address />
        </IncidentHead>
        <div class="page-body" tabindex="0">
            {move || {
                if is_empty.get() {
                    view! { <NoFigures /> }.into_any()
                } else {
                    view! { <Shown laps months /> }.into_any()
                }
            }}
        </div>
    }
}

#[component]
fn NoFigures() -> impl IntoView {
    view! {
        <div class="empty">
            <h2>{t!("figures.none_title")}</h2>
            <p>{t!("figures.none_text")}</p>
        </div>
    }
}

/// How many months are looked at.
#[component]
fn Range(months: Memo<i32>, address: Address) -> impl IntoView {
    let choose = move |event| address.replace(&[("months", &event_target_value(&event))]);
    let options = RANGES.map(|range| {
        view! {
            <option value=range.to_string() prop:selected=move || months.get() == range>
                {t!("figures.months", count = range)}
            </option>
        }
    });
    view! {
        <label class="filter">
            <span class="visually-hidden">{t!("figures.range")}</span>
            <select on:change=choose>{options}</select>
        </label>
    }
}

#[component]
fn Shown(laps: Memo<Vec<Lap>>, months: Memo<i32>) -> impl IntoView {
    let replica = Replica::expect();
    let by_month = Memo::new(move |_| {
        let months = all_months(months.get());
        laps.with(|laps| {
            months.iter().map(|month| Line::of(month_name(*month), laps, |lap| lap.month == *month)).collect::<Vec<_>>()
        })
    });
    let by_severity = Memo::new(move |_| {
        laps.with(|laps| {
            Severity::ALL.map(|each| Line::of(words::severity(each), laps, |lap| lap.severity == each)).to_vec()
        })
    });
    let by_kind = Memo::new(move |_| {
        laps.with(|laps| {
            IncidentKind::ALL.map(|kind| Line::of(words::kind(kind), laps, |lap| lap.kind == kind)).to_vec()
        })
    });
    let by_department = Memo::new(move |_| laps.with(|laps| departments(replica, laps)));
    view! {
        {move || laps.with(|laps| view! { <Sum figures=Figures::of(laps) /> })}
        <section class="section">
            <header class="section-head">
                <h2>{t!("figures.by_month")}</h2>
            </header>
            {move || laps.with(|laps| columns(&all_months(months.get()), laps))}
            <FiguresTable head=tr("figures.month") lines=by_month />
        </section>
        <section class="section">
            <header class="section-head">
                <h2>{t!("figures.by_severity")}</h2>
            </header>
            <FiguresTable head=tr("figures.severity") lines=by_severity />
        </section>
        <section class="section">
            <header class="section-head">
                <h2>{t!("figures.by_kind")}</h2>
            </header>
            <FiguresTable head=tr("figures.kind") lines=by_kind />
        </section>
        <section class="section">
            <header class="section-head">
                <h2>{t!("figures.by_department")}</h2>
            </header>
            <FiguresTable head=tr("figures.department") lines=by_department />
        </section>
        <p class="section-note">{t!("figures.note")}</p>
    }
}

/// The figures of the whole range.
#[component]
fn Sum(figures: Figures) -> impl IntoView {
    let all = [
        (tr("figures.count"), figures.count.to_string()),
        (tr("figures.acknowledged"), took(figures.acknowledged)),
        (tr("figures.team"), took(figures.team)),
        (tr("figures.resolved"), took(figures.resolved)),
        (
            tr("figures.met"),
            percent(figures.met).map_or_else(nothing, |share| t!("figures.percent", share = share).into_owned()),
        ),
    ];
    let all = all.map(|(name, value)| {
        view! {
            <div>
                <dt>{name.text()}</dt>
                <dd>{value}</dd>
            </div>
        }
    });
    view! { <dl class="figures-sum">{all}</dl> }
}

/// A stretch of time in the largest units that say enough.
fn took(micros: Option<i64>) -> String {
    let Some(micros) = micros else { return nothing() };
    let minutes = micros / 60_000_000;
    match minutes {
        ..1 => t!("figures.under_a_minute"),
        1..60 => t!("figures.minutes", minutes = minutes),
        60..2_880 => t!("figures.hours", hours = minutes / 60, minutes = minutes % 60),
        _ => t!("figures.days", days = minutes / 1_440, hours = minutes / 60 % 24),
    }
    .into_owned()
}

fn nothing() -> String {
    t!("figures.nothing").into_owned()
}

/// The lines of the departments that reported something, the one with the most first.
fn departments(replica: Replica, laps: &[Lap]) -> Vec<Line> {
    let mut ids: Vec<Option<DepartmentId>> = laps.iter().map(|lap| lap.department).collect();
    ids.sort_unstable();
    ids.dedup();
    let name = |id: Option<DepartmentId>| {
        let name = replica.peek(|state| id.and_then(|id| state.company.departments.get(&id)).map(|it| it.name.clone()));
        name.unwrap_or_else(|| t!("figures.no_department").into_owned())
    };
    let mut lines: Vec<Line> = ids.into_iter().map(|id| Line::of(name(id), laps, |lap| lap.department == id)).collect();
    lines.sort_by_key(|line| std::cmp::Reverse(line.figures.count));
    lines
}

/// The first of so many months that end with this one.
fn first_month(months: i32) -> Date {
    let this = format::today().first_of_month();
    this.checked_sub(Span::new().months(months - 1)).unwrap_or(this)
}

fn all_months(months: i32) -> Vec<Date> {
    let first = first_month(months);
    (0..months).filter_map(|month| first.checked_add(Span::new().months(month)).ok()).collect()
}

fn month_name(month: Date) -> String {
    t!("figures.month_name", year = month.year(), month = format!("{:02}", month.month())).into_owned()
}
